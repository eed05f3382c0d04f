// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tailwalk.app.path.PathView;
import org.tailwalk.app.session.Annotations;
import org.tailwalk.app.session.Breakpoint;
import org.tailwalk.app.transport.Position;

/** Maps at the step shown, who wrote them, and what if, in a real window by real keys. */
@Tag("window")
final class TimeTravelWindowTest {
  @AutoClose private static WindowHarness window;

  @BeforeAll
  static void openWindow() throws Exception {
    window = WindowHarness.open(Setups.services(Setups.samples(), Setups.models()));
  }

  @BeforeEach
  void openCapture() {
    open(8, 0);
  }

  private static void open(int packet, int step) {
    window.show("nobody-heard", packet, step);
  }

  /** Follows a link by the keyboard, wherever it has been scrolled to. */
  private static void follow(String link) {
    Hyperlink found =
        window.ask(() ->
            window.stage().getScene().getRoot().lookupAll(".hyperlink").stream()
                .filter(n -> n instanceof Hyperlink h && link.equals(h.getText()))
                .map(Hyperlink.class::cast)
                .findFirst()
                .orElseThrow());
    follow(found);
  }

  /** Enter follows; the space bar plays, wherever the keyboard is. */
  private static void follow(Hyperlink link) {
    window.ui(link::requestFocus);
    window.until("the link has the keyboard", link::isFocused);
    window.press(KeyCode.ENTER);
  }

  private static Position position() {
    return window.position();
  }

  @Test
  void mapsFollowTheStepAndLeadToWhoWroteThem() {
    window.press(KeyCode.ALT, KeyCode.M);
    TableView<?> entries = window.find("Entries");
    open(4, 0);
    window.until(
        "what the packet wrote is selected",
        () -> entries.getSelectionModel().getSelectedIndex() >= 0 && window.shows("tx_packets"));
    // With the mouse: what lies over the links must let clicks through.
    window.click("P3 seen_non_syn");
    window.until("the timeline leads to packet 3", () -> position().packet() == 3);
    open(15, 9);
    window.until(
        "the entry of the step is selected",
        () -> entries.getSelectionModel().getSelectedIndex() >= 0);
    window.until("its fields are there", () -> window.shows("seen_non_syn"));
    window.picture("maps");
    Position before = window.ask(TimeTravelWindowTest::position);
    window.press(KeyCode.ALT, KeyCode.W);
    window.until(
        "it went to the packet that wrote it", () -> position().packet() < before.packet());
    window.picture("maps-writer");
    Position writer = window.ask(TimeTravelWindowTest::position);
    window.press(KeyCode.ALT, KeyCode.D);
    window.until("it went to a lookup behind that", () -> position().packet() > writer.packet());
  }

  @Test
  void theLeastChangeLetsTheDroppedPacketPass() {
    window.press(KeyCode.CONTROL, KeyCode.E);
    window.until(
        "it was found",
        () -> window.shows("add allow ingress from anybody, port 8080 TCP to the policy of “web”"));
    window.picture("what-if");
    follow(
        "add allow ingress from identity 2 (reserved:world), port 8080 TCP to the policy of “web”");
    window.pulses(20);
    window.picture("what-if-passes");
    window.until(
        "it passes", () -> window.shows("P8  dropped: Policy denied → redirected to ifindex 12"));
    window.pulses(3);
    window.picture("what-if-passes");
    window.press(KeyCode.CONTROL, KeyCode.E);
    window.until("the page is away", () -> !window.shows("What lets it pass"));
  }

  @Test
  void aDroppedPacketSaysWhyBelowItsSteps() {
    window.until(
        "the reason and the nearest entry are there",
        () ->
            window
                .model()
                .steps()
                .explanationProperty()
                .get()
                .startsWith("Policy denied (DROP_POLICY). The nearest entry: {16777217, 8080"));
    window.ui(() -> window.model().steps().setVeiled(true));
    assertThat(window.ask(() -> window.model().steps().explanationProperty().get())).isEmpty();
    window.ui(() -> window.model().steps().setVeiled(false));
    open(4, 0);
    assertThat(window.ask(() -> window.model().steps().explanationProperty().get())).isEmpty();
  }

