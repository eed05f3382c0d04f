// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.tailwalk.datapath.ModelReplayEngine;
import org.tailwalk.engine.NodeSetup;
import org.tailwalk.engine.ReplayEngine;
import org.tailwalk.engine.ReplayException;
import org.tailwalk.engine.ReplaySession;
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

  /** Opens no build once there is a finding, as when the compiler is ended together with us. */
  private static final class BreaksOnceFound implements ReplayEngine {
    private final List<Campaign.Failure> found;
    private final Runnable breaks;

    BreaksOnceFound(List<Campaign.Failure> found, Runnable breaks) {
      this.found = found;
      this.breaks = breaks;
    }

    @Override
    public String name() {
      return "model";
    }

    @Override
    public ReplaySession open(NodeSetup setup) throws ReplayException {
      if (!found.isEmpty()) {
        breaks.run();
        throw new ReplayException("compile: clang: terminated");
      }
      return new ModelReplayEngine().open(setup);
    }
  }

  private static Campaign.Result run(
      ReplayEngine first, List<Campaign.Failure> found, BooleanSupplier goOn)
      throws ReplayException {
    return new Campaign(
            first,
            new ModelReplayEngine(),
            World.pairwise(Era.SEED, Era.PR33551, new Dice(1)),
            w -> TraceCheck.equal(w.datapath().config(w.constants())),
            100)
        .run(1, 3000, goOn, _ -> {}, found::add);
  }

  @Test
  void whatWasFoundIsToldBeforeALaterBuildBreaks() {
    List<Campaign.Failure> found = new ArrayList<>();
    ReplayEngine first = new BreaksOnceFound(found, () -> {});
    assertThatThrownBy(() -> run(first, found, () -> true))
        .hasMessageContaining("clang: terminated");
    assertThat(found).isNotEmpty();
  }

  @Test
  void aBuildThatBreaksWhenToldToStopIsTheEndAndNoFault() throws Exception {
    List<Campaign.Failure> found = new ArrayList<>();
    AtomicBoolean stopped = new AtomicBoolean();
    ReplayEngine first = new BreaksOnceFound(found, () -> stopped.set(true));
    Campaign.Result result = run(first, found, () -> !stopped.get());
    assertThat(stopped).isTrue();
    assertThat(result.failures()).isEqualTo(found).isNotEmpty();
    assertThat(result.packets()).isPositive();
  }
}
