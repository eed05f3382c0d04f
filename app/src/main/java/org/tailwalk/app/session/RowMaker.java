// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.session;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tailwalk.app.packets.PacketRow;
import org.tailwalk.app.packets.PacketRow.Outcome;
import org.tailwalk.app.packets.PacketRow.Way;
import org.tailwalk.app.text.Texts;
import org.tailwalk.event.Hook;
import org.tailwalk.event.Verdict;
import org.tailwalk.packet.PacketSummary;
import org.tailwalk.replay.LaneTrace;
import org.tailwalk.replay.Mark;
import org.tailwalk.replay.PacketReplay;
import org.tailwalk.replay.Placement;
import org.tailwalk.replay.Reading;
import org.tailwalk.scenario.NodeState;

/** Says what became of a packet, as the list says it. */
public final class RowMaker {
  private static final Texts TEXTS = Texts.of(RowMaker.class);

  private final Set<Long> podInterfaces = new HashSet<>();

  /** With the interfaces of the pods: a packet redirected to one of them is delivered. */
  public RowMaker(NodeState node) {
    node.endpoints().forEach(e -> podInterfaces.add(e.ifindex()));
  }

  /** A packet's row; the time counts from {@code firstNanos}. */
  public PacketRow row(PacketReplay packet, long firstNanos) {
    PacketSummary summary = PacketSummary.of(packet.frame());
    LaneTrace lane = packet.primary().orElse(null);
    boolean post = packet.placement() instanceof Placement.Run run && !run.preDatapath();
    return new PacketRow(
        (int) packet.number(),
        packet.frame().timeNanos() - firstNanos,
        way(packet.placement()),
        summary.source(),
        summary.destination(),
        summary.info(),
        lane == null ? null : lane.reading().ctResult().orElse(null),
        outcome(lane),
        words(packet, lane),
        packet.divergence() != null,
        remark(post, packet.placement().marks()));
  }

  Outcome outcome(@Nullable LaneTrace lane) {
    if (lane == null) {
      return Outcome.NOT_RUN;
    }
    Verdict verdict = lane.trace().verdict();
    if (verdict instanceof Verdict.NotRun) {
      return Outcome.NOT_RUN;
    }
    if (lane.reading().unheard()) {
      return Outcome.UNHEARD;
    }
    return switch (verdict) {
      case Verdict.ToStack _ -> Outcome.FORWARDED;
      case Verdict.ToPod _ -> Outcome.DELIVERED;
      case Verdict.Redirected to ->
          podInterfaces.contains(to.ifindex()) ? Outcome.DELIVERED : Outcome.REDIRECTED;
      case Verdict.ToProxy _ -> Outcome.PROXIED;
      case Verdict.Dropped _ -> Outcome.DROPPED;
      case Verdict.PassedUnpoliced _ -> Outcome.UNHEARD;
      case Verdict.NotRun _ -> Outcome.NOT_RUN;
    };
  }

  static Way way(Placement placement) {
    return switch (placement) {
      case Placement.Run run when run.injection().hook() == Hook.FROM_CONTAINER -> Way.OUT;
      case Placement.Run _ -> Way.IN;
      case Placement.NotRun _, Placement.DuplicateOf _ -> Way.NEITHER;
    };
  }

  String words(PacketReplay packet, @Nullable LaneTrace lane) {
    switch (packet.placement()) {
      case Placement.NotRun not -> {
        return TEXTS.get("row.not-run.why", not.reason());
      }
      case Placement.DuplicateOf duplicate -> {
        return TEXTS.get("row.duplicate", Long.toString(duplicate.packet()));
      }
      case Placement.Run _ -> {}
    }
    return lane == null ? TEXTS.get("row.not-run") : verdictWords(lane);
  }

  private String verdictWords(LaneTrace lane) {
    Optional<Reading.Reason> reason = Optional.ofNullable(lane.reading().dropReason());
    return switch (lane.trace().verdict()) {
      case Verdict.ToStack _ -> TEXTS.get("row.stack");
      case Verdict.ToPod _ -> TEXTS.get("row.delivered");
      case Verdict.Redirected to ->
          podInterfaces.contains(to.ifindex())
              ? TEXTS.get("row.delivered")
              : TEXTS.get("row.ifindex", Long.toString(to.ifindex()));
      case Verdict.ToProxy(int port) ->
          port == 0 ? TEXTS.get("row.proxy") : TEXTS.get("row.proxy.port", Integer.toString(port));
      case Verdict.Dropped _ ->
          reason.map(Reading.Reason::text).orElseGet(() -> TEXTS.get("row.dropped"));
      case Verdict.PassedUnpoliced(int code) -> TEXTS.get("row.raw", Integer.toString(code));
      case Verdict.NotRun(String why, _) -> TEXTS.get("row.not-run.why", why);
    };
  }

  static String remark(boolean postDatapath, Set<Mark> odd) {
    List<String> parts = new ArrayList<>();
    if (postDatapath) {
      parts.add(TEXTS.get("row.reconstruction"));
    }
    for (Mark mark : Mark.values()) {
      if (odd.contains(mark)) {
        parts.add(Texts.say(mark.message()));
      }
    }
    return String.join("; ", parts);
  }
}
