// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.compare;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tailwalk.event.CtStatus;
import org.tailwalk.event.MapKey;
import org.tailwalk.event.PathEvent;
import org.tailwalk.event.Step;
import org.tailwalk.event.Verdict;
import org.tailwalk.packet.FlowKey;
import org.tailwalk.replay.EventText;
import org.tailwalk.replay.LaneTrace;
import org.tailwalk.replay.PacketReplay;
import org.tailwalk.replay.Placement;
import org.tailwalk.replay.Reading;
import org.tailwalk.text.Message;

/**
 * One packet of one side, with what there is to say of it.
 *
 * @param side {@code A} or {@code B}
 * @param lane null when it was not run
 */
record Look(String side, SideRecord record, PacketReplay packet, @Nullable LaneTrace lane) {
  /** The outcome of a packet that is another sighting of an earlier one. */
  static final Message SEEN_BEFORE = Message.of("compare.seen-before");

  private static final long SECOND = 1_000_000_000L;

  static Look of(String side, SideRecord record, PacketReplay packet) {
    return new Look(side, record, packet, record.kernelLane() ? packet.kernel() : packet.model());
  }

  int number() {
    return (int) packet.number();
  }

  List<Step> steps() {
    return lane == null ? List.of() : lane.trace().steps();
  }

  List<PathEvent> events() {
    return lane == null ? List.of() : lane.trace().events();
  }

  List<Reading.CtLookup> ct() {
    return lane == null ? List.of() : lane.reading().ct();
  }

  List<Reading.PolicyDecision> policy() {
    return lane == null ? List.of() : lane.reading().policy();
  }

  long nowNanos() {
    return packet.placement() instanceof Placement.Run run ? run.injection().timeNanos() : 0;
  }

  Canon canon() {
    Canon canon = new Canon(record.scenario(), record.prints().flowOf(number()));
    canon.about(record.prints().flowOf(number()), nowNanos());
    return canon;
  }

  /** What the packet is to its flow. */
  Message noun() {
    CtStatus last = ct().isEmpty() ? null : ct().getLast().status();
    return Message.of(
        last == CtStatus.REPLY
            ? "compare.noun.reply"
            : last == CtStatus.RELATED ? "compare.noun.error" : "compare.noun.packet");
  }

  /** Why it was not run. */
  Message notRun() {
    return switch (packet.placement()) {
      case Placement.NotRun(String reason, Message detail, _) ->
          Message.plain(reason, ": ", detail);
      case Placement.DuplicateOf(long first, _) -> Message.of("compare.same-as", first);
      case Placement.Run _ ->
          lane != null && lane.trace().verdict() instanceof Verdict.NotRun(String r, String d)
              ? Message.plain(r, ": ", d)
              : Message.of("compare.ended-before");
    };
  }

  boolean ran() {
    return lane != null && !(lane.trace().verdict() instanceof Verdict.NotRun);
  }

  /** Its end in words: {@code dropped: Policy denied}. */
  Message outcome() {
    return outcome(packet, lane);
  }

  static Message outcome(PacketReplay packet, @Nullable LaneTrace lane) {
    if (lane == null) {
      return packet.placement() instanceof Placement.DuplicateOf
          ? SEEN_BEFORE
          : Message.of("not-run");
    }
    Reading reading = lane.reading();
    if (reading.verdict() instanceof Verdict.Dropped) {
      return reading.dropReason() == null
          ? Message.of("verdict.dropped")
          : Message.plain(Message.of("verdict.dropped"), ": ", reading.dropReason().text());
    }
    return EventText.outcome(reading.verdict());
  }

  boolean dropped() {
    return lane != null && lane.reading().verdict() instanceof Verdict.Dropped;
  }

  /** How its entry was lost, if it was. */
  Optional<SideRecord.Turn> lost(Reading.CtLookup lookup) {
    return record
        .lastTurn(lookup.tuple(), number())
        .or(() -> record.lastTurn(lookup.tuple().reversed(), number()))
        .filter(t -> t.fate() != SideRecord.Fate.CREATED);
  }

  /** Seconds since the packet before of the same flow; empty for the first. */
  Optional<Message> pause() {
    long nanos = record.pauseNanos(number());
    return nanos < 0
        ? Optional.empty()
        : Optional.of(Message.of("compare.seconds", seconds(nanos)));
  }

  /**
   * When an entry that was collected had ended, since the capture's first packet; whole seconds.
   */
  static long ended(SideRecord.Turn turn) {
    return Math.floorDiv(turn.sinceFirstNanos(), SECOND) - turn.lifetimeSeconds();
  }

  /**
   * The lifetime that the flow's packet before gave the entry which was taken since; 0 if unknown.
   */
  long lifetime(SideRecord.Turn turn) {
    int previous = record.prints().previousOfFlow(number());
    if (previous == 0) {
      return 0;
    }
    FlowKey flow = record.prints().flowOf(number()).key();
    if (!SideRecord.key(turn.tuple()).equals(flow)
        && !(turn.tuple().dport() == 0 || turn.tuple().sport() == 0)) {
      return 0;
    }
    long last = record.prints().sinceFirstNanos(previous);
    return Math.max(0, ended(turn) - Math.floorDiv(last, SECOND));
  }

  /** The tuple as the packet's direction has it. */
  static String tuple(MapKey.CtTuple tuple) {
    return EventText.key(tuple);
  }

  /** Seconds with as many digits as they are worth. */
  static String seconds(long nanos) {
    double s = nanos / 1e9;
    return String.format(Locale.ROOT, s >= 10 ? "%.1f" : s >= 0.01 ? "%.3f" : "%.6f", s);
  }
}
