// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class PairwiseTest {
  @Test
  void anyTwoSwitchesMeetInEachPosition() {
    int[] levels = {2, 3, 2, 2, 3, 2, 2, 2, 2, 2};
    List<int[]> rows = Pairwise.cover(levels, new Dice(7));
    assertThat(rows.size()).isBetween(9, 14);
    for (int a = 0; a < levels.length; a++) {
      for (int b = a + 1; b < levels.length; b++) {
        for (int x = 0; x < levels[a]; x++) {
          for (int y = 0; y < levels[b]; y++) {
            int[] wanted = {a, x, b, y};
            assertThat(rows)
                .as("switch %d at %d with switch %d at %d", a, x, b, y)
                .anyMatch(row -> row[wanted[0]] == wanted[1] && row[wanted[2]] == wanted[3]);
          }
        }
      }
    }
  }

  @Test
  void theSameSeedGivesTheSameRows() {
    int[] levels = {2, 3, 4, 2};
    assertThat(Pairwise.cover(levels, new Dice(1)).stream().map(Arrays::toString).toList())
        .isEqualTo(Pairwise.cover(levels, new Dice(1)).stream().map(Arrays::toString).toList());
  }
}
