// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javafx.geometry.BoundingBox;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuButton;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tailwalk.app.compare.CompareViewModel;
import org.tailwalk.app.compare.core.CompareRequest;
import org.tailwalk.app.compare.core.ComparedPair;
import org.tailwalk.app.filter.FilterViewModel;
import org.tailwalk.app.session.Annotations;
import org.tailwalk.app.session.Openings;
import org.tailwalk.compare.AlignBy;

/** Comparing in a real window, by keyboard and mouse, on the two samples made for it. */
@Tag("window")
final class CompareWindowTest {
  private static final String WORKING = "../samples/compare-working/capture.pcap";
  private static final String BROKEN = "../samples/compare-broken/capture.pcap";

  @AutoClose private static WindowHarness window;

  @BeforeAll
  static void openWindow() throws Exception {
    window = WindowHarness.open(Setups.services(Openings::forWindow, Setups.modelAlone()));
    window.show(WORKING, 1, 0);
  }

  private static CompareViewModel compare() {
    return window.window().comparing();
  }

  @BeforeEach
  void compareBoth() {
    window.ui(() -> {
      compare().differencesOnlyProperty().set(false);
      window.window().clearFilter();
      window
          .window()
          .compare(
              new CompareRequest(
                  CompareRequest.Side.of(WORKING), CompareRequest.Side.of(BROKEN), null));
    });
    window.until("the first difference is shown", () -> settledAt(4));
  }

  private static boolean settledAt(int row) {
    return compare().settledProperty().get()
        && compare().rowProperty().get() == row
        && compare().sceneProperty().get() != null;
  }

  @Test
  void opensAtTheFirstDifferenceAndSaysItInWords() {
    TableView<?> pairs = window.find("Pairs of packets");
    assertThat(window.ask(() -> pairs.getItems().size())).isEqualTo(8);
    assertThat(window.ask(() -> pairs.getSelectionModel().getSelectedIndex())).isEqualTo(4);
    assertThat(
            window.ask(() ->
                window.shows(
                    "First difference: conntrack. In B the reply came 363.9 s after the flow was"
                        + " last seen. Its 60 s lifetime had passed long before; the"
                        + " collector's sweep at 300 s removed the entry, so the reply is NEW"
                        + " and no policy allows it.")))
        .isTrue();
    TableView<?> aspects = window.find("What differs");
    assertThat(window.ask(() -> aspects.getItems().size())).isGreaterThan(4);
    window.until("where one stands is told", () -> window.shows("pair 5 / 8 · step 2 / 5"));
  }

  @Test
  void lettersGoFromDifferenceToDifferenceAndSwapSides() {
    window.press(KeyCode.N);
    window.until("the next difference", () -> settledAt(5));
    window.press(KeyCode.SHIFT, KeyCode.N);
    window.until("the one before", () -> settledAt(4));
    window.press(KeyCode.S);
    window.until(
        "B is A now",
        () ->
            settledAt(4) && compare().pairProperty().get().a().name().startsWith("compare-broken"));
    assertThat(window.ask(() -> compare().sceneProperty().get().result().difference().sentence()))
        .startsWith("In A the reply came 363.9 s");
  }

  @Test
  void arrowsStepBothPathsAndSpacePlaysThem() {
    int there = window.ask(() -> compare().momentProperty().get());
    window.press(KeyCode.RIGHT);
    window.until("a program further", () -> compare().momentProperty().get() == there + 1);
    window.press(KeyCode.LEFT);
    window.until("back", () -> compare().momentProperty().get() == there);
    window.press(KeyCode.SPACE);
    window.until("it plays into the next pair", () -> compare().rowProperty().get() > 4);
    window.press(KeyCode.SPACE);
    window.until("it stands", () -> !compare().playingProperty().get());
  }

  @Test
  void onlyDifferencesAreShownWhenAsked() {
    window.press(KeyCode.SHIFT, KeyCode.D);
    TableView<?> pairs = window.find("Pairs of packets");
    window.until("four rows", () -> pairs.getItems().size() == 4);
    assertThat(window.ask(() -> pairs.getSelectionModel().getSelectedIndex())).isZero();
    window.press(KeyCode.SHIFT, KeyCode.D);
    window.until("all rows", () -> pairs.getItems().size() == 8);
  }

  @Test
  void theFilterOfTheTopBarFiltersThePairs() {
    window.press(KeyCode.CONTROL, KeyCode.F);
    window.type("drop");
    window.press(KeyCode.ENTER);
    TableView<?> pairs = window.find("Pairs of packets");
    window.until("two rows are left", () -> pairs.getItems().size() == 2);
    assertThat(window.ask(() -> window.shows("2 of 8 rows"))).isTrue();
    window.until("the keys are the pairs'", () -> pairs.isFocused());
    window.ui(() -> window.model().filter().textProperty().set("drop =="));
    window.until(
        "what is wrong is told",
        () -> window.model().filter().stateProperty().get() == FilterViewModel.State.BAD);
    assertThat(window.ask(() -> pairs.getItems().size())).isEqualTo(2);
    window.ui(() -> window.window().clearFilter());
    window.until("all rows", () -> pairs.getItems().size() == 8);
  }

