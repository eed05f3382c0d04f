// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.replay.recording;

import java.util.List;
import java.util.zip.CRC32C;
import org.tailwalk.engine.Injection;
import org.tailwalk.engine.ProgramGraph;
import org.tailwalk.engine.Sweep;
import org.tailwalk.event.PathTrace;
import org.tailwalk.packet.Bytes;

/**
 * Writes the traces of some packets, one behind the other, as a block that is read by itself. Used
 * for one block, by one thread.
 */
public final class BlockWriter {
  /** The first four bytes of every block; the last of them is the version. */
  static final int MAGIC = 0x54575201; // "TWR", 1

  /** How many packets a block holds: a jump into a recording reads a block. */
  public static final int PACKETS = 256;

  private final ValueWriter values = new ValueWriter();
  private long last;
  private int packets;

  /** An empty block. */
  public BlockWriter() {
    magic(values);
  }

  private static void magic(ValueWriter values) {
    for (int shift = 24; shift >= 0; shift -= 8) {
      values.u8(MAGIC >>> shift & 0xff);
    }
  }

  /**
   * Adds the next packet that was run.
   *
   * @param sweeps of the collector before the packet, and the one that its signal brought about
   */
  public void add(Injection injection, PathTrace trace, List<Sweep> sweeps) {
    if (injection.packet() <= last) {
      throw new IllegalArgumentException("packet " + injection.packet() + " behind " + last);
    }
    values.varint(injection.packet() - last);
    int check = check(injection);
    for (int shift = 24; shift >= 0; shift -= 8) {
      values.u8(check >>> shift & 0xff);
    }
    values.value(trace, injection.frame());
    values.value(sweeps, Bytes.empty());
    last = injection.packet();
    packets++;
  }

  /** How many were added. */
  public int packets() {
    return packets;
  }

  /** The block. */
  public byte[] toBytes() {
    return values.toBytes();
  }

  /** A graph as a block of its own. */
  public static byte[] graph(ProgramGraph graph) {
    ValueWriter values = new ValueWriter();
    magic(values);
    values.value(graph, Bytes.empty());
    return values.toBytes();
  }

  /** A number that tells whether a packet goes in as it did when it was recorded. */
  static int check(Injection injection) {
    CRC32C crc = new CRC32C();
    crc.update(injection.frame().toArray());
    number(crc, injection.endpoint());
    number(crc, injection.hook().ordinal());
    number(crc, injection.context().mark());
    injection.context().cb().forEach(slot -> number(crc, slot));
    number(crc, injection.context().tcIndex());
    number(crc, injection.context().queueMapping());
    number(crc, injection.context().packetType());
    number(crc, injection.ifindex());
    number(crc, injection.ingressIfindex());
    number(crc, injection.timeNanos());
    number(crc, injection.random());
    return (int) crc.getValue();
  }

  private static void number(CRC32C crc, long value) {
    for (int shift = 56; shift >= 0; shift -= 8) {
      crc.update((int) (value >>> shift) & 0xff);
    }
  }
}
