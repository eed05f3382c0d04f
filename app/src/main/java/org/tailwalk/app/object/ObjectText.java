// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.object;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.tailwalk.bpf.elf.ProgArraySlot;
import org.tailwalk.bpf.engine.ObjectInspection;

/** An object in words, a line each. */
public final class ObjectText {
  private static final int NAME = 28;

  private final ObjectInspection object;
  private final List<String> lines = new ArrayList<>();

  private ObjectText(ObjectInspection object) {
    this.object = object;
  }

  /** The lines of an object. */
  public static List<String> of(ObjectInspection object) {
    ObjectText text = new ObjectText(object);
    text.write();
    return List.copyOf(text.lines);
  }

  private void line(String format, Object... arguments) {
    lines.add(String.format(Locale.ROOT, format, arguments).stripTrailing());
  }

  private void write() {
    line(
        "object    %s: %s, %s, %s; licence \"%s\"",
        object.name(),
        count(object.programs().size(), "program"),
        count(object.maps().size(), "map"),
        object.btf() ? "types (BTF)" : "no types",
        object.license());
    line("");
    line("programs");
    object.programs().forEach(this::program);
    if (object.programs().stream().allMatch(p -> p.hooks().isEmpty())) {
      line("  no program for packets to enter by, so a replay can run none of them:");
      line("      name a section from-container or to-container, a function cil_from_container or");
      line("      cil_to_container, or let there be one program alone that nothing tail-calls");
    }
    line("");
    line("maps");
    object.maps().forEach(this::map);
    if (!object.variables().isEmpty()) {
      line("");
      line("variables (a replay gives those with a meaning a value for each endpoint)");
      object.variables().forEach(this::variable);
    }
    template();
  }

  private static String count(int n, String what) {
    return n + " " + what + (n == 1 ? "" : "s");
  }

  private void program(ObjectInspection.Program program) {
    line(
        "  %-" + NAME + "s section %-16s %,6d instructions",
        program.name(),
        program.section(),
        program.instructions());
    if (!program.hooks().isEmpty()) {
      line("      packets enter by it: %s", String.join(", ", program.hooks()));
    }
    for (ProgArraySlot slot : program.slots()) {
      line(
          "      the loader puts it into %s[%s]%s",
          slot.map(),
          number(slot.index()),
          byName(program, slot) ? ", because its section is named " + program.section() : "");
    }
    for (ObjectInspection.TailCall call : program.calls()) {
      line(
          "      tail call %s[%s]%s",
          call.map(), call.slot() < 0 ? "computed" : number(call.slot()), target(call));
    }
  }

  private static String target(ObjectInspection.TailCall call) {
    if (!call.target().isEmpty()) {
      return " -> " + call.target();
    }
    return call.slot() < 0
        ? ""
        : " -> no program of this object: falls through unless another fills it";
  }

  /** Slots beyond a thousand are template numbers, which one knows in hexadecimal. */
  private static String number(long slot) {
    return slot > 1000 ? "0x%04x".formatted(slot) : Long.toString(slot);
  }

  private boolean byName(ObjectInspection.Program program, ProgArraySlot slot) {
    return object.maps().stream()
        .anyMatch(m ->
            m.name().equals(slot.map())
                && m.id() != 0
                && program.section().startsWith(m.id() + "/"));
  }

  private void map(ObjectInspection.DeclaredMap map) {
    line(
        "  %-" + NAME + "s %-16s key %d, value %d bytes, %,d entries%s; %s%s",
        map.name(),
        map.type(),
        map.keySize(),
        map.valueSize(),
        map.maxEntries(),
        map.flags() == 0 ? "" : ", flags 0x%x".formatted(map.flags()),
        declared(map),
        map.id() == 0 ? "" : ", id " + map.id());
    if (!map.declared().equals("data")) {
      line("      pinning %d: %s", map.pinning(), map.pinned());
    }
    line("      in a replay: %s", map.replay());
  }

  private static String declared(ObjectInspection.DeclaredMap map) {
    return switch (map.declared()) {
      case "legacy" -> "declared as bpf_elf_map";
      case "btf" -> "declared by type";
      case "data" -> "a section of data";
      default -> map.declared();
    };
  }

  private void variable(ObjectInspection.Variable variable) {
    line(
        "  %-" + NAME + "s %s + %-4d %d bytes  %s",
        variable.name(),
        variable.section(),
        variable.offset(),
        variable.size(),
        variable.substituted());
  }

  private void template() {
    List<String> names = new ArrayList<>();
    object.maps().stream()
        .filter(ObjectInspection.DeclaredMap::template)
        .forEach(m -> names.add("map " + m.name()));
    object.programs().stream()
        .filter(ObjectInspection.Program::template)
        .forEach(p -> names.add("section " + p.section()));
    line("");
    if (names.isEmpty() && object.variables().stream().allMatch(v -> v.substituted().isEmpty())) {
      line("template  no: nothing in it is an endpoint's");
      return;
    }
    line("template  yes: one object for many endpoints. Renamed for each: %s", words(names));
    List<String> missing = object.missingForTemplate();
    if (!missing.isEmpty()) {
      line("          not in this object: %s", String.join(", ", missing));
    }
  }

  private static String words(List<String> names) {
    return names.isEmpty() ? "nothing" : String.join(", ", Objects.requireNonNull(names));
  }
}
