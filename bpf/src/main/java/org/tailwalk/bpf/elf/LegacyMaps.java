// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.elf;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Section {@code maps}: iproute2's struct bpf_elf_map, nine u32 (or the first five of libbpf's
 * bpf_map_def, or anything between).
 */
final class LegacyMaps {
  private static final int LEAST = 20;
  private static final int WHOLE = 36;

  private LegacyMaps() {}

  static List<MapSpec> read(ElfObject elf, ElfObject.Section section) throws ElfFormatException {
    List<ElfObject.Symbol> symbols =
        elf.symbolsOf(section.index()).stream()
            .sorted(Comparator.comparingLong(ElfObject.Symbol::value))
            .toList();
    List<MapSpec> maps = new ArrayList<>();
    for (int i = 0; i < symbols.size(); i++) {
      ElfObject.Symbol symbol = symbols.get(i);
      long end = i + 1 < symbols.size() ? symbols.get(i + 1).value() : section.data().length;
      long size = end - symbol.value();
      if (symbol.value() < 0 || end > section.data().length || size < LEAST) {
        throw new ElfFormatException(
            "map \"%s\": definition of %d bytes at %d, section maps has %d, a definition needs %d"
                .formatted(symbol.name(), size, symbol.value(), section.data().length, LEAST));
      }
      maps.add(
          map(
              symbol.name(),
              ByteBuffer.wrap(section.data(), (int) symbol.value(), (int) Math.min(size, WHOLE))
                  .slice()
                  .order(LITTLE_ENDIAN)));
    }
    return linkInner(maps);
  }

  private static MapSpec map(String name, ByteBuffer definition) {
    int[] words = new int[WHOLE / 4];
    for (int i = 0; definition.remaining() >= 4; i++) {
      words[i] = definition.getInt();
    }
    return new MapSpec(
        name,
        new MapShape(words[0], words[1], words[2], words[3], words[4]),
        new MapOrigin.Legacy(words[5], words[6], words[7], words[8]),
        Optional.empty(),
        List.of(),
        false);
  }

  /** A map with an inner_idx other than −1 goes into the outer map whose id it names. */
  private static Map<Integer, String> initial(String outer, List<MapSpec> maps, int outerId) {
    Map<Integer, String> result = new HashMap<>();
    for (MapSpec map : maps) {
      if (!map.name().equals(outer)
          && map.origin() instanceof MapOrigin.Legacy l
          && l.innerId() == outerId
          && l.innerId() != 0
          && l.innerIndex() >= 0) {
        result.put(l.innerIndex(), map.name());
      }
    }
    return result;
  }

  /** A map in map names the id of the map that its inner maps look like. */
  private static List<MapSpec> linkInner(List<MapSpec> maps) throws ElfFormatException {
    List<MapSpec> result = new ArrayList<>();
    for (MapSpec map : maps) {
      boolean nested = map.type() == MapType.ARRAY_OF_MAPS || map.type() == MapType.HASH_OF_MAPS;
      if (!nested || !(map.origin() instanceof MapOrigin.Legacy legacy)) {
        result.add(map);
        continue;
      }
      MapShape inner =
          maps.stream()
              .filter(m -> m.origin() instanceof MapOrigin.Legacy l && l.id() == legacy.innerId())
              .map(MapSpec::shape)
              .findFirst()
              .orElseThrow(() ->
                  new ElfFormatException(
                      "map \"%s\": no map has the id %d of its inner maps"
                          .formatted(map.name(), legacy.innerId())));
      result.add(
          new MapSpec(
              map.name(),
              map.shape().withSizes(map.keySize(), 4),
              map.origin(),
              Optional.of(new InnerMaps(inner, initial(map.name(), maps, legacy.id()))),
              List.of(),
              false));
    }
    return result;
  }
}
