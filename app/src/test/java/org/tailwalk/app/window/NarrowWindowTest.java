// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import javafx.geometry.Bounds;
import javafx.geometry.Orientation;
import javafx.scene.Node;
import javafx.scene.control.Labeled;
import javafx.scene.control.MenuButton;
import javafx.scene.control.ScrollBar;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TableView;
import javafx.scene.control.TextInputControl;
import javafx.scene.text.Text;
import javafx.stage.Popup;
import javafx.stage.PopupWindow;
import javafx.stage.Window;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tailwalk.app.steps.StepRow;

/**
 * The least window, enlarged and with a page open beside it: nothing is cut that tells something.
 */
@Tag("window")
final class NarrowWindowTest {
  @AutoClose private static WindowHarness window;

  @BeforeAll
  static void openWindow() throws Exception {
    window = WindowHarness.open(Setups.services(Setups.samples(), Setups.models()));
  }

  @BeforeEach
  void makeItSmall() {
    size(WindowOptions.MIN_WIDTH, WindowOptions.MIN_HEIGHT);
  }

  @AfterEach
  void makeItUsual() {
    act("preferences.usual");
    size(1440, 900);
  }

  private static void size(double width, double height) {
    window.ui(() -> {
      window.stage().setWidth(width);
      window.stage().setHeight(height);
    });
    window.until("it is " + width + " wide", () -> window.stage().getWidth() == width);
    window.pulses(6);
  }

  private static void act(String action) {
    window.ui(() -> window.window().actions().find(action).orElseThrow().run().run());
    window.pulses(6);
  }

  private static Set<Node> nodes(String selector) {
    return window.stage().getScene().getRoot().lookupAll(selector);
  }

  /** What is cut of the current step, as the lines below the steps say it. */
  private static boolean tells(String words) {
    return nodes(".step-words .label").stream()
        .anyMatch(n ->
            n instanceof Labeled l
                && n.isVisible()
                && n.getParent().isVisible()
                && words.equals(l.getText()));
  }

  @Test
  void theCurrentStepIsToldInFullWhereItsColumnIsTooNarrow() {
    window.show("nobody-heard", 1, 2);
    StepRow row = window.ask(() -> window.model().steps().rows().get(1));
    assertThat(row.kernel()).hasSizeGreaterThan(60);
    window.until("all of it is told", () -> tells(row.kernel()));
    size(1900, 1000);
    window.ui(() -> window.model().transport().goToRow(0));
    window.until(
        "a step that fits needs no more",
        () -> nodes(".step-words").stream().noneMatch(Node::isVisible));
  }

  @Test
  void lanesShareTheRoomAgainInALargerWindow() {
    window.show("nobody-heard", 9, 0);
    TableView<?> table = window.find("Steps");
    size(1440, 900);
    window.until(
        "both lanes have the same room, and all of it is seen",
        () -> {
          double kernel = table.getColumns().get(1).getWidth();
          double model = table.getColumns().get(2).getWidth();
          double all = table.getColumns().getFirst().getWidth() + kernel + model;
          return Math.abs(kernel - model) < 12 && all <= table.getWidth() + 1;
        });
  }

  @Test
  void whatIsWrongWithAFilterIsToldInsideTheWindow() {
    window.show("nobody-heard", 1, 0);
    act("packets.filter");
    window.write("verdict == foo");
    window.until("it is told", () -> window.says("\"foo\""));
    window.pulses(2);
    window.ui(() -> {
      Popup popup = popups(".filter-error").findFirst().orElseThrow();
      Node box = popup.getScene().getRoot().lookup(".filter-error");
      Bounds at = box.localToScreen(box.getLayoutBounds());
      assertThat(at.getMinX()).isGreaterThanOrEqualTo(window.stage().getX());
      assertThat(at.getMaxX())
          .isLessThanOrEqualTo(window.stage().getX() + window.stage().getWidth());
      assertThat(box.lookupAll(".filter-hint .text"))
          .noneMatch(n -> ((Text) n).getText().endsWith("…"));
      assertThat(popup.getWidth())
          .as("no ground around it, which is white where windows can't be seen through")
          .isLessThan(at.getWidth() + 2);
    });
    window.ui(() -> window.model().filter().clear());
  }

  @Test
  void menusAndOffersStayInsideTheWindow() {
    window.show("nobody-heard", 1, 0);
    MenuButton button = (MenuButton) nodes(".breakpoints-button").iterator().next();
    window.ui(button::show);
    window.pulses(2);
    window.ui(() -> {
      inside(button.getItems().getFirst().getParentPopup());
      button.hide();
    });
    act("packets.filter");
    window.write("tc");
    window.until("fields are offered", () -> popups(".filter-offers").findAny().isPresent());
    window.pulses(2);
    window.ui(() -> {
      Popup offers = popups(".filter-offers").findFirst().orElseThrow();
      inside(offers);
      assertThat(offers.getScene().getRoot().lookupAll(".scroll-bar"))
          .as("nothing is scrolled sideways")
          .noneMatch(n ->
              n instanceof ScrollBar bar
                  && bar.getOrientation() == Orientation.HORIZONTAL
                  && bar.isVisible());
      window.model().filter().clear();
    });
  }

  private static Stream<Popup> popups(String selector) {
    return Window.getWindows().stream()
        .filter(w -> w instanceof Popup && w.getScene().getRoot().lookup(selector) != null)
        .map(Popup.class::cast);
  }

  private static void inside(PopupWindow popup) {
    double left = window.stage().getX();
    assertThat(popup.getX()).isGreaterThanOrEqualTo(left);
    assertThat(popup.getX() + popup.getWidth())
        .isLessThanOrEqualTo(left + window.stage().getWidth());
  }

