// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.walk;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.tailwalk.engine.CodeListing;

/**
 * The ways through one program. Between two trace points no third one was passed, or it would have
 * written a record, which is what makes the ways few. Any thread.
 *
 * <p>Ways into a function and out of it are not paired: a stretch that ends inside a function may
 * count callers that were not there. That makes the open ones more and the certain ones fewer.
 */
public final class CodeWays {
  private final CodeListing.Program program;
  private final Map<Integer, Integer> indexOf = new HashMap<>();
  private final BitSet stops = new BitSet();
  private final Map<Hop, Stretch> known = new ConcurrentHashMap<>();

  /** Of a program. */
  public CodeWays(CodeListing.Program program) {
    this.program = program;
    for (int i = 0; i < program.code().size(); i++) {
      int slot = program.code().get(i).slot();
      indexOf.put(slot, i);
      if (program.sites().contains(slot) && !program.passable().contains(slot) && slot != 0) {
        stops.set(i);
      }
    }
  }

  /** The program. */
  public CodeListing.Program program() {
    return program;
  }

  /** Index of the instruction in a slot; −1 when none begins there. */
  public int index(int slot) {
    return indexOf.getOrDefault(slot, -1);
  }

  /** What lies on a hop of this program. */
  public Stretch stretch(Hop hop) {
    return known.computeIfAbsent(hop, this::find);
  }

  private Stretch find(Hop hop) {
    int from = hop.from() == Hop.ENTRY ? -1 : index(hop.from());
    int to = index(hop.to());
    if (to < 0 || from < 0 && hop.from() != Hop.ENTRY) {
      return Stretch.UNKNOWN;
    }
    Walk walk = new Walk(from, to, hop.found());
    return walk.find();
  }

  /** One search: a node is an instruction, the start stands behind all of them. */
  private final class Walk {
    private final int start = program.code().size();
    private final int from;
    private final int to;
    private final @Nullable Boolean found;
    private final CodeListing.@Nullable Test test;
    private final List<Integer> order = new ArrayList<>();

    Walk(int from, int to, @Nullable Boolean found) {
      this.from = from;
      this.to = to;
      this.found = found;
      this.test = from < 0 || found == null ? null : program.code().get(from).found();
    }

    private List<Integer> next(int node) {
      if (node == start) {
        return from < 0 ? List.of(0) : program.code().get(from).next();
      }
      if (node == to || stops.get(node)) {
        return List.of();
      }
      CodeListing.Test asked = test;
      if (asked != null && node == asked.jump()) {
        return List.of(Boolean.TRUE.equals(found) ? asked.whenNot() : asked.whenZero());
      }
      return program.code().get(node).next();
    }

    Stretch find() {
      BitSet ahead = new BitSet();
      Map<Integer, List<Integer>> before = new HashMap<>();
      reach(ahead, before);
      if (!ahead.get(to)) {
        return Stretch.UNKNOWN;
      }
      BitSet open = new BitSet();
      Deque<Integer> work = new ArrayDeque<>(List.of(to));
      open.set(to);
      while (!work.isEmpty()) {
        for (int previous : before.getOrDefault(work.pop(), List.of())) {
          if (!open.get(previous)) {
            open.set(previous);
            work.push(previous);
          }
        }
      }
      BitSet certain = dominators(open, before);
      for (BitSet each : List.of(open, certain)) {
        each.clear(start);
        each.clear(to);
      }
      return new Stretch(certain, open);
    }

    /**
     * Depth first from the start; notes the order in which nodes were done, and who leads where.
     */
    private void reach(BitSet ahead, Map<Integer, List<Integer>> before) {
      Deque<int[]> stack = new ArrayDeque<>();
      ahead.set(start);
      stack.push(new int[] {start, 0});
      while (!stack.isEmpty()) {
        int[] top = stack.element();
        List<Integer> next = next(top[0]);
        if (top[1] == next.size()) {
          order.add(top[0]);
          stack.pop();
          continue;
        }
        int node = next.get(top[1]++);
        before.computeIfAbsent(node, _ -> new ArrayList<>(2)).add(top[0]);
        if (!ahead.get(node)) {
          ahead.set(node);
          stack.push(new int[] {node, 0});
        }
      }
      Collections.reverse(order);
    }

    /** Nodes on every way from the start to the end, after Cooper, Harvey and Kennedy. */
    private BitSet dominators(BitSet open, Map<Integer, List<Integer>> before) {
      int[] rank = new int[start + 1];
      List<Integer> nodes = new ArrayList<>();
      for (int node : order) {
        if (open.get(node)) {
          rank[node] = nodes.size();
          nodes.add(node);
        }
      }
      int[] above = new int[nodes.size()];
      Arrays.fill(above, -1);
      above[0] = 0;
      for (boolean changed = true; changed; ) {
        changed = false;
        for (int i = 1; i < nodes.size(); i++) {
          int joined = -1;
          for (int previous : before.getOrDefault(nodes.get(i), List.of())) {
            if (open.get(previous) && above[rank[previous]] >= 0) {
              joined = joined < 0 ? rank[previous] : join(above, joined, rank[previous]);
            }
          }
          if (joined >= 0 && above[i] != joined) {
            above[i] = joined;
            changed = true;
          }
        }
      }
      BitSet certain = new BitSet();
      for (int i = rank[to]; i > 0; i = above[i]) {
        certain.set(nodes.get(i));
      }
      return certain;
    }

    private static int join(int[] above, int a, int b) {
      int left = a;
      int right = b;
      while (left != right) {
        while (left > right) {
          left = above[left];
        }
        while (right > left) {
          right = above[right];
        }
      }
      return left;
    }
  }
}
