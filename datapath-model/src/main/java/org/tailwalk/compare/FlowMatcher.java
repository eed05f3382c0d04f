// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.compare;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.tailwalk.text.Message;

/**
 * Finds for each flow of one capture the one that plays its part in the other: the same addresses
 * and ports first, then ever less that is the same.
 */
final class FlowMatcher {
  private static final int OPENING = 6;

  /** What has to be equal, and how much that says. */
  private record Level(
      int percent, String word, Function<FlowFacts, List<Object>> same, boolean opening) {
    Message why() {
      return Message.of("compare.flow." + word);
    }
  }

  private static final List<Level> LEVELS =
      List.of(
          new Level(100, "same", f -> List.of(f.key()), false),
          new Level(
              90,
              "port",
              f -> List.of(f.protocol(), f.client(), f.server(), f.serverPort()),
              false),
          new Level(75, "client", f -> List.of(f.protocol(), f.server(), f.serverPort()), false),
          new Level(70, "server", f -> List.of(f.protocol(), f.client(), f.serverPort()), false),
          new Level(55, "addresses", f -> List.of(f.protocol(), f.serverPort()), false),
          new Level(30, "opening", f -> List.of(f.protocol()), true));

  private final CapturePrints a;
  private final CapturePrints b;
  private final boolean[] takenA;
  private final boolean[] takenB;
  private final List<FlowPair> pairs = new ArrayList<>();

  private FlowMatcher(CapturePrints a, CapturePrints b) {
    this.a = a;
    this.b = b;
    this.takenA = new boolean[a.flows().size()];
    this.takenB = new boolean[b.flows().size()];
  }

  /** Pairs, best first, then the flows that only one side has. */
  static List<FlowPair> match(CapturePrints a, CapturePrints b) {
    FlowMatcher matcher = new FlowMatcher(a, b);
    for (Level level : LEVELS) {
      matcher.level(level);
    }
    for (int f = 0; f < matcher.takenA.length; f++) {
      if (!matcher.takenA[f]) {
        matcher.pairs.add(new FlowPair(f, -1, 0, Message.of("compare.flow.only-a")));
      }
    }
    for (int f = 0; f < matcher.takenB.length; f++) {
      if (!matcher.takenB[f]) {
        matcher.pairs.add(new FlowPair(-1, f, 0, Message.of("compare.flow.only-b")));
      }
    }
    return matcher.pairs;
  }

  private void level(Level level) {
    Map<Object, List<Integer>> left = groups(a, takenA, level);
    Map<Object, List<Integer>> right = groups(b, takenB, level);
    left.forEach((what, ours) -> {
      List<Integer> theirs = right.get(what);
      if (theirs != null) {
        group(level, ours, theirs);
      }
    });
  }

  private static Map<Object, List<Integer>> groups(
      CapturePrints side, boolean[] taken, Level level) {
    Map<Object, List<Integer>> groups = new LinkedHashMap<>();
    for (int f = 0; f < taken.length; f++) {
      FlowFacts flow = side.flows().get(f);
      if (!taken[f] && (level.percent == 100 || level.opening || flow.isIp())) {
        List<Object> same = new ArrayList<>(level.same.apply(flow));
        if (level.opening) {
          same.add(opening(side, f));
        }
        groups.computeIfAbsent(same, _ -> new ArrayList<>()).add(f);
      }
    }
    return groups;
  }

  /** Among several that could play the part, the one that begins the same way, then the next. */
  private void group(Level level, List<Integer> ours, List<Integer> theirs) {
    Map<Long, Deque<Integer>> byOpening = new HashMap<>();
    for (int f : theirs) {
      byOpening.computeIfAbsent(opening(b, f), _ -> new ArrayDeque<>()).add(f);
    }
    boolean choice = ours.size() > 1 || theirs.size() > 1;
    for (int f : ours) {
      Integer same = take(byOpening.get(opening(a, f)));
      if (same != null) {
        pair(
            f,
            same,
            level.percent,
            choice ? Message.of("compare.flow.alike", level.why()) : level.why());
      }
    }
    List<Integer> rest = theirs.stream().filter(f -> !takenB[f]).toList();
    int next = 0;
    for (int f : ours) {
      if (!takenA[f] && next < rest.size()) {
        int percent = choice ? Math.max(10, level.percent - 15) : level.percent;
        Message reason =
            choice ? Message.of("compare.flow.order", level.why(), ours.size()) : level.why();
        pair(f, rest.get(next++), percent, reason);
      }
    }
  }

  private static @Nullable Integer take(@Nullable Deque<Integer> from) {
    return from == null ? null : from.poll();
  }

  private void pair(int ours, int theirs, int percent, Message reason) {
    takenA[ours] = true;
    takenB[theirs] = true;
    pairs.add(new FlowPair(ours, theirs, percent, reason));
  }

  private static long opening(CapturePrints side, int flow) {
    int[] packets = side.packets(flow);
    long h = 7;
    for (int i = 0; i < Math.min(OPENING, packets.length); i++) {
      h = CapturePrints.mix(h, side.shape(packets[i]));
    }
    return h;
  }
}
