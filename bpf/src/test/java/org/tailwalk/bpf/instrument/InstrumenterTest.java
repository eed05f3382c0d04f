// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.instrument;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.tailwalk.bpf.Fixtures;
import org.tailwalk.bpf.elf.CollectionSpec;
import org.tailwalk.bpf.elf.DataFolding;
import org.tailwalk.bpf.elf.ProgramSpec;
import org.tailwalk.bpf.elf.ProgramType;
import org.tailwalk.bpf.insn.AluOp;
import org.tailwalk.bpf.insn.CodeElement;
import org.tailwalk.bpf.insn.CodeException;
import org.tailwalk.bpf.insn.Codec;
import org.tailwalk.bpf.insn.FunctionStart;
import org.tailwalk.bpf.insn.Helper;
import org.tailwalk.bpf.insn.Instruction;
import org.tailwalk.bpf.insn.JumpOp;
import org.tailwalk.bpf.insn.Label;
import org.tailwalk.bpf.insn.LabelTarget;
import org.tailwalk.bpf.insn.Operand;
import org.tailwalk.bpf.insn.Register;

class InstrumenterTest {
  private static Instrumented traced(String name) throws Exception {
    return Instrumenter.instrument(
        DataFolding.foldTemplates(Fixtures.spec(name)), InstrumentOptions.traced());
  }

  private static <E extends TraceSite.Event> List<E> events(
      Instrumented instrumented, String program, Class<E> kind) {
    return instrumented.sites().stream()
        .filter(s -> s.program().equals(program))
        .map(TraceSite::event)
        .filter(kind::isInstance)
        .map(kind::cast)
        .toList();
  }

  @Test
  void identifiesMapsAndKeys() throws Exception {
    Instrumented traced = traced("template");
    List<TraceSite.Lookup> lookups = events(traced, "handle_flow", TraceSite.Lookup.class);
    assertThat(lookups).hasSize(2);
    assertThat(lookups.getFirst().map())
        .isInstanceOfSatisfying(
            TraceSite.MapRef.OneOf.class,
            map -> assertThat(map.maps()).containsExactly("flows_any", "flows_tcp"));
    assertThat(lookups.getFirst().key())
        .isInstanceOfSatisfying(
            TraceSite.Bytewise.Recorded.class,
            key -> {
              assertThat(key.wholeSize()).isEqualTo(14);
              assertThat(key.field().size()).isEqualTo(14);
            });
    assertThat(lookups.getLast().map()).isEqualTo(new TraceSite.MapRef.Known("prefixes"));
    assertThat(events(traced, "handle_flow", TraceSite.Delete.class))
        .singleElement()
        .satisfies(delete -> {
          assertThat(delete.map()).isEqualTo(new TraceSite.MapRef.Known("flows_any"));
          assertThat(delete.key()).isInstanceOf(TraceSite.Bytewise.Recorded.class);
        });
    assertThat(events(traced, "from_container", TraceSite.TailCall.class))
        .singleElement()
        .satisfies(
            call -> assertThat(call.map()).isEqualTo(new TraceSite.MapRef.Known("calls_65535")));
    assertThat(events(traced("ordinary"), "step", TraceSite.Lookup.class))
        .extracting(TraceSite.Lookup::map)
        .contains(new TraceSite.MapRef.InnerOf("outer"));
  }

  @Test
  void fieldsOfARecordNeverOverlapAndStayInside() throws Exception {
    for (String name : Fixtures.names()) {
      Instrumented traced = traced(name);
      int id = 1;
      for (TraceSite site : traced.sites()) {
        assertThat(site.id()).isEqualTo(id++);
        assertThat(traced.site(site.id())).contains(site);
        boolean[] taken = new boolean[site.length()];
        for (Field field : Stream.concat(Stream.of(new Field(0, 8)), fields(site)).toList()) {
          for (int i = 0; i < field.size(); i++) {
            assertThat(taken[field.offset() + i]).as("%s", site).isFalse();
            taken[field.offset() + i] = true;
          }
        }
        assertThat(site.length() % 8).isZero();
        assertThat(site.line()).isPresent();
      }
      assertThat(traced.nextSiteId()).isEqualTo(id);
      assertThat(traced.site(id)).isEmpty();
      assertThat(traced.site(0)).isEmpty();
    }
  }

