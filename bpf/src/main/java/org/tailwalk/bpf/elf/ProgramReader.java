// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.elf;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tailwalk.bpf.btf.Btf;
import org.tailwalk.bpf.btf.BtfExt;
import org.tailwalk.bpf.btf.BtfFormatException;
import org.tailwalk.bpf.elf.Functions.Function;
import org.tailwalk.bpf.insn.CodeElement;
import org.tailwalk.bpf.insn.CodeException;
import org.tailwalk.bpf.insn.Decoder;
import org.tailwalk.bpf.insn.FunctionStart;
import org.tailwalk.bpf.insn.Label;
import org.tailwalk.bpf.insn.Reference;
import org.tailwalk.bpf.insn.SourceLine;

/** Code sections to programs: relocations resolved to symbols, called subprograms appended. */
final class ProgramReader {
  private static final int SLOT = 8;

  private final ElfObject elf;
  private final Functions functions;
  private final @Nullable Btf btf;
  private final BtfExt ext;

  ProgramReader(ElfObject elf, Functions functions, Optional<Btf> btf, BtfExt ext) {
    this.elf = elf;
    this.functions = functions;
    this.btf = btf.orElse(null);
    this.ext = ext;
  }

  /** The function and, after it, every subprogram it calls or takes the address of. */
  List<CodeElement> read(Function main) throws ElfFormatException {
    Map<String, Function> wanted = new LinkedHashMap<>();
    wanted.put(main.name(), main);
    List<CodeElement> code = new ArrayList<>();
    for (List<Function> round = List.of(main); !round.isEmpty(); ) {
      List<Function> found = new ArrayList<>();
      for (Function function : round) {
        try {
          code.addAll(decode(function, found));
        } catch (CodeException | ElfFormatException | BtfFormatException e) {
          throw new ElfFormatException(
              "function \"" + function.name() + "\": " + e.getMessage(), e);
        }
      }
      List<Function> next = new ArrayList<>();
      for (Function function : found) {
        Function known = wanted.putIfAbsent(function.name(), function);
        if (known == null) {
          next.add(function);
        } else if (!known.equals(function)) {
          throw new ElfFormatException("two functions are called \"" + function.name() + "\"");
        }
      }
      round = next;
    }
    return code;
  }

  private List<CodeElement> decode(Function function, List<Function> found)
      throws CodeException, ElfFormatException, BtfFormatException {
    byte[] code = Arrays.copyOfRange(function.section().data(), function.start(), function.end());
    FunctionStart start = new FunctionStart(function.name(), typeOf(function));
    return Decoder.decode(start, code, references(function, code, found), lines(function));
  }

  private int typeOf(Function function) {
    return ext.functions().getOrDefault(function.section().name(), List.of()).stream()
        .filter(f -> f.offset() == function.start())
        .mapToInt(BtfExt.FunctionInfo::type)
        .findFirst()
        .orElse(0);
  }

  private Map<Integer, SourceLine> lines(Function function) throws BtfFormatException {
    Map<Integer, SourceLine> result = new HashMap<>();
    if (btf == null) {
      return result;
    }
    for (BtfExt.LineInfo line : ext.lines().getOrDefault(function.section().name(), List.of())) {
      if (line.offset() >= function.start() && line.offset() < function.end()) {
        result.put(
            (line.offset() - function.start()) / SLOT,
            new SourceLine(
                line.file(),
                line.text(),
                btf.string(line.file()),
                btf.string(line.text()),
                line.line(),
                line.column()));
      }
    }
    return result;
  }

  private Map<Integer, Reference> references(Function function, byte[] code, List<Function> found)
      throws ElfFormatException {
    ByteBuffer in = ByteBuffer.wrap(code).order(LITTLE_ENDIAN);
    Map<Integer, Reference> result = new HashMap<>();
    for (ElfObject.Relocation relocation : function.section().relocations()) {
      long offset = relocation.offset() - function.start();
      if (offset < 0 || offset >= code.length) {
        continue;
      }
      if (offset % SLOT != 0) {
        throw new ElfFormatException("relocation at byte " + offset + ": not at an instruction");
      }
      int slot = (int) (offset / SLOT);
      int imm = in.getInt((int) offset + 4);
      result.put(slot, reference(relocation, imm, found));
    }
    for (int slot = 0; slot < code.length / SLOT; slot++) {
      boolean localCall = code[slot * SLOT] == (byte) 0x85 && code[slot * SLOT + 1] == 0x10;
      if (localCall && !result.containsKey(slot)) {
        long target = function.start() + SLOT * ((long) slot + 1 + in.getInt(slot * SLOT + 4));
        result.put(slot, toFunction(function.section().index(), target, found));
      }
      if (code[slot * SLOT] == 0x18) {
        slot++; // the second half of a 64-bit load is no instruction
      }
    }
    return result;
  }

  private Reference reference(ElfObject.Relocation relocation, int imm, List<Function> found)
      throws ElfFormatException {
    ElfObject.Symbol symbol = elf.symbol(relocation);
    if (symbol.section() <= 0 || symbol.section() >= elf.sections().size()) {
      throw new ElfFormatException(
          "external symbol \"%s\": neither a map nor a variable of this object"
              .formatted(symbol.name()));
    }
    ElfObject.Section section = elf.sections().get(symbol.section());
    return switch (relocation.type()) {
      case ElfObject.Relocation.R_BPF_64_32 ->
          toFunction(section.index(), symbol.value() + SLOT * ((long) imm + 1), found);
      case ElfObject.Relocation.R_BPF_64_64 -> {
        if (section.isCode()) {
          yield toFunction(section.index(), symbol.value() + imm, found);
        }
        if (section.name().equals("maps") || section.name().equals(".maps")) {
          yield new Reference.ToMap(mapAt(section, symbol, imm));
        }
        if (DataSections.isData(section.name())) {
          yield toValue(section, symbol, imm);
        }
        throw new ElfFormatException(
            "symbol \"%s\" in section \"%s\": neither map, variable nor function"
                .formatted(symbol.name(), section.name()));
      }
      default ->
          throw new ElfFormatException(
              "relocation of type %d against \"%s\" is unknown"
                  .formatted(relocation.type(), symbol.name()));
    };
  }

  private static Reference toValue(ElfObject.Section section, ElfObject.Symbol symbol, int imm)
      throws ElfFormatException {
    long offset = symbol.value() + imm;
    if (offset < 0 || offset >= section.size()) {
      throw new ElfFormatException(
          "variable \"%s\" + %d: section %s has %d bytes"
              .formatted(symbol.name(), imm, section.name(), section.size()));
    }
    return new Reference.ToMapValue(section.name(), (int) offset);
  }

  private String mapAt(ElfObject.Section section, ElfObject.Symbol symbol, int imm)
      throws ElfFormatException {
    if (!symbol.isSection()) {
      return symbol.name();
    }
    return elf.symbolsOf(section.index()).stream()
        .filter(s -> s.value() == imm)
        .map(ElfObject.Symbol::name)
        .findFirst()
        .orElseThrow(() ->
            new ElfFormatException(
                "no map at offset %d of section %s".formatted(imm, section.name())));
  }

  private Reference toFunction(int section, long offset, List<Function> found)
      throws ElfFormatException {
    Function target =
        functions
            .at(section, offset)
            .orElseThrow(() ->
                new ElfFormatException(
                    "no function at offset %d of section \"%s\""
                        .formatted(offset, elf.sections().get(section).name())));
    found.add(target);
    return new Reference.ToFunction(new Label(target.name()));
  }
}
