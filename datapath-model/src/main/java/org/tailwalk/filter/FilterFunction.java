// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.filter;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tailwalk.filter.Field.Type;
import org.tailwalk.packet.Bytes;
import org.tailwalk.text.Message;

/** What may be made of a field's values before they are compared: Wireshark's functions. */
public enum FilterFunction {
  LEN,
  COUNT,
  LOWER,
  UPPER,
  STRING;

  /** As written, without its brackets. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** A few words on it. */
  public Message about() {
    return Message.of("filter.function." + label());
  }

  /** What it takes, for messages. */
  Message needs() {
    return Message.of("filter.takes." + label());
  }

  static @Nullable FilterFunction of(String name) {
    for (FilterFunction function : values()) {
      if (function.label().equalsIgnoreCase(name)) {
        return function;
      }
    }
    return null;
  }

  /** Whether it can be asked of a field. */
  boolean takes(Type type) {
    return switch (type) {
      case TEXT -> this != STRING;
      case WORD -> this != LEN;
      case BYTES -> this == LEN || this == COUNT;
      case BOOL, NUMBER, IPV4, IPV6, MAC -> this == COUNT || this == STRING;
      case TIME -> this == COUNT;
      case PROTOCOL -> false;
    };
  }

  /** The field that gives this of another's values. */
  Field of(Field field) {
    Field.Values values = field.values();
    String name = label() + "(" + field.name() + ")";
    return switch (this) {
      case LEN ->
          made(name, Type.NUMBER, field, (s, each) -> values.each(s, v -> each.accept(length(v))));
      case COUNT ->
          made(
              name,
              Type.NUMBER,
              field,
              (s, each) -> {
                long[] seen = {0};
                values.each(s, _ -> seen[0]++);
                if (seen[0] > 0) {
                  each.accept(seen[0]);
                }
              });
      case LOWER ->
          made(
              name,
              Type.TEXT,
              field,
              (s, each) -> values.each(s, v -> each.accept(v.toString().toLowerCase(Locale.ROOT))));
      case UPPER ->
          made(
              name,
              Type.TEXT,
              field,
              (s, each) -> values.each(s, v -> each.accept(v.toString().toUpperCase(Locale.ROOT))));
      case STRING ->
          made(name, Type.TEXT, field, (s, each) -> values.each(s, v -> each.accept(v.toString())));
    };
  }

  private static long length(Object value) {
    return value instanceof Bytes b
        ? b.length()
        : value.toString().codePointCount(0, value.toString().length());
  }

  private Field made(String name, Type type, Field from, Field.Values values) {
    return new Field(name, type, from.level(), about(), Map.of(), values);
  }
}
