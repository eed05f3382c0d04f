// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.bundled;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tailwalk.bpf.elf.CollectionSpec;
import org.tailwalk.bpf.elf.MapOrigin;
import org.tailwalk.bpf.elf.ProgArraySlot;
import org.tailwalk.bpf.elf.ProgramSpec;
import org.tailwalk.replay.ProgramNames;

/** Every bundled source, in every era and shape, compiles without a warning and reads well. */
class CompileTest {
  static Stream<Build> shapes() {
    return Build.ERAS.stream()
        .flatMap(era -> Build.FAMILIES.stream().map(f -> new Build(era, f, List.of())));
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void compilesAndIsWired(Build build) throws Exception {
    CollectionSpec spec = build.spec();
    for (ProgramSpec program : spec.programs()) {
      for (ProgArraySlot slot : program.slots()) {
        if (slot.map().equals("cilium_calls_65535")) {
          assertThat(program.name()).isEqualTo(ProgramNames.call(slot.index()));
          assertThat(spec.map(slot.map()).orElseThrow().maxEntries()).isGreaterThan(slot.index());
        }
      }
    }
    assertThat(spec.programs())
        .extracting(ProgramSpec::section)
        .contains("from-container", "to-container", "1/0xffff");
  }

  @Test
  void oldBuildHasFewerProgramsAndOnlyLegacyMaps() throws Exception {
    record Case(String families, List<String> sections) {}

    List<String> ofIcmp6 = List.of("2/3", "2/4", "2/5");
    for (Case c :
        List.of(
            new Case("dual", List.of("2/7", "2/10", "2/11", "2/12", "2/13", "2/14", "2/6")),
            new Case("v4", List.of("2/6")),
            new Case("v6", List.of()))) {
      CollectionSpec spec = new Build("WALKTHROUGH2020", c.families(), List.of()).spec();
      Stream<String> wanted =
          Stream.concat(
              Stream.of("from-container", "to-container", "1/0xffff", "2/1"),
              Stream.concat(
                  c.sections().stream(),
                  c.families().equals("v4") ? Stream.empty() : ofIcmp6.stream()));
      assertThat(spec.programs())
          .extracting(ProgramSpec::section)
          .containsExactlyInAnyOrder(wanted.toArray(String[]::new));
      assertThat(spec.maps()).noneMatch(m -> m.origin() instanceof MapOrigin.Btf);
      assertThat(spec.map("cilium_calls_65535").orElseThrow().maxEntries()).isEqualTo(25);
    }
  }

  @Test
  void looperIsWiredToItself() throws Exception {
    CollectionSpec spec = Build.object(Path.of("src", "main", "bpf", "looper.bpf.c"), List.of());
    assertThat(spec.map("jmp_tc").orElseThrow().origin())
        .isEqualTo(new MapOrigin.Legacy(42, 1, 0, 0));
    assertThat(spec.programs()).extracting(ProgramSpec::section).contains("classifier", "42/0");
    assertThat(spec.programs())
        .filteredOn(p -> p.section().equals("42/0"))
        .singleElement()
        .extracting(ProgramSpec::slots)
        .isEqualTo(List.of(new ProgArraySlot("jmp_tc", 0)));
  }
}
