// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.bench;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A made-up capture of a pod's TCP connections to one server: every flow a SYN, then data. All
 * packets come from the pod, so that each takes the whole egress path.
 */
public final class BenchCapture {
  private static final int FLOWS = 512;
  private static final int PCAP_NANOS = 0xa1b23c4d;
  private static final int HEADERS = 54;

  /** Destination and source as the pod sends. */
  static final byte[] FROM_POD = {2, 0, 0, 0, 1, 0x2a, 2, 0, 0, 0, 0, 0x2a};

  /** The same as it receives. */
  static final byte[] TO_POD = {2, 0, 0, 0, 0, 0x2a, 2, 0, 0, 0, 1, 0x2a};

  private BenchCapture() {}

  /**
   * Writes a nanosecond pcap, and the same frames as u32 length and bytes for the C loop.
   *
   * @param size bytes of each frame, at least 54
   */
  public static void write(Path pcap, Path frames, int packets, int size) throws IOException {
    write(pcap, frames, packets, size, Integer.MAX_VALUE);
  }

  /**
   * The same without every {@code hole}th packet, for comparing.
   *
   * @param hole at least 2
   */
  public static void write(Path pcap, Path frames, int packets, int size, int hole)
      throws IOException {
    try (OutputStream capture = open(pcap);
        DataOutputStream raw =
            new DataOutputStream(
                new BufferedOutputStream(Files.newOutputStream(frames), 1 << 20))) {
      for (int i = 0; i < packets; i++) {
        if (i % hole == hole - 1) {
          continue;
        }
        byte[] frame = frame(i, size);
        add(capture, frame, i * 10_000L);
        raw.write(little(4).putInt(size).array());
        raw.write(frame);
      }
    }
  }

  /** A nanosecond pcap of Ethernet frames with nothing in it yet. */
  static OutputStream open(Path pcap) throws IOException {
    OutputStream capture = new BufferedOutputStream(Files.newOutputStream(pcap), 1 << 20);
    capture.write(
        little(24)
            .putInt(PCAP_NANOS)
            .putShort((short) 2)
            .putShort((short) 4)
            .putInt(0)
            .putInt(0)
            .putInt(262_144)
            .putInt(1)
            .array());
    return capture;
  }

  /**
   * Adds a frame.
   *
   * @param nanos since the first packet
   */
  static void add(OutputStream capture, byte[] frame, long nanos) throws IOException {
    capture.write(
        little(16)
            .putInt(1_700_000_000 + (int) (nanos / 1_000_000_000L))
            .putInt((int) (nanos % 1_000_000_000L))
            .putInt(frame.length)
            .putInt(frame.length)
            .array());
    capture.write(frame);
  }

  private static ByteBuffer little(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static byte[] frame(int number, int size) {
    boolean first = number < FLOWS;
    ByteBuffer frame = ByteBuffer.allocate(size);
    frame.put(FROM_POD).putShort((short) 0x0800);
    frame.put((byte) 0x45).put((byte) 0).putShort((short) (size - 14)).putShort((short) number);
    frame.putShort((short) 0x4000).put((byte) 64).put((byte) 6).putShort((short) 0);
    frame.put(new byte[] {10, 0, 0, 11}).put(new byte[] {10, 0, 1, 20});
    frame.putShort(24, checksum(frame, 14, 34));
    frame.putShort((short) (20_000 + number % FLOWS)).putShort((short) 80);
    frame.putInt(number).putInt(first ? 0 : number);
    frame.put((byte) 0x50).put((byte) (first ? 0x02 : 0x18)).putShort((short) 64_240);
    frame.putInt(0);
    assert frame.position() == HEADERS;
    return frame.array();
  }

  /** Of an IPv4 header. */
  static short checksum(ByteBuffer frame, int from, int to) {
    int sum = 0;
    for (int i = from; i < to; i += 2) {
      sum += frame.getShort(i) & 0xffff;
    }
    sum = (sum & 0xffff) + (sum >>> 16);
    return (short) ~((sum & 0xffff) + (sum >>> 16));
  }
}
