// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.filter;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tailwalk.event.CtStatus;
import org.tailwalk.event.Hook;
import org.tailwalk.event.MapRole;
import org.tailwalk.replay.CtState;
import org.tailwalk.replay.Divergence;
import org.tailwalk.replay.Mark;
import org.tailwalk.replay.Reading;

/**
 * What the datapath did with a packet, in its outlines: everything but keys, counters and
 * addresses. A capture has few different shapes, so that each packet can keep the number of its
 * own.
 *
 * @param place {@code run}, {@code not-run} or {@code duplicate}
 * @param notRun the reason, empty when it ran
 * @param endpoint whose program, 0 when it was not run
 * @param hook null when it was not run
 * @param preDatapath the capture shows it before the datapath
 * @param kernel null without a kernel lane, or when it was not run
 * @param model null without a model lane, or when it was not run
 * @param divergence what differs, null when nothing does
 * @param divergenceCode the stable word, empty when nothing differs
 */
public record Shape(
    String place,
    String notRun,
    int endpoint,
    @Nullable Hook hook,
    boolean preDatapath,
    Set<Mark> marks,
    @Nullable Lane kernel,
    @Nullable Lane model,
    Divergence.@Nullable Kind divergence,
    String divergenceCode) {
  /** Of a packet that no lane ran, for whatever reason. */
  public static final Shape NOT_RUN =
      new Shape("not-run", "", 0, null, true, Set.of(), null, null, null, "");

  /** How a map was used. */
  public enum Use {
    HIT,
    MISS,
    WRITTEN,
    DELETED
  }

  /** A use of a map; the name is the role's in lower case, or the map's own. */
  public record Access(String map, Use use) {}

  /** A tail call; the map as in {@link Access}. */
  public record Call(String map, MapRole role, long slot, boolean taken) {}

  /** A conntrack entry went from one state to another. */
  public record Transition(CtState.Phase from, CtState.Phase to) {}

  /**
   * One lane.
   *
   * @param programs ids of the programs entered, in order
   * @param notifications their kinds: drop, trace, policy-verdict, debug, debug-capture, signal,
   *     unknown
   * @param points observation points of trace notifications, the monitor's words
   * @param statuses of the conntrack lookups, in order; those that can't be told are left out
   * @param expired a lookup found an entry whose lifetime was over
   * @param reason why it was dropped or let through; null when nothing went wrong
   * @param notified as in {@link Reading#notified}
   * @param rewritten header fields that differ afterwards
   * @param swept the collector ran between the packet before and this one
   */
  public record Lane(
      List<String> programs,
      List<Call> calls,
      Set<Access> accesses,
      Set<String> notifications,
      Set<String> points,
      List<CtStatus> statuses,
      Set<Transition> transitions,
      boolean expired,
      Set<Reading.PolicyMatch> matches,
      String verdict,
      int returnCode,
      Reading.@Nullable Reason reason,
      @Nullable Boolean notified,
      boolean counted,
      Set<String> rewritten,
      boolean swept) {
    /** Keeps its own copies. */
    public Lane {
      programs = List.copyOf(programs);
      calls = List.copyOf(calls);
      accesses = Set.copyOf(accesses);
      notifications = Set.copyOf(notifications);
      points = Set.copyOf(points);
      statuses = List.copyOf(statuses);
      transitions = Set.copyOf(transitions);
      matches = Set.copyOf(matches);
      rewritten = Set.copyOf(rewritten);
    }

    /** Something went wrong, and neither a drop event nor a metric tells. */
    public boolean unheard() {
      return Boolean.FALSE.equals(notified) && !counted;
    }
  }

  /** Keeps its own copy. */
  public Shape {
    marks = Set.copyOf(marks);
  }

  /** The kernel's lane, or the model's where there is no kernel lane. */
  public @Nullable Lane primary() {
    return kernel != null ? kernel : model;
  }
}
