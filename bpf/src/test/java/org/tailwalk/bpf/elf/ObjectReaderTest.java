// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.elf;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tailwalk.bpf.Fixtures;
import org.tailwalk.bpf.btf.Btf;
import org.tailwalk.bpf.btf.BtfType;
import org.tailwalk.bpf.insn.FunctionStart;
import org.tailwalk.bpf.insn.Instruction;

class ObjectReaderTest {
  @Test
  void readsBothStylesOfMaps() throws Exception {
    CollectionSpec spec = Fixtures.spec("template");
    assertThat(spec.maps())
        .extracting(MapSpec::name, MapSpec::shape)
        .containsExactlyInAnyOrder(
            tuple(".data", MapType.ARRAY, 4, 12, 1, 0),
            tuple("policy_calls", MapType.PROG_ARRAY, 4, 4, 65535, 0),
            tuple("calls_65535", MapType.PROG_ARRAY, 4, 4, 8, 0),
            tuple("flows_tcp", MapType.HASH, 14, 32, 128, 1),
            tuple("flows_any", MapType.HASH, 14, 32, 128, 1),
            tuple("scratch", MapType.PERCPU_ARRAY, 4, 48, 1, 0),
            tuple("prefixes", MapType.LPM_TRIE, 8, 4, 16, 1),
            tuple("events", MapType.PERF_EVENT_ARRAY, 4, 4, 0, 0));
    assertThat(spec.map("calls_65535").orElseThrow().origin())
        .isEqualTo(new MapOrigin.Legacy(2, 2, 0, 0));
    assertThat(spec.map("prefixes").orElseThrow().origin())
        .isInstanceOfSatisfying(MapOrigin.Btf.class, btf -> assertThat(btf.pinning()).isEqualTo(1));
    assertThat(spec.license()).isEqualTo("Dual BSD/GPL");
  }

  private static org.assertj.core.groups.Tuple tuple(
      String name, int type, int key, int value, int entries, int flags) {
    return org.assertj.core.groups.Tuple.tuple(
        name, new MapShape(type, key, value, entries, flags));
  }

  @Test
  void wiresProgramsByTheirSectionNames() throws Exception {
    assertThat(Fixtures.spec("template").programs())
        .extracting(ProgramSpec::name, ProgramSpec::section, ProgramSpec::slots)
        .containsExactlyInAnyOrder(
            org.assertj.core.groups.Tuple.tuple("from_container", "from-container", List.of()),
            org.assertj.core.groups.Tuple.tuple(
                "handle_flow", "2/3", List.of(new ProgArraySlot("calls_65535", 3))),
            org.assertj.core.groups.Tuple.tuple(
                "handle_policy", "1/0xffff", List.of(new ProgArraySlot("policy_calls", 65535))));
  }

  @Test
  void readsSectionNamesAsCDoes() {
    record Case(String section, int id, int key) {}
    for (Case c :
        List.of(
            new Case("2/7", 2, 7),
            new Case("1/0x002a", 1, 42),
            new Case("0x10/010", 16, 8),
            new Case("4/0xFFFF", 4, 65535))) {
      assertThat(SectionNames.idKey(c.section())).contains(new SectionNames.IdKey(c.id(), c.key()));
    }
    for (String other :
        List.of("tc/step", "2/", "2/7/1", "-1/2", "1/0x", "2/099", "9999999999/1")) {
      assertThat(SectionNames.idKey(other)).as(other).isEmpty();
    }
  }

  @Test
  void appendsTheSubprogramsAProgramCallsAndOnlyThose() throws Exception {
    CollectionSpec spec = Fixtures.spec("template");
    assertThat(functions(spec.program("handle_flow").orElseThrow()))
        .containsExactlyInAnyOrder("handle_flow", "forget", "prefix_label")
        .startsWith("handle_flow");
    assertThat(functions(spec.program("handle_policy").orElseThrow()))
        .containsExactly("handle_policy");
  }

  private static List<String> functions(ProgramSpec program) {
    return program.code().stream()
        .filter(FunctionStart.class::isInstance)
        .map(e -> ((FunctionStart) e).name())
        .toList();
  }

  @Test
  void makesMapsOfDataSectionsWithTheirContents() throws Exception {
    CollectionSpec spec = Fixtures.spec("ordinary");
    assertThat(spec.map(".data").orElseThrow().contents())
        .containsExactly(new MapEntry(Bytes.zeros(4), Bytes.copyOf(new byte[] {40, 0, 0, 0})));
    assertThat(spec.map(".bss").orElseThrow().valueSize()).isEqualTo(8);
    MapSpec constants = spec.map(".rodata").orElseThrow();
    assertThat(constants.frozen()).isTrue();
    assertThat(constants.flags()).isEqualTo(MapShape.READ_ONLY_PROGRAM);
    assertThat(DataFolding.isTemplate(spec)).isFalse();
    assertThat(DataFolding.foldTemplates(spec)).isEqualTo(spec);
  }

  @Test
  void readsInitialContentsOfProgramArraysAndMapsInMaps() throws Exception {
    CollectionSpec spec = Fixtures.spec("ordinary");
    assertThat(spec.program("step").orElseThrow().slots())
        .containsExactly(new ProgArraySlot("steps", 2));
    assertThat(spec.map("outer").orElseThrow().inner())
        .contains(
            new InnerMaps(new MapShape(MapType.ARRAY, 4, 8, 2, 0), Map.of(1, "second_inner")));
    assertThat(spec.program("pass").orElseThrow().type()).isEqualTo(ProgramType.XDP);
  }

  @Test
  void completesTheDataSectionsOfTheBtf() throws Exception {
    Btf btf = Fixtures.spec("template").btf().orElseThrow();
    BtfType.DataSection data = btf.dataSection(".data").orElseThrow();
    assertThat(data.size()).isEqualTo(12);
    assertThat(data.variables()).extracting(BtfType.Placed::offset).containsExactly(0, 4, 8);
    assertThat(Btf.parse(btf.encode())).isEqualTo(btf);
  }

  @Test
  void everyMapReferenceNamesAMapOfTheCollection() throws Exception {
    for (String name : Fixtures.names()) {
      CollectionSpec spec = Fixtures.spec(name);
      spec.programs().stream()
          .flatMap(p -> p.code().stream())
          .forEach(e -> {
            if (e instanceof Instruction.LoadMap load) {
              assertThat(spec.map(load.map())).as(load.map()).isPresent();
            }
          });
    }
  }
}
