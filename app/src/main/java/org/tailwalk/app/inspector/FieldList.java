// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.inspector;

import java.util.ArrayList;
import java.util.List;

/** Collects the fields of one header, each with the bytes it stands in. */
final class FieldList {
  private final List<PacketNode> fields = new ArrayList<>();
  private final int at;
  private final int end;
  private final boolean filtered;

  /**
   * Fields of a header.
   *
   * @param at where it begins in the frame
   * @param end behind its last byte in the frame
   * @param filtered whether the filter language means this header by its fields, and not one
   *     further out
   */
  FieldList(int at, int end, boolean filtered) {
    this.at = at;
    this.end = end;
    this.filtered = filtered;
  }

  /** A field that nothing filters by. */
  FieldList add(int offset, int length, String name, String value) {
    return add(offset, length, name, value, "");
  }

  /** A field; {@code filter} is a whole condition. */
  FieldList add(int offset, int length, String name, String value, String filter) {
    return add(offset, length, name, value, filter, List.of());
  }

  /** A field with parts; offsets count from the header. */
  FieldList add(
      int offset, int length, String name, String value, String filter, List<PacketNode> parts) {
    int from = Math.min(end, at + offset);
    int to = Math.min(end, from + length);
    fields.add(
        new PacketNode(
            name, name + ": " + value, from, to, value, filtered ? filter : "", false, parts));
    return this;
  }

  /**
   * A checksum, written like {@link #hex}.
   *
   * @param remark whether it is right; empty where nothing can be said
   */
  FieldList checksum(int offset, int length, String name, long value, String field, String remark) {
    hex(offset, length, name, value, field);
    if (!remark.isEmpty()) {
      fields.add(fields.removeLast().withRemark(remark));
    }
    return this;
  }

  /** A field with a number that is filtered by as it is. */
  FieldList number(int offset, int length, String name, long value, String field) {
    return add(offset, length, name, Long.toString(value), field + " == " + value);
  }

  /** A field whose number is written in hex, filtered by likewise. */
  FieldList hex(int offset, int length, String name, long value, String field) {
    String text = ("0x%0" + 2 * length + "x").formatted(value);
    return add(offset, length, name, text, field.isEmpty() ? "" : field + " == " + text);
  }

  /** Parts of a byte or two: one bit each. */
  List<PacketNode> bits(int offset, int length, int value, String prefix, Bit... bits) {
    FieldList parts = new FieldList(at, end, filtered);
    for (Bit bit : bits) {
      boolean set = (value & bit.mask()) != 0;
      String filter = bit.field().isEmpty() ? "" : prefix + bit.field() + " == " + (set ? 1 : 0);
      parts.add(offset, length, bit.name(), set ? "1" : "0", filter);
    }
    return parts.all();
  }

  /** All of them. */
  List<PacketNode> all() {
    return List.copyOf(fields);
  }

  /**
   * A flag.
   *
   * @param field the last part of the filter's name for it
   */
  record Bit(int mask, String name, String field) {}
}
