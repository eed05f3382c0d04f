// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.elf;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.tailwalk.bpf.btf.Btf;

/**
 * An object's programs and maps.
 *
 * @param name for messages: the file's name
 * @param programs in the order of their sections
 * @param maps by unique name
 * @param variables symbols of the data sections
 * @param btf types, ready for BTF_LOAD by {@link Btf#encode()}
 * @param license contents of section {@code license}
 */
public record CollectionSpec(
    String name,
    List<ProgramSpec> programs,
    List<MapSpec> maps,
    List<DataVariable> variables,
    Optional<Btf> btf,
    String license) {
  public CollectionSpec {
    programs = List.copyOf(programs);
    maps = List.copyOf(maps);
    variables = List.copyOf(variables);
  }

  public Optional<MapSpec> map(String name) {
    return maps.stream().filter(m -> m.name().equals(name)).findFirst();
  }

  public Optional<ProgramSpec> program(String name) {
    return programs.stream().filter(p -> p.name().equals(name)).findFirst();
  }

  /** The program of a section, for instance {@code from-container} or {@code 2/7}. */
  public Optional<ProgramSpec> programInSection(String section) {
    return programs.stream().filter(p -> p.section().equals(section)).findFirst();
  }

  public CollectionSpec withPrograms(List<ProgramSpec> programs) {
    return new CollectionSpec(name, programs, maps, variables, btf, license);
  }

  public CollectionSpec withMaps(List<MapSpec> maps) {
    return new CollectionSpec(name, programs, maps, variables, btf, license);
  }

  /** Adds a map, or replaces the one of the same name in its place. */
  public CollectionSpec withMap(MapSpec map) {
    List<MapSpec> result = new ArrayList<>(maps);
    result.replaceAll(m -> m.name().equals(map.name()) ? map : m);
    if (!result.contains(map)) {
      result.add(map);
    }
    return withMaps(result);
  }

  /** Renames a map wherever it is referred to: code, program array slots, variables. */
  public CollectionSpec renamed(String from, String to) {
    return new CollectionSpec(
        name,
        programs.stream()
            .map(p ->
                p.withCode(Substitution.renamed(p.code(), from, to))
                    .withSlots(
                        p.slots().stream()
                            .map(s -> s.map().equals(from) ? new ProgArraySlot(to, s.index()) : s)
                            .toList()))
            .toList(),
        maps.stream().map(m -> m.renamed(from, to)).toList(),
        variables.stream()
            .map(v ->
                v.map().equals(from) ? new DataVariable(v.name(), to, v.offset(), v.size()) : v)
            .toList(),
        btf,
        license);
  }

  public CollectionSpec mapMaps(UnaryOperator<MapSpec> change) {
    return withMaps(maps.stream().map(change).toList());
  }

  /** No hash larger than this; arrays keep their indices. */
  public CollectionSpec clamped(int maxEntries) {
    return mapMaps(m -> m.clamped(maxEntries));
  }

  public CollectionSpec withBtf(Optional<Btf> btf) {
    return new CollectionSpec(name, programs, maps, variables, btf, license);
  }
}
