// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.elf;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tailwalk.bpf.btf.Btf;
import org.tailwalk.bpf.btf.BtfExt;
import org.tailwalk.bpf.btf.BtfFormatException;

/**
 * Reads an ELF object as iproute2, libbpf and Cilium's loader together would: legacy and BTF maps
 * may be mixed, sections named {@code ID/KEY} go into the program array of that legacy id, data
 * sections become maps (see {@link DataFolding} for the other way).
 */
public final class ObjectReader {
  private ObjectReader() {}

  /**
   * Reads an object.
   *
   * @param name for messages, usually the file's name
   * @param object the file's bytes
   * @throws ElfFormatException when the object is malformed or uses what no replay can load
   */
  public static CollectionSpec read(String name, byte[] object) throws ElfFormatException {
    try {
      return read(name, ElfObject.read(object));
    } catch (ElfFormatException | BtfFormatException e) {
      throw new ElfFormatException("read object \"" + name + "\": " + e.getMessage(), e);
    }
  }

  private static CollectionSpec read(String name, ElfObject elf)
      throws ElfFormatException, BtfFormatException {
    Optional<Btf> btf = Optional.empty();
    BtfExt ext = BtfExt.none();
    Optional<ElfObject.Section> types = elf.section(".BTF");
    if (types.isPresent()) {
      Btf parsed = DataSections.completed(Btf.parse(types.get().data()), elf);
      btf = Optional.of(parsed);
      Optional<ElfObject.Section> info = elf.section(".BTF.ext");
      if (info.isPresent()) {
        ext = BtfExt.parse(info.get().data(), parsed);
      }
    }
    if (ext.coreRelocations() > 0) {
      throw new ElfFormatException(
          "%d CO-RE relocations: programs that adapt to kernel structures cannot be replayed"
              .formatted(ext.coreRelocations()));
    }
    InitialMapValues initial = InitialMapValues.read(elf, btf);
    List<DataVariable> variables = new ArrayList<>();
    List<MapSpec> maps = maps(elf, btf, initial, variables);
    return new CollectionSpec(
        name, programs(elf, btf, ext, maps, initial), maps, variables, btf, license(elf));
  }

  private static List<MapSpec> maps(
      ElfObject elf, Optional<Btf> btf, InitialMapValues initial, List<DataVariable> variables)
      throws ElfFormatException {
    List<MapSpec> maps = new ArrayList<>();
    for (ElfObject.Section section : elf.sections()) {
      if (section.size() == 0) {
        continue;
      }
      if (section.name().equals("maps")) {
        maps.addAll(LegacyMaps.read(elf, section));
      } else if (section.name().equals(".maps")) {
        maps.addAll(
            BtfMaps.read(
                btf.orElseThrow(() ->
                    new ElfFormatException(
                        "section .maps: the object has no BTF, which describes these maps;"
                            + " compile it with clang -g and don't strip it"))));
      } else if (DataSections.isData(section.name())) {
        maps.add(DataSections.map(section, btf));
        variables.addAll(DataSections.variables(elf, section));
      }
    }
    Set<String> names = new HashSet<>();
    List<MapSpec> result = new ArrayList<>();
    for (MapSpec map : maps) {
      if (map.name().isEmpty() || !names.add(map.name())) {
        throw new ElfFormatException(
            "map \"" + map.name() + "\": declared twice, or without a name");
      }
      result.add(withInner(map, initial));
    }
    return result;
  }

  private static MapSpec withInner(MapSpec map, InitialMapValues initial) {
    Map<Integer, String> inner = initial.innerMaps.get(map.name());
    return inner == null || map.inner().isEmpty()
        ? map
        : new MapSpec(
            map.name(),
            map.shape(),
            map.origin(),
            Optional.of(new InnerMaps(map.inner().get().shape(), inner)),
            map.contents(),
            map.frozen());
  }

  private static List<ProgramSpec> programs(
      ElfObject elf, Optional<Btf> btf, BtfExt ext, List<MapSpec> maps, InitialMapValues initial)
      throws ElfFormatException {
    Functions functions = Functions.of(elf);
    ProgramReader reader = new ProgramReader(elf, functions, btf, ext);
    Wiring wiring = Wiring.of(maps);
    List<ProgramSpec> programs = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Functions.Function function : functions.programs()) {
      String section = function.section().name();
      try {
        if (!names.add(function.name())) {
          throw new ElfFormatException("a second program is called \"" + function.name() + "\"");
        }
        List<ProgArraySlot> slots = new ArrayList<>();
        wiring.slot(section).ifPresent(slots::add);
        slots.addAll(initial.programs.getOrDefault(function.name(), List.of()));
        programs.add(
            new ProgramSpec(
                function.name(),
                section,
                SectionNames.type(section),
                reader.read(function),
                slots));
      } catch (ElfFormatException e) {
        throw new ElfFormatException("section \"" + section + "\": " + e.getMessage(), e);
      }
    }
    if (programs.isEmpty()) {
      throw new ElfFormatException("no program: no code section besides .text");
    }
    return programs;
  }

  private static String license(ElfObject elf) {
    return elf.section("license")
        .map(s -> new String(s.data(), StandardCharsets.UTF_8).split("\0", 2)[0])
        .orElse("");
  }
}