  @Test
  void anEntrysMenuAsksBreaksAndFilters() {
    window.ui(() -> window.model().annotations().set(Annotations.NONE));
    open(15, 9);
    window.press(KeyCode.ALT, KeyCode.M);
    window.until("the entry of the step is selected", () -> window.shows("seen_non_syn"));
    TableView<?> entries = window.find("Entries");
    entryMenu(entries, "Who wrote this?  (Enter)");
    window.until("it went to who wrote it", () -> position().packet() < 15);
    Position writer = window.ask(TimeTravelWindowTest::position);
    entryMenu(entries, "What did this decide?  (Shift+Enter)");
    window.until("it went to a lookup behind that", () -> position().packet() > writer.packet());
    entryMenu(entries, "Break on any access to this entry");
    window.until("it is set", () -> points().size() == 1);
    assertThat(window.ask(() -> points().getFirst().on()))
        .isInstanceOfSatisfying(
            Breakpoint.MapEntry.class, e -> assertThat(e.key()).contains("10.0.1.20"));
    entryMenu(entries, "Filter: packets that touch this entry");
    window.until(
        "those packets alone", () -> some(window.model().packets().shownProperty().get().size()));
    window.ui(() -> window.model().filter().clear());
    window.ui(() -> window.model().annotations().set(Annotations.NONE));
  }

  /** Opens the menu of the entry that is selected, by the menu's own key, and chooses. */
  private static void entryMenu(TableView<?> entries, String item) {
    window.ui(() -> {
      entries.requestFocus();
      if (entries.getSelectionModel().isEmpty()) {
        entries.getSelectionModel().select(0);
      }
    });
    window.press(KeyCode.SHIFT, KeyCode.F10);
    window.clickOn(item);
  }

  private static Optional<PathView> stageIn(Node node) {
    if (node instanceof PathView found) {
      return Optional.of(found);
    }
    return node instanceof Parent parent
        ? parent.getChildrenUnmodifiable().stream()
            .flatMap(child -> stageIn(child).stream())
            .findFirst()
        : Optional.empty();
  }

  private static boolean some(int shown) {
    return shown > 0 && shown < 20;
  }

  private static List<Breakpoint> points() {
    return window.model().annotations().annotationsProperty().get().breakpoints();
  }

  @Test
  void aProgramOnTheStageIsBrokenOnAndFilteredByItsMenu() {
    window.ui(() -> window.model().annotations().set(Annotations.NONE));
    PathView stage = window.ask(() -> stageIn(window.stage().getScene().getRoot()).orElseThrow());
    window.until("the stage is laid out", window::quiet);
    window.ui(() -> window.model().path().selectedNodeProperty().set("@monitor"));
    window.ui(stage::requestFocus);
    window.press(KeyCode.SHIFT, KeyCode.F10);
    assertThat(window.ask(() -> window.says("Break on: ")))
        .as("the monitor runs nothing")
        .isFalse();
    String program =
        window.ask(() ->
            window.model().path().layoutProperty().get().graph().nodes().stream()
                .filter(n -> n.title().equals("tail_ipv4_policy"))
                .findFirst()
                .orElseThrow()
                .id());
    window.ui(() -> window.model().path().selectedNodeProperty().set(program));
    window.press(KeyCode.SHIFT, KeyCode.F10);
    window.until("an offer", () -> window.says("Break on: "));
    window.screen("stage-menu");
    window.press(KeyCode.ENTER);
    window.until("it is set", () -> points().size() == 1);
    assertThat(window.ask(() -> points().getFirst().on()))
        .isEqualTo(new Breakpoint.Program(program));
    window.press(KeyCode.SHIFT, KeyCode.F10);
    window.clickOn("Filter: program == \"" + program + "\"");
    window.until(
        "those packets alone", () -> some(window.model().packets().shownProperty().get().size()));
    window.ui(() -> window.model().filter().clear());
    window.ui(() -> window.model().annotations().set(Annotations.NONE));
  }

  @Test
  void theChainLeadsBackFromADrop() {
    window.press(KeyCode.ALT, KeyCode.Y);
    window.until("the chain is there", () -> window.shows("dropped: Policy denied"));
    window.pulses(3);
    window.picture("why");
    Hyperlink lookup =
        window.ask(() ->
            (Hyperlink)
                window.stage().getScene().getRoot().lookupAll(".why-link .hyperlink").stream()
                    .filter(n -> String.valueOf(n.getAccessibleText()).contains("found nothing"))
                    .findFirst()
                    .orElseThrow());
    Position before = window.ask(TimeTravelWindowTest::position);
    follow(lookup);
    window.until("it went to the lookup", () -> position().row() < before.row());
    assertThat(window.ask(() -> window.model().transport().running()))
        .as("it was gone to, not played to")
        .isFalse();
    Position there = window.ask(TimeTravelWindowTest::position);
    assertThat(lookup.getAccessibleText()).endsWith("P8.S" + (there.row() + 1));
    window.press(KeyCode.SPACE);
    window.until("the space bar plays", () -> position().row() > there.row());
    window.press(KeyCode.SPACE);
    window.until("and stops", () -> !window.model().transport().running());
    assertThat(window.ask(TimeTravelWindowTest::position).packet()).isEqualTo(8);
    window.press(KeyCode.ALT, KeyCode.Y);
    window.until("the page is away", () -> !window.shows("The account"));
  }
}
