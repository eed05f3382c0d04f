// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.elf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tailwalk.bpf.Fixtures;
import org.tailwalk.bpf.insn.Instruction;

class SubstitutionTest {
  private static final Substitution ENDPOINT_42 =
      Substitution.none()
          .withU32("ENDPOINT_IPV4", 0x0100000a)
          .withU16("ENDPOINT_ID", 42)
          .withU32("IDENTITY", 5000)
          .withMap("calls_65535", "calls_00042")
          .withSection("1/0xffff", "1/0x002a");

  @Test
  void makesOneEndpointOfATemplate() throws Exception {
    CollectionSpec spec = DataFolding.foldTemplates(ENDPOINT_42.apply(Fixtures.spec("template")));
    assertThat(spec.map(".data")).isEmpty();
    assertThat(spec.map("calls_65535")).isEmpty();
    assertThat(spec.map("calls_00042")).isPresent();
    ProgramSpec policy = spec.program("handle_policy").orElseThrow();
    assertThat(policy.section()).isEqualTo("1/0x002a");
    assertThat(policy.slots()).containsExactly(new ProgArraySlot("policy_calls", 42));
    assertThat(spec.program("handle_flow").orElseThrow().slots())
        .containsExactly(new ProgArraySlot("calls_00042", 3));
    List<Long> constants =
        spec.programs().stream()
            .flatMap(p -> p.code().stream())
            .filter(Instruction.LoadImm64.class::isInstance)
            .map(e -> ((Instruction.LoadImm64) e).value())
            .toList();
    assertThat(constants).contains(0x0100000aL, 42L, 5000L).doesNotContain(0x0000ffffL);
  }

  @Test
  void foldsTheTemplatesOwnValuesWhenNothingIsSubstituted() throws Exception {
    CollectionSpec spec = Fixtures.spec("template");
    assertThat(DataFolding.isTemplate(spec)).isTrue();
    assertThat(DataFolding.variable(spec, "ENDPOINT_ID"))
        .contains(Bytes.copyOf(new byte[] {-1, -1}));
    assertThat(
            DataFolding.fold(spec).programs().stream()
                .flatMap(p -> p.code().stream())
                .filter(Instruction.LoadMapValue.class::isInstance))
        .isEmpty();
  }

  @Test
  void namesWhatDoesNotFit() throws Exception {
    record Case(Substitution substitution, String message) {}
    Substitution none = Substitution.none();
    CollectionSpec spec = Fixtures.spec("template");
    for (Case c :
        List.of(
            new Case(none.withU32("LXC_IPV4", 1), "variable \"LXC_IPV4\": the object has no such"),
            new Case(
                none.withU32("ENDPOINT_ID", 1),
                "variable \"ENDPOINT_ID\": 4 bytes given, it has 2"),
            new Case(none.withMap("calls_1", "calls_2"), "map \"calls_1\": the object has no such"),
            new Case(
                none.withMap("calls_65535", "calls_42"),
                "map \"calls_65535\": \"calls_42\" has 8 characters, not 11"),
            new Case(
                none.withMap("flows_tcp", "flows_any"),
                "map \"flows_tcp\": another map is already called"),
            new Case(none.withSection("1/1", "1/2"), "section \"1/1\": the object has no program"),
            new Case(
                none.withSection("1/0xffff", "7/0x002a"),
                "section \"1/0xffff\": the name asks for the map of id 7"))) {
      assertThatThrownBy(() -> c.substitution().apply(spec))
          .isInstanceOf(SubstitutionException.class)
          .hasMessageStartingWith("substitute in \"template.bpf.o\": " + c.message());
    }
  }
}
