// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.tailwalk.app.KernelPrivilege;
import org.tailwalk.app.TestObjects;
import org.tailwalk.app.fuzz.Campaign;
import org.tailwalk.app.fuzz.Dice;
import org.tailwalk.app.fuzz.World;
import org.tailwalk.bpf.engine.KernelReplayEngine;
import org.tailwalk.bpf.engine.KernelReplaySession;
import org.tailwalk.bpf.engine.LoadMode;
import org.tailwalk.bpf.host.LoadPlan;
import org.tailwalk.bpf.instrument.BranchMarks;
import org.tailwalk.bpf.load.BpfMap;
import org.tailwalk.bpf.load.LoadException;
import org.tailwalk.datapath.ModelReplayEngine;
import org.tailwalk.engine.ForwardingSession;
import org.tailwalk.engine.NodeSetup;
import org.tailwalk.engine.ReplayEngine;
import org.tailwalk.engine.ReplayException;
import org.tailwalk.engine.ReplaySession;
import org.tailwalk.scenario.Era;

/**
 * Which conditional jumps of the bundled programs the campaign's packets take and don't take. Lines
 * that never went both ways in any build must have a reason in {@code coverage/reasons.txt}; the
 * whole list is written to {@code target/coverage/branches-c.md}.
 */
@Tag("kernel")
@Tag("full")
@ExtendWith(KernelPrivilege.class)
class BranchCoverageTest {
  private static final long PACKETS = 200_000;

  private static final class Marked extends ForwardingSession {
    private final KernelReplaySession session;
    private final BranchTally tally;
    private final NodeSetup setup;

    Marked(KernelReplaySession session, BranchTally tally, NodeSetup setup) {
      super(session);
      this.session = session;
      this.tally = tally;
      this.setup = setup;
    }

    private void collect() throws ReplayException {
      try {
        for (int i = LoadPlan.SHARED; i < setup.endpoints().size(); i++) {
          for (BpfMap.Entry entry : session.raw().entries(new LoadPlan.MapId(i, BranchMarks.MAP))) {
            tally.add(setup.config(), entry.value());
          }
        }
      } catch (LoadException e) {
        throw new ReplayException("read marks: " + e.getMessage(), e);
      }
    }

    @Override
    public void reset() throws ReplayException {
      collect();
      session.reset();
    }

    @Override
    public void close() {
      try {
        collect();
      } catch (ReplayException e) {
        throw new IllegalStateException(e);
      } finally {
        session.close();
      }
    }
  }

  private record Marking(KernelReplayEngine kernel, BranchTally tally) implements ReplayEngine {
    @Override
    public String name() {
      return kernel.name();
    }

    @Override
    public ReplaySession open(NodeSetup setup) throws ReplayException {
      return new Marked(kernel.open(setup), tally, setup);
    }
  }

  private static List<World> worlds() {
    List<World> worlds = new ArrayList<>(World.pairwise(Era.SEED, null, new Dice(1)));
    worlds.addAll(World.broken(Era.SEED, new Dice(3)));
    worlds.add(World.usual(Era.PR33551));
    worlds.add(World.usual(Era.WALKTHROUGH2020));
    return worlds;
  }

  @Test
  void everyLineGoesBothWaysOrHasAReason() throws Exception {
    BranchTally tally = new BranchTally(TestObjects.bundled());
    Campaign.Result result;
    try (KernelReplayEngine kernel =
        new KernelReplayEngine(tally, LoadMode.CLOCKED, KernelReplayEngine.MAX_ENTRIES, 0)) {
      result =
          new Campaign(
                  new Marking(kernel, tally),
                  new ModelReplayEngine(),
                  worlds(),
                  _ -> (_, _) -> Optional.empty(),
                  1)
              .run(1, PACKETS, () -> true, _ -> {});
    }
    assertThat(result.packets()).isGreaterThanOrEqualTo(PACKETS);
    // The marks change nothing: the maps at the end are the model's.
    assertThat(result.failures()).isEmpty();
    Map<String, String> reasons = reasons();
    String report = BranchReport.markdown(tally, reasons, result.packets());
    Path file = Path.of("target", "coverage", "branches-c.md");
    Files.createDirectories(file.getParent());
    Files.writeString(file, report);
    assertThat(BranchReport.unexplained(tally, reasons)).as("see " + file).isEmpty();
    int all = tally.builds().stream().mapToInt(BranchTally.Build::all).sum();
    int both = tally.builds().stream().mapToInt(BranchTally.Build::both).sum();
    assertThat(100 * both / all).isGreaterThanOrEqualTo(40);
  }

  /** {@code pattern => reason}, empty lines and # lines aside. */
  private static Map<String, String> reasons() {
    Map<String, String> reasons = new LinkedHashMap<>();
    try (var in = BranchCoverageTest.class.getResourceAsStream("/coverage/reasons.txt")) {
      new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(l -> !l.isBlank() && !l.startsWith("#"))
          .map(l -> l.split(" => ", 2))
          .forEach(l -> reasons.put(l[0].strip(), l[1].strip()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return reasons;
  }
}
