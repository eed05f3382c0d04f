// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.window;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javafx.geometry.Bounds;
import javafx.geometry.Orientation;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.control.SplitPane;
import javafx.scene.input.MouseButton;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tailwalk.app.prefs.Preferences;

/** Dividers stay where they were put, whatever takes room from the panes meanwhile. */
final class DividersTest {
  private WindowHarness window;

  @BeforeEach
  void openWindow() throws Exception {
    window = WindowHarness.open(Setups.services(Setups.synthetic(), Setups.fakes()));
    window.show("20", 9, 0);
    window.until("as usual", () -> at(0.515, 0.5, 0.25, 0.69));
  }

  @AfterEach
  void closeWindow() {
    window.close();
  }

  /** Those of the three rows: above and below the transport, list and stage, the three below. */
  private List<Double> positions() {
    List<Double> found = new ArrayList<>();
    window.window().scene().getRoot().lookupAll(".split-pane").stream()
        .map(SplitPane.class::cast)
        .filter(s -> s.getItems().size() > 1 && s.getParent() != null && row(s))
        .forEach(s -> Arrays.stream(s.getDividerPositions()).forEach(found::add));
    return found;
  }

  private static boolean row(SplitPane split) {
    return split instanceof org.tailwalk.app.theme.KeptShares
        && split.getScene() != null
        && split.getWidth() > 0;
  }

  private boolean at(double... wanted) {
    List<Double> now = positions();
    return now.size() == wanted.length
        && java.util.stream.IntStream.range(0, wanted.length)
            .allMatch(i -> Math.abs(now.get(i) - wanted[i]) < 0.012);
  }

  private void act(String action) {
    window.ui(() -> window.window().actions().find(action).orElseThrow().run().run());
    window.pulses(4);
  }

  private void size(int width, int height) {
    window.ui(() -> {
      window.stage().setWidth(width);
      window.stage().setHeight(height);
    });
    window.until("it has the size", () -> window.window().scene().getWidth() == width);
    window.pulses(4);
  }

  private SplitPane row(int panes, Orientation across) {
    return window.ask(() ->
        window.window().scene().getRoot().lookupAll(".split-pane").stream()
            .map(SplitPane.class::cast)
            .filter(s -> row(s) && s.getItems().size() == panes && s.getOrientation() == across)
            .findFirst()
            .orElseThrow());
  }

  /** Takes hold so many pixels beside the line. */
  private void drag(SplitPane split, double beside, double by) {
    Node divider =
        window.ask(() ->
            split.getChildrenUnmodifiable().stream()
                .filter(n -> n.getStyleClass().contains("split-pane-divider"))
                .findFirst()
                .orElseThrow());
    boolean upright = split.getOrientation() == Orientation.HORIZONTAL;
    Point2D along = upright ? new Point2D(1, 0) : new Point2D(0, 1);
    Point2D from =
        window.ask(() -> {
          Bounds line = divider.getLayoutBounds();
          return divider
              .localToScreen(line.getWidth() / 2, line.getHeight() / 2)
              .add(along.multiply(beside));
        });
    window.ui(() -> {
      window.robot().mouseMove(from);
      window.robot().mousePress(MouseButton.PRIMARY);
    });
    window.pulses(2);
    window.ui(() -> window.robot().mouseMove(from.add(along.multiply(by))));
    window.pulses(2);
    window.ui(() -> window.robot().mouseRelease(MouseButton.PRIMARY));
    window.pulses(4);
  }

  @Test
  void areAsUsualWherePreferencesSayHowTheyStoodAndNotWhatWasChosen(@TempDir Path home)
      throws Exception {
    window.close();
    AppServices services = Setups.services(Setups.synthetic(), Setups.fakes(), home);
    Map<String, List<Double>> stood =
        Map.of("upper", List.of(0.7), "lower", List.of(0.4, 0.6), "main", List.of(0.7));
    services
        .user()
        .preferences()
        .change(p -> p.withLayout(new Preferences.Layout(1440, 900, false, stood, List.of())));
    window = WindowHarness.open(services);
    window.show("20", 9, 0);
    size(1440, 900);
    window.until("as usual", () -> at(0.515, 0.5, 0.25, 0.69));
  }

  @Test
  void goBackWhenAPageIsClosed() {
    SplitPane lower = row(3, Orientation.HORIZONTAL);
    for (String page : List.of("why.show", "what-if.show", "breakpoints.list")) {
      act(page);
      window.until(page + " takes room", () -> lower.getWidth() < 1100);
      act(page);
      window.until("back after " + page, () -> at(0.515, 0.5, 0.25, 0.69));
    }
  }

  @Test
  void goBackWhenTheWindowWasSmall() {
    size(1024, 700);
    act("what-if.show");
    window.until("as beside a page", () -> at(0.465, 0.5, 0.31, 0.66));
    act("what-if.show");
    window.until("as in a small window", () -> at(0.465, 0.56, 0.252, 0.69));
    size(1440, 900);
    window.until("as usual", () -> at(0.515, 0.5, 0.25, 0.69));
  }

  @Test
  void stayWhereTheyWerePut() {
    drag(row(3, Orientation.HORIZONTAL), 0, 100);
    List<Double> put = window.ask(this::positions);
    assertEquals(0.25 + 100 / 1408.0, put.get(2), 0.012);
    act("why.show");
    act("why.show");
    size(1024, 700);
    size(1440, 900);
    window.until(
        "they are where they were put",
        () -> at(put.stream().mapToDouble(Double::doubleValue).toArray()));
    act("panes.reset");
    window.until("as usual", () -> at(0.515, 0.5, 0.25, 0.69));
  }

  @Test
  void stayWhereTheyWerePutAroundAPaneThatWasAway() {
    drag(row(3, Orientation.HORIZONTAL), 0, 100);
    List<Double> put = window.ask(this::positions);
    act("panes.steps");
    window.until("one less", () -> positions().size() == 3);
    act("panes.steps");
    window.until(
        "they are where they were put",
        () -> at(put.stream().mapToDouble(Double::doubleValue).toArray()));
  }

  @Test
  void areTakenHoldOfThreePixelsBesideTheLine() {
    drag(row(2, Orientation.VERTICAL), 3, -60);
    window.until("the higher one", () -> positions().getFirst() < 0.46);
    drag(row(2, Orientation.HORIZONTAL), -3, 80);
    window.until("the upright one", () -> positions().get(1) > 0.54);
  }
}
