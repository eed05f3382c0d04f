// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.packets;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.tailwalk.packet.IpAddress;

/** What the list can be sorted by. Sorting costs an array of numbers, never a list of rows. */
public enum SortBy {
  NUMBER,
  TIME,
  WAY,
  SOURCE,
  INFO,
  CONNTRACK,
  VERDICT,
  DIFFERS;

  private static final int CHECK_EVERY = 1 << 14;

  /**
   * Sorts packets; equal ones stay in the order of their numbers.
   *
   * @param numbers ascending; not changed
   * @param goOn asked now and then
   * @return null when {@code goOn} said no
   */
  int @Nullable [] sort(PacketTable table, int[] numbers, boolean ascending, BooleanSupplier goOn) {
    long[] keys = this == TIME ? times(table, numbers, goOn) : ranks(table, numbers, goOn);
    if (keys.length != numbers.length) {
      return null;
    }
    if (this == TIME) {
      return byTime(numbers, keys, ascending);
    }
    for (int i = 0; i < keys.length; i++) {
      keys[i] = (ascending ? keys[i] : Integer.MAX_VALUE - keys[i]) << 32 | i;
    }
    Arrays.sort(keys);
    int[] sorted = new int[numbers.length];
    for (int i = 0; i < sorted.length; i++) {
      sorted[i] = numbers[(int) keys[i]];
    }
    return sorted;
  }

  private static int[] byTime(int[] numbers, long[] times, boolean ascending) {
    Integer[] order = new Integer[numbers.length];
    Arrays.setAll(order, i -> i);
    Comparator<Integer> byTime = Comparator.comparingLong(i -> times[i]);
    // Captures are nearly sorted by time already: this costs little more than looking.
    Arrays.sort(order, ascending ? byTime : byTime.reversed());
    int[] sorted = new int[numbers.length];
    Arrays.setAll(sorted, i -> numbers[order[i]]);
    return sorted;
  }

  private static long[] times(PacketTable table, int[] numbers, BooleanSupplier goOn) {
    PacketCursor cursor = table.cursor();
    long[] times = new long[numbers.length];
    for (int i = 0; i < numbers.length; i++) {
      if (i % CHECK_EVERY == 0 && !goOn.getAsBoolean()) {
        return new long[0];
      }
      times[i] = cursor.at(numbers[i]).sinceFirstNanos();
    }
    return times;
  }

  /** The place of each packet's value among the values there are. */
  private long[] ranks(PacketTable table, int[] numbers, BooleanSupplier goOn) {
    Map<Comparable<?>, Integer> seen = new HashMap<>();
    int[] value = new int[numbers.length];
    PacketCursor cursor = table.cursor();
    for (int i = 0; i < numbers.length; i++) {
      if (i % CHECK_EVERY == 0 && !goOn.getAsBoolean()) {
        return new long[0];
      }
      Comparable<?> key = key(table, cursor, numbers[i]);
      Integer known = seen.putIfAbsent(key, seen.size());
      value[i] = known == null ? seen.size() - 1 : known;
    }
    Comparable<?>[] distinct = new Comparable<?>[seen.size()];
    seen.forEach((key, index) -> distinct[index] = key);
    Integer[] order = new Integer[distinct.length];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, (a, b) -> compare(distinct[a], distinct[b]));
    int[] rank = new int[distinct.length];
    for (int i = 0; i < order.length; i++) {
      rank[order[i]] = i;
    }
    long[] ranks = new long[numbers.length];
    Arrays.setAll(ranks, i -> rank[value[i]]);
    return ranks;
  }

  @SuppressWarnings("unchecked") // keys of one column are of one kind, or address before text
  private static int compare(Comparable<?> a, Comparable<?> b) {
    if (a.getClass() != b.getClass()) {
      return a instanceof IpAddress ? -1 : 1;
    }
    return ((Comparable<Object>) a).compareTo(b);
  }

  private Comparable<?> key(PacketTable table, PacketCursor cursor, int number) {
    if (this == NUMBER) {
      return number;
    }
    if (this == SOURCE) {
      IpAddress source = cursor.at(number).source();
      if (source != null) {
        return source;
      }
    }
    PacketRow row = table.row(number);
    return switch (this) {
      case NUMBER, TIME -> number;
      case WAY -> row.way().ordinal();
      case SOURCE -> row.source();
      case INFO -> row.info();
      case CONNTRACK -> row.ct() == null ? -1 : row.ct().ordinal();
      case VERDICT -> row.verdictWords();
      case DIFFERS -> row.differs() ? 0 : 1;
    };
  }
}
