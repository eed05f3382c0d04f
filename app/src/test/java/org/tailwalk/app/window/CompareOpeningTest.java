// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.window;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import javafx.geometry.Bounds;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.SplitPane;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.scene.layout.Region;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tailwalk.app.compare.core.CompareRequest;
import org.tailwalk.app.session.Openings;

/** A window that opens with a comparison in it, as {@code compare A B} in a window does. */
@Tag("window")
final class CompareOpeningTest {
  private static final String WORKING = "../samples/compare-working/capture.pcap";
  private static final String BROKEN = "../samples/compare-broken/capture.pcap";

  @AutoClose private WindowHarness window;

  private void open(Predicate<MainWindow> ready) throws Exception {
    open(null, ready);
  }

  private void open(@Nullable Path home, Predicate<MainWindow> ready) throws Exception {
    window =
        WindowHarness.open(
            home == null
                ? Setups.services(Openings::forWindow, Setups.modelAlone())
                : Setups.services(Openings::forWindow, Setups.modelAlone(), home),
            opening ->
                opening.compare(
                    new CompareRequest(
                        CompareRequest.Side.of(WORKING), CompareRequest.Side.of(BROKEN), null)),
            ready);
    window.until("all of it is there", () -> window.window().compared() && window.shows("Steps"));
  }

  private void isShared() {
    window.until("both have their shares", () -> near(0, 0.36) && near(1, 0.64));
  }

  private boolean near(int split, double share) {
    return Math.abs(splits().get(split).getDividerPositions()[0] - share) < 0.02;
  }

  /** The lists above what is below them, then the paths above the details. On the UI thread. */
  private List<SplitPane> splits() {
    return window.window().scene().getRoot().lookupAll(".compare .split-pane").stream()
        .map(SplitPane.class::cast)
        .toList();
  }

  @Test
  void panesHaveTheirSharesHoweverLateTheWindowComesUp() throws Exception {
    open(MainWindow::compared);
    isShared();
  }

  @Test
  void tablesGrowToAllTheRoomThereIs() throws Exception {
    open(_ -> true);
    TableView<?> differs = window.find("What differs");
    window.until("what differs", () -> full(differs));
  }

  private static boolean full(Node table) {
    double room = ((Region) table.getParent()).getHeight();
    return table.getLayoutBounds().getHeight() > room - 2 && room > 60;
  }

  @Test
  void panesHaveTheirSharesAgainAfterASentenceThatWasAskedAtNoWidth() throws Exception {
    open(_ -> true);
    isShared();
    squeeze();
    isShared();
  }

  @Test
  void whereDividersWerePutIsKeptAndRemembered(@TempDir Path home) throws Exception {
    open(home, _ -> true);
    Node list = window.find("Pairs of packets");
    window.ui(list::requestFocus);
    window.press(KeyCode.CONTROL, KeyCode.ALT, KeyCode.DOWN);
    window.until("by keyboard", () -> near(0, 0.39));
    drag(splits().get(1), 60);
    window.until("by mouse", () -> splits().get(1).getDividerPositions()[0] > 0.68);
    double pulled = window.ask(() -> splits().get(1).getDividerPositions()[0]);
    squeeze();
    window.until("both are where they were put", () -> near(0, 0.39) && near(1, pulled));
    window.close();
    open(home, _ -> true);
    window.until("so in the next window", () -> near(0, 0.39) && near(1, pulled));
    window.ui(() -> window.window().actions().find("panes.reset").orElseThrow().run().run());
    isShared();
  }

  /** What a sentence does that is asked how high it is while the window has next to no width. */
  private void squeeze() {
    Label sentence =
        (Label) window.ask(() -> window.window().scene().lookup(".difference-sentence"));
    double share = window.ask(() -> splits().getFirst().getDividerPositions()[0]);
    window.ui(() -> sentence.setMinHeight(5000));
    window.until("the list is squeezed", () -> !near(0, share));
    window.ui(() -> sentence.setMinHeight(20));
  }

  private void drag(SplitPane split, int by) {
    Node divider = window.ask(() -> split.lookup(".split-pane-divider"));
    Point2D from =
        window.ask(() -> {
          Bounds all = divider.getLayoutBounds();
          return divider.localToScreen(all.getWidth() / 2, all.getHeight() / 2);
        });
    window.ui(() -> {
      window.robot().mouseMove(from);
      window.robot().mousePress(MouseButton.PRIMARY);
    });
    window.pulses(2);
    window.ui(() -> window.robot().mouseMove(from.add(0, by)));
    window.pulses(2);
    window.ui(() -> window.robot().mouseRelease(MouseButton.PRIMARY));
  }
}
