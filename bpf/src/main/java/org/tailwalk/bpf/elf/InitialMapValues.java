// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.elf;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tailwalk.bpf.btf.Btf;
import org.tailwalk.bpf.btf.BtfFormatException;
import org.tailwalk.bpf.btf.BtfType;

/**
 * Relocations of section {@code .maps}: {@code .values = {[2] = &program}} and {@code {[0] =
 * &inner_map}}.
 */
final class InitialMapValues {
  /** Slots by the name of the program. */
  final Map<String, List<ProgArraySlot>> programs = new HashMap<>();

  /** Outer map → slot → inner map. */
  final Map<String, Map<Integer, String>> innerMaps = new HashMap<>();

  static InitialMapValues read(ElfObject elf, Optional<Btf> btf) throws ElfFormatException {
    InitialMapValues result = new InitialMapValues();
    Optional<ElfObject.Section> section = elf.section(".maps");
    if (section.isEmpty() || btf.isEmpty()) {
      return result;
    }
    for (ElfObject.Relocation relocation : section.get().relocations()) {
      result.add(elf, btf.get(), section.get(), relocation);
    }
    return result;
  }

  private void add(
      ElfObject elf, Btf btf, ElfObject.Section section, ElfObject.Relocation relocation)
      throws ElfFormatException {
    ElfObject.Symbol target = elf.symbol(relocation);
    ElfObject.Symbol map =
        elf.symbolsOf(section.index()).stream()
            .filter(
                s -> s.value() <= relocation.offset() && relocation.offset() - s.value() < s.size())
            .findFirst()
            .orElseThrow(() ->
                new ElfFormatException(
                    "section .maps: relocation at %d is in no map".formatted(relocation.offset())));
    long inMap = relocation.offset() - map.value();
    long slot;
    try {
      slot = (inMap - valuesOffset(btf, map.name())) / 8;
    } catch (BtfFormatException e) {
      throw new ElfFormatException("map \"" + map.name() + "\": " + e.getMessage(), e);
    }
    if (slot < 0) {
      throw new ElfFormatException(
          "map \"%s\": relocation at %d, before its values".formatted(map.name(), inMap));
    }
    if (target.isFunction()) {
      programs
          .computeIfAbsent(target.name(), _ -> new ArrayList<>())
          .add(new ProgArraySlot(map.name(), (int) slot));
    } else {
      innerMaps.computeIfAbsent(map.name(), _ -> new HashMap<>()).put((int) slot, target.name());
    }
  }

  private static long valuesOffset(Btf btf, String map) throws BtfFormatException {
    int variable =
        btf.find(t -> t instanceof BtfType.Variable v && v.name().text().equals(map))
            .orElseThrow(() -> new BtfFormatException("no BTF variable"));
    if (btf.type(variable).orElseThrow() instanceof BtfType.Variable v
        && btf.resolve(v.type()).orElse(null) instanceof BtfType.Composite struct) {
      for (BtfType.Member member : struct.members()) {
        if (member.name().text().equals("values")) {
          return member.placement() / 8;
        }
      }
    }
    throw new BtfFormatException("relocated, but it has no member \"values\"");
  }
}
