// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.inspector;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.tailwalk.app.text.Texts;

/** Options behind TCP's fixed header (RFC 9293, 7323, 2018), each with its bytes. */
final class TcpOptions {
  private static final int FIXED = 20;

  private TcpOptions() {}

  /** Adds them; what is malformed ends the list. */
  static void addTo(FieldList to, byte[] frame, int at, int end) {
    for (int i = at + FIXED; i < end; ) {
      int kind = frame[i] & 0xff;
      int length = kind <= 1 ? 1 : i + 1 < end ? frame[i + 1] & 0xff : 0;
      if (length == 0 || kind > 1 && length < 2 || i + length > end) {
        to.add(i - at, end - i, "Option", Texts.of(TcpOptions.class).get("option.malformed"));
        return;
      }
      add(to, i - at, kind, ByteBuffer.wrap(frame, i, length).slice());
      i = kind == 0 ? end : i + length;
    }
  }

  private static void add(FieldList to, int offset, int kind, ByteBuffer option) {
    int length = option.remaining();
    if (kind == 0) {
      to.add(offset, length, "Option", Texts.of(TcpOptions.class).get("option.end"));
    } else if (kind == 1) {
      to.add(offset, length, "Option", Texts.of(TcpOptions.class).get("option.none"));
    } else if (kind == 2 && length == 4) {
      to.add(offset, length, "Maximum segment size", unsigned(option.getShort(2) & 0xffff));
    } else if (kind == 3 && length == 3) {
      to.add(offset, length, "Window scale", unsigned(option.get(2) & 0xff));
    } else if (kind == 4 && length == 2) {
      to.add(offset, length, "Option", Texts.of(TcpOptions.class).get("option.sack"));
    } else if (kind == 5 && length >= 10 && length % 8 == 2) {
      to.add(offset, length, "SACK", blocks(option));
    } else if (kind == 8 && length == 10) {
      String value = unsigned(option.getInt(2));
      String reply = unsigned(option.getInt(6));
      to.add(
          offset,
          length,
          "Timestamps",
          Texts.of(TcpOptions.class).get("option.times", value, reply));
    } else {
      byte[] raw = new byte[length];
      option.get(raw);
      to.add(offset, length, "Option, kind " + kind, HexFormat.of().formatHex(raw));
    }
  }

  private static String blocks(ByteBuffer option) {
    StringBuilder blocks = new StringBuilder();
    for (int i = 2; i < option.limit(); i += 8) {
      blocks
          .append(blocks.isEmpty() ? "" : ", ")
          .append(unsigned(option.getInt(i)))
          .append('–')
          .append(unsigned(option.getInt(i + 4)));
    }
    return blocks.toString();
  }

  private static String unsigned(int value) {
    return Integer.toUnsignedString(value);
  }
}
