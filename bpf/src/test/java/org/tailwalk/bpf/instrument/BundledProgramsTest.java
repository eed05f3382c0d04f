// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.instrument;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.tailwalk.bpf.Fixtures;
import org.tailwalk.bpf.elf.CollectionSpec;
import org.tailwalk.bpf.elf.DataFolding;
import org.tailwalk.bpf.elf.ObjectReader;
import org.tailwalk.bpf.elf.Substitution;
import org.tailwalk.bpf.insn.ControlFlow;
import org.tailwalk.bpf.insn.Helper;
import org.tailwalk.bpf.insn.Instruction;
import org.tailwalk.bpf.insn.Origin;
import org.tailwalk.bpf.insn.Origins;
import org.tailwalk.bpf.insn.Register;

/** The bundled datapath, as an endpoint gets it, through reading and instrumenting. */
class BundledProgramsTest {
  private static final Set<Integer> MAP_CALLS =
      Set.of(Helper.MAP_LOOKUP_ELEM, Helper.MAP_UPDATE_ELEM, Helper.MAP_DELETE_ELEM);

  static CollectionSpec endpoint(String families) throws Exception {
    CollectionSpec template = ObjectReader.read(families, Fixtures.bundled(families, "v3"));
    assertThat(DataFolding.isTemplate(template)).isTrue();
    return DataFolding.foldTemplates(
            Substitution.none().withSection("1/0xffff", "1/0x002a").apply(template))
        .clamped(1024);
  }

  @Test
  void everyMapCallHasItsMapAndItsKey() throws Exception {
    CollectionSpec spec = endpoint("dual");
    int[] calls = {0};
    for (var program : spec.programs()) {
      Origins.of(ControlFlow.of(program.code()))
          .forEach((at, instruction, before) -> {
            if (instruction instanceof Instruction.HelperCall(int helper)
                && MAP_CALLS.contains(helper)) {
              calls[0]++;
              assertThat(before.get(Register.R1))
                  .as("%s at %d", program.name(), at)
                  .isInstanceOf(Origin.MapPointer.class);
              assertThat(before.get(Register.R2))
                  .as("%s at %d", program.name(), at)
                  .isInstanceOfAny(Origin.Stack.class, Origin.Found.class);
            }
          });
    }
    assertThat(calls[0]).isGreaterThan(100);
  }

  @Test
  void everythingIsTracedInFull() throws Exception {
    for (String families : List.of("dual", "v4", "v6")) {
      Instrumented traced = Instrumenter.instrument(endpoint(families), InstrumentOptions.traced());
      assertThat(traced.remarks()).isEmpty();
      assertThat(traced.details().values()).containsOnly(TraceDetail.VALUES);
    }
  }
}