  @Test
  void eachSideTellsWhatItRunsAndLetsChoose() {
    MenuButton chooser = window.find("What side B runs");
    assertThat(window.ask(chooser::getText)).isEqualTo("seed");
    window.ui(() -> chooser.show());
    window.ui(() -> {
      chooser.getItems().stream()
          .filter(i -> "bundled:pr33551".equals(i.getText()))
          .findFirst()
          .orElseThrow()
          .fire();
      chooser.hide();
    });
    window.until(
        "B runs something else",
        () -> compare().settledProperty().get() && chooser.getText().equals("pr33551"));
    MenuButton other = window.find("What side A runs");
    assertThat(window.ask(other::getText)).isEqualTo("seed");
    assertThat(window.ask(() -> window.model().scenario().scenarioProperty().get().datapath()))
        .hasToString("bundled:seed");
  }

  @Test
  void bothPathsAreSeenInALittleWindow() {
    window.ui(() -> {
      window.stage().setWidth(WindowOptions.MIN_WIDTH);
      window.stage().setHeight(WindowOptions.MIN_HEIGHT);
    });
    window.pulses(10);
    window.until("all is laid out", () -> cut().isEmpty());
    List<Node> seen = window.ask(() -> List.copyOf(mustBeSeen()));
    window.picture("compare-1024");
    window.ui(() -> {
      window.stage().setWidth(1440);
      window.stage().setHeight(900);
    });
    window.until("so in a large one", () -> cut().isEmpty());
    // Both chains, and the five buttons that move along them.
    assertThat(seen).hasSizeGreaterThan(12);
  }

  private static Set<Node> mustBeSeen() {
    Node root = window.window().scene().getRoot();
    Set<Node> found = new LinkedHashSet<>(root.lookupAll(".chain-box"));
    found.addAll(root.lookupAll(".compare-transport > .button"));
    found.addAll(root.lookupAll(".difference-sentence"));
    return found;
  }

  /** What is cut above or below by anything around it; to the right there are scroll bars. */
  private static List<String> cut() {
    List<String> cut = new ArrayList<>();
    for (Node node : mustBeSeen()) {
      Bounds own = node.localToScene(node.getLayoutBounds());
      if (own.getHeight() < 16) {
        cut.add(node + " has no height");
      }
      for (Node at = node.getParent(); at != null; at = at.getParent()) {
        Bounds around =
            at.localToScene(
                at instanceof ScrollPane pane
                    ? new BoundingBox(
                        0, 0, pane.getWidth(), pane.getViewportBounds().getHeight() + 1)
                    : at.getLayoutBounds());
        if (own.getMinY() < around.getMinY() - 1 || own.getMaxY() > around.getMaxY() + 1) {
          cut.add(node + " " + own + " by " + at + " " + around);
        }
      }
    }
    return cut;
  }

  @Test
  void anotherAlignmentIsOneChoiceAway() {
    window.ui(() -> compare().alignBy(AlignBy.NUMBER));
    window.until(
        "seven rows",
        () ->
            compare().settledProperty().get()
                && compare().pairProperty().get().comparison().alignment().size() == 7);
  }

  @Test
  void theOpenCaptureUnderAnotherDatapathIsInTheMenu() {
    MenuButton menu =
        window.find(
            "Compare this capture with another one, or with itself under another datapath"
                + " (Ctrl+Shift+O)");
    window.ui(() -> {
      menu.getItems().stream()
          .filter(i -> i instanceof Menu)
          .flatMap(i -> ((Menu) i).getItems().stream())
          .filter(i -> String.valueOf(i.getText()).endsWith("bundled:pr33551"))
          .findFirst()
          .orElseThrow()
          .fire();
    });
    window.until(
        "one capture twice",
        () ->
            compare().settledProperty().get()
                && compare().alignByProperty().get() == AlignBy.NUMBER
                && compare().pairProperty().get().b().name().contains("pr33551"));
  }

  @Test
  void aCaptureThatIsNotThereLeavesWhatIsShown() {
    window.ui(() ->
        window
            .window()
            .compare(
                new CompareRequest(
                    CompareRequest.Side.of(WORKING),
                    CompareRequest.Side.of("no-such.pcap"),
                    null)));
    window.until("the message", () -> !compare().errorProperty().get().isEmpty());
    assertThat(window.ask(() -> compare().errorProperty().get())).contains("no-such.pcap");
    assertThat(window.ask(() -> compare().pairProperty().get())).isNotNull();
    window.ui(() -> compare().forgetError());
  }

