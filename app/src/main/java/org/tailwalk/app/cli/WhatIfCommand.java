// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.tailwalk.app.capture.Capture;
import org.tailwalk.app.capture.CaptureException;
import org.tailwalk.app.capture.CaptureFrames;
import org.tailwalk.app.session.file.SessionException;
import org.tailwalk.engine.ReplayEngine;
import org.tailwalk.engine.ReplayException;
import org.tailwalk.replay.CaptureReplay;
import org.tailwalk.replay.EventText;
import org.tailwalk.replay.FrameSource;
import org.tailwalk.replay.LaneTrace;
import org.tailwalk.replay.PacketReplay;
import org.tailwalk.replay.history.ReplayHistory;
import org.tailwalk.replay.whatif.LeastChange;
import org.tailwalk.replay.whatif.Proposal;
import org.tailwalk.replay.whatif.Variant;
import org.tailwalk.replay.whatif.WhatIf;
import org.tailwalk.scenario.Scenario;
import org.tailwalk.scenario.ScenarioException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tailwalk whatif}. */
@Command(
    name = "whatif",
    description =
        "Finds the least change that lets a dropped packet pass: a policy entry, a conntrack entry,"
            + " an identity, a service's backend, a fault, an option. Every change is tried in the"
            + " model, and only what worked is told.",
    mixinStandardHelpOptions = true)
final class WhatIfCommand implements Callable<Integer> {
  private final Services services;

  @Spec private CommandSpec spec;

  @Parameters(index = "1", paramLabel = "N", description = "The packet's number, from 1.")
  private long packet;

  @Mixin private CaptureSource source;

  @SuppressWarnings("NullAway.Init") // picocli sets the annotated fields before call()
  WhatIfCommand(Services services) {
    this.services = services;
  }

  @Override
  public Integer call()
      throws CaptureException,
          ScenarioException,
          InputException,
          ReplayException,
          SessionException,
          InterruptedException {
    PrintWriter err = spec.commandLine().getErr();
    try (CaptureInput input = source.open(err)) {
      Capture opened = input.capture();
      if (packet < 1 || packet > opened.size()) {
        throw new InputException(
            "whatif packet %d: %s has packets 1 to %d"
                .formatted(packet, opened.name(), opened.size()));
      }
      tell(opened, input.scenario(), spec.commandLine().getOut());
      return ExitCode.OK.code();
    } catch (IOException e) {
      throw new CaptureException("read capture: " + source.name() + ": " + e.getMessage(), e);
    }
  }

  private void tell(Capture opened, Scenario scenario, PrintWriter out)
      throws ReplayException, IOException, InterruptedException {
    ReplayEngine model = services.engines().model();
    ReplayHistory history;
    PacketReplay[] wanted = new PacketReplay[1];
    try (CaptureReplay replay = CaptureReplay.open(scenario, null, model)) {
      history = ReplayHistory.of(scenario, replay);
      replay.run(
          FrameSource.limited(new CaptureFrames(opened), packet),
          each -> {
            history.add(each);
            wanted[0] = each;
            return true;
          });
    }
    WhatIf.Frames frames =
        number -> {
          CaptureFrames from = new CaptureFrames(opened);
          from.skip(number - 1);
          return from;
        };
    PacketReplay shown = wanted[0];
    LaneTrace lane = shown == null || shown.number() != packet ? null : shown.model();
    out.println("P" + packet + " " + outcome(lane));
    if (lane == null || LeastChange.passed(lane)) {
      return;
    }
    List<Proposal> proposals =
        new LeastChange(new WhatIf(history, frames, null, model), frames, model)
            .propose(Variant.of(packet, scenario), _ -> true);
    if (proposals.isEmpty()) {
      out.println("nothing that was tried lets it pass");
    }
    for (Proposal each : proposals) {
      out.println(
          "%-9s %s: %s"
              .formatted(
                  each.kind().name().toLowerCase(Locale.ROOT),
                  each.text(),
                  EventText.verdict(each.verdict())));
    }
  }

  private static String outcome(@Nullable LaneTrace lane) {
    if (lane == null) {
      return "was not run";
    }
    var reason = lane.reading().dropReason();
    String verdict = EventText.verdict(lane.trace().verdict());
    return reason == null ? verdict : verdict + ": " + reason.text();
  }
}