  private static Stream<Field> fields(TraceSite site) {
    return switch (site.event()) {
      case TraceSite.Entered e -> e.context().stream().map(TraceSite.RecordedContext::field);
      case TraceSite.TailCall e -> Stream.concat(fields(e.map()), Stream.of(e.index()));
      case TraceSite.TailCallMissed e -> fields(e.map());
      case TraceSite.Lookup e -> Stream.concat(fields(e.map()), fields(e.key()));
      case TraceSite.LookupHit e -> fields(e.value());
      case TraceSite.LookupMissed e -> fields(e.map());
      case TraceSite.Update e ->
          Stream.of(fields(e.map()), fields(e.key()), fields(e.value()), Stream.of(e.flags()))
              .flatMap(s -> s);
      case TraceSite.Delete e -> Stream.concat(fields(e.map()), fields(e.key()));
      case TraceSite.Returned e -> Stream.of(e.result());
      case TraceSite.Redirect e -> e.arguments().stream().map(TraceSite.Argument::field);
      case TraceSite.Exited e -> Stream.of(e.returnCode());
    };
  }

  private static Stream<Field> fields(TraceSite.MapRef map) {
    return map instanceof TraceSite.MapRef.OneOf one ? Stream.of(one.pointer()) : Stream.empty();
  }

  private static Stream<Field> fields(TraceSite.Bytewise bytes) {
    return bytes instanceof TraceSite.Bytewise.Recorded r ? Stream.of(r.field()) : Stream.empty();
  }

  @Test
  void onlyTheLogAndTheClockAreAdded() throws Exception {
    CollectionSpec spec = DataFolding.foldTemplates(Fixtures.spec("template"));
    Instrumented clocked = Instrumenter.instrument(spec, InstrumentOptions.clocked());
    assertThat(clocked.sites()).isEmpty();
    assertThat(clocked.spec().maps()).hasSize(spec.maps().size() + 1);
    assertThat(clocked.spec().map(ReplayClockMap.MAP)).contains(ReplayClockMap.map());
    assertThat(traced("template").spec().maps()).hasSize(spec.maps().size() + 2);
    // The looper asks no clock.
    assertThat(traced("looper").spec().map(ReplayClockMap.MAP)).isEmpty();
    assertThat(
            clocked.spec().programs().stream()
                .flatMap(p -> p.code().stream())
                .filter(
                    e -> e instanceof Instruction.HelperCall c && ReplayClock.replaces(c.helper())))
        .isEmpty();
  }

  @Test
  void originalInstructionsStayInOrder() throws Exception {
    for (String name : Fixtures.names()) {
      CollectionSpec spec = Fixtures.spec(name);
      InstrumentOptions options =
          new InstrumentOptions(false, TraceDetail.VALUES, Map.of(), true, 1, 256);
      Instrumented traced = Instrumenter.instrument(spec, options);
      for (ProgramSpec program : spec.programs()) {
        List<CodeElement> rest =
            new ArrayList<>(traced.spec().program(program.name()).orElseThrow().code());
        int at = 0;
        for (CodeElement element : program.code()) {
          int found = rest.subList(at, rest.size()).indexOf(element);
          assertThat(found).as("%s in %s", element, program.name()).isNotNegative();
          at += found + 1;
        }
      }
    }
  }

