// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.differential;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.tailwalk.app.KernelPrivilege;
import org.tailwalk.app.TestObjects;
import org.tailwalk.app.fuzz.Campaign;
import org.tailwalk.app.fuzz.CaseFiles;
import org.tailwalk.app.fuzz.Dice;
import org.tailwalk.app.fuzz.TraceCheck;
import org.tailwalk.app.fuzz.World;
import org.tailwalk.bpf.engine.KernelReplayEngine;
import org.tailwalk.datapath.ModelReplayEngine;
import org.tailwalk.scenario.DatapathConfig;
import org.tailwalk.scenario.Era;

/**
 * The loaded programs against the model, on generated scenarios and packets. Inside an era they
 * must agree in everything that can be observed; between eras they must differ exactly where the
 * facts say.
 */
@Tag("kernel")
@ExtendWith(KernelPrivilege.class)
class DifferentialTest {
  private static KernelReplayEngine kernel;

  @BeforeAll
  static void openKernel() {
    kernel = new KernelReplayEngine(TestObjects.bundled());
  }

  @AfterAll
  static void closeKernel() {
    kernel.close();
  }

  private static void run(List<World> worlds, long seed, long packets, Checks checks)
      throws Exception {
    Campaign.Result result =
        new Campaign(kernel, new ModelReplayEngine(), worlds, checks::of, 5)
            .run(seed, packets, () -> true, _ -> {});
    for (Campaign.Failure failure : result.failures()) {
      // What failed is kept: a capture and a scenario, ready to be replayed or made a regression.
      String name = failure.finding().signature().replaceAll("[^A-Za-z0-9]+", "-");
      CaseFiles.write(Path.of("target", "fuzz", seed + "-" + name), failure);
    }
    assertThat(result.failures())
        .as(() -> result.failures().stream().map(CaseFiles::text).collect(joining("\n\n")))
        .isEmpty();
    assertThat(result.packets()).isGreaterThanOrEqualTo(packets);
  }

  private interface Checks {
    TraceCheck of(World world);
  }

  private static TraceCheck equal(World world) {
    return TraceCheck.equal(world.datapath().config(world.constants()));
  }

  /** Which switches meet; packets are diced on their own. Builds of an era are compiled once. */
  private static Dice switches() {
    return new Dice(1);
  }

  /**
   * One of three builds: to compile them takes longer than their packets. The long tests run all.
   */
  private static List<World> some(Era era) {
    List<World> all = World.pairwise(era, null, switches());
    return IntStream.range(0, all.size()).filter(i -> i % 3 == 0).mapToObj(all::get).toList();
  }

  @Test
  void enginesAgreeAtTheSeedCommit() throws Exception {
    List<World> worlds = World.pairwise(Era.SEED, null, switches());
    assertThat(worlds).hasSizeGreaterThanOrEqualTo(12);
    run(worlds, 1, 12_000, DifferentialTest::equal);
  }

  @Test
  void enginesAgreeAfterTheLastFix() throws Exception {
    run(some(Era.PR33551), 2, 8_000, DifferentialTest::equal);
  }

  /** 240,000 packets over all five builds of the seed code, and that of 2020. */
  @Test
  @Tag("full")
  void enginesAgreeForLong() throws Exception {
    for (Era era : EnumSet.complementOf(EnumSet.of(Era.LOOPER))) {
      int seed = 11 + era.ordinal();
      run(World.pairwise(era, null, new Dice(seed)), seed, 40_000, DifferentialTest::equal);
    }
  }

  @Test
  void enginesAgreeIn2020() throws Exception {
    run(some(Era.WALKTHROUGH2020), 5, 6_000, DifferentialTest::equal);
  }

  @Test
  void enginesAgreeIn2020WhenThingsAreBroken() throws Exception {
    run(World.broken(Era.WALKTHROUGH2020, switches()), 6, 1_500, DifferentialTest::equal);
  }

  @Test
  void enginesAgreeWhenThingsAreBroken() throws Exception {
    List<World> worlds = World.broken(Era.SEED, switches());
    run(worlds, 3, 1_500, DifferentialTest::equal);
  }

  @Test
  void seedDiffersFromTheModelAfterTheLastFixOnlyInSilentPositions() throws Exception {
    List<NotifiedOracle> oracles = new ArrayList<>();
    List<World> worlds = World.pairwise(Era.SEED, Era.PR33551, switches());
    run(
        worlds,
        4,
        4_000,
        world -> {
          DatapathConfig seed = world.datapath().config(world.constants());
          NotifiedOracle oracle = new NotifiedOracle(seed, seed.withEra(Era.PR33551));
          oracles.add(oracle);
          return oracle;
        });
    assertThat(oracles.stream().mapToInt(NotifiedOracle::silent).sum()).isGreaterThan(50);
    assertThat(oracles.stream().mapToInt(NotifiedOracle::recounted).sum()).isGreaterThan(20);
  }
}
