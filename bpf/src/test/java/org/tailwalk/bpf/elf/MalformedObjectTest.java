// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.elf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.tailwalk.bpf.Fixtures;
import org.tailwalk.bpf.Mutations;
import org.tailwalk.bpf.insn.CodeException;
import org.tailwalk.bpf.insn.Disassembler;
import org.tailwalk.bpf.instrument.InstrumentOptions;
import org.tailwalk.bpf.instrument.Instrumenter;

class MalformedObjectTest {
  private static final int VARIANTS = 2500;

  @Test
  void givesACollectionOrADocumentedErrorForEveryMutation() throws Exception {
    int read = 0;
    for (String name : Fixtures.names()) {
      byte[] object = Fixtures.object(name);
      for (int seed = 0; seed < VARIANTS; seed++) {
        byte[] mutated = Mutations.of(object, new SplittableRandom(seed));
        try {
          CollectionSpec spec = DataFolding.foldTemplates(ObjectReader.read(name, mutated));
          read++;
          spec.programs().forEach(p -> Disassembler.text(p.code()));
          for (ProgramSpec program :
              Instrumenter.instrument(spec, InstrumentOptions.traced()).spec().programs()) {
            program.encode(_ -> 3);
          }
        } catch (ElfFormatException | CodeException e) {
          assertThat(e.getMessage()).as("%s, seed %d", name, seed).isNotBlank();
        } catch (RuntimeException | Error e) {
          fail("%s, seed %d: stray %s".formatted(name, seed, e), e);
        }
      }
    }
    assertThat(read).as("some mutations are harmless").isPositive();
  }

  @Test
  void cutAnywhereItIsAnError() throws Exception {
    byte[] object = Fixtures.object("looper");
    for (int length = 0; length < object.length; length += 7) {
      byte[] cut = Arrays.copyOf(object, length);
      assertThatThrownBy(() -> ObjectReader.read("cut", cut))
          .isInstanceOf(ElfFormatException.class)
          .hasMessageStartingWith("read object \"cut\": ");
    }
  }

  @Test
  void saysWhatIsWrong() throws Exception {
    record Case(String what, byte[] object, String message) {}
    byte[] x86 = Fixtures.object("looper");
    x86[18] = 62;
    byte[] big = Fixtures.object("looper");
    big[5] = 2;
    for (Case c :
        new Case[] {
          new Case("empty", new byte[0], "0 bytes, an ELF object has at least 64"),
          new Case("text", "x".repeat(80).getBytes(StandardCharsets.US_ASCII), "this is no ELF"),
          new Case("machine", x86, "machine 62, eBPF is 247"),
          new Case("byte order", big, "not 64-bit little endian")
        }) {
      assertThatThrownBy(() -> ObjectReader.read(c.what(), c.object()))
          .isInstanceOf(ElfFormatException.class)
          .hasMessageContaining("read object \"" + c.what() + "\": ELF header: ")
          .hasMessageContaining(c.message());
    }
  }

  @Test
  void anObjectThatWasCompiledWithoutTypesSaysHowToCompileIt() throws Exception {
    byte[] bare =
        Fixtures.compiled(
            Path.of("src/main/bpf/lxc.bpf.c"), List.of("-DENABLE_IPV4=1", "-g0", "-w"));
    assertThatThrownBy(() -> ObjectReader.read("bare", bare))
        .isInstanceOf(ElfFormatException.class)
        .hasMessageContaining("section .maps: the object has no BTF")
        .hasMessageContaining("compile it with clang -g");
  }

  @Test
  void aHugeBssTakesNoMemory() throws Exception {
    byte[] object = Fixtures.object("ordinary");
    ByteBuffer file = ByteBuffer.wrap(object).order(ByteOrder.LITTLE_ENDIAN);
    int table = (int) file.getLong(40);
    for (int i = 0; i < file.getShort(60); i++) {
      int header = table + 64 * i;
      if (file.getInt(header + 4) == 8) {
        file.putLong(header + 32, 1 << 29);
      }
    }
    assertThatThrownBy(() -> ObjectReader.read("ordinary", object))
        .isInstanceOf(ElfFormatException.class)
        .hasMessageContaining("536870912 bytes");
  }

  @Test
  void namesTheSectionWhoseMapIsMissing() throws Exception {
    byte[] object = Fixtures.object("looper");
    String text = new String(object, StandardCharsets.ISO_8859_1).replace("5/0\0", "6/0\0");
    assertThatThrownBy(
            () -> ObjectReader.read("looper", text.getBytes(StandardCharsets.ISO_8859_1)))
        .isInstanceOf(ElfFormatException.class)
        .hasMessage(
            "read object \"looper\": section \"6/0\": the name asks for the map of id 6, and"
                + " section maps has none");
  }
}
