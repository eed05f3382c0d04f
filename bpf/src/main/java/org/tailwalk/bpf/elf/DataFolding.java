// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.elf;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.tailwalk.bpf.insn.CodeElement;
import org.tailwalk.bpf.insn.CodeException;
import org.tailwalk.bpf.insn.ControlFlow;
import org.tailwalk.bpf.insn.Frame;
import org.tailwalk.bpf.insn.Helper;
import org.tailwalk.bpf.insn.Instruction;
import org.tailwalk.bpf.insn.Origin;
import org.tailwalk.bpf.insn.Origins;
import org.tailwalk.bpf.insn.Register;

/**
 * Template objects take the <em>address</em> of a static variable as its value; their loader
 * replaces the address by the 32-bit word that stands there. This does the same: {@code .data} and
 * {@code .bss} go into the instructions and are no maps any more.
 */
public final class DataFolding {
  private DataFolding() {}

  /** Folds if the object is a template, by {@link #isTemplate}. */
  public static CollectionSpec foldTemplates(CollectionSpec spec) throws ElfFormatException {
    return isTemplate(spec) ? fold(spec) : spec;
  }

  /**
   * Whether the object uses addresses of variables as numbers. An ordinary object reads or writes
   * memory at the address, or hands it to a helper; a template never does.
   */
  public static boolean isTemplate(CollectionSpec spec) throws ElfFormatException {
    Set<String> foldable = foldable(spec);
    Evidence evidence = new Evidence(foldable);
    if (foldable.isEmpty()) {
      return false;
    }
    for (ProgramSpec program : spec.programs()) {
      try {
        Origins.of(ControlFlow.of(program.code())).forEach(evidence::look);
      } catch (CodeException e) {
        throw new ElfFormatException("program \"" + program.name() + "\": " + e.getMessage(), e);
      }
    }
    return evidence.addresses > 0 && evidence.dereferences == 0;
  }

  private static final class Evidence {
    private final Set<String> foldable;
    private int addresses;
    private int dereferences;

    Evidence(Set<String> foldable) {
      this.foldable = foldable;
    }

    void look(int at, Instruction instruction, Frame before) {
      switch (instruction) {
        case Instruction.LoadMapValue load -> addresses += foldable.contains(load.map()) ? 1 : 0;
        case Instruction.Load load -> note(before.get(load.base()));
        case Instruction.Store store -> {
          note(before.get(store.base()));
        }
        case Instruction.Atomic atomic -> note(before.get(atomic.base()));
        case Instruction.HelperCall(int helper) -> {
          // Numbers are handed to helpers too (ifindex of redirect); keys and values never are.
          if (helper >= Helper.MAP_LOOKUP_ELEM && helper <= Helper.MAP_DELETE_ELEM) {
            note(before.get(Register.R2));
            if (helper == Helper.MAP_UPDATE_ELEM) {
              note(before.get(Register.R3));
            }
          }
        }
        default -> {}
      }
    }

    private void note(Origin origin) {
      if (origin instanceof Origin.MapValueAddress(String map) && foldable.contains(map)) {
        dereferences++;
      }
    }
  }

  /**
   * Replaces every address of {@code .data} and {@code .bss} by the word that stands there, the
   * high half zero.
   *
   * @throws ElfFormatException when an address is not a multiple of four, or its word not whole
   */
  public static CollectionSpec fold(CollectionSpec spec) throws ElfFormatException {
    Set<String> foldable = foldable(spec);
    List<ProgramSpec> programs = new ArrayList<>();
    for (ProgramSpec program : spec.programs()) {
      List<CodeElement> code = new ArrayList<>(program.code().size());
      for (CodeElement element : program.code()) {
        code.add(
            element instanceof Instruction.LoadMapValue load && foldable.contains(load.map())
                ? new Instruction.LoadImm64(load.dst(), word(spec, program, load))
                : element);
      }
      programs.add(program.withCode(code));
    }
    return spec.withPrograms(programs)
        .withMaps(spec.maps().stream().filter(m -> !foldable.contains(m.name())).toList());
  }

  private static long word(CollectionSpec spec, ProgramSpec program, Instruction.LoadMapValue load)
      throws ElfFormatException {
    MapSpec map = spec.map(load.map()).orElseThrow();
    byte[] value = map.contents().getFirst().value().toArray();
    if (load.offset() % 4 != 0 || load.offset() + 4 > (value.length + 3) / 4 * 4) {
      throw new ElfFormatException(
          "fold %s: program \"%s\": offset %d of %d bytes is no whole 32-bit word"
              .formatted(map.name(), program.name(), load.offset(), value.length));
    }
    ByteBuffer padded = ByteBuffer.allocate((value.length + 3) / 4 * 4).order(LITTLE_ENDIAN);
    padded.put(value);
    return Integer.toUnsignedLong(padded.getInt(load.offset()));
  }

  private static Set<String> foldable(CollectionSpec spec) {
    Set<String> result = new HashSet<>();
    for (MapSpec map : spec.maps()) {
      if (map.origin() instanceof MapOrigin.Data && !DataSections.isReadOnly(map.name())) {
        result.add(map.name());
      }
    }
    return result;
  }

  /** The value of a variable as it stands in the collection, if its section is still a map. */
  public static Optional<Bytes> variable(CollectionSpec spec, String name) {
    return spec.variables().stream()
        .filter(v -> v.name().equals(name))
        .findFirst()
        .flatMap(v ->
            spec.map(v.map())
                .map(m -> m.contents().getFirst().value().slice(v.offset(), v.size())));
  }
}
