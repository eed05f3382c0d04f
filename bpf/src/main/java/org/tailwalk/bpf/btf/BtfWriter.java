// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.btf;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.nio.ByteBuffer;
import java.util.List;
import org.tailwalk.bpf.btf.BtfType.BtfName;

/** Types to section {@code .BTF}: header, types, strings, without gaps. */
final class BtfWriter {
  private final ByteBuffer out;

  private BtfWriter(ByteBuffer out) {
    this.out = out;
  }

  static byte[] write(List<BtfType> types, byte[] strings) {
    int length = types.stream().mapToInt(BtfWriter::length).sum();
    ByteBuffer out =
        ByteBuffer.allocate(BtfReader.HEADER + length + strings.length).order(LITTLE_ENDIAN);
    out.putShort((short) BtfReader.MAGIC).put((byte) 1).put((byte) 0).putInt(BtfReader.HEADER);
    out.putInt(0).putInt(length).putInt(length).putInt(strings.length);
    BtfWriter writer = new BtfWriter(out);
    types.forEach(writer::put);
    out.put(strings);
    return out.array();
  }

  private static int length(BtfType type) {
    return 12
        + switch (type) {
          case BtfType.Int _, BtfType.Variable _, BtfType.DeclTag _ -> 4;
          case BtfType.Array _ -> 12;
          case BtfType.Composite t -> 12 * t.members().size();
          case BtfType.Enumeration t -> (t.wide() ? 12 : 8) * t.values().size();
          case BtfType.Prototype t -> 8 * t.parameters().size();
          case BtfType.DataSection t -> 12 * t.variables().size();
          case BtfType.Pointer _,
              BtfType.Forward _,
              BtfType.Typedef _,
              BtfType.Modifier _,
              BtfType.TypeTag _,
              BtfType.Function _,
              BtfType.Floating _ ->
              0;
        };
  }

  private static final BtfName NONE = new BtfName(0, "");

  private void put(BtfType type) {
    switch (type) {
      case BtfType.Int(BtfName name, int size, int encoding, int bitOffset, int bits) -> {
        head(name, 1, false, 0, size);
        out.putInt(encoding << 24 | bitOffset << 16 | bits);
      }
      case BtfType.Pointer(int target) -> head(NONE, 2, false, 0, target);
      case BtfType.Array(int element, int index, int count) -> {
        head(NONE, 3, false, 0, 0);
        out.putInt(element).putInt(index).putInt(count);
      }
      case BtfType.Composite t -> {
        head(t.name(), t.union() ? 5 : 4, t.bitfields(), t.members().size(), t.size());
        t.members().forEach(m -> words(m.name().offset(), m.type(), m.placement()));
      }
      case BtfType.Enumeration t -> {
        head(t.name(), t.wide() ? 19 : 6, t.signed(), t.values().size(), t.size());
        for (BtfType.EnumValue v : t.values()) {
          words(v.name().offset(), (int) v.value());
          if (t.wide()) {
            words((int) (v.value() >>> 32));
          }
        }
      }
      case BtfType.Forward(BtfName name, boolean union) -> head(name, 7, union, 0, 0);
      case BtfType.Typedef(BtfName name, int target) -> head(name, 8, false, 0, target);
      case BtfType.Modifier(BtfType.Qualifier qualifier, int target) ->
          head(
              NONE,
              switch (qualifier) {
                case VOLATILE -> 9;
                case CONST -> 10;
                case RESTRICT -> 11;
              },
              false,
              0,
              target);
      case BtfType.TypeTag(BtfName name, int target) -> head(name, 18, false, 0, target);
      case BtfType.Function(BtfName name, int prototype, int linkage) ->
          head(name, 12, false, linkage, prototype);
      case BtfType.Prototype t -> {
        head(NONE, 13, false, t.parameters().size(), t.returns());
        t.parameters().forEach(p -> words(p.name().offset(), p.type()));
      }
      case BtfType.Variable(BtfName name, int target, int linkage) -> {
        head(name, 14, false, 0, target);
        out.putInt(linkage);
      }
      case BtfType.DataSection t -> {
        head(t.name(), 15, false, t.variables().size(), t.size());
        t.variables().forEach(v -> words(v.variable(), v.offset(), v.size()));
      }
      case BtfType.Floating(BtfName name, int size) -> head(name, 16, false, 0, size);
      case BtfType.DeclTag(BtfName name, int target, int component) -> {
        head(name, 17, false, 0, target);
        out.putInt(component);
      }
    }
  }

  private void head(BtfName name, int kind, boolean flag, int count, int sizeOrTarget) {
    words(name.offset(), (flag ? 1 << 31 : 0) | kind << 24 | count, sizeOrTarget);
  }

  private void words(int... words) {
    for (int word : words) {
      out.putInt(word);
    }
  }
}
