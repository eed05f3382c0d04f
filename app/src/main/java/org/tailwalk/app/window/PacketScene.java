// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.window;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tailwalk.app.path.StageState;
import org.tailwalk.app.path.Walk;
import org.tailwalk.app.text.Texts;
import org.tailwalk.app.transport.Rows;
import org.tailwalk.event.Hook;
import org.tailwalk.event.PathEvent;
import org.tailwalk.event.Step;
import org.tailwalk.packet.PacketSummary;
import org.tailwalk.replay.AlignedStep;
import org.tailwalk.replay.LaneTrace;
import org.tailwalk.replay.PacketReplay;
import org.tailwalk.replay.Placement;
import org.tailwalk.scenario.Scenario;
import org.tailwalk.text.Message;

/** What stage and transport need of a packet: made off the UI thread. */
record PacketScene(PacketReplay packet, StageState stage, Rows rows, String about) {
  static PacketScene of(PacketReplay packet, Scenario scenario) {
    Walk kernel = walk(packet, packet.kernel(), true);
    Walk model = walk(packet, packet.model(), false);
    int count = packet.rows().size();
    BitSet calls = new BitSet();
    BitSet moving = new BitSet();
    for (AlignedStep row : packet.rows()) {
      int at = row.index() - 1;
      if (stop(row.kernel()) || stop(row.model())) {
        calls.set(at);
      }
    }
    calls.set(0);
    calls.set(Math.max(0, count - 1));
    for (Walk walk : new Walk[] {kernel, model}) {
      if (walk != null) {
        for (int at = 1; at < walk.places().size(); at++) {
          if (!walk.place(at).equals(walk.place(at - 1))) {
            moving.set(at);
          }
        }
        walk.letters().forEach(letter -> moving.set(letter.row()));
      }
    }
    return new PacketScene(
        packet,
        new StageState(packet.number(), kernel, model, 0, 0),
        new Rows(Math.max(1, count), calls, moving),
        about(packet, scenario));
  }

  private static @Nullable Walk walk(
      PacketReplay packet, @Nullable LaneTrace lane, boolean kernel) {
    if (lane == null) {
      return null;
    }
    List<@Nullable PathEvent> events = new ArrayList<>();
    for (AlignedStep row : packet.rows()) {
      Step step = kernel ? row.kernel() : row.model();
      events.add(step == null ? null : step.event());
    }
    return Walk.of(events, lane.reading().unheard());
  }

  private static boolean stop(@Nullable Step step) {
    return step != null
        && (step.event() instanceof PathEvent.Entered
            || step.event() instanceof PathEvent.TailCallMissed
            || step.event() instanceof PathEvent.VerdictReached);
  }

  private static String about(PacketReplay packet, Scenario scenario) {
    String info = "#" + packet.number() + " " + PacketSummary.of(packet.frame()).info();
    return switch (packet.placement()) {
      case Placement.Run run -> {
        int id = run.injection().endpoint();
        String name =
            scenario
                .node()
                .endpoint(id)
                .map(e -> e.name().isEmpty() ? "" : " “" + e.name() + "”")
                .orElse("");
        String way = run.injection().hook() == Hook.FROM_CONTAINER ? "why.egress" : "why.ingress";
        yield info + " → " + Texts.say(Message.of(way, Message.of("endpoint", id + name)));
      }
      case Placement.NotRun not ->
          info + " · " + Texts.say(Message.of("aspect.not-run", not.detail()));
      case Placement.DuplicateOf same ->
          info + " · " + Texts.say(Message.of("compare.same-as", same.packet()));
    };
  }
}
