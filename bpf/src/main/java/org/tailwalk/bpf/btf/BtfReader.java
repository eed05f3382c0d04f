// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.btf;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.tailwalk.bpf.btf.BtfType.BtfName;

/** Section {@code .BTF} to types. */
final class BtfReader {
  static final int MAGIC = 0xeb9f;
  static final int HEADER = 24;

  private final byte[] strings;
  private final ByteBuffer types;
  private int id = 1;

  private BtfReader(ByteBuffer types, byte[] strings) {
    this.types = types;
    this.strings = strings;
  }

  static Btf read(byte[] section) throws BtfFormatException {
    if (section.length < HEADER) {
      throw new BtfFormatException(
          "BTF header: %d bytes, %d are needed".formatted(section.length, HEADER));
    }
    ByteBuffer in = ByteBuffer.wrap(section).order(LITTLE_ENDIAN);
    int magic = in.getShort(0) & 0xffff;
    if (magic != MAGIC) {
      throw new BtfFormatException(
          "BTF header: magic 0x%04x, not 0x%04x (little endian)".formatted(magic, MAGIC));
    }
    if (in.get(2) != 1) {
      throw new BtfFormatException("BTF header: version " + in.get(2) + ", only 1 is known");
    }
    int header = in.getInt(4);
    if (header < HEADER) {
      throw new BtfFormatException("BTF header: header length " + header);
    }
    ByteBuffer types = slice(in, "types", header, in.getInt(8), in.getInt(12));
    ByteBuffer strings = slice(in, "strings", header, in.getInt(16), in.getInt(20));
    byte[] text = new byte[strings.remaining()];
    strings.get(text);
    if (text.length == 0 || text[0] != 0 || text[text.length - 1] != 0) {
      throw new BtfFormatException("BTF strings: do not begin and end with a zero byte");
    }
    BtfReader reader = new BtfReader(types, text);
    return new Btf(reader.types(), text);
  }

  static ByteBuffer slice(ByteBuffer in, String what, int base, int offset, int length)
      throws BtfFormatException {
    long from = Integer.toUnsignedLong(base) + Integer.toUnsignedLong(offset);
    long size = Integer.toUnsignedLong(length);
    if (from + size > in.capacity()) {
      throw new BtfFormatException(
          "BTF %s: %d bytes at %d, the section has %d".formatted(what, size, from, in.capacity()));
    }
    return in.slice((int) from, (int) size).order(LITTLE_ENDIAN);
  }

  private List<BtfType> types() throws BtfFormatException {
    List<BtfType> result = new ArrayList<>();
    while (types.hasRemaining()) {
      result.add(next());
      id++;
    }
    return result;
  }

  private BtfType next() throws BtfFormatException {
    need(12);
    BtfName name = name(types.getInt());
    int info = types.getInt();
    int size = types.getInt(); // or the target's id
    int count = info & 0xffff;
    int kind = info >>> 24 & 0x1f;
    boolean flag = info < 0;
    if ((info & 0x60ff0000) != 0) {
      throw wrong("unused bits set in info 0x%08x".formatted(info));
    }
    return switch (kind) {
      case 1 -> integer(name, size);
      case 2 -> new BtfType.Pointer(size);
      case 3 -> {
        need(12);
        yield new BtfType.Array(types.getInt(), types.getInt(), types.getInt());
      }
      case 4, 5 -> new BtfType.Composite(name, kind == 5, size, flag, members(count));
      case 6, 19 ->
          new BtfType.Enumeration(name, size, flag, kind == 19, values(kind, flag, count));
      case 7 -> new BtfType.Forward(name, flag);
      case 8 -> new BtfType.Typedef(name, size);
      case 9 -> new BtfType.Modifier(BtfType.Qualifier.VOLATILE, size);
      case 10 -> new BtfType.Modifier(BtfType.Qualifier.CONST, size);
      case 11 -> new BtfType.Modifier(BtfType.Qualifier.RESTRICT, size);
      case 12 -> new BtfType.Function(name, size, count);
      case 13 -> new BtfType.Prototype(size, parameters(count));
      case 14 -> {
        need(4);
        yield new BtfType.Variable(name, size, types.getInt());
      }
      case 15 -> new BtfType.DataSection(name, size, placed(count));
      case 16 -> new BtfType.Floating(name, size);
      case 17 -> {
        need(4);
        yield new BtfType.DeclTag(name, size, types.getInt());
      }
      case 18 -> new BtfType.TypeTag(name, size);
      default -> throw wrong("kind " + kind + " is unknown");
    };
  }

  private BtfType integer(BtfName name, int size) throws BtfFormatException {
    need(4);
    int data = types.getInt();
    return new BtfType.Int(name, size, data >>> 24 & 0xf, data >>> 16 & 0xff, data & 0xff);
  }

  private List<BtfType.Member> members(int count) throws BtfFormatException {
    need(12L * count);
    List<BtfType.Member> result = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      result.add(new BtfType.Member(name(types.getInt()), types.getInt(), types.getInt()));
    }
    return result;
  }

  private List<BtfType.EnumValue> values(int kind, boolean signed, int count)
      throws BtfFormatException {
    need((kind == 19 ? 12L : 8L) * count);
    List<BtfType.EnumValue> result = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      BtfName name = name(types.getInt());
      int low = types.getInt();
      long value =
          kind == 19
              ? Integer.toUnsignedLong(low) | (long) types.getInt() << 32
              : signed ? low : Integer.toUnsignedLong(low);
      result.add(new BtfType.EnumValue(name, value));
    }
    return result;
  }

  private List<BtfType.Parameter> parameters(int count) throws BtfFormatException {
    need(8L * count);
    List<BtfType.Parameter> result = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      result.add(new BtfType.Parameter(name(types.getInt()), types.getInt()));
    }
    return result;
  }

  private List<BtfType.Placed> placed(int count) throws BtfFormatException {
    need(12L * count);
    List<BtfType.Placed> result = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      result.add(new BtfType.Placed(types.getInt(), types.getInt(), types.getInt()));
    }
    return result;
  }

  private void need(long bytes) throws BtfFormatException {
    if (types.remaining() < bytes) {
      throw wrong("cut off: %d bytes left, %d needed".formatted(types.remaining(), bytes));
    }
  }

  private BtfName name(int offset) throws BtfFormatException {
    return new BtfName(offset, string(strings, offset));
  }

  static String string(byte[] strings, int offset) throws BtfFormatException {
    if (offset < 0 || offset >= strings.length) {
      throw new BtfFormatException(
          "BTF string at %d: the string section has %d bytes".formatted(offset, strings.length));
    }
    int end = offset;
    while (strings[end] != 0) {
      end++; // the last byte is zero, checked when the section was read
    }
    return new String(strings, offset, end - offset, StandardCharsets.UTF_8);
  }

  private BtfFormatException wrong(String why) {
    return new BtfFormatException("BTF type " + id + ": " + why);
  }
}
