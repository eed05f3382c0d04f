// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.tailwalk.replay.LaneTrace;
import org.tailwalk.replay.PacketReplay;
import org.tailwalk.replay.Placement;

/** Counts of a replay. Used by one thread. */
public final class ReplaySummary {
  private long packets;
  private long duplicates;
  private long divergences;
  private final Lane kernel = new Lane();
  private final Lane model = new Lane();
  private final SortedMap<String, Long> notRun = new TreeMap<>();
  private final SortedMap<String, Long> divergenceCodes = new TreeMap<>();
  private final List<String> warnings = new ArrayList<>();
  private boolean interrupted;

  /** Counts of one lane. */
  public static final class Lane {
    private final SortedMap<String, Long> verdicts = new TreeMap<>();
    private long run;
    private long wentWrong;
    private long unheard;

    private void count(@Nullable LaneTrace lane) {
      if (lane == null) {
        return;
      }
      run++;
      verdicts.merge(lane.reading().verdict().word(), 1L, Long::sum);
      if (lane.reading().wentWrong()) {
        wentWrong++;
      }
      if (lane.reading().unheard()) {
        unheard++;
      }
    }

    /** How many packets ended in each verdict, by its word. */
    public SortedMap<String, Long> verdicts() {
      return Collections.unmodifiableSortedMap(verdicts);
    }

    /** Packets that entered. */
    public long run() {
      return run;
    }

    /** Packets that were dropped, or passed on a code that the hook doesn't know. */
    public long wentWrong() {
      return wentWrong;
    }

    /** Of those, the ones that neither an event nor a metric tells of. */
    public long unheard() {
      return unheard;
    }
  }

  /** Counts a packet. */
  public void count(PacketReplay packet) {
    packets++;
    switch (packet.placement()) {
      case Placement.NotRun(String reason, _, _) -> notRun.merge(reason, 1L, Long::sum);
      case Placement.DuplicateOf _ -> duplicates++;
      case Placement.Run _ -> {}
    }
    kernel.count(packet.kernel());
    model.count(packet.model());
    if (packet.divergence() != null) {
      divergences++;
      divergenceCodes.merge(packet.divergence().code(), 1L, Long::sum);
    }
  }

  /** Adds something that the reader of the result should know. */
  public void warn(String warning) {
    warnings.add(warning);
  }

  /** The user ended it before the capture's end. */
  public void interrupt() {
    interrupted = true;
  }

  /** All packets of the capture that were reached. */
  public long packets() {
    return packets;
  }

  /** Packets that were an earlier one seen again. */
  public long duplicates() {
    return duplicates;
  }

  /** Packets on which the lanes disagree. */
  public long divergences() {
    return divergences;
  }

  /** The same by code. */
  public SortedMap<String, Long> divergenceCodes() {
    return Collections.unmodifiableSortedMap(divergenceCodes);
  }

  /** Packets that did not enter, by reason. */
  public SortedMap<String, Long> notRun() {
    return Collections.unmodifiableSortedMap(notRun);
  }

  /** The kernel lane's counts. */
  public Lane kernel() {
    return kernel;
  }

  /** The model lane's counts. */
  public Lane model() {
    return model;
  }

  /** What the reader should know. */
  public List<String> warnings() {
    return Collections.unmodifiableList(warnings);
  }

  /** Whether the user ended it. */
  public boolean interrupted() {
    return interrupted;
  }
}
