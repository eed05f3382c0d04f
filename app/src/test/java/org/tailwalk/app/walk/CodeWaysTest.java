// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.walk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.tailwalk.engine.CodeListing;

final class CodeWaysTest {
  private static CodeListing.Program program(
      Set<Integer> sites,
      Set<Integer> passable,
      CodeListing.@Nullable Test test,
      List<List<Integer>> next) {
    List<CodeListing.Instruction> code = new ArrayList<>();
    for (int i = 0; i < next.size(); i++) {
      code.add(
          new CodeListing.Instruction(i, "i" + i, "f", null, next.get(i), i == 1 ? test : null));
    }
    return new CodeListing.Program("2/7", "f", "2/7", code, sites, passable);
  }

  /** 0, call 1, branch 2 to 3 or 4, both to 5, exit 6. */
  private static final List<List<Integer>> DIAMOND =
      List.of(List.of(1), List.of(2), List.of(3, 4), List.of(5), List.of(5), List.of(6), List.of());

  private static Hop hop(int from, int to, @Nullable Boolean found) {
    return new Hop("2/7", from, to, found);
  }

  @Test
  void bothSidesOfABranchAreOpenAndTheRestIsCertain() {
    CodeWays ways = new CodeWays(program(Set.of(0, 1, 6), Set.of(), null, DIAMOND));
    Stretch stretch = ways.stretch(hop(1, 6, true));
    assertThat(stretch.certain().stream()).containsExactly(2, 5);
    assertThat(stretch.open().stream()).containsExactly(2, 3, 4, 5);
    assertThat(ways.stretch(hop(Hop.ENTRY, 1, null)).certain().stream()).containsExactly(0);
  }

  @Test
  void aLookupThatFoundSomethingDecidesTheBranchThatAsks() {
    CodeListing.Test test = new CodeListing.Test(2, 4, 3);
    CodeWays ways = new CodeWays(program(Set.of(0, 1, 6), Set.of(), test, DIAMOND));
    assertThat(ways.stretch(hop(1, 6, true)).certain().stream()).containsExactly(2, 3, 5);
    assertThat(ways.stretch(hop(1, 6, false)).certain().stream()).containsExactly(2, 4, 5);
    assertThat(ways.stretch(hop(1, 6, null)).certain().stream()).containsExactly(2, 5);
  }

  @Test
  void aTracePointThatWroteNothingWasNotPassed() {
    CodeWays ways = new CodeWays(program(Set.of(0, 1, 3, 6), Set.of(), null, DIAMOND));
    assertThat(ways.stretch(hop(1, 6, null)).certain().stream()).containsExactly(2, 4, 5);
    CodeWays silent = new CodeWays(program(Set.of(0, 1, 3, 6), Set.of(3), null, DIAMOND));
    assertThat(silent.stretch(hop(1, 6, null)).open().stream()).containsExactly(2, 3, 4, 5);
  }

  @Test
  void aLoopEndsAndItsTurnsAreNoFurtherWays() {
    List<List<Integer>> loop =
        List.of(List.of(1), List.of(2), List.of(3), List.of(2, 4), List.of(5), List.of());
    CodeWays ways = new CodeWays(program(Set.of(0, 1, 5), Set.of(), null, loop));
    assertThat(ways.stretch(hop(1, 5, null)).certain().stream()).containsExactly(2, 3, 4);
  }

  @Test
  void whereNoWayLeadsNothingIsClaimed() {
    CodeWays ways = new CodeWays(program(Set.of(0, 1, 6), Set.of(), null, DIAMOND));
    assertThat(ways.stretch(hop(6, 1, null)).open().isEmpty()).isTrue();
    assertThat(ways.stretch(hop(1, 99, null)).open().isEmpty()).isTrue();
  }

  @Test
  void countsTellWhatIsExactAndWhatIsBetween() {
    CodeWays ways = new CodeWays(program(Set.of(0, 1, 6), Set.of(), null, DIAMOND));
    Reached reached =
        Reached.of(Map.of("2/7", ways), Map.of(hop(1, 6, true), 3L, hop(Hop.ENTRY, 1, null), 4L))
            .get("2/7");
    assertThat(reached.atLeast(5)).isEqualTo(3);
    assertThat(reached.atLeast(3)).isZero();
    assertThat(reached.atMost(3)).isEqualTo(3);
    assertThat(reached.observed(1)).isEqualTo(4);
    assertThat(reached.atMost(0)).isEqualTo(4);
  }
}
