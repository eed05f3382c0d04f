// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tailwalk.app.compare.CompareViewModel;
import org.tailwalk.app.compare.core.CompareRequest;
import org.tailwalk.app.compare.core.ComparedPair;
import org.tailwalk.app.session.OpenCapture;
import org.tailwalk.app.session.Openings;
import org.tailwalk.app.session.ReplayProgress;
import org.tailwalk.scenario.DatapathSpec;

/** What comparing looks like where all is not well, or not yet there; by keyboard and mouse. */
@Tag("window")
final class CompareStatesTest {
  private static final String WORKING = "../samples/compare-working/capture.pcap";
  private static final String BROKEN = "../samples/compare-broken/capture.pcap";
  private static final String RECORDED = "../samples/compare-working/recording.tailwalk";

  private final CountDownLatch slow = new CountDownLatch(1);
  private WindowHarness window;

  @BeforeEach
  void openWindow() throws Exception {
    window = WindowHarness.open(Setups.services(this::open, Setups.modelAlone()));
  }

  @AfterEach
  void closeWindow() {
    slow.countDown();
    if (window != null) {
      window.close();
    }
  }

  /** What is called slow takes until it is let go, or nobody waits for it. */
  private OpenCapture open(String file, String scenario, ReplayProgress progress) throws Exception {
    if (!file.startsWith("slow:")) {
      return Openings.forWindow(file, scenario, progress);
    }
    while (!slow.await(5, TimeUnit.MILLISECONDS)) {
      if (!progress.at(1, 2)) {
        throw new CancellationException();
      }
    }
    return Openings.forWindow(file.substring("slow:".length()), scenario, progress);
  }

  private CompareViewModel compare() {
    return window.window().comparing();
  }

  private void start(String a, String b) {
    start(CompareRequest.Side.of(a), CompareRequest.Side.of(b));
  }

  private void start(CompareRequest.Side a, CompareRequest.Side b) {
    window.ui(() -> window.window().compare(new CompareRequest(a, b, null)));
  }

  private ComparedPair compared(String a, String b) {
    start(a, b);
    window.until("it is compared", () -> shown() && window.shows("Steps"));
    return window.ask(() -> compare().pairProperty().get());
  }

  private boolean shown() {
    return compare().settledProperty().get() && compare().sceneProperty().get() != null;
  }

  private boolean rowIs(int row) {
    return shown() && compare().rowProperty().get() == row;
  }

  private boolean progressIsSeen() {
    return window.window().scene().getRoot().lookupAll(".compare .progress-bar").stream()
        .anyMatch(bar -> bar.isVisible() && bar.getParent().isVisible());
  }

  @Test
  void theFirstComparisonShowsHowFarItIsAndGivesWayToNothingWhenCancelled() {
    start("slow:" + WORKING, BROKEN);
    window.until(
        "what is done is told", () -> window.shows("Replaying and aligning both captures"));
    assertThat(window.ask(this::progressIsSeen)).isTrue();
    window.clickOn("Cancel");
    window.until("nothing is compared", () -> window.shows("Nothing to compare yet"));
    assertThat(window.ask(this::progressIsSeen)).isFalse();
    assertThat(window.ask(() -> window.showsPart("No capture is open."))).isTrue();
    assertThat(window.ask(() -> compare().errorProperty().get())).isEmpty();
    // The next step is there, and the keys for it.
    assertThat(window.ask(() -> window.shows("Open a capture…"))).isTrue();
    window.press(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.O);
    window.until("what is missing is told", () -> window.showsPart("Open a capture first"));
  }

