// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tailwalk.app.compare.core.CompareJob;
import org.tailwalk.app.compare.core.CompareRequest;
import org.tailwalk.app.session.Forgetting;
import org.tailwalk.app.session.Lanes;
import org.tailwalk.app.session.OpenCapture;
import org.tailwalk.app.session.Openings;
import org.tailwalk.app.tasks.Work;
import org.tailwalk.app.window.FakeEngine;
import org.tailwalk.app.window.Later;
import org.tailwalk.app.window.Synthetic;
import org.tailwalk.compare.AlignBy;
import org.tailwalk.compare.PathBox;
import org.tailwalk.datapath.ModelReplayEngine;
import org.tailwalk.filter.Filter;
import org.tailwalk.scenario.DatapathSpec;

/** Comparing without a window; everything on the calling thread. */
final class CompareViewModelTest {
  private static final CompareRequest REQUEST =
      new CompareRequest(
          CompareRequest.Side.of("../samples/compare-working/capture.pcap"),
          CompareRequest.Side.of("../samples/compare-broken/capture.pcap"),
          null);

  private final List<Path> written = new ArrayList<>();
  private final CompareViewModel model =
      new CompareViewModel(
          new CompareJob(
              Openings::forWindow, Lanes.modelAlone("not in this test", new ModelReplayEngine())),
          Work.here(),
          Work.here(),
          (_, file, _) -> written.add(file));

  @BeforeEach
  void compare() {
    model.compare(REQUEST);
  }

  @AfterEach
  void close() {
    model.close();
  }

  @Test
  void showsTheFirstDifferenceAtTheMomentItHappens() {
    assertThat(model.rowProperty().get()).isEqualTo(4);
    assertThat(model.settledProperty().get()).isTrue();
    assertThat(model.workingProperty().get()).isFalse();
    List<PathBox> path = model.sceneProperty().get().result().b();
    int box = model.tracks().box(path, model.momentProperty().get());
    assertThat(path.get(box).words()).isEqualTo("CT: NEW (miss)");
  }

  @Test
  void stepsGoThroughBothPathsAndOnToTheNextPair() {
    model.select(0);
    model.first();
    int moments = model.tracks().size();
    assertThat(model.momentProperty().get()).isZero();
    for (int i = 1; i < moments; i++) {
      model.step();
      assertThat(model.momentProperty().get()).isEqualTo(i);
    }
    model.step();
    assertThat(model.rowProperty().get()).isEqualTo(1);
    model.select(0);
    model.goToStep(1);
    assertThat(model.momentProperty().get()).isZero();
  }

  @Test
  void playingEndsAtTheLastPair() {
    model.togglePlay();
    for (int i = 0; i < 200 && model.playingProperty().get(); i++) {
      model.tick(1);
    }
    assertThat(model.playingProperty().get()).isFalse();
    assertThat(model.rowProperty().get()).isEqualTo(7);
  }

  @Test
  void differencesFollowEachOtherAndEnd() {
    List<Integer> rows = new ArrayList<>();
    rows.add(model.rowProperty().get());
    for (int i = 0; i < 3; i++) {
      model.nextDifference();
      rows.add(model.rowProperty().get());
    }
    assertThat(rows).containsExactly(4, 5, 6, 7);
    model.nextDifference();
    assertThat(model.rowProperty().get()).isEqualTo(7);
    assertThat(model.saidProperty().get()).isEqualTo("no difference behind this one");
    model.previousDifference();
    assertThat(model.rowProperty().get()).isEqualTo(6);
  }

  @Test
  void differencesOnlyLeavesTheSelectionAndStepsOverTheRest() {
    model.differencesOnlyProperty().set(true);
    assertThat(model.shownProperty().get()).containsExactly(4, 5, 6, 7);
    model.first();
    assertThat(model.rowProperty().get()).isEqualTo(4);
    assertThat(model.neighbour(-1)).isFalse();
    model.differencesOnlyProperty().set(false);
    assertThat(model.shownProperty().get()).hasSize(8);
  }

  @Test
  void aRowStaysWhenEitherSidePassesTheFilter() throws Exception {
    // Dropped in B alone: A's packets of the same rows are no less shown.
    model.list().setFilter(Filter.parse("drop"));
    assertThat(model.shownProperty().get()).containsExactly(4, 5);
    assertThat(model.list().aboutProperty().get()).isEqualTo("2 of 8 rows");
    assertThat(model.list().filteringProperty().get()).isFalse();
    model.differencesOnlyProperty().set(true);
    model.list().setFilter(Filter.parse("frame.number <= 5"));
    assertThat(model.shownProperty().get()).containsExactly(4);
    model.differencesOnlyProperty().set(false);
    assertThat(model.shownProperty().get()).containsExactly(0, 1, 2, 3, 4);
    model.list().setFilter(Filter.ALL);
    assertThat(model.shownProperty().get()).hasSize(8);
    assertThat(model.list().aboutProperty().get()).isEmpty();
  }

  @Test
  void aFilterThatNeedsBytesOrTracesReadsThem() throws Exception {
    model.list().setFilter(Filter.parse("ip.ttl == 64"));
    assertThat(model.shownProperty().get()).isNotEmpty();
    model.list().setFilter(Filter.parse("ip.ttl == 3"));
    assertThat(model.shownProperty().get()).isEmpty();
  }

  @Test
  void theFilterHoldsForTheNextComparison() throws Exception {
    model.list().setFilter(Filter.parse("drop"));
    model.swap();
    assertThat(model.shownProperty().get()).containsExactly(4, 5);
  }