  @Test
  void siteIdsOfSeveralEndpointsDoNotMeet() throws Exception {
    CollectionSpec spec = Fixtures.spec("looper");
    Instrumented first = Instrumenter.instrument(spec, InstrumentOptions.traced());
    Instrumented second =
        Instrumenter.instrument(
            spec, InstrumentOptions.traced().withFirstSiteId(first.nextSiteId()));
    assertThat(second.sites().getFirst().id()).isEqualTo(first.sites().getLast().id() + 1);
    assertThat(first.site(second.sites().getFirst().id())).isEmpty();
  }

  /** A jump over as many lookups as make it too far once each is traced. */
  private static CollectionSpec longProgram(CollectionSpec maps, int lookups) {
    Label end = new Label("end");
    List<CodeElement> code = new ArrayList<>();
    code.add(new FunctionStart("long", 0));
    code.add(new Instruction.Jump(JumpOp.EQ, Register.R1, Operand.of(0), end));
    for (int i = 0; i < lookups; i++) {
      code.add(new Instruction.LoadMap(Register.R1, "flows_tcp"));
      code.add(new Instruction.Alu(AluOp.MOV, Register.R2, Operand.of(Register.R10)));
      code.add(new Instruction.Alu(AluOp.ADD, Register.R2, Operand.of(-16)));
      code.add(new Instruction.HelperCall(Helper.MAP_LOOKUP_ELEM));
    }
    code.add(new LabelTarget(end));
    code.add(new Instruction.Alu(AluOp.MOV, Register.R0, Operand.of(0)));
    code.add(new Instruction.Exit());
    return maps.withPrograms(
        List.of(new ProgramSpec("long", "tc", ProgramType.SCHED_CLS, code, List.of())));
  }

  @Test
  void stepsDownWhenAJumpNoLongerReaches() throws Exception {
    CollectionSpec maps = Fixtures.spec("template");
    List<TraceDetail> ladder = new ArrayList<>();
    for (int lookups = 500; lookups < 6000; lookups += lookups < 1200 ? 20 : 400) {
      Instrumented traced =
          Instrumenter.instrument(longProgram(maps, lookups), InstrumentOptions.traced());
      TraceDetail detail = traced.details().get("long");
      assertThat(traced.remarks().isEmpty()).isEqualTo(detail == TraceDetail.VALUES);
      assertThat(Codec.tooFar(traced.spec().programs().getFirst().code())).isEmpty();
      assertThat(traced.sites()).allMatch(s -> s.id() <= traced.sites().size());
      if (ladder.isEmpty() || ladder.getLast() != detail) {
        ladder.add(detail);
      }
    }
    assertThat(ladder)
        .containsExactly(
            TraceDetail.VALUES, TraceDetail.SHORT_VALUES, TraceDetail.CALLS, TraceDetail.ENTRY);
    assertThatThrownBy(
            () -> Instrumenter.instrument(longProgram(maps, 8000), InstrumentOptions.traced()))
        .isInstanceOf(CodeException.class)
        .hasMessageContaining("instrument program \"long\": instruction 0: jump to end");
  }

  @Test
  void stepsDownOnTheVerifiersWord() throws Exception {
    CollectionSpec spec = DataFolding.foldTemplates(Fixtures.spec("template"));
    Instrumented now = Instrumenter.instrument(spec, InstrumentOptions.traced());
    List<TraceDetail> ladder = new ArrayList<>();
    for (Optional<Instrumented> next = Optional.of(now); next.isPresent(); ) {
      now = next.get();
      ladder.add(now.details().get("handle_flow"));
      assertThat(now.details()).containsEntry("from_container", TraceDetail.VALUES);
      next = Instrumenter.stepDown(spec, now, "handle_flow", "too complex");
    }
    assertThat(ladder)
        .containsExactly(
            TraceDetail.VALUES,
            TraceDetail.SHORT_VALUES,
            TraceDetail.CALLS,
            TraceDetail.ENTRY,
            TraceDetail.NONE);
    assertThat(now.remarks())
        .contains("program \"handle_flow\" is traced with NONE instead of ENTRY: too complex");
  }
}