  @Test
  void anotherComparisonLeavesTheOneBeforeWholeUntilItIsThere() {
    ComparedPair before = compared(WORKING, BROKEN);
    start("slow:" + BROKEN, WORKING);
    window.until("how far it is is shown", this::progressIsSeen);
    assertThat(window.ask(() -> compare().pairProperty().get())).isSameAs(before);
    window.press(KeyCode.F8);
    window.until("one can go on in the old one", () -> compare().rowProperty().get() == 5);
    window.press(KeyCode.ESCAPE);
    window.until("Esc ends it", () -> shown() && !progressIsSeen());
    assertThat(window.ask(() -> compare().pairProperty().get())).isSameAs(before);
    assertThat(window.ask(() -> compare().rowProperty().get())).isEqualTo(5);
    assertThat(window.ask(() -> window.shows("cancelled"))).isTrue();
    slow.countDown();
    start("slow:" + BROKEN, WORKING);
    window.until(
        "the other one is there",
        () -> shown() && compare().pairProperty().get().a().name().startsWith("compare-broken"));
  }

  @Test
  void closingGoesBackAndTheComparisonIsThereAgain() {
    ComparedPair before = compared(WORKING, BROKEN);
    window.clickOn("Back");
    window.until("debugging", () -> window.window().scene().getRoot().lookup(".compare") == null);
    window.clickOn("Compare…");
    window.clickOn("Show the comparison");
    window.until("the same", () -> window.window().scene().getRoot().lookup(".compare") != null);
    assertThat(window.ask(() -> compare().pairProperty().get())).isSameAs(before);
    window.until("the keys are the list's", this::listHasKeys);
    window.press(KeyCode.F8);
    window.until("they work", () -> rowIs(5));
  }

  @Test
  void aSideWithoutPacketsLeavesTheOtherOnesAlone(@TempDir Path folder) throws IOException {
    byte[] all = Files.readAllBytes(Path.of(WORKING));
    Path none = Files.write(folder.resolve("none.pcap"), Arrays.copyOf(all, 24));
    compared(WORKING, none.toString());
    TableView<?> pairs = window.find("Pairs of packets");
    assertThat(window.ask(() -> pairs.getItems().size())).isEqualTo(7);
    assertThat(window.ask(() -> window.showsPart("0 packets"))).isTrue();
    assertThat(window.ask(() -> window.showsPart("none.pcap: no counterpart"))).isTrue();
    compared(none.toString(), WORKING);
    assertThat(window.ask(() -> pairs.getItems().size())).isEqualTo(7);
    start(none.toString(), none.toString());
    window.until("no rows", () -> compare().settledProperty().get() && pairs.getItems().isEmpty());
    assertThat(window.ask(() -> compare().errorProperty().get())).isEmpty();
  }

  @Test
  void whatCannotBeComparedIsToldAndLeavesTheComparison(@TempDir Path folder) throws IOException {
    ComparedPair before = compared(WORKING, BROKEN);
    Path mangled = folder.resolve("mangled.pcap");
    Files.write(mangled, new byte[] {1, 2, 3, 4, 5, 6, 7, 8});
    Path session = folder.resolve("damaged.tailwalk");
    byte[] whole = Files.readAllBytes(Path.of(RECORDED));
    Files.write(session, Arrays.copyOf(whole, whole.length / 2));
    Path scenario = Files.writeString(folder.resolve("scenario.json"), "{ \"version\": ");
    fails(CompareRequest.Side.of(mangled.toString()), "mangled.pcap", before);
    fails(CompareRequest.Side.of(session.toString()), "damaged.tailwalk", before);
    fails(CompareRequest.Side.of("no-such.pcap"), "no-such.pcap", before);
    fails(CompareRequest.Side.of(WORKING).against(scenario.toString()), "scenario.json", before);
    fails(CompareRequest.Side.of(WORKING).against("no-such.json"), "no-such.json", before);
    window.press(KeyCode.N);
    window.until("the one before goes on", () -> rowIs(5));
  }

  private void fails(CompareRequest.Side side, String named, ComparedPair before) {
    for (boolean left : new boolean[] {true, false}) {
      CompareRequest.Side good = CompareRequest.Side.of(BROKEN);
      start(left ? side : good, left ? good : side);
      window.until(named + " is told about", () -> compare().errorProperty().get().contains(named));
      window.until("the banner is seen", () -> window.showsPart(named));
      assertThat(window.ask(() -> compare().errorProperty().get()))
          .as("a message for people")
          .doesNotContain("Exception");
      window.until("it is over", () -> compare().settledProperty().get());
      assertThat(window.ask(() -> compare().pairProperty().get())).isSameAs(before);
      window.click("Put the message away");
      window.until("it is put away", () -> compare().errorProperty().get().isEmpty());
    }
  }

