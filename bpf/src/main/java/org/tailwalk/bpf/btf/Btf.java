// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.btf;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;

/** The types of an object. Immutable; ids count from 1. */
public final class Btf {
  /** A chain of typedefs and qualifiers longer than this goes in a circle. */
  private static final int LONGEST_CHAIN = 64;

  private final List<BtfType> types;
  private final byte[] strings;

  Btf(List<BtfType> types, byte[] strings) {
    this.types = Collections.unmodifiableList(types);
    this.strings = strings;
  }

  /** Reads section {@code .BTF}. */
  public static Btf parse(byte[] section) throws BtfFormatException {
    return BtfReader.read(section);
  }

  /** The bytes that BTF_LOAD takes. */
  public byte[] encode() {
    return BtfWriter.write(types, strings);
  }

  /** All types; the one of id n is at n − 1. */
  public List<BtfType> types() {
    return types;
  }

  /** The type of an id; empty for void and for ids that do not exist. */
  public Optional<BtfType> type(int id) {
    return id > 0 && id <= types.size() ? Optional.of(types.get(id - 1)) : Optional.empty();
  }

  /** The string at an offset of the string section. */
  public String string(int offset) throws BtfFormatException {
    return BtfReader.string(strings, offset);
  }

  /** Id of the first type that fits. */
  public OptionalInt find(Predicate<BtfType> wanted) {
    for (int i = 0; i < types.size(); i++) {
      if (wanted.test(types.get(i))) {
        return OptionalInt.of(i + 1);
      }
    }
    return OptionalInt.empty();
  }

  /** Id of the struct or union of a name. */
  public OptionalInt composite(String name) {
    return find(t -> t instanceof BtfType.Composite c && c.name().text().equals(name));
  }

  /** Id of the function of a name. */
  public OptionalInt function(String name) {
    return find(t -> t instanceof BtfType.Function f && f.name().text().equals(name));
  }

  /** The data section of a name. */
  public Optional<BtfType.DataSection> dataSection(String name) {
    return types.stream()
        .filter(t -> t instanceof BtfType.DataSection d && d.name().text().equals(name))
        .map(BtfType.DataSection.class::cast)
        .findFirst();
  }

  /** The type behind typedefs, qualifiers and tags; empty for void. */
  public Optional<BtfType> resolve(int id) throws BtfFormatException {
    return type(resolvedId(id));
  }

  /** Id of the type behind typedefs, qualifiers and tags; 0 for void. */
  public int resolvedId(int id) throws BtfFormatException {
    int at = id;
    for (int step = 0; step < LONGEST_CHAIN; step++) {
      if (at == 0) {
        return 0;
      }
      int current = at;
      BtfType type =
          type(at).orElseThrow(() -> new BtfFormatException("BTF type " + current + ": none"));
      switch (type) {
        case BtfType.Typedef t -> at = t.target();
        case BtfType.Modifier t -> at = t.target();
        case BtfType.TypeTag t -> at = t.target();
        default -> {
          return at;
        }
      }
    }
    throw new BtfFormatException("BTF type " + id + ": typedefs go in a circle");
  }

  /** Size in bytes of a value of the type. */
  public int size(int id) throws BtfFormatException {
    return size(id, new HashSet<>());
  }

  private int size(int id, Set<Integer> inside) throws BtfFormatException {
    int resolved = resolvedId(id);
    BtfType type =
        type(resolved)
            .orElseThrow(() -> new BtfFormatException("BTF type " + id + ": void has no size"));
    long size =
        switch (type) {
          case BtfType.Int t -> t.size();
          case BtfType.Pointer _ -> 8;
          case BtfType.Composite t -> t.size();
          case BtfType.Enumeration t -> t.size();
          case BtfType.Floating t -> t.size();
          case BtfType.DataSection t -> t.size();
          case BtfType.Variable t -> {
            if (!inside.add(resolved)) {
              throw new BtfFormatException("BTF type " + id + ": contains itself");
            }
            yield size(t.type(), inside);
          }
          case BtfType.Array t -> {
            if (!inside.add(resolved)) {
              throw new BtfFormatException("BTF type " + id + ": contains itself");
            }
            yield Integer.toUnsignedLong(t.count()) * size(t.element(), inside);
          }
          default ->
              throw new BtfFormatException(
                  "BTF type " + id + ": a " + BtfNames.kind(type) + " has no size");
        };
    if (size < 0 || size > Integer.MAX_VALUE) {
      throw new BtfFormatException("BTF type " + id + ": size " + size);
    }
    return (int) size;
  }

  /** The same with one type replaced. */
  public Btf with(int id, BtfType type) {
    List<BtfType> changed = new ArrayList<>(types);
    changed.set(Objects.checkIndex(id - 1, changed.size()), type);
    return new Btf(changed, strings);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Btf that
        && types.equals(that.types)
        && Arrays.equals(strings, that.strings);
  }

  @Override
  public int hashCode() {
    return Objects.hash(types, Arrays.hashCode(strings));
  }

  @Override
  public String toString() {
    return "Btf[" + types.size() + " types]";
  }
}
