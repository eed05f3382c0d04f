// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.replay.recording;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tailwalk.packet.Bytes;

/**
 * Writes values of the vocabulary, each equal one once: the next time it is a number. What was
 * written with the help of a packet's frame is not numbered, so that a reader can pass over a
 * packet without having its frame.
 */
final class ValueWriter {
  static final int NULL = 0;
  static final int SEEN = 1;
  static final int RECORD = 2;
  static final int BYTES = 3;
  static final int FRAME = 4;
  static final int TEXT = 5;
  static final int NUMBER = 6;
  static final int LIST = 7;
  static final int CONSTANT = 8;
  static final int TRUE = 9;
  static final int FALSE = 10;

  /** Bytes no longer than this are written as they are. */
  private static final int SHORT = 16;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final Map<Object, Integer> seen = new HashMap<>();
  private final Map<RecordTypes.Shape, Integer> shapes = new HashMap<>();

  byte[] toBytes() {
    return out.toByteArray();
  }

  void u8(int value) {
    out.write(value);
  }

  /** Seven bits a byte, the lowest first, the eighth bit set where more follow. */
  void varint(long value) {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      out.write((int) rest & 0x7f | 0x80);
      rest >>>= 7;
    }
    out.write((int) rest);
  }

  void raw(byte[] data) {
    out.writeBytes(data);
  }

  private void text(String text) {
    byte[] data = text.getBytes(StandardCharsets.UTF_8);
    varint(data.length);
    raw(data);
  }

  /**
   * Writes a value.
   *
   * @param frame the packet's frame, which helps to write bytes that are like it
   * @return whether the frame was made use of
   */
  boolean value(@Nullable Object value, Bytes frame) {
    switch (value) {
      case null -> u8(NULL);
      case Boolean b -> u8(b ? TRUE : FALSE);
      case Number n -> {
        u8(NUMBER);
        long v = n.longValue();
        varint(v << 1 ^ v >> 63);
      }
      case List<?> list -> {
        u8(LIST);
        varint(list.size());
        boolean used = false;
        for (Object element : list) {
          used |= value(element, frame);
        }
        return used;
      }
      default -> {
        Integer index = seen.get(value);
        if (index != null) {
          u8(SEEN);
          varint(index);
          return false;
        }
        if (fresh(value, frame)) {
          return true;
        }
        seen.put(value, seen.size());
      }
    }
    return false;
  }

  private boolean fresh(Object value, Bytes frame) {
    switch (value) {
      case String text -> {
        u8(TEXT);
        text(text);
      }
      case Enum<?> constant -> {
        u8(CONSTANT);
        text(RecordTypes.enumName(constant));
        text(constant.name());
      }
      case Bytes bytes -> {
        if (bytes.length() > SHORT && patched(bytes, frame)) {
          return true;
        }
        u8(BYTES);
        varint(bytes.length());
        raw(bytes.toArray());
      }
      default -> {
        RecordTypes.Shape shape = RecordTypes.of(value);
        u8(RECORD);
        shape(shape);
        boolean used = false;
        for (int i = 0; i < shape.components.size(); i++) {
          used |= value(shape.get(value, i), frame);
        }
        return used;
      }
    }
    return false;
  }

  private void shape(RecordTypes.Shape shape) {
    Integer known = shapes.putIfAbsent(shape, shapes.size());
    varint(known == null ? shapes.size() - 1 : known);
    if (known == null) {
      text(shape.name);
      varint(shape.components.size());
      shape.components.forEach(c -> text(c.name()));
    }
  }

  /**
   * Writes bytes as the beginning of the frame with patches, unless that is hardly shorter; says
   * whether it did.
   */
  private boolean patched(Bytes bytes, Bytes frame) {
    if (bytes.length() > frame.length()) {
      return false;
    }
    int patches = 0;
    int differing = 0;
    for (int i = 0; i < bytes.length(); i++) {
      if (bytes.at(i) != frame.at(i)) {
        differing++;
        patches += i == 0 || bytes.at(i - 1) == frame.at(i - 1) ? 1 : 0;
      }
    }
    if (differing + 3 * patches > bytes.length() / 2) {
      return false;
    }
    u8(FRAME);
    varint(bytes.length());
    varint(patches);
    int last = 0;
    for (int i = 0; i < bytes.length(); i++) {
      if (bytes.at(i) == frame.at(i)) {
        continue;
      }
      int end = i;
      while (end < bytes.length() && bytes.at(end) != frame.at(end)) {
        end++;
      }
      varint(i - last);
      varint(end - i);
      for (int at = i; at < end; at++) {
        u8(bytes.at(at));
      }
      last = end;
      i = end;
    }
    return true;
  }
}
