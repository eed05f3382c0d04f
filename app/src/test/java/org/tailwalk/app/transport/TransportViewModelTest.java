// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class TransportViewModelTest {
  private final TransportViewModel model = new TransportViewModel();

  /** Nine packets; 3 is a drop, 5 differs. */
  private static final Order NINE =
      new Order() {
        @Override
        public int total() {
          return 9;
        }

        @Override
        public int next(int packet) {
          return packet < 9 ? packet + 1 : 0;
        }

        @Override
        public int previous(int packet) {
          return packet > 1 ? packet - 1 : 0;
        }

        @Override
        public int nextDrop(int packet) {
          return packet < 3 ? 3 : 0;
        }

        @Override
        public int nextDivergence(int packet) {
          return packet < 5 ? 5 : 0;
        }

        @Override
        public long sinceFirstNanos(int packet) {
          return (packet - 1) * 1_500_000L;
        }
      };

  private static Rows rows(int count, int... calls) {
    BitSet set = new BitSet();
    for (int call : calls) {
      set.set(call);
    }
    return new Rows(count, set, set);
  }

  @BeforeEach
  void openNinePackets() {
    model.open(NINE, 1);
    model.rowsKnown(1, rows(6, 0, 2, 4, 5));
  }

  private Position now() {
    return model.positionProperty().get();
  }

  @Test
  void opensAtTheEndOfThePacketWhereItsWholeWalkIsSeen() {
    assertThat(now()).isEqualTo(new Position(1, 5, 0));
    assertThat(model.textProperty().get()).isEqualTo("packet 1 / 9 · step 6 / 6 · t = 0.000000 s");
  }

  @Test
  void playingFromAnEndPlaysThatPacketFromItsBeginning() {
    model.togglePlay();
    assertThat(now()).isEqualTo(new Position(1, 0, 0));
    assertThat(model.playingProperty().get()).isTrue();
  }

  @Test
  void playingGoesOnToTheNextPacketAndWaitsForItsRows() {
    model.togglePlay();
    for (int i = 0; i < 100; i++) {
      model.tick(0.1);
    }
    assertThat(now()).isEqualTo(new Position(2, 0, 0));
    assertThat(model.playingProperty().get()).isTrue();
    model.rowsKnown(2, rows(2, 0, 1));
    model.tick(0.1);
    assertThat(now().fraction()).isGreaterThan(0);
  }

  @Test
  void backwardPassesTheSamePositionsAsForward() {
    model.stepByProperty().set(StepBy.TAIL_CALL);
    model.go(1, false);
    List<Position> forward = new ArrayList<>();
    model.stepForward();
    for (int i = 0; i < 12; i++) {
      model.tick(0.0625);
      forward.add(now());
    }
    List<Position> backward = new ArrayList<>();
    model.stepBack();
    for (int i = 0; i < 12; i++) {
      model.tick(0.0625);
      backward.add(now());
    }
    assertThat(now()).isEqualTo(new Position(1, 0, 0));
    assertThat(forward.getLast()).isEqualTo(new Position(1, 2, 0));
    assertThat(backward).allSatisfy(p -> assertThat(p.row()).isBetween(0, 2));
  }

  @Test
  void stepsByTailCallStopWhereAProgramBegins() {
    model.reducedMotionProperty().set(true);
    model.go(1, false);
    List<Integer> stops = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      model.stepForward();
      stops.add(now().row());
    }
    assertThat(stops).containsExactly(2, 4, 5);
    model.stepBack();
    assertThat(now().row()).isEqualTo(4);
  }

  @Test
  void stepsByMapAccessStopAtEveryRow() {
    model.reducedMotionProperty().set(true);
    model.stepByProperty().set(StepBy.MAP_ACCESS);
    model.go(1, false);
    model.stepForward();
    assertThat(now().row()).isEqualTo(1);
  }

  @Test
  void aStepBehindTheLastRowGoesToTheNextPacketsBeginning() {
    model.stepForward();
    assertThat(now().packet()).isEqualTo(2);
    model.rowsKnown(2, rows(4, 0, 3));
    assertThat(now()).isEqualTo(new Position(2, 0, 0));
  }

  @Test
  void aStepBackFromTheFirstRowGoesToThePacketBeforeAtItsEnd() {
    model.go(2, false);
    model.rowsKnown(2, rows(4, 0, 3));
    model.stepBack();
    model.rowsKnown(1, rows(6, 0, 5));
    assertThat(now()).isEqualTo(new Position(1, 5, 0));
  }

  @Test
  void quickStepsEachCount() {
    model.go(1, false);
    model.stepForward();
    model.stepForward();
    model.tick(10);
    for (int i = 0; i < 40; i++) {
      model.tick(0.1);
    }
    assertThat(now().row()).isEqualTo(4);
  }

  @Test
  void expressGoesToTheNextDropOrDivergenceAndSaysWhenThereIsNone() {
    model.nextDrop();
    assertThat(now().packet()).isEqualTo(3);
    model.nextDivergence();
    assertThat(now().packet()).isEqualTo(5);
    model.nextDivergence();
    assertThat(model.saidProperty().get()).isEqualTo("no further divergence");
    assertThat(now().packet()).isEqualTo(5);
  }

  @Test
  void rowsOfAPacketThatIsNoLongerShownAreIgnored() {
    model.go(4, true);
    model.rowsKnown(1, rows(6, 0, 5));
    assertThat(now()).isEqualTo(new Position(4, 0, 0));
  }

  @Test
  void playingStopsAtTheEndOfTheCapture() {
    model.go(9, false);
    model.rowsKnown(9, rows(2, 0, 1));
    model.togglePlay();
    for (int i = 0; i < 50; i++) {
      model.tick(0.1);
    }
    assertThat(model.playingProperty().get()).isFalse();
    assertThat(model.saidProperty().get()).isEqualTo("end of the capture");
  }

  @Test
  void anEmptyCaptureHasNothingToPlay() {
    model.open(Order.EMPTY, 0);
    model.togglePlay();
    model.stepForward();
    model.tick(1);
    assertThat(model.playingProperty().get()).isFalse();
    assertThat(now()).isEqualTo(Position.NONE);
  }
}
