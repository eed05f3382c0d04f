// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.packets;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of the packets that the list shows: an array, or all of them. Ascending unless the
 * list is sorted by something else. Never changes; another filter makes another list.
 */
public final class Shown extends NumberList {
  private final int[] numbers;
  private final int all;

  /** For sorted lists the row of each packet, -1 for those not shown; else null. */
  private final int @Nullable [] rows;

  private Shown(int[] numbers, int all, int @Nullable [] rows) {
    this.numbers = numbers;
    this.all = all;
    this.rows = rows;
  }

  /** Packets 1 to {@code count}. */
  public static Shown all(int count) {
    return new Shown(new int[0], count, null);
  }

  /** These packets, ascending; the array is not copied. */
  public static Shown of(int[] numbers) {
    return new Shown(numbers, -1, null);
  }

  /**
   * These packets in this order; the array is not copied.
   *
   * @param packets how many the capture has
   */
  public static Shown sorted(int[] numbers, int packets) {
    int[] rows = new int[packets + 1];
    Arrays.fill(rows, -1);
    for (int row = 0; row < numbers.length; row++) {
      rows[numbers[row]] = row;
    }
    return new Shown(numbers, -1, rows);
  }

  @Override
  public Integer get(int index) {
    return number(index);
  }

  @Override
  public int size() {
    return all >= 0 ? all : numbers.length;
  }

  /** The packet in row {@code index}. */
  public int number(int index) {
    Objects.checkIndex(index, size());
    return all >= 0 ? index + 1 : numbers[index];
  }

  /** The row of a packet; negative when it isn't shown: {@code -1 - where it would be}. */
  public int rowOf(int number) {
    if (rows != null) {
      // Before the first and behind the last packet one stands at the ends of any order.
      return number < 1 ? -1 : number >= rows.length ? -1 - numbers.length : rows[number];
    }
    if (all < 0) {
      return Arrays.binarySearch(numbers, number);
    }
    return number < 1 ? -1 : number > all ? -1 - all : number - 1;
  }

  @Override
  public int indexOf(Object o) {
    return o instanceof Integer number ? Math.max(-1, rowOf(number)) : -1;
  }

  /** The first packet shown behind {@code number}, 0 for none. */
  public int next(int number) {
    int row = rowOf(number);
    int next = row >= 0 ? row + 1 : -1 - row;
    return next < size() ? number(next) : 0;
  }

  /** The last packet shown before {@code number}, 0 for none. */
  public int previous(int number) {
    int row = rowOf(number);
    int before = (row >= 0 ? row : -1 - row) - 1;
    return before >= 0 ? number(before) : 0;
  }
}
