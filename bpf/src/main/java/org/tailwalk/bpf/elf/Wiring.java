// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.elf;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Program arrays by their legacy ids: the {@code ID} of section names {@code ID/KEY}. */
final class Wiring {
  private final Map<Integer, String> byId;

  private Wiring(Map<Integer, String> byId) {
    this.byId = byId;
  }

  static Wiring of(List<MapSpec> maps) throws ElfFormatException {
    Map<Integer, String> byId = new HashMap<>();
    for (MapSpec map : maps) {
      if (map.origin() instanceof MapOrigin.Legacy legacy && legacy.id() != 0) {
        String other = byId.putIfAbsent(legacy.id(), map.name());
        if (other != null) {
          throw new ElfFormatException(
              "maps \"%s\" and \"%s\" have the same id %d"
                  .formatted(other, map.name(), legacy.id()));
        }
      }
    }
    return new Wiring(byId);
  }

  /** The slot that a section's name asks for. */
  Optional<ProgArraySlot> slot(String section) throws ElfFormatException {
    Optional<SectionNames.IdKey> idKey = SectionNames.idKey(section);
    if (idKey.isEmpty()) {
      return Optional.empty();
    }
    String map = byId.get(idKey.get().id());
    if (map == null) {
      throw new ElfFormatException(
          "the name asks for the map of id %d, and section maps has none"
              .formatted(idKey.get().id()));
    }
    return Optional.of(new ProgArraySlot(map, idKey.get().key()));
  }
}
