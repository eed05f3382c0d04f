// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tailwalk.datapath.ModelReplayEngine;
import org.tailwalk.scenario.Era;

/** The campaign itself, tried on the model against the model: no privilege needed. */
class CampaignTest {
  private static Campaign.Result run(Era era, Era model, long packets) throws Exception {
    List<World> worlds = World.pairwise(era, model, new Dice(1));
    return new Campaign(
            new ModelReplayEngine(),
            new ModelReplayEngine(),
            worlds,
            w -> TraceCheck.equal(w.datapath().config(w.constants())),
            3)
        .run(1, packets, () -> true, _ -> {});
  }

  @Test
  void theModelAgreesWithItself() throws Exception {
    Campaign.Result result = run(Era.SEED, null, 3000);
    assertThat(result.failures()).isEmpty();
    assertThat(result.packets()).isGreaterThanOrEqualTo(3000);
  }

  @Test
  void anotherEraIsFoundAndMadeSmall() throws Exception {
    Campaign.Result result = run(Era.SEED, Era.PR33551, 3000);
    assertThat(result.failures()).isNotEmpty();
    assertThat(result.failures().getFirst().smallest().packets().size()).isLessThanOrEqualTo(2);
  }
}