  @Test
  void cancellingLeavesWhatIsShownAndNothingBehind() {
    Node progress = window.window().scene().getRoot().lookup(".compare-job");
    ComparedPair before = window.ask(() -> compare().pairProperty().get());
    assertThat(window.ask(progress::isVisible)).isFalse();
    boolean seen =
        window.ask(() -> {
          compare()
              .compare(
                  new CompareRequest(
                      CompareRequest.Side.of(BROKEN), CompareRequest.Side.of(WORKING), null));
          boolean visible = progress.isVisible();
          ((Button) progress.lookup(".small-button")).fire();
          return visible;
        });
    assertThat(seen).isTrue();
    window.until("it is over", () -> compare().settledProperty().get() && !progress.isVisible());
    assertThat(window.ask(() -> window.shows("cancelled"))).isTrue();
    window.pulses(5);
    assertThat(window.ask(() -> compare().pairProperty().get())).isSameAs(before);
    assertThat(window.ask(() -> compare().errorProperty().get())).isEmpty();
    // The same for another alignment of what is there.
    window.ui(() -> {
      compare().alignBy(AlignBy.NUMBER);
      ((Button) progress.lookup(".small-button")).fire();
    });
    window.until("it is over", () -> compare().settledProperty().get());
    window.pulses(5);
    assertThat(window.ask(() -> compare().pairProperty().get())).isSameAs(before);
    assertThat(window.ask(() -> compare().alignByProperty().get())).isEqualTo(AlignBy.FLOW);
  }

  @Test
  void debuggingIsAsItWasAfterwards() {
    window.press(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.D);
    TableView<?> packets = window.find("Packets");
    assertThat(window.ask(() -> packets.getItems().size())).isEqualTo(7);
    int before = window.ask(() -> compare().rowProperty().get());
    window.press(KeyCode.F8);
    window.until(
        "the packet list moves, not the comparison",
        () -> window.model().transport().positionProperty().get().packet() == 2);
    assertThat(window.ask(() -> compare().rowProperty().get())).isEqualTo(before);
    window.press(KeyCode.F7);
  }

  @Test
  void theWindowIsCalledAfterBothWhileTheyAreShown() {
    String both = "compare-working/capture.pcap ⇄ compare-broken/capture.pcap – Tailwalk";
    window.until("both are named", () -> window.stage().getTitle().equals(both));
    window.press(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.D);
    window.until(
        "the one that is open is",
        () -> window.stage().getTitle().equals("capture.pcap – Tailwalk"));
    window.clickOn("Compare…");
    window.clickOn("Show the comparison");
    window.until("both again", () -> window.stage().getTitle().equals(both));
    window.press(KeyCode.S);
    window.until(
        "A and B have changed places",
        () -> window.stage().getTitle().startsWith("compare-broken/capture.pcap ⇄ "));
  }

  @Test
  void whoOpensAnotherCaptureSeesIt() {
    window.ui(() -> window.model().open("../samples/gre/capture.pcap", null, 1, 0));
    window.until("it is shown", () -> window.shows("GRE, 40 bytes"));
    window.ui(() -> window.model().open(WORKING, null, 1, 0));
    window.until("A is open again", () -> window.model().settledProperty().get());
  }

  @Test
  void bothAreWrittenDownAsPages(@TempDir Path folder) throws IOException {
    Path comparison = folder.resolve("comparison.html");
    window.ui(() -> compare().export(comparison));
    window.until("it is written", () -> !compare().workingProperty().get());
    assertThat(Files.readString(comparison)).contains("First difference, row 5: conntrack.");
    Path capture = folder.resolve("capture.html");
    window.ui(() -> window.window().reports().write(capture));
    window.until("it is written", () -> written(capture));
    assertThat(Files.readString(capture)).contains("Replay of capture.pcap");
    Path marked = folder.resolve("marked.html");
    window.ui(() -> {
      window.model().annotations().set(Annotations.NONE.withMark(2, true));
      window.window().reports().writeMarked(marked);
      window.model().annotations().set(Annotations.NONE);
    });
    window.until("it is written", () -> written(marked));
    assertThat(Files.readString(marked))
        .contains("id=\"packet-2\"")
        .doesNotContain("id=\"packet-1\"");
    Path nowhere = folder.resolve("no/such/folder.html");
    window.ui(() -> compare().export(nowhere));
    window.until("it is told", () -> compare().errorProperty().get().contains("no/such"));
    window.ui(() -> compare().forgetError());
  }

  private static boolean written(Path file) {
    try {
      return Files.exists(file) && Files.readString(file).contains("</html>");
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void nothingStandsOutsideALittleWindow() {
    window.ui(() -> {
      window.stage().setWidth(WindowOptions.MIN_WIDTH);
      window.stage().setHeight(WindowOptions.MIN_HEIGHT);
    });
    window.pulses(8);
    assertThat(window.outside().stream().filter(o -> !o.contains("chain-box"))).isEmpty();
    window.ui(() -> {
      window.stage().setWidth(1440);
      window.stage().setHeight(900);
    });
  }
}
