// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.elf;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tailwalk.bpf.insn.CodeElement;
import org.tailwalk.bpf.insn.Instruction;

/**
 * What makes one endpoint's programs out of a template: values of variables, names of maps, names
 * of sections. Applied before {@link DataFolding}.
 *
 * <p>The node's agent writes over the object's string table, so names keep their length; the same
 * is asked for here, that an error shows where it would show there.
 *
 * @param variables symbol → bytes, as long as the variable
 * @param maps symbol → new symbol of equal length
 * @param sections section → new name of equal length; {@code 1/0xffff} → {@code 1/0x002a} moves the
 *     program to slot 42
 */
public record Substitution(
    Map<String, Bytes> variables, Map<String, String> maps, Map<String, String> sections) {
  public Substitution {
    variables = Map.copyOf(variables);
    maps = Map.copyOf(maps);
    sections = Map.copyOf(sections);
  }

  public static Substitution none() {
    return new Substitution(Map.of(), Map.of(), Map.of());
  }

  public Substitution withVariable(String symbol, byte[] value) {
    Map<String, Bytes> changed = new HashMap<>(variables);
    changed.put(symbol, Bytes.copyOf(value));
    return new Substitution(changed, maps, sections);
  }

  /** A four-byte variable, little endian. */
  public Substitution withU32(String symbol, int value) {
    return withVariable(symbol, ByteBuffer.allocate(4).order(LITTLE_ENDIAN).putInt(value).array());
  }

  /** A two-byte variable, little endian. */
  public Substitution withU16(String symbol, int value) {
    return withVariable(
        symbol, ByteBuffer.allocate(2).order(LITTLE_ENDIAN).putShort((short) value).array());
  }

  public Substitution withMap(String symbol, String replacement) {
    Map<String, String> changed = new HashMap<>(maps);
    changed.put(symbol, replacement);
    return new Substitution(variables, changed, sections);
  }

  public Substitution withSection(String section, String replacement) {
    Map<String, String> changed = new HashMap<>(sections);
    changed.put(section, replacement);
    return new Substitution(variables, maps, changed);
  }

  /** The collection of one endpoint. */
  public CollectionSpec apply(CollectionSpec spec) throws SubstitutionException {
    CollectionSpec result = spec;
    for (Map.Entry<String, Bytes> entry : variables.entrySet()) {
      result = variable(result, entry.getKey(), entry.getValue());
    }
    for (Map.Entry<String, String> entry : maps.entrySet()) {
      result = map(result, entry.getKey(), entry.getValue());
    }
    return sections(result);
  }

  private static CollectionSpec variable(CollectionSpec spec, String symbol, Bytes value)
      throws SubstitutionException {
    DataVariable variable =
        spec.variables().stream()
            .filter(v -> v.name().equals(symbol))
            .findFirst()
            .orElseThrow(() -> wrong(spec, "variable", symbol, "the object has no such symbol"));
    if (value.size() != variable.size()) {
      throw wrong(
          spec,
          "variable",
          symbol,
          "%d bytes given, it has %d".formatted(value.size(), variable.size()));
    }
    MapSpec section =
        spec.map(variable.map())
            .orElseThrow(
                () -> wrong(spec, "variable", symbol, variable.map() + " is already folded away"));
    MapEntry entry = section.contents().getFirst();
    Bytes changed = entry.value().with(variable.offset(), value.toArray());
    return spec.withMap(section.withContents(List.of(new MapEntry(entry.key(), changed))));
  }

  private static CollectionSpec map(CollectionSpec spec, String from, String to)
      throws SubstitutionException {
    if (spec.map(from).isEmpty()) {
      throw wrong(spec, "map", from, "the object has no such map");
    }
    sameLength(spec, "map", from, to);
    if (!to.equals(from) && spec.map(to).isPresent()) {
      throw wrong(spec, "map", from, "another map is already called \"" + to + "\"");
    }
    return spec.renamed(from, to);
  }

  private CollectionSpec sections(CollectionSpec spec) throws SubstitutionException {
    for (Map.Entry<String, String> entry : sections.entrySet()) {
      if (spec.programInSection(entry.getKey()).isEmpty()) {
        throw wrong(spec, "section", entry.getKey(), "the object has no program there");
      }
      sameLength(spec, "section", entry.getKey(), entry.getValue());
    }
    List<ProgramSpec> programs = new ArrayList<>();
    for (ProgramSpec program : spec.programs()) {
      String section = sections.getOrDefault(program.section(), program.section());
      programs.add(section.equals(program.section()) ? program : moved(spec, program, section));
    }
    return spec.withPrograms(programs);
  }

  private static ProgramSpec moved(CollectionSpec spec, ProgramSpec program, String section)
      throws SubstitutionException {
    try {
      Wiring wiring = Wiring.of(spec.maps());
      List<ProgArraySlot> slots = new ArrayList<>(program.slots());
      wiring.slot(program.section()).ifPresent(slots::remove);
      wiring.slot(section).ifPresent(slots::add);
      return program.withSection(section).withSlots(slots);
    } catch (ElfFormatException e) {
      throw wrong(spec, "section", program.section(), e.getMessage());
    }
  }

  private static void sameLength(CollectionSpec spec, String what, String from, String to)
      throws SubstitutionException {
    if (from.length() != to.length()) {
      throw wrong(
          spec,
          what,
          from,
          "\"%s\" has %d characters, not %d".formatted(to, to.length(), from.length()));
    }
  }

  private static SubstitutionException wrong(
      CollectionSpec spec,
      String what,
      String name,
      @org.jspecify.annotations.Nullable String why) {
    return new SubstitutionException(
        "substitute in \"%s\": %s \"%s\": %s".formatted(spec.name(), what, name, why));
  }

  /** Renames references to a map in code. */
  static List<CodeElement> renamed(List<CodeElement> code, String from, String to) {
    List<CodeElement> result = new ArrayList<>(code.size());
    for (CodeElement element : code) {
      result.add(
          switch (element) {
            case Instruction.LoadMap load when load.map().equals(from) ->
                new Instruction.LoadMap(load.dst(), to);
            case Instruction.LoadMapValue load when load.map().equals(from) ->
                new Instruction.LoadMapValue(load.dst(), to, load.offset());
            default -> element;
          });
    }
    return result;
  }
}
