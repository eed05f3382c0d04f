// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.replay;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.tailwalk.event.Verdict;

/**
 * What a replay came to. Verdicts are those of the kernel lane, or of the model where there is no
 * kernel lane.
 *
 * @param packets seen
 * @param run in at least one lane
 * @param notRun how many for each reason
 * @param duplicates frames that were another sighting of a packet
 * @param dropped verdict DROPPED
 * @param passedUnpoliced verdict PASSED_UNPOLICED
 * @param unheard something went wrong, and neither event nor metric tells
 * @param diverging packets in which the lanes differ
 * @param incomparable packets that only one lane ran
 * @param compared packets that both lanes ran
 * @param verdicts how many of each word
 * @param divergenceCodes how many of each code
 */
public record ReplaySummary(
    long packets,
    long run,
    Map<String, Long> notRun,
    long duplicates,
    long dropped,
    long passedUnpoliced,
    long unheard,
    long diverging,
    long incomparable,
    long compared,
    Map<String, Long> verdicts,
    Map<String, Long> divergenceCodes) {
  /** Keeps its own copies, sorted. */
  public ReplaySummary {
    notRun = Collections.unmodifiableMap(new TreeMap<>(notRun));
    verdicts = Collections.unmodifiableMap(new TreeMap<>(verdicts));
    divergenceCodes = Collections.unmodifiableMap(new TreeMap<>(divergenceCodes));
  }

  /** Whether no packet differed between the lanes; also when none was compared. */
  public boolean agreed() {
    return diverging == 0;
  }

  /** Adds up packets. Used by one thread. */
  public static final class Counter {
    private final Map<String, Long> notRun = new TreeMap<>();
    private final Map<String, Long> verdicts = new TreeMap<>();
    private final Map<String, Long> codes = new TreeMap<>();
    private long packets;
    private long run;
    private long duplicates;
    private long dropped;
    private long passedUnpoliced;
    private long unheard;
    private long diverging;
    private long incomparable;
    private long compared;

    /** Counts a packet. */
    public void add(PacketReplay packet) {
      packets++;
      switch (packet.placement()) {
        case Placement.Run _ -> {}
        case Placement.NotRun skipped -> notRun.merge(skipped.reason(), 1L, Long::sum);
        case Placement.DuplicateOf _ -> duplicates++;
      }
      packet.primary().ifPresent(this::lane);
      compared += ran(packet.kernel()) && ran(packet.model()) ? 1 : 0;
      Divergence divergence = packet.divergence();
      if (divergence != null) {
        codes.merge(divergence.code(), 1L, Long::sum);
        if (divergence.kind() == Divergence.Kind.INCOMPARABLE) {
          incomparable++;
        } else {
          diverging++;
        }
      }
    }

    private static boolean ran(@Nullable LaneTrace lane) {
      return lane != null && !(lane.reading().verdict() instanceof Verdict.NotRun);
    }

    private void lane(LaneTrace lane) {
      Verdict verdict = lane.reading().verdict();
      verdicts.merge(verdict.word(), 1L, Long::sum);
      switch (verdict) {
        case Verdict.NotRun skipped -> notRun.merge(skipped.reason(), 1L, Long::sum);
        case Verdict.Dropped _ -> dropped++;
        case Verdict.PassedUnpoliced _ -> passedUnpoliced++;
        case Verdict.ToStack _, Verdict.ToPod _, Verdict.Redirected _, Verdict.ToProxy _ -> {}
      }
      if (!(verdict instanceof Verdict.NotRun)) {
        run++;
      }
      unheard += lane.reading().unheard() ? 1 : 0;
    }

    /** What was counted so far. */
    public ReplaySummary summary() {
      return new ReplaySummary(
          packets,
          run,
          notRun,
          duplicates,
          dropped,
          passedUnpoliced,
          unheard,
          diverging,
          incomparable,
          compared,
          verdicts,
          codes);
    }
  }
}
