// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonElement;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.tailwalk.bpf.KernelObjects;
import org.tailwalk.bpf.Privilege;
import org.tailwalk.bpf.host.RawRun;
import org.tailwalk.engine.Injection;
import org.tailwalk.engine.MapEntry;
import org.tailwalk.engine.NodeSetup;
import org.tailwalk.engine.ReplayException;
import org.tailwalk.event.MapRef;
import org.tailwalk.event.MapRole;
import org.tailwalk.event.PathEvent;
import org.tailwalk.event.PathTrace;
import org.tailwalk.event.Verdict;
import org.tailwalk.packet.Bytes;
import org.tailwalk.scenario.Fault;

@Tag("kernel")
@ExtendWith(Privilege.class)
class KernelReplayEngineTest {
  private static final int SMALL = 4096;

  private static KernelReplayEngine engine(LoadMode mode) {
    return new KernelReplayEngine(Objects.bundled(), mode, SMALL, 0);
  }

  private static NodeSetup with(NodeSetup setup, Fault... faults) {
    return new NodeSetup(
        setup.config(), setup.endpoints(), setup.state(), List.of(faults), setup.ctCapacity());
  }

  private static Set<MapEntry> conntrack(KernelReplaySession session) throws ReplayException {
    return session.entries(MapRef.shared(MapRole.CT_TCP4)).stream().collect(Collectors.toSet());
  }

  @Test
  void clockedAndTracedRunsDifferInNothingButWhatIsSeen() throws IOException, ReplayException {
    List<PathTrace> clocked = new ArrayList<>();
    List<PathTrace> traced = new ArrayList<>();
    List<Set<MapEntry>> maps = new ArrayList<>();
    for (LoadMode mode : List.of(LoadMode.CLOCKED, LoadMode.TRACED)) {
      try (KernelReplayEngine engine = engine(mode);
          KernelReplaySession session = engine.open(Vectors.workedTcp().setup())) {
        for (Injection injection : Vectors.workedTcp().injections()) {
          (mode == LoadMode.TRACED ? traced : clocked).add(session.send(injection));
        }
        maps.add(conntrack(session));
      }
    }
    assertThat(maps.get(0)).isEqualTo(maps.get(1)).isNotEmpty();
    for (int i = 0; i < traced.size(); i++) {
      assertThat(clocked.get(i).returnCode()).isEqualTo(traced.get(i).returnCode());
      assertThat(clocked.get(i).frame()).isEqualTo(traced.get(i).frame());
      assertThat(clocked.get(i).context()).isEqualTo(traced.get(i).context());
      assertThat(notifications(clocked.get(i))).isEqualTo(notifications(traced.get(i)));
      assertThat(clocked.get(i).steps().size()).isLessThan(traced.get(i).steps().size());
    }
  }

  private static List<Object> notifications(PathTrace trace) {
    List<Object> found = new ArrayList<>();
    for (PathEvent event : trace.events()) {
      if (event instanceof PathEvent.Notified(_, var notification)) {
        found.add(notification);
      }
    }
    return found;
  }

  @Test
  void untouchedProgramsDecideTheSame() throws IOException, ReplayException {
    List<Integer> codes = new ArrayList<>();
    List<Integer> recorded = new ArrayList<>();
    for (JsonElement step : Vectors.document("fact-13").getAsJsonArray("steps")) {
      recorded.add(step.getAsJsonObject().getAsJsonObject("result").get("ret").getAsInt());
    }
    try (KernelReplayEngine engine = engine(LoadMode.UNTOUCHED);
        KernelReplaySession session = engine.open(Vectors.workedTcp().setup())) {
      for (Injection injection : Vectors.workedTcp().injections()) {
        codes.add(session.send(injection).returnCode());
      }
    }
    assertThat(codes).isEqualTo(recorded);
  }

  @Test
  void resetGoesBackToTheStateAfterOpening() throws IOException, ReplayException {
    try (KernelReplayEngine engine = engine(LoadMode.TRACED);
        KernelReplaySession session = engine.open(Vectors.workedTcp().setup())) {
      List<PathTrace> first = new ArrayList<>();
      List<PathTrace> second = new ArrayList<>();
      for (Injection injection : Vectors.workedTcp().injections()) {
        first.add(session.send(injection));
      }
      session.reset();
      assertThat(conntrack(session)).isEmpty();
      for (Injection injection : Vectors.workedTcp().injections()) {
        second.add(session.send(injection));
      }
      assertThat(second).isEqualTo(first);
    }
  }

  @Test
  void rawRunsChangeTheSameStateAndTheNextTraceKnows() throws IOException, ReplayException {
    List<Injection> all = Vectors.workedTcp().injections();
    try (KernelReplayEngine engine = engine(LoadMode.TRACED);
        KernelReplaySession session = engine.open(Vectors.workedTcp().setup())) {
      List<PathTrace> expected = new ArrayList<>();
      for (Injection injection : all) {
        expected.add(session.send(injection));
      }
      session.reset();
      List<RawRun> raw = new ArrayList<>();
      session.sendRaw(all.subList(0, 5).iterator(), raw::add);
      assertThat(raw).hasSize(5).allSatisfy(run -> assertThat(run.log()).isNotEmpty());
      assertThat(session.send(all.get(5))).isEqualTo(expected.get(5));
    }
  }

  @Test
  void closedSessionLeavesNothingAndSaysSo()
      throws IOException, ReplayException, InterruptedException {
    KernelReplayEngine engine = engine(LoadMode.TRACED);
    KernelReplaySession session = engine.open(Vectors.workedTcp().setup());
    KernelObjects held = KernelObjects.held();
    assertThat(held.programs()).hasSizeGreaterThan(40);
    session.close();
    session.close();
    assertThat(held.remaining().isEmpty()).isTrue();
    assertThatThrownBy(session::reset).hasMessage("the session is closed");
    engine.close();
    assertThatThrownBy(() -> engine.open(Vectors.workedTcp().setup()))
        .hasMessageContaining("closed");
  }

