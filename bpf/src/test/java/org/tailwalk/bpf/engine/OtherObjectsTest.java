// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.tailwalk.bpf.Fixtures;
import org.tailwalk.bpf.Privilege;
import org.tailwalk.engine.Injection;
import org.tailwalk.engine.NodeSetup;
import org.tailwalk.engine.ReplayException;
import org.tailwalk.event.Notification;
import org.tailwalk.event.PathEvent;
import org.tailwalk.event.PathTrace;
import org.tailwalk.event.ProgramRef;
import org.tailwalk.event.Verdict;
import org.tailwalk.packet.Bytes;
import org.tailwalk.scenario.Era;

/** Objects that are not the seed's: the build of 2020, and one that knows nothing of Cilium. */
@Tag("kernel")
@ExtendWith(Privilege.class)
class OtherObjectsTest {
  private static Injection syn() throws IOException {
    return Vectors.workedTcp().injections().getFirst();
  }

  private static NodeSetup setup(Era era) throws IOException {
    NodeSetup setup = Vectors.workedTcp().setup();
    return new NodeSetup(
        setup.config().withEra(era),
        setup.endpoints(),
        setup.state(),
        setup.faults(),
        setup.ctCapacity());
  }

  private static List<String> path(PathTrace trace) {
    return trace.events().stream()
        .filter(e -> e instanceof PathEvent.Entered)
        .map(e -> ((PathEvent.Entered) e).program().toString())
        .toList();
  }

  @Test
  void buildOf2020HasNoConntrackProgramsAndShorterDropEvents() throws IOException, ReplayException {
    try (KernelReplayEngine engine =
            new KernelReplayEngine(Objects.bundled(), LoadMode.TRACED, 4096, 0);
        KernelReplaySession session = engine.open(setup(Era.WALKTHROUGH2020))) {
      Injection allowed = syn();
      assertThat(path(session.send(allowed)))
          .containsExactly("100:from-container", "100:2/7", "200:policy", "200:2/11");
      // The same to a port that no policy entry allows.
      byte[] frame = allowed.frame().toArray();
      frame[37] = 81;
      PathTrace denied =
          session.send(
              new Injection(
                  2,
                  Bytes.copyOf(frame),
                  100,
                  allowed.hook(),
                  allowed.context(),
                  1,
                  0,
                  allowed.timeNanos(),
                  0));
      assertThat(denied.verdict()).isEqualTo(new Verdict.Dropped());
      Notification.Drop drop =
          denied.events().stream()
              .filter(e -> e instanceof PathEvent.Notified)
              .map(e -> ((PathEvent.Notified) e).notification())
              .filter(n -> n instanceof Notification.Drop)
              .map(n -> (Notification.Drop) n)
              .findFirst()
              .orElseThrow();
      assertThat(drop.reason()).isEqualTo(133);
      assertThat(drop.srcLabel()).isEqualTo(1000);
      assertThat(drop.dstLabel()).isEqualTo(2000);
      assertThat(drop.line()).isZero();
      assertThat(drop.file()).isZero();
      assertThat(drop.captured().length()).isEqualTo(frame.length);
      assertThat(drop.captured().at(12)).isEqualTo(8);
    }
  }

  @Test
  void looperHops33TimesAndKeepsItsOwnNames(@TempDir Path folder)
      throws IOException, ReplayException {
    Path object = folder.resolve("looper.o");
    Files.write(object, Fixtures.compiled(Path.of("src/main/bpf/looper.bpf.c"), List.of()));
    try (KernelReplayEngine engine =
            new KernelReplayEngine(ObjectSource.ofFile(object), LoadMode.TRACED, 4096, 0);
        KernelReplaySession session = engine.open(setup(Era.SEED))) {
      PathTrace trace = session.send(syn());
      assertThat(trace.returnCode()).isZero();
      assertThat(trace.context().cb().getFirst()).isEqualTo(33);
      assertThat(trace.events().stream().filter(e -> e instanceof PathEvent.TailCallTaken))
          .hasSize(33);
      assertThat(trace.events())
          .anySatisfy(e -> assertThat(e).isInstanceOf(PathEvent.TailCallMissed.class));
      assertThat(trace.events().getFirst())
          .isInstanceOfSatisfying(
              PathEvent.Entered.class,
              e -> assertThat(e.program()).isEqualTo(new ProgramRef(100, "classifier")));
    }
  }
}
