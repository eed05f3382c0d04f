// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.packets;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tailwalk.app.packets.PacketRow.Outcome;
import org.tailwalk.app.packets.PacketRow.Way;
import org.tailwalk.app.tasks.Work;
import org.tailwalk.event.CtStatus;
import org.tailwalk.filter.FilterException;

final class PacketsViewModelTest {
  private final PacketsViewModel model = new PacketsViewModel(Work.here());

  /** Every 10th is dropped, every 25th differs, flows of three. */
  private record Many(int size) implements PacketTable {
    @Override
    public PacketRow row(int number) {
      boolean drop = number % 10 == 0;
      return new PacketRow(
          number,
          number * 1_000_000L,
          number % 2 == 0 ? Way.IN : Way.OUT,
          "10.0.0." + number % 200,
          "10.0.1.20",
          "TCP " + number % 1000 + "→80 SYN",
          CtStatus.NEW,
          drop ? Outcome.DROPPED : Outcome.FORWARDED,
          drop ? "Policy denied" : "to stack",
          number % 25 == 0,
          "");
    }

    @Override
    public long flow(int number) {
      return number % 3 + 1;
    }

    @Override
    public Counts counts() {
      return new Counts(size, size / 10, 0, size / 25, 0);
    }
  }

  @BeforeEach
  void showAThousand() {
    model.show(new Many(1000));
  }

  private List<Integer> shown() {
    return List.copyOf(model.shownProperty().get());
  }

  @Test
  void showsAllWithoutAFilter() {
    assertThat(shown()).hasSize(1000).startsWith(1, 2, 3).endsWith(1000);
    assertThat(model.aboutProperty().get())
        .isEqualTo("1,000 · 100 dropped · 0 unheard · 40 diverge");
  }

  @Test
  void everyWordOfTheFilterMustOccurWhereverItIs() throws FilterException {
    model.setFilter("  DENIED 10.0.0.110 ");
    assertThat(shown()).containsExactly(110, 310, 510, 710, 910);
    assertThat(model.aboutProperty().get())
        .isEqualTo("5 of 1,000 · 100 dropped · 0 unheard · 40 diverge");
  }

  @Test
  void outcomesCanBeFilteredByTheirWord() throws FilterException {
    model.setFilter("dropped differs");
    assertThat(shown())
        .isEqualTo(IntStream.rangeClosed(1, 1000).filter(n -> n % 50 == 0).boxed().toList());
  }

  @Test
  void aBlankFilterShowsAllAgain() throws FilterException {
    model.setFilter("no such thing");
    assertThat(shown()).isEmpty();
    model.setFilter("   ");
    assertThat(shown()).hasSize(1000);
  }

  @Test
  void theFilterStaysWhenTheCaptureIsReplayedAgain() throws FilterException {
    model.setFilter("denied");
    model.show(new Many(50));
    assertThat(shown()).containsExactly(10, 20, 30, 40, 50);
  }

  @Test
  void searchesGoThroughWhatIsShown() throws FilterException {
    assertThat(model.nextDrop(10)).isEqualTo(20);
    assertThat(model.nextDivergence(25)).isEqualTo(50);
    model.setFilter("10.0.0.110");
    assertThat(model.nextDrop(110)).isEqualTo(310);
    model.setFilter("to stack");
    assertThat(model.nextDrop(1)).isZero();
  }

  @Test
  void aFlowIsFollowedShownOrNot() throws FilterException {
    model.setFilter("denied");
    assertThat(model.nextOfFlow(7)).isEqualTo(10);
    assertThat(model.previousOfFlow(7)).isEqualTo(4);
    assertThat(model.previousOfFlow(1)).isZero();
    assertThat(model.nextOfFlow(1000)).isZero();
  }

  @Test
  void theListIsSortedByWhatIsAskedFor() throws FilterException {
    model.sort(SortBy.VERDICT, true);
    assertThat(shown().subList(0, 3)).containsExactly(10, 20, 30);
    assertThat(shown().subList(100, 102)).containsExactly(1, 2);
    model.sort(SortBy.VERDICT, false);
    assertThat(shown().subList(0, 2)).containsExactly(1, 2);
    model.sort(SortBy.NUMBER, false);
    assertThat(shown()).startsWith(1000, 999).endsWith(1);
    assertThat(model.nextDrop(1000)).isEqualTo(990);
    model.setFilter("denied");
    assertThat(shown()).startsWith(1000, 990);
    model.sort(SortBy.NUMBER, true);
    assertThat(shown()).startsWith(10, 20);
  }

  @Test
  void aSortedListLeadsFromRowToRow() {
    Shown sorted = Shown.sorted(new int[] {7, 3, 20}, 25);
    assertThat(sorted.rowOf(3)).isEqualTo(1);
    assertThat(sorted.rowOf(8)).isNegative();
    assertThat(sorted.next(7)).isEqualTo(3);
    assertThat(sorted.previous(20)).isEqualTo(3);
    assertThat(sorted.next(0)).isEqualTo(7);
    assertThat(sorted.next(20)).isZero();
    assertThat(sorted.previous(26)).isEqualTo(20);
  }

  @Test
  void aMillionPacketsAreAnArrayOfNumbers() {
    Shown all = Shown.all(1_000_000);
    assertThat(all.size()).isEqualTo(1_000_000);
    assertThat(all.rowOf(999_999)).isEqualTo(999_998);
    assertThat(all.next(1_000_000)).isZero();
    assertThat(all.previous(1_000_001)).isEqualTo(1_000_000);
    Shown some = Shown.of(new int[] {3, 7, 20});
    assertThat(some.rowOf(7)).isEqualTo(1);
    assertThat(some.rowOf(8)).isNegative();
    assertThat(some.next(8)).isEqualTo(20);
    assertThat(some.previous(8)).isEqualTo(7);
    assertThat(some.next(20)).isZero();
    assertThat(some.previous(3)).isZero();
    assertThat(some.indexOf(20)).isEqualTo(2);
  }
}
