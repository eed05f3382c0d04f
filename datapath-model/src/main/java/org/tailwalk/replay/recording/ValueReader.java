// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.replay.recording;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tailwalk.packet.Bytes;

/** Reads what {@link ValueWriter} wrote. Whatever the bytes are: a value, or one clear error. */
final class ValueReader {
  private static final int DEEPEST = 40;

  /** Earlier recordings don't say what a program is called: it has one component less there. */
  private static final String PROGRAM = "ProgramRef";

  private final byte[] data;
  private final List<Object> seen = new ArrayList<>();
  private final List<RecordTypes.Shape> shapes = new ArrayList<>();
  private int at;
  private boolean withoutFunctions;

  ValueReader(byte[] data) {
    this.data = data;
  }

  boolean atEnd() {
    return at == data.length;
  }

  RecordingException broken(String what) {
    return new RecordingException("byte " + at + ": " + what);
  }

  int u8() throws RecordingException {
    if (at >= data.length) {
      throw broken("ends in the middle of a value");
    }
    return data[at++] & 0xff;
  }

  long varint() throws RecordingException {
    long value = 0;
    for (int shift = 0; shift < 70; shift += 7) {
      int next = u8();
      if (shift == 63 && next > 1) {
        break;
      }
      value |= (long) (next & 0x7f) << shift;
      if ((next & 0x80) == 0) {
        return value;
      }
    }
    throw broken("a number of more than 64 bits");
  }

  /** A count of things that take at least one byte each. */
  int count() throws RecordingException {
    long count = varint();
    if (count < 0 || count > data.length - at) {
      throw broken("says that " + count + " follow, there are " + (data.length - at) + " bytes");
    }
    return (int) count;
  }

  int u32() throws RecordingException {
    return u8() << 24 | u8() << 16 | u8() << 8 | u8();
  }

  private String text() throws RecordingException {
    int length = count();
    String text = new String(data, at, length, StandardCharsets.UTF_8);
    at += length;
    return text;
  }

  /** What a value is, and whether the packet's frame had to help. */
  private record Read(@Nullable Object value, boolean framed) {
    static final Read NOTHING = new Read(null, false);
    static final Read YES = new Read(true, false);
    static final Read NO = new Read(false, false);
  }

  /**
   * A value.
   *
   * @param frame the packet's frame; null where it isn't at hand, and the value is thrown away
   */
  @Nullable Object value(@Nullable Bytes frame) throws RecordingException {
    return read(frame, 0).value;
  }

  private Read read(@Nullable Bytes frame, int depth) throws RecordingException {
    if (depth > DEEPEST) {
      throw broken("values deeper in each other than any of ours");
    }
    int tag = u8();
    return switch (tag) {
      case ValueWriter.NULL -> Read.NOTHING;
      case ValueWriter.TRUE -> Read.YES;
      case ValueWriter.FALSE -> Read.NO;
      case ValueWriter.NUMBER -> {
        long v = varint();
        yield new Read(v >>> 1 ^ -(v & 1), false);
      }
      case ValueWriter.SEEN -> {
        long index = varint();
        if (index < 0 || index >= seen.size()) {
          throw broken("points at value " + index + " of " + seen.size());
        }
        yield new Read(seen.get((int) index), false);
      }
      case ValueWriter.TEXT -> keep(text());
      case ValueWriter.CONSTANT -> keep(constant());
      case ValueWriter.BYTES -> {
        int length = count();
        at += length;
        yield keep(Bytes.copyOf(data, at - length, length));
      }
      case ValueWriter.FRAME -> new Read(patched(frame), true);
      case ValueWriter.LIST -> list(frame, depth);
      case ValueWriter.RECORD -> record(frame, depth);
      default -> throw broken("no kind of value has the number " + tag);
    };
  }

  private Read keep(Object value) {
    seen.add(value);
    return new Read(value, false);
  }

  private Enum<?> constant() throws RecordingException {
    String type = text();
    String name = text();
    Enum<?> constant = RecordTypes.constant(type, name);
    if (constant == null) {
      throw broken("%s %s is unknown to this version".formatted(type, name));
    }
    return constant;
  }

