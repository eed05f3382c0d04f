// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.elf;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The functions of an object's code sections. */
final class Functions {
  /**
   * Functions without a program section are subprograms, copied into each program that calls them.
   */
  static final String SUBPROGRAMS = ".text";

  /** A function's bytes in its section. */
  record Function(ElfObject.Section section, String name, int start, int end, boolean local) {}

  private final List<Function> all;

  private Functions(List<Function> all) {
    this.all = all;
  }

  static Functions of(ElfObject elf) throws ElfFormatException {
    List<Function> all = new ArrayList<>();
    for (ElfObject.Section section : elf.sections()) {
      if (section.isCode() && section.size() > 0) {
        all.addAll(of(elf, section));
      }
    }
    return new Functions(List.copyOf(all));
  }

  private static List<Function> of(ElfObject elf, ElfObject.Section section)
      throws ElfFormatException {
    List<Function> result = new ArrayList<>();
    for (ElfObject.Symbol symbol : elf.symbolsOf(section.index())) {
      if (!symbol.isFunction()) {
        continue;
      }
      long end = symbol.value() + symbol.size();
      if (symbol.value() < 0
          || symbol.value() % 8 != 0
          || symbol.size() <= 0
          || symbol.size() % 8 != 0
          || end < 0
          || end > section.data().length) {
        throw new ElfFormatException(
            "section \"%s\": function \"%s\": %d bytes at %d, the section has %d"
                .formatted(
                    section.name(),
                    symbol.name(),
                    symbol.size(),
                    symbol.value(),
                    section.data().length));
      }
      result.add(
          new Function(section, symbol.name(), (int) symbol.value(), (int) end, symbol.isLocal()));
    }
    if (result.isEmpty()) {
      result.add(new Function(section, section.name(), 0, section.data().length, false));
    }
    result.sort(Comparator.comparingInt(Function::start));
    return result;
  }

  /** Functions that are programs: the global ones outside of {@code .text}. */
  List<Function> programs() {
    List<Function> result = new ArrayList<>();
    for (Function function : all) {
      boolean onlyLocal =
          all.stream().filter(f -> f.section() == function.section()).allMatch(Function::local);
      boolean first = function.start() == 0;
      if (!function.section().name().equals(SUBPROGRAMS)
          && (!function.local() || onlyLocal && first)) {
        result.add(function);
      }
    }
    return result;
  }

  Optional<Function> at(int section, long offset) {
    return all.stream()
        .filter(f -> f.section().index() == section && f.start() == offset)
        .findFirst();
  }
}
