// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.elf;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tailwalk.bpf.btf.Btf;
import org.tailwalk.bpf.btf.BtfFormatException;
import org.tailwalk.bpf.btf.BtfType;

/**
 * Section {@code .maps}: each variable is a struct whose members say by their types what the map is
 * ({@code int (*max_entries)[1024]}, {@code struct key *key}; libbpf's __uint, __type, __array).
 */
final class BtfMaps {
  private final Btf btf;

  private BtfMaps(Btf btf) {
    this.btf = btf;
  }

  static List<MapSpec> read(Btf btf) throws ElfFormatException {
    Optional<BtfType.DataSection> section = btf.dataSection(".maps");
    if (section.isEmpty()) {
      throw new ElfFormatException("section .maps: the BTF has no data section of that name");
    }
    List<MapSpec> maps = new ArrayList<>();
    for (BtfType.Placed placed : section.get().variables()) {
      if (!(btf.type(placed.variable()).orElse(null) instanceof BtfType.Variable variable)) {
        throw new ElfFormatException(
            "section .maps: BTF type " + placed.variable() + " is no variable");
      }
      String name = variable.name().text();
      try {
        maps.add(new BtfMaps(btf).map(name, variable.type()));
      } catch (BtfFormatException e) {
        throw new ElfFormatException("map \"" + name + "\": " + e.getMessage(), e);
      }
    }
    return maps;
  }

  private MapSpec map(String name, int type) throws BtfFormatException {
    Definition definition = definition(type);
    return new MapSpec(
        name,
        definition.shape(),
        new MapOrigin.Btf(definition.keyType, definition.valueType, definition.pinning),
        Optional.ofNullable(definition.inner).map(shape -> new InnerMaps(shape, Map.of())),
        List.of(),
        false);
  }

  private static final class Definition {
    int type;
    int keySize;
    int valueSize;
    int maxEntries;
    int flags;
    int keyType;
    int valueType;
    int pinning;
    @org.jspecify.annotations.Nullable MapShape inner;

    MapShape shape() {
      return new MapShape(type, keySize, valueSize, maxEntries, flags);
    }
  }

  private Definition definition(int type) throws BtfFormatException {
    if (!(btf.resolve(type).orElse(null) instanceof BtfType.Composite struct)) {
      throw new BtfFormatException("the definition is no struct");
    }
    Definition d = new Definition();
    for (BtfType.Member member : struct.members()) {
      String what = member.name().text();
      switch (what) {
        case "type" -> d.type = number(member);
        case "max_entries" -> d.maxEntries = number(member);
        case "map_flags" -> d.flags = number(member);
        case "pinning" -> d.pinning = number(member);
        case "key_size" -> d.keySize = agreed("key size", d.keySize, number(member));
        case "value_size" -> d.valueSize = agreed("value size", d.valueSize, number(member));
        case "key" -> {
          d.keyType = pointee(member);
          d.keySize = agreed("key size", d.keySize, btf.size(d.keyType));
        }
        case "value" -> {
          d.valueType = pointee(member);
          d.valueSize = agreed("value size", d.valueSize, btf.size(d.valueType));
        }
        case "values" -> {
          d.inner = inner(member);
          d.valueSize = agreed("value size", d.valueSize, 4); // a descriptor
        }
        case "numa_node", "map_extra" -> {
          int _ = number(member); // says where memory comes from, or tunes bloom filters
        }
        default -> throw new BtfFormatException("unknown member \"" + what + "\"");
      }
    }
    return d;
  }

  private static int agreed(String what, int before, int now) throws BtfFormatException {
    if (before != 0 && before != now) {
      throw new BtfFormatException("%s %d, BTF says %d".formatted(what, before, now));
    }
    return now;
  }

  /** {@code int (*name)[NUMBER]}. */
  private int number(BtfType.Member member) throws BtfFormatException {
    if (btf.resolve(pointee(member)).orElse(null) instanceof BtfType.Array array) {
      return array.count();
    }
    throw new BtfFormatException("member \"" + member.name() + "\" is no pointer to an array");
  }

  private int pointee(BtfType.Member member) throws BtfFormatException {
    if (btf.resolve(member.type()).orElse(null) instanceof BtfType.Pointer pointer) {
      return pointer.target();
    }
    throw new BtfFormatException("member \"" + member.name() + "\" is no pointer");
  }

  /**
   * {@code values}: an array of pointers to the definition of the inner maps, or to functions (a
   * program array with initial programs), which have no shape.
   */
  private @org.jspecify.annotations.Nullable MapShape inner(BtfType.Member member)
      throws BtfFormatException {
    if (!(btf.resolve(member.type()).orElse(null) instanceof BtfType.Array array)
        || !(btf.resolve(array.element()).orElse(null) instanceof BtfType.Pointer pointer)) {
      throw new BtfFormatException("member \"values\" is no array of pointers");
    }
    return btf.resolve(pointer.target()).orElse(null) instanceof BtfType.Composite
        ? definition(pointer.target()).shape()
        : null;
  }
}