  @Test
  void keptProgramsServeTheNextSessionFromEmptyMapsAndGoWithTheEngine()
      throws IOException, ReplayException, InterruptedException {
    KernelObjects held;
    try (KernelReplayEngine engine =
        new KernelReplayEngine(Objects.bundled(), LoadMode.TRACED, SMALL, 1)) {
      List<PathTrace> first = new ArrayList<>();
      List<PathTrace> second = new ArrayList<>();
      try (KernelReplaySession session = engine.open(Vectors.workedTcp().setup())) {
        for (Injection injection : Vectors.workedTcp().injections()) {
          first.add(session.send(injection));
        }
      }
      held = KernelObjects.held();
      assertThat(held.programs()).isNotEmpty();
      try (KernelReplaySession session = engine.open(Vectors.workedTcp().setup())) {
        assertThat(KernelObjects.held()).isEqualTo(held);
        for (Injection injection : Vectors.workedTcp().injections()) {
          second.add(session.send(injection));
        }
      }
      assertThat(second).isEqualTo(first);
    }
    assertThat(held.remaining().isEmpty()).isTrue();
  }

  @Test
  void fullConntrackMapRefusesTheEntry() throws IOException, ReplayException {
    try (KernelReplayEngine engine = engine(LoadMode.TRACED);
        KernelReplaySession session =
            engine.open(with(Vectors.workedTcp().setup(), new Fault.ConntrackFull()))) {
      PathTrace trace = session.send(Vectors.workedTcp().injections().getFirst());
      assertThat(trace.returnCode()).isEqualTo(2);
      assertThat(trace.events())
          .anySatisfy(e ->
              assertThat(e)
                  .isInstanceOfSatisfying(
                      PathEvent.Updated.class, u -> assertThat(u.errno()).isNegative()));
      assertThat(conntrack(session)).isEmpty();
    }
  }

  @Test
  void refusingBufferIsSilentAtTheSeed() throws IOException, ReplayException {
    try (KernelReplayEngine engine = engine(LoadMode.TRACED);
        KernelReplaySession session =
            engine.open(with(Vectors.workedTcp().setup(), new Fault.BufferRefuses()))) {
      PathTrace trace = session.send(Vectors.workedTcp().injections().getFirst());
      assertThat(trace.verdict()).isEqualTo(new Verdict.PassedUnpoliced(-184));
    }
  }

  @Test
  void spentTailCallsAreMissedLater() throws IOException, ReplayException {
    try (KernelReplayEngine engine = engine(LoadMode.TRACED)) {
      record Case(int calls, int programs) {}
      // The walk has seven programs and six tail calls; the budget is 33.
      for (Case c : List.of(new Case(27, 7), new Case(28, 6), new Case(33, 1))) {
        try (KernelReplaySession session =
            engine.open(with(Vectors.workedTcp().setup(), new Fault.BurnCalls(c.calls)))) {
          PathTrace trace = session.send(Vectors.workedTcp().injections().getFirst());
          assertThat(trace.events().stream().filter(e -> e instanceof PathEvent.Entered).count())
              .as(c.toString())
              .isEqualTo(c.programs);
        }
      }
      try (KernelReplaySession session =
          engine.open(with(Vectors.workedTcp().setup(), new Fault.BurnCalls(34)))) {
        assertThat(session.send(Vectors.workedTcp().injections().getFirst()).verdict())
            .isInstanceOf(Verdict.NotRun.class);
      }
    }
  }

  @Test
  void whatCannotBeRunSaysWhy() throws IOException, ReplayException {
    record Case(Bytes frame, int endpoint, String reason) {}
    Injection good = Vectors.workedTcp().injections().getFirst();
    List<Case> cases =
        List.of(
            new Case(good.frame().slice(0, 13), good.endpoint(), "too-short"),
            new Case(Bytes.empty(), good.endpoint(), "too-short"),
            new Case(Bytes.copyOf(new byte[20_000]), good.endpoint(), "too-long"),
            new Case(good.frame(), 77, "no-endpoint"));
    try (KernelReplayEngine engine = engine(LoadMode.TRACED);
        KernelReplaySession session = engine.open(Vectors.workedTcp().setup())) {
      for (Case c : cases) {
        PathTrace trace =
            session.send(
                new Injection(
                    1,
                    c.frame,
                    c.endpoint,
                    good.hook(),
                    good.context(),
                    1,
                    0,
                    good.timeNanos(),
                    0));
        assertThat(trace.verdict())
            .isInstanceOfSatisfying(
                Verdict.NotRun.class, v -> assertThat(v.reason()).isEqualTo(c.reason));
      }
    }
  }

  @Test
  void graphHasTheWalkOfSection14() throws IOException, ReplayException {
    try (KernelReplayEngine engine = engine(LoadMode.TRACED);
        KernelReplaySession session = engine.open(Vectors.workedTcp().setup())) {
      List<String> edges =
          session.graph().edges().stream().map(e -> e.from() + ">" + e.to()).toList();
      assertThat(edges)
          .contains(
              "from-container>2/7",
              "2/7>2/29",
              "2/29>2/25",
              "2/25>policy",
              "policy>2/28",
              "2/28>2/11",
              "to-container>2/27",
              "2/27>2/13",
              "2/25>2/1");
      assertThat(session.graph().nodes()).hasSize(22);
    }
  }
}