  @Test
  void oneSideUnderAnotherDatapathIsComparedAgain() {
    model.change(false, side -> side.under(DatapathSpec.parse("bundled:pr33551")));
    assertThat(model.pairProperty().get().b().record().scenario().datapath())
        .hasToString("bundled:pr33551");
    assertThat(model.pairProperty().get().a().record().scenario().datapath())
        .hasToString("bundled:seed");
    model.swap();
    assertThat(model.requestProperty().get().a().datapath()).hasToString("bundled:pr33551");
  }

  @Test
  void aGuessGivesWayToTheOtherSidesScenario(@TempDir Path folder) throws Exception {
    Path bare = folder.resolve("bare.pcap");
    Files.copy(Path.of("../samples/compare-broken/capture.pcap"), bare);
    model.compare(new CompareRequest(REQUEST.a(), CompareRequest.Side.of(bare.toString()), null));
    assertThat(model.pairProperty().get().b().record().scenario().name())
        .isEqualTo(model.pairProperty().get().a().record().scenario().name());
    model.compare(
        new CompareRequest(
            REQUEST.a(), CompareRequest.Side.of(bare.toString()).against("infer"), null));
    assertThat(model.pairProperty().get().b().record().scenario().inferred()).isTrue();
  }

  @Test
  void swappingTwiceIsWhereOneWas() {
    var before = model.sceneProperty().get().result().difference();
    model.swap();
    assertThat(model.pairProperty().get().a().name()).startsWith("compare-broken");
    assertThat(model.sceneProperty().get().a().number()).isEqualTo(5);
    model.swap();
    assertThat(model.sceneProperty().get().result().difference()).isEqualTo(before);
  }

  @Test
  void anotherAlignmentKeepsThePacketLookedAt() {
    model.alignBy(AlignBy.NUMBER);
    assertThat(model.alignByProperty().get()).isEqualTo(AlignBy.NUMBER);
    assertThat(model.sceneProperty().get().a().number()).isEqualTo(5);
    assertThat(model.pairProperty().get().comparison().alignment().size()).isEqualTo(7);
  }

  @Test
  void aFailureIsToldAndLeavesWhatIsShown() {
    var shown = model.pairProperty().get();
    model.compare(
        new CompareRequest(
            CompareRequest.Side.of("no-such.pcap"), CompareRequest.Side.of("nor-this.pcap"), null));
    assertThat(model.errorProperty().get()).contains("no-such.pcap");
    assertThat(model.pairProperty().get()).isSameAs(shown);
    model.forgetError();
    assertThat(model.errorProperty().get()).isEmpty();
  }

  @Test
  void exportsWhatIsShown() {
    model.export(Path.of("page.html"));
    assertThat(written).containsExactly(Path.of("page.html"));
    assertThat(model.saidProperty().get()).isEqualTo("written: page.html");
  }

  @Test
  void theListIsSettledWhenItShowsWhatWasAskedFor() {
    Later later = new Later();
    PairList list = new PairList(later.work(), Work.here(), e -> fail("filtering", e));
    list.show(model.pairProperty().get());
    assertThat(list.settled()).isFalse();
    later.next();
    assertThat(list.settled()).isTrue();
    list.differencesOnlyProperty().set(true);
    assertThat(list.settled()).isFalse();
    later.next();
    assertThat(list.settled()).isTrue();
    assertThat(list.shown()).containsExactly(4, 5, 6, 7);
  }

  private final Later jobs = new Later();

  /** What happens when a capture is read once more. */
  private Runnable reading = () -> {};

  /** A comparison whose packets are read again, with the replays' jobs done when a test says so. */
  private CompareViewModel reads() {
    OpenCapture made = Synthetic.capture(200);
    CompareViewModel other =
        new CompareViewModel(
            new CompareJob(
                (_, _, _) ->
                    Synthetic.read(
                        made,
                        () -> {
                          reading.run();
                          return made.frames().open();
                        }),
                Lanes.modelAlone("not in this test", new FakeEngine("model", false))),
            Work.here(),
            jobs.work(),
            (_, _, _) -> {});
    other.compare(
        new CompareRequest(CompareRequest.Side.of("a"), CompareRequest.Side.of("b"), null));
    jobs.all();
    Forgetting.forget(other.pairProperty().get().a().replay());
    return other;
  }

  @Test
  void aSearchThatWasEndedDoesNotEndALaterOneOfItsRow() {
    CompareViewModel other = reads();
    reading =
        () -> {
          reading = () -> {};
          other.select(150);
          other.select(20);
          throw new CancellationException("another row is wanted");
        };
    other.select(20);
    jobs.all();
    assertThat(other.settledProperty().get()).isTrue();
    assertThat(other.sceneProperty().get()).isNotNull();
    assertThat(other.sceneProperty().get().row()).isEqualTo(20);
  }

  @Test
  void aSearchThatAnotherRowEndedSettlesNothing() {
    CompareViewModel other = reads();
    reading =
        () -> {
          reading = () -> {};
          other.select(150);
          throw new CancellationException("another row is wanted");
        };
    other.select(20);
    jobs.next();
    assertThat(other.settledProperty().get()).as("row 150 is still looked for").isFalse();
    jobs.all();
    assertThat(other.settledProperty().get()).isTrue();
    assertThat(other.sceneProperty().get().row()).isEqualTo(150);
  }
}
