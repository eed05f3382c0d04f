// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.compare;

import org.tailwalk.packet.Bytes;
import org.tailwalk.packet.Frame;

/** Small frames for tests: IPv4 with TCP or UDP, checksums zero. */
final class Packets {
  static final String POD = "10.0.0.11";
  static final String SERVER = "10.0.1.20";

  private Packets() {}

  static Frame udp(String src, int sport, String dst, int dport, String payload, long millis) {
    byte[] data = frame(src, dst, 17, 8 + payload.length());
    put16(data, 34, sport);
    put16(data, 36, dport);
    put16(data, 38, 8 + payload.length());
    text(data, 42, payload);
    return Frame.whole(Bytes.copyOf(data), millis * 1_000_000);
  }

  static Frame tcp(
      String src, int sport, String dst, int dport, long seq, int flags, String text, long millis) {
    byte[] data = frame(src, dst, 6, 20 + text.length());
    put16(data, 34, sport);
    put16(data, 36, dport);
    put16(data, 38, (int) (seq >> 16));
    put16(data, 40, (int) seq);
    data[46] = 0x50;
    data[47] = (byte) flags;
    text(data, 54, text);
    return Frame.whole(Bytes.copyOf(data), millis * 1_000_000);
  }

  private static byte[] frame(String src, String dst, int protocol, int length) {
    byte[] data = new byte[34 + length];
    data[5] = 1;
    data[11] = 2;
    put16(data, 12, 0x0800);
    data[14] = 0x45;
    put16(data, 16, 20 + length);
    data[22] = 64;
    data[23] = (byte) protocol;
    address(data, 26, src);
    address(data, 30, dst);
    return data;
  }

  private static void address(byte[] data, int at, String text) {
    String[] parts = text.split("\\.");
    for (int i = 0; i < 4; i++) {
      data[at + i] = (byte) Integer.parseInt(parts[i]);
    }
  }

  private static void text(byte[] data, int at, String text) {
    for (int i = 0; i < text.length(); i++) {
      data[at + i] = (byte) text.charAt(i);
    }
  }

  private static void put16(byte[] data, int at, int value) {
    data[at] = (byte) (value >> 8);
    data[at + 1] = (byte) value;
  }
}
