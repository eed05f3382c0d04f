// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tailwalk.scenario.Era;
import org.tailwalk.scenario.Policy;
import org.tailwalk.scenario.Scenario;

class ShrinkerTest {
  private static FuzzCase generated(long seed, int packets) {
    Dice dice = new Dice(seed);
    Scenario scenario;
    do {
      scenario = new ScenarioGenerator(dice).next("shrink", World.usual(Era.SEED));
    } while (!(scenario.node().policy() instanceof Policy.Keys(var keys)) || keys.size() < 5);
    PacketGenerator generator = new PacketGenerator(dice, scenario);
    List<FuzzPacket> list = new ArrayList<>();
    for (int i = 0; i < packets; i++) {
      list.add(generator.next());
    }
    return new FuzzCase(scenario, list);
  }

  private static long total(FuzzCase c) {
    return c.packets().stream().skip(1).mapToLong(FuzzPacket::gapNanos).sum();
  }

  @Test
  void keepsOnlyWhatTheFailureNeeds() {
    FuzzCase start = generated(3, 60);
    Policy.Key needed = ((Policy.Keys) start.base().node().policy()).keys().get(2);
    int length = start.packets().get(41).frame().length();
    FuzzCase small =
        new Shrinker(
                c ->
                    c.base().node().policy() instanceof Policy.Keys(var keys)
                        && keys.contains(needed)
                        && c.packets().stream().filter(p -> p.frame().length() >= length).count()
                            >= 2,
                5000)
            .shrink(start);
    assertThat(small.packets()).hasSize(2);
    assertThat(((Policy.Keys) small.base().node().policy()).keys()).containsExactly(needed);
    assertThat(small.base().node().ipcache()).isEmpty();
    assertThat(small.packets()).allSatisfy(p -> assertThat(p.entry()).isNull());
    assertThat(small.packets().getLast().frame().slice(14, length).hex()).matches("0*");
  }

  @Test
  void timeThatTheFailureNeedsIsKeptWhenPacketsGo() {
    FuzzCase start = generated(5, 30);
    long needed = total(start) / 2;
    FuzzCase small =
        new Shrinker(c -> c.packets().size() >= 2 && total(c) >= needed, 3000).shrink(start);
    assertThat(small.packets()).hasSize(2);
    assertThat(total(small)).isGreaterThanOrEqualTo(needed);
  }

  @Test
  void stopsWhenTheTriesAreSpent() {
    int[] asked = {0};
    new Shrinker(
            c -> {
              asked[0]++;
              return true;
            },
            50)
        .shrink(generated(4, 200));
    assertThat(asked[0]).isLessThanOrEqualTo(50);
  }
}