  @Test
  void aFailedFirstComparisonSaysWhyAndLeavesTheNextStep() {
    window.show(WORKING, 1, 0);
    start(WORKING, "no-such.pcap");
    window.until("why", () -> window.showsPart("no-such.pcap"));
    window.until("the next step", () -> window.shows("Nothing to compare yet"));
    assertThat(window.ask(() -> window.shows("Compare with…"))).isTrue();
  }

  @Test
  void aSessionIsASideLikeACapture() {
    ComparedPair before = compared(RECORDED, BROKEN);
    TableView<?> pairs = window.find("Pairs of packets");
    assertThat(window.ask(() -> pairs.getItems().size())).isEqualTo(8);
    assertThat(window.ask(() -> compare().rowProperty().get())).isEqualTo(4);
    window.press(KeyCode.S);
    window.until(
        "swapped",
        () -> shown() && compare().pairProperty().get().b().name().equals(before.a().name()));
  }

  @Test
  void sideMenusAreWorkedByMouse() {
    compared(WORKING, BROKEN);
    MenuButton runs = window.find("What side B runs");
    window.click("What side B runs");
    window.until("it is open", runs::isShowing);
    window.clickOn("bundled:pr33551");
    window.until("B runs it", () -> shown() && runs.getText().equals("pr33551"));
    MenuButton other = window.find("What side A runs");
    assertThat(window.ask(other::getText)).isEqualTo("seed");
    window.until("the keys are the list's again", this::listHasKeys);
  }

  private boolean listHasKeys() {
    return window.window().scene().getFocusOwner() instanceof TableView;
  }

  @Test
  @Tag("kernel")
  void aMangledObjectIsToldAndLeavesTheComparison(@TempDir Path folder) throws Exception {
    window.close();
    window = WindowHarness.open(Setups.services(this::open, Setups.kernel()));
    ComparedPair before = compared(WORKING, BROKEN);
    Path object = Files.write(folder.resolve("mangled.o"), new byte[] {0x7f, 'E', 'L', 'F', 9, 9});
    fails(
        CompareRequest.Side.of(WORKING).under(DatapathSpec.parse(object.toString())),
        "mangled.o",
        before);
  }

  @Test
  void swapDifferencesOnlyAndUnmatchedRowsByKeyboard() {
    compared(WORKING, BROKEN);
    window.press(KeyCode.F8);
    window.until("the row that A has nothing in", () -> rowIs(5));
    assertThat(window.ask(() -> window.showsPart("compare-working/capture.pcap: no counterpart")))
        .isTrue();
    assertThat(window.ask(() -> window.showsPart("This packet is alone in its row"))).isTrue();
    window.press(KeyCode.S);
    window.until("the row that B has nothing in", () -> shown() && sideIsEmpty("B"));
    window.press(KeyCode.SHIFT, KeyCode.D);
    TableView<?> pairs = window.find("Pairs of packets");
    window.until("differences only", () -> pairs.getItems().size() == 4);
    window.press(KeyCode.HOME);
    window.until("the first of them", () -> rowIs(4));
    window.press(KeyCode.END);
    window.until("the last of them", () -> rowIs(7));
    window.press(KeyCode.N);
    window.until("there is none behind", () -> window.shows("no difference behind this one"));
    window.press(KeyCode.SHIFT, KeyCode.D);
    window.until("all", () -> pairs.getItems().size() == 8);
  }

  private boolean sideIsEmpty(String side) {
    return window.window().scene().getRoot().lookupAll(".chain-title").stream()
        .anyMatch(n ->
            n instanceof Label l
                && l.getText().startsWith(side)
                && l.getText().endsWith("no counterpart"));
  }
}
