// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.btf;

import java.util.ArrayList;
import java.util.List;

/**
 * A type taken apart into its leaves, and values printed by them. Members of unions are all listed,
 * one over the other; arrays of bytes are one leaf.
 */
public final class BtfFields {
  private static final int MOST_FIELDS = 4096;
  private static final int DEEPEST = 32;

  private final Btf btf;
  private final List<BtfField> fields = new ArrayList<>();

  private BtfFields(Btf btf) {
    this.btf = btf;
  }

  /** The leaves of a type. */
  public static List<BtfField> of(Btf btf, int type) throws BtfFormatException {
    BtfFields result = new BtfFields(btf);
    result.add("", type, 0, -1, 0);
    return List.copyOf(result.fields);
  }

  /**
   * A value as {@code {daddr 0x0a000001, dport 80, …}}; a plain number without braces. Leaves that
   * the bytes do not hold whole are left out, with an ellipsis.
   */
  public static String print(Btf btf, int type, byte[] value) throws BtfFormatException {
    List<BtfField> fields = of(btf, type);
    if (fields.size() == 1 && fields.getFirst().path().isEmpty()) {
      return fields.getFirst().within(value.length) ? fields.getFirst().text(value) : "…";
    }
    StringBuilder text = new StringBuilder("{");
    boolean cut = false;
    for (BtfField field : fields) {
      if (!field.within(value.length)) {
        cut = true;
        continue;
      }
      text.append(text.length() > 1 ? ", " : "")
          .append(field.path())
          .append(' ')
          .append(field.text(value));
    }
    return text.append(cut ? ", …}" : "}").toString();
  }

  private void add(String path, int id, int bitOffset, int bitField, int depth)
      throws BtfFormatException {
    if (depth > DEEPEST || fields.size() >= MOST_FIELDS) {
      throw new BtfFormatException("BTF type " + id + ": too many members, or one contains itself");
    }
    BtfType type =
        btf.resolve(id)
            .orElseThrow(() -> new BtfFormatException("BTF type " + id + ": void has no value"));
    switch (type) {
      case BtfType.Composite composite -> {
        for (BtfType.Member member : composite.members()) {
          int placement = member.placement();
          int bits = composite.bitfields() ? placement >>> 24 : 0;
          int at = composite.bitfields() ? placement & 0xffffff : placement;
          String name = member.name().text();
          String inner = name.isEmpty() ? path : path.isEmpty() ? name : path + "." + name;
          add(inner, member.type(), checked(id, (long) bitOffset + at), bits, depth + 1);
        }
      }
      case BtfType.Array array -> array(path, array, bitOffset, depth);
      case BtfType.Int number -> {
        int bits = bitField > 0 ? bitField : number.bits();
        leaf(path, bitOffset, bits, format(id, number), id);
      }
      case BtfType.Enumeration number ->
          leaf(
              path,
              bitOffset,
              bitField > 0 ? bitField : 8 * number.size(),
              number.signed() ? BtfField.Format.SIGNED : BtfField.Format.UNSIGNED,
              id);
      case BtfType.Pointer _ -> leaf(path, bitOffset, 64, BtfField.Format.POINTER, id);
      case BtfType.Floating number ->
          leaf(path, bitOffset, 8 * number.size(), BtfField.Format.BYTES, id);
      default ->
          throw new BtfFormatException(
              "BTF type " + id + ": a " + BtfNames.kind(type) + " has no value");
    }
  }

  private void array(String path, BtfType.Array array, int bitOffset, int depth)
      throws BtfFormatException {
    int size = btf.size(array.element());
    long count = Integer.toUnsignedLong(array.count());
    boolean bytes = size == 1 && btf.resolve(array.element()).orElse(null) instanceof BtfType.Int;
    if (bytes) {
      int bits = checked(array.element(), 8 * count);
      leaf(path, bitOffset, bits, BtfField.Format.BYTES, array.element());
      return;
    }
    for (int i = 0; i < count; i++) {
      int at = checked(array.element(), bitOffset + 8L * size * i);
      add(path + "[" + i + "]", array.element(), at, 0, depth + 1);
    }
  }

  private void leaf(String path, int bitOffset, int bits, BtfField.Format format, int id)
      throws BtfFormatException {
    boolean aligned = bitOffset % 8 == 0 && bits % 8 == 0;
    if (!aligned && (format == BtfField.Format.BYTES || format == BtfField.Format.NETWORK)) {
      throw new BtfFormatException("BTF type " + id + ": " + path + " is not whole bytes");
    }
    checked(id, (long) bitOffset + bits);
    fields.add(new BtfField(path, bitOffset, bits, format));
  }

  private static int checked(int id, long bits) throws BtfFormatException {
    if (bits < 0 || bits > Integer.MAX_VALUE / 2) {
      throw new BtfFormatException("BTF type " + id + ": member at bit " + bits);
    }
    return (int) bits;
  }

  private BtfField.Format format(int id, BtfType.Int number) throws BtfFormatException {
    if (isNetworkOrder(id)) {
      return BtfField.Format.NETWORK;
    }
    return number.isBool()
        ? BtfField.Format.BOOL
        : number.isSigned() ? BtfField.Format.SIGNED : BtfField.Format.UNSIGNED;
  }

  /** Whether a typedef on the way to the integer is one of the kernel's __be types. */
  private boolean isNetworkOrder(int id) throws BtfFormatException {
    int end = btf.resolvedId(id); // so the chain ends
    int at = id;
    while (at != end) {
      switch (btf.type(at).orElseThrow()) {
        case BtfType.Typedef t -> {
          switch (t.name().text()) {
            case "__be16", "__be32", "__be64":
              return true;
            default:
              at = t.target();
          }
        }
        case BtfType.Modifier t -> at = t.target();
        case BtfType.TypeTag t -> at = t.target();
        default -> {
          return false;
        }
      }
    }
    return false;
  }
}
