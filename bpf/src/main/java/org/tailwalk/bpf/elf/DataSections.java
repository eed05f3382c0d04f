// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.elf;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.tailwalk.bpf.btf.Btf;
import org.tailwalk.bpf.btf.BtfType;

/** Sections of variables: as maps, and what their BTF lacks before the kernel takes it. */
final class DataSections {
  private DataSections() {}

  static boolean isData(String name) {
    return is(name, ".data") || is(name, ".bss") || isReadOnly(name);
  }

  static boolean isReadOnly(String name) {
    return is(name, ".rodata");
  }

  private static boolean is(String name, String kind) {
    return name.equals(kind) || name.startsWith(kind + ".");
  }

  /** The section as an array map of one value. */
  static MapSpec map(ElfObject.Section section, Optional<Btf> btf) {
    boolean readOnly = isReadOnly(section.name());
    byte[] value = new byte[section.size()];
    System.arraycopy(section.data(), 0, value, 0, Math.min(value.length, section.data().length));
    int type =
        btf.flatMap(b ->
                b
                    .find(t ->
                        t instanceof BtfType.DataSection d
                            && d.name().text().equals(section.name()))
                    .stream()
                    .boxed()
                    .findFirst())
            .orElse(0);
    return new MapSpec(
        section.name(),
        new MapShape(MapType.ARRAY, 4, value.length, 1, readOnly ? MapShape.READ_ONLY_PROGRAM : 0),
        new MapOrigin.Data(type),
        Optional.empty(),
        List.of(new MapEntry(Bytes.zeros(4), Bytes.copyOf(value))),
        readOnly);
  }

  static List<DataVariable> variables(ElfObject elf, ElfObject.Section section)
      throws ElfFormatException {
    List<DataVariable> result = new ArrayList<>();
    for (ElfObject.Symbol symbol : elf.symbolsOf(section.index())) {
      if (symbol.name().isEmpty()) {
        continue;
      }
      if (symbol.value() < 0
          || symbol.size() < 0
          || symbol.value() > section.size()
          || symbol.size() > section.size() - symbol.value()) {
        throw new ElfFormatException(
            "section %s: variable \"%s\" of %d bytes at %d, the section has %d"
                .formatted(
                    section.name(), symbol.name(), symbol.size(), symbol.value(), section.size()));
      }
      result.add(
          new DataVariable(
              symbol.name(), section.name(), (int) symbol.value(), (int) symbol.size()));
    }
    result.sort(Comparator.comparingInt(DataVariable::offset));
    return result;
  }

  /**
   * The compiler leaves sizes and offsets of data sections to the linker: fills them in from the
   * ELF tables. The kernel wants them right, and variables by rising offset.
   */
  static Btf completed(Btf btf, ElfObject elf) throws ElfFormatException {
    Btf result = btf;
    for (int id = 1; id <= btf.types().size(); id++) {
      if (btf.types().get(id - 1) instanceof BtfType.DataSection section) {
        Optional<ElfObject.Section> there = elf.section(section.name().text());
        if (there.isPresent()) {
          result = result.with(id, completed(btf, section, elf, there.get()));
        }
      }
    }
    return result;
  }

  private static BtfType completed(
      Btf btf, BtfType.DataSection section, ElfObject elf, ElfObject.Section there)
      throws ElfFormatException {
    List<BtfType.Placed> variables = new ArrayList<>();
    for (BtfType.Placed placed : section.variables()) {
      if (!(btf.type(placed.variable()).orElse(null) instanceof BtfType.Variable variable)) {
        variables.add(placed); // functions of the section: not placed by offset
        continue;
      }
      String name = variable.name().text();
      long offset =
          elf.symbolsOf(there.index()).stream()
              .filter(s -> s.name().equals(name))
              .mapToLong(ElfObject.Symbol::value)
              .findFirst()
              .orElse(placed.offset());
      if (offset < 0 || offset > there.size()) {
        throw new ElfFormatException(
            "section %s: variable \"%s\" at %d, the section has %d bytes"
                .formatted(there.name(), name, offset, there.size()));
      }
      variables.add(new BtfType.Placed(placed.variable(), (int) offset, placed.size()));
    }
    variables.sort(Comparator.comparingInt(BtfType.Placed::offset));
    return new BtfType.DataSection(section.name(), there.size(), variables);
  }
}