  @Test
  void aScenariosNameIsWholeAndTheListBesideAPageTellsPortsAndFlags() {
    window.show("nobody-heard", 9, 0);
    window.until("its name", () -> seen(".chooser-value", "The drop nobody heard"::equals));
    act("why.show");
    window.until("a packet", () -> seen(".packet-list .table-cell", "TCP 45678→80 SYN"::equals));
    window.until("what it did", () -> seen(".packet-list .verdict", "passes raw -137"::equals));
    window.until(
        "the last step, in two lines", () -> seen(".step-words .label", t -> t.endsWith("-137")));
    act("why.show");
  }

  /** Whether such words are there to be read, after what had no room was cut. */
  private static boolean seen(String selector, Predicate<String> words) {
    return nodes(selector + " .text").stream()
        .anyMatch(n -> n instanceof Text t && words.test(t.getText()));
  }

  @Test
  void anExplanationShowsWholeLinesAndAllOfThem() {
    window.show("nobody-heard", 9, 0);
    window.until(
        "all of it is seen",
        () ->
            nodes(".why .scroll-pane").stream()
                .filter(ScrollPane.class::isInstance)
                .map(ScrollPane.class::cast)
                .anyMatch(s ->
                    s.getViewportBounds().getHeight() > 0
                        && s.getViewportBounds().getHeight()
                            >= s.getContent().getLayoutBounds().getHeight() - 1));
  }

  @Test
  void entriesOfMapsAndTablesOfDiagramsAreNotScrolledSideways() {
    window.show("services", 3, 0);
    window.ui(() -> window.window().showTab("maps"));
    window.until("entries are there", () -> window.showsPart("10.96.0.1:80"));
    assertThat(window.ask(() -> sideways(".maps-entries"))).isEmpty();
    act("tables.show");
    window.until("rows are there", () -> window.showsPart("tail_hand"));
    window.until("no column is out of sight", () -> sideways(".tables").isEmpty());
    act("tables.show");
    window.ui(() -> window.window().showTab("packet"));
  }

  private static List<Node> sideways(String below) {
    return nodes(below + " .scroll-bar").stream()
        .filter(n ->
            n instanceof ScrollBar bar
                && bar.getOrientation() == Orientation.HORIZONTAL
                && bar.isVisible())
        .toList();
  }

  @Test
  void besideAPageTheLanesShareTheColumnOfTheSteps() {
    window.show("nobody-heard", 9, 0);
    act("why.show");
    window.until("one column", () -> lanes().size() == 1);
    window.until("all of the table", () -> lanes().getFirst() > 150);
    act("why.show");
    window.until(
        "two halves again",
        () -> lanes().size() == 2 && Math.abs(lanes().getFirst() - lanes().getLast()) < 20);
  }

  /** How wide the columns are that tell the steps. */
  private List<Double> lanes() {
    TableView<?> steps = (TableView<?>) window.window().scene().lookup(".steps .table-view");
    return steps.getVisibleLeafColumns().stream().skip(1).map(column -> column.getWidth()).toList();
  }

  @Test
  void enlargingStopsWhereEverythingIsStillThere() {
    window.show("nobody-heard", 9, 0);
    for (int i = 0; i < 10; i++) {
      act("preferences.larger");
    }
    assertThat(window.outside()).isEmpty();
    act("preferences.show");
    assertThat(window.outside()).isEmpty();
    assertThat(window.ask(() -> window.showsPart("This window has room for"))).isTrue();
    act("preferences.show");
  }

  @Test
  void allTabsAreSeenBesideAnOpenPage() {
    window.show("nobody-heard", 9, 0);
    act("colours.show");
    window.until(
        "no tab is cut",
        () -> {
          double right =
              nodes(".inspector-tabs").stream()
                  .mapToDouble(n -> n.localToScene(n.getBoundsInLocal()).getMaxX())
                  .max()
                  .orElse(0);
          return nodes(".inspector-tabs .tab").stream()
              .map(n -> n.localToScene(n.getBoundsInLocal()))
              .mapToDouble(Bounds::getMaxX)
              .allMatch(x -> x <= right);
        });
    window.until(
        "nor hidden behind a list of tabs",
        () -> nodes(".inspector-tabs .tab-down-button").stream().noneMatch(n -> drawn(n)));
    act("colours.show");
  }

  private static boolean drawn(Node node) {
    boolean drawn = node.isVisible();
    for (Node n = node.getParent(); n != null; n = n.getParent()) {
      drawn &= n.isVisible();
    }
    return drawn;
  }

  @Test
  void anEntryIsShownThoughThePacketDidNotLook() {
    window.show("ipv6-headers", 3, 0);
    window.until("its flow's entry is there", () -> window.showsPart("No lookup by packet 3"));
    assertThat(window.ask(() -> window.shows("tx_packets"))).isTrue();
    window.show("nobody-heard", 9, 0);
    window.until(
        "GRE has none", () -> window.showsPart("Packet 9 ended before any conntrack lookup"));
  }

  @Test
  void theKeyboardStaysWithAPageThatCloses() {
    window.show("nobody-heard", 1, 0);
    act("packets.note");
    window.until(
        "it is written in",
        () -> window.stage().getScene().getFocusOwner() instanceof TextInputControl);
    act("preferences.show");
    String holder = window.ask(() -> window.stage().getScene().getFocusOwner().getAccessibleText());
    assertThat(holder).isEqualTo("Preferences");
    act("preferences.show");
  }
}
