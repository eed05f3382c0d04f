// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.elf;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.tailwalk.bpf.Fixtures;
import org.tailwalk.bpf.btf.Btf;
import org.tailwalk.bpf.btf.BtfExt;
import org.tailwalk.bpf.insn.CodeElement;
import org.tailwalk.bpf.insn.CodeTransform;
import org.tailwalk.bpf.insn.Codec;
import org.tailwalk.bpf.insn.EncodedCode;
import org.tailwalk.bpf.insn.FunctionStart;
import org.tailwalk.bpf.instrument.InstrumentOptions;
import org.tailwalk.bpf.instrument.Instrumenter;

/** Read, transformed by the identity and encoded, every object gives its bytes back. */
class IdentityCorpusTest {
  @Test
  void codeAndInfoComeBackByteByByte() throws Exception {
    int programs = 0;
    for (String name : Fixtures.names()) {
      for (String cpu : Fixtures.CPUS) {
        byte[] object = Fixtures.object(name, cpu);
        ElfObject elf = ElfObject.read(object);
        for (ProgramSpec program : ObjectReader.read(name, object).programs()) {
          check(elf, program, name + " " + cpu);
          programs++;
        }
      }
    }
    for (String families : List.of("dual", "v4", "v6")) {
      byte[] object = Fixtures.bundled(families, "v3");
      ElfObject elf = ElfObject.read(object);
      for (ProgramSpec program : ObjectReader.read(families, object).programs()) {
        check(elf, program, families);
        programs++;
      }
    }
    assertThat(programs).isGreaterThan(60);
  }

  private static void check(ElfObject elf, ProgramSpec program, String what) throws Exception {
    List<CodeElement> same = CodeTransform.identity().apply(program.code());
    assertThat(same).isEqualTo(program.code());
    Functions functions = Functions.of(elf);
    Btf btf = Btf.parse(elf.section(".BTF").orElseThrow().data());
    BtfExt ext = BtfExt.parse(elf.section(".BTF.ext").orElseThrow().data(), btf);
    EncodedCode encoded = Codec.encode(same, _ -> 0);
    ByteBuffer code = ByteBuffer.wrap(encoded.instructions()).order(LITTLE_ENDIAN);
    List<Integer> lines = new ArrayList<>();
    List<Integer> functionInfo = new ArrayList<>();
    int at = 0;
    for (List<CodeElement> function : split(same)) {
      FunctionStart start = (FunctionStart) function.getFirst();
      Functions.Function original = find(functions, elf, start.name()).orElseThrow();
      Set<Long> relocated =
          original.section().relocations().stream()
              .map(ElfObject.Relocation::offset)
              .collect(Collectors.toSet());
      for (int offset = original.start(); offset < original.end(); offset += 8) {
        long now = code.getLong(at + offset - original.start());
        long before =
            ByteBuffer.wrap(original.section().data()).order(LITTLE_ENDIAN).getLong(offset);
        if (relocated.contains((long) offset - 8)
            && original.section().data()[offset - 8] == 0x18) {
          continue; // second half of a relocated load: the offset in the map's value
        }
        if (relocated.contains((long) offset)) {
          // Opcode and destination register stay; kind and immediate are the relocation's.
          now &= 0xfff;
          before &= 0xfff;
        }
        assertThat(now).as("%s, %s at byte %d", what, start.name(), offset).isEqualTo(before);
      }
      for (BtfExt.LineInfo line : ext.lines().getOrDefault(original.section().name(), List.of())) {
        if (line.offset() >= original.start() && line.offset() < original.end()) {
          lines.addAll(
              List.of(
                  (at + line.offset() - original.start()) / 8,
                  line.file(),
                  line.text(),
                  line.line() << 10 | line.column()));
        }
      }
      functionInfo.addAll(List.of(at / 8, start.btfType()));
      at += original.end() - original.start();
    }
    assertThat(words(encoded.lineInfo())).as(what).isEqualTo(lines);
    assertThat(words(encoded.funcInfo())).as(what).isEqualTo(functionInfo);
    assertThat(encoded.instructions()).hasSize(at);
  }

  private static List<Integer> words(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes).order(LITTLE_ENDIAN);
    List<Integer> words = new ArrayList<>();
    while (in.hasRemaining()) {
      words.add(in.getInt());
    }
    return words;
  }

  private static List<List<CodeElement>> split(List<CodeElement> code) {
    List<List<CodeElement>> functions = new ArrayList<>();
    for (CodeElement element : code) {
      if (element instanceof FunctionStart) {
        functions.add(new ArrayList<>());
      }
      functions.getLast().add(element);
    }
    return functions;
  }

  private static Optional<Functions.Function> find(
      Functions functions, ElfObject elf, String name) {
    return elf.symbols().stream()
        .filter(s -> s.isFunction() && s.name().equals(name))
        .findFirst()
        .flatMap(s -> functions.at(s.section(), s.value()));
  }

  @Test
  void untouchedChangesNothing() throws Exception {
    for (String name : Fixtures.names()) {
      CollectionSpec spec = Fixtures.spec(name);
      assertThat(Instrumenter.instrument(spec, InstrumentOptions.untouched()).spec())
          .isEqualTo(spec);
    }
  }
}