  private Read list(@Nullable Bytes frame, int depth) throws RecordingException {
    int count = count();
    List<@Nullable Object> values = new ArrayList<>(count);
    boolean framed = false;
    for (int i = 0; i < count; i++) {
      Read read = read(frame, depth + 1);
      framed |= read.framed;
      values.add(read.value);
    }
    return new Read(Collections.unmodifiableList(values), framed);
  }

  private Bytes patched(@Nullable Bytes frame) throws RecordingException {
    long length = varint();
    if (length < 0 || length > (frame == null ? Integer.MAX_VALUE : frame.length())) {
      throw broken("bytes like the frame's, but longer than the frame");
    }
    byte[] bytes = frame == null ? new byte[0] : frame.slice(0, (int) length).toArray();
    int patches = count();
    long place = 0;
    for (int i = 0; i < patches; i++) {
      place += varint();
      int run = count();
      if (place < 0 || place + run > length) {
        throw broken("a patch reaches beyond its bytes");
      }
      if (frame != null) {
        System.arraycopy(data, at, bytes, (int) place, run);
      }
      at += run;
      place += run;
    }
    return Bytes.copyOf(bytes);
  }

  private Read record(@Nullable Bytes frame, int depth) throws RecordingException {
    RecordTypes.Shape shape = shape();
    @Nullable Object[] values = new @Nullable Object[shape.components.size()];
    boolean framed = false;
    int written = values.length;
    if (withoutFunctions && shape.name.equals(PROGRAM)) {
      values[--written] = "";
    }
    for (int i = 0; i < written; i++) {
      Read read = read(frame, depth + 1);
      framed |= read.framed;
      boolean passed = read.framed && frame == null;
      values[i] = passed ? null : fitting(read.value, shape, shape.components.get(i));
    }
    if (framed && frame == null) {
      return new Read(null, true);
    }
    Object made;
    try {
      made = shape.make(values);
    } catch (RuntimeException e) {
      throw new RecordingException(
          "byte " + at + ": no such " + shape.name + " can be: " + e.getMessage(), e);
    }
    if (!framed) {
      seen.add(made);
    }
    return new Read(made, framed);
  }

  private RecordTypes.Shape shape() throws RecordingException {
    long index = varint();
    if (index >= 0 && index < shapes.size()) {
      return shapes.get((int) index);
    }
    if (index != shapes.size()) {
      throw broken("record type " + index + " of " + shapes.size());
    }
    String name = text();
    RecordTypes.Shape shape = RecordTypes.named(name);
    if (shape == null) {
      throw broken("\"" + name + "\" is unknown to this version");
    }
    int components = count();
    List<String> names = new ArrayList<>(components);
    for (int i = 0; i < components; i++) {
      names.add(text());
    }
    List<String> ours = shape.components.stream().map(RecordTypes.Component::name).toList();
    if (shape.name.equals(PROGRAM) && names.equals(ours.subList(0, ours.size() - 1))) {
      withoutFunctions = true;
    } else if (!names.equals(ours)) {
      throw broken(
          "written by another version: %s has %s, here it has %s".formatted(name, names, ours));
    }
    shapes.add(shape);
    return shape;
  }

  private @Nullable Object fitting(
      @Nullable Object value, RecordTypes.Shape shape, RecordTypes.Component component)
      throws RecordingException {
    Class<?> type = component.type();
    Object fitted = value;
    if (value instanceof Long number && type != Long.class) {
      if (type != Integer.class || number != (int) (long) number) {
        throw broken(misfit(value, shape, component));
      }
      fitted = (int) (long) number;
    }
    if (fitted == null ? !component.nullable() : !type.isInstance(fitted)) {
      throw broken(misfit(value, shape, component));
    }
    if (fitted instanceof List<?> list) {
      Class<?> element = component.element();
      for (Object one : list) {
        if (one == null || element != null && !element.isInstance(one)) {
          throw broken(misfit(one, shape, component));
        }
      }
    }
    return fitted;
  }

  private static String misfit(
      @Nullable Object value, RecordTypes.Shape shape, RecordTypes.Component component) {
    return "%s's %s can't be a %s"
        .formatted(
            shape.name,
            component.name(),
            value == null ? "nothing" : value.getClass().getSimpleName());
  }
}
