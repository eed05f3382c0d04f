// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.differential;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tailwalk.app.fuzz.Campaign;
import org.tailwalk.app.fuzz.Dice;
import org.tailwalk.app.fuzz.World;
import org.tailwalk.datapath.ModelReplayEngine;
import org.tailwalk.scenario.DatapathConfig;
import org.tailwalk.scenario.Era;

/** The model of the seed commit differs from the model of pr33551 exactly where the facts say. */
class ErasOnTheModelTest {
  @Test
  void seedDiffersFromNotifiedOnlyInSilentPositions() throws Exception {
    List<NotifiedOracle> oracles = new ArrayList<>();
    Campaign.Result result =
        new Campaign(
                new ModelReplayEngine(),
                new ModelReplayEngine(),
                World.pairwise(Era.SEED, Era.PR33551, new Dice(2)),
                world -> {
                  DatapathConfig seed = world.datapath().config(world.constants());
                  NotifiedOracle oracle = new NotifiedOracle(seed, seed.withEra(Era.PR33551));
                  oracles.add(oracle);
                  return oracle;
                },
                5)
            .run(2, 4000, () -> true, _ -> {});
    assertThat(result.failures()).isEmpty();
    assertThat(oracles.stream().mapToInt(NotifiedOracle::silent).sum()).isGreaterThan(50);
    assertThat(oracles.stream().mapToInt(NotifiedOracle::recounted).sum()).isGreaterThan(20);
  }
}
