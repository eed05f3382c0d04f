// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.compare;

/**
 * The packet that was first to have a number, for many numbers: at most 40 bytes each, and no
 * objects, which a collector would have to copy while a capture is read.
 */
final class FirstWith {
  private long[] numbers = new long[1024];

  /** Beside each number; 0 where there is none. */
  private int[] packets = new int[1024];

  private int count;

  /** The packet before this one that was first to have the number; 0 when this is the first. */
  int before(int packet, long number) {
    if (count > numbers.length / 2) {
      grow();
    }
    int at = place(number);
    if (packets[at] != 0) {
      return packets[at];
    }
    numbers[at] = number;
    packets[at] = packet;
    count++;
    return 0;
  }

  /** Where the number stands, or is to stand. */
  private int place(long number) {
    int mask = numbers.length - 1;
    int at = (int) CapturePrints.mix(number, 0) & mask;
    while (packets[at] != 0 && numbers[at] != number) {
      at = at + 1 & mask;
    }
    return at;
  }

  private void grow() {
    long[] oldNumbers = numbers;
    int[] oldPackets = packets;
    numbers = new long[2 * oldNumbers.length];
    packets = new int[numbers.length];
    for (int i = 0; i < oldNumbers.length; i++) {
      if (oldPackets[i] != 0) {
        int at = place(oldNumbers[i]);
        numbers[at] = oldNumbers[i];
        packets[at] = oldPackets[i];
      }
    }
  }
}
