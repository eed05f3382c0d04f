// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Labeled;
import javafx.scene.control.ScrollBar;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.control.skin.VirtualFlow;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.Background;
import javafx.scene.layout.Region;
import javafx.scene.shape.Shape;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tailwalk.app.packets.LongTable;
import org.tailwalk.filter.Filter;

/** A list that is longer than what JavaFX is given of it at a time. */
@Tag("window")
final class LongListTest {
  private static final int ROWS = 20_000;
  @AutoClose private static WindowHarness window;
  private static LongTable packets;

  @BeforeAll
  static void openWindow() throws Exception {
    window = WindowHarness.open(Setups.services(Setups.synthetic(), Setups.fakes()));
    packets = (LongTable) window.<TableView<?>>find("Packets");
    window.show(Integer.toString(ROWS), 1, 0);
  }

  @BeforeEach
  void goToTheFirst() {
    window.ui(() -> {
      window.model().packets().setFilter(Filter.ALL);
      window.model().goTo(1);
      packets.scrollTo(0);
    });
    window.until("the first is in sight", () -> marked() == 1 && first() == 1);
    window.ui(packets::requestFocus);
  }

  @Test
  void javaFxIsGivenAStretchOfIt() {
    assertThat(window.ask(() -> packets.getItems().size())).isLessThan(ROWS / 2);
  }

  @Test
  void goesAnywhereAndMarksIt() {
    for (int packet : new int[] {15_000, 3, 19_999, 10_000}) {
      window.ui(() -> window.model().goTo(packet));
      window.until(packet + " is marked and in sight", () -> marked() == packet && shows(packet));
    }
  }

  @Test
  void keysGoOnFromTheMark() {
    window.ui(() -> window.model().goTo(15_000));
    window.until("15,000 is in sight", () -> marked() == 15_000 && shows(15_000));
    window.ui(() -> bar().setValue(500));
    window.until("others are in sight", () -> first() == 501);
    assertThat(window.ask(() -> window.position().packet())).isEqualTo(15_000);
    window.ui(packets::requestFocus);
    window.press(KeyCode.DOWN);
    window.until("the next of the list", () -> window.position().packet() == 15_001);
    window.until("it is in sight", () -> marked() == 15_001 && shows(15_001));
  }

  @Test
  void theBarStandsForTheWholeList() {
    window.until("the bar of the whole", () -> bar().getMax() > ROWS - 100);
    for (double top : new double[] {4_000, 12_345, 19_000, 7}) {
      window.ui(() -> bar().setValue(top));
      window.until("row " + top + " is at the top", () -> first() == (int) top + 1);
      assertThat(window.ask(() -> bar().getValue())).isBetween(top - 0.01, top + 0.01);
      assertThat(window.ask(() -> window.position().packet())).isEqualTo(1);
    }
  }

  @Test
  void rowsStandStillWhenTheStretchMovesOn() {
    window.ui(() -> bar().setValue(3_000));
    window.until("row 3,000 is at the top", () -> first() == 3_001);
    // The rows scroll by themselves, so that they come to the end of the stretch and beyond.
    for (int page = 0; page < 60; page++) {
      int from = window.ask(LongListTest::first);
      window.ui(() -> flow().scrollPixels(100 * 23));
      window.until("100 rows on from " + from, () -> first() == from + 100);
      // Nobody scrolls thousands of rows between two pulses, at which the stretch moves on.
      window.pulses(1);
    }
    assertThat(window.ask(LongListTest::first)).isEqualTo(9_001);
  }

  @Test
  void whatComesIntoSightIsStyledAtOnce() {
    for (int top : new int[] {3, 14, 12_000, 12_004, 25}) {
      assertStyledAt(top);
    }
  }

  /**
   * Where a lesson veils packets, cells come to show a conntrack status and a verdict for the first
   * time in rows that look the same otherwise. What a cell has shown before keeps its styles, so
   * these are new.
   */
  @Test
  void whatComesOutOfAVeilIsStyledAtOnce() {
    window.ui(() -> {
      window.model().packets().veiledFromProperty().set(100);
      packets.scrollTo(150);
      packets.refresh();
    });
    try {
      window.until("veiled packets are in sight", () -> first() == 151);
      window.pulses(2);
      for (int top : new int[] {90, 80, 60}) {
        assertStyledAt(top);
      }
    } finally {
      window.ui(() -> window.model().packets().veiledFromProperty().set(0));
    }
  }

  /** JavaFX finds nothing to style in what has come into sight. */
  private static void assertStyledAt(int top) {
    List<List<String>> looks =
        window.ask(() -> {
          packets.scrollTo(top);
          packets.layout();
          List<String> found = looks();
          packets.applyCss();
          return List.of(found, looks());
        });
    assertThat(looks.getFirst()).hasSizeGreaterThan(50).isEqualTo(looks.getLast());
  }

  /** How all that stands in the rows in sight is painted. */
  private static List<String> looks() {
    List<String> looks = new ArrayList<>();
    for (int i = first() - 1; i < last(); i++) {
      look(flow().getVisibleCell(flow().getFirstVisibleCell().getIndex() + i - first() + 1), looks);
    }
    return looks;
  }

  private static void look(Node node, List<String> looks) {
    if (node instanceof Region region && region.getBackground() != null) {
      Background ground = region.getBackground();
      looks.add(
          ground.getFills().stream().map(f -> f.getFill() + " " + f.getInsets()).toList()
              + " of "
              + node.getStyleClass());
    }
    if (node instanceof Labeled words) {
      looks.add(words.getTextFill() + " " + words.getFont() + " " + words.getText());
    }
    if (node instanceof Shape shape) {
      looks.add(shape.getFill() + " " + shape.getStroke());
    }
    if (node instanceof Parent parent) {
      parent.getChildrenUnmodifiable().forEach(child -> look(child, looks));
    }
  }

  /** Making rows takes longer than a frame. */
  @Test
  void theRowsInSightAreUsedAgainForAnotherList() throws Exception {
    window.until("rows are there", () -> rows().size() > 10);
    Set<TableRow<Integer>> before = window.ask(LongListTest::rows);
    Filter later = Filter.parse("frame.number >= 40");
    window.ui(() -> window.model().packets().setFilter(later));
    window.until("packet 40 is the first", () -> first() == 40);
    assertThat(window.ask(LongListTest::rows)).isEqualTo(before);
    assertThat(window.ask(() -> words(40))).contains("40");
    window.ui(() -> window.model().packets().setFilter(Filter.ALL));
    window.until("the first is the first again", () -> first() == 1);
    window.press(KeyCode.CONTROL, KeyCode.M);
    window.until("the mark is shown", () -> signs(1) == 1 && signs(2) == 0);
    assertThat(window.ask(LongListTest::rows)).isEqualTo(before);
    window.press(KeyCode.CONTROL, KeyCode.M);
    window.until("the mark is gone", () -> signs(1) == 0);
    assertThat(window.ask(LongListTest::rows)).isEqualTo(before);
  }

  @Test
  void packetsOfAnotherCaptureAreNotThoseOfTheSameNumber() {
    String sixth = window.ask(() -> words(6).toString());
    window.show(Integer.toString(ROWS / 2), 1, 0);
    window.until("the shorter one is shown", () -> bar().getMax() < ROWS / 2);
    List<String> said = window.ask(() -> words(6));
    window.ui(packets::refresh);
    window.pulses(2);
    assertThat(window.ask(() -> words(6))).as("looked at again").isEqualTo(said);
    window.show(Integer.toString(ROWS), 1, 0);
    window.until("the longer one again", () -> bar().getMax() > ROWS - 100);
    assertThat(window.ask(() -> words(6).toString())).isEqualTo(sixth);
  }

  private static Set<TableRow<Integer>> rows() {
    Set<TableRow<Integer>> rows = Collections.newSetFromMap(new IdentityHashMap<>());
    int from = flow().getFirstVisibleCell().getIndex();
    for (int i = from; flow().getVisibleCell(i) != null; i++) {
      rows.add(flow().getVisibleCell(i));
    }
    return rows;
  }

  private static TableRow<Integer> row(int packet) {
    return rows().stream()
        .filter(r -> Integer.valueOf(packet).equals(r.getItem()))
        .findFirst()
        .orElseThrow();
  }

  /** What the cells of a packet's row say. */
  private static List<String> words(int packet) {
    return row(packet).getChildrenUnmodifiable().stream()
        .map(cell -> ((Labeled) cell).getText())
        .filter(Objects::nonNull)
        .toList();
  }

  private static int signs(int packet) {
    Node dress = row(packet).lookup(".dress-signs");
    return dress instanceof Parent signs ? signs.getChildrenUnmodifiable().size() : 0;
  }

  @Test
  void theEndIsTheListsEnd() {
    window.ui(() -> packets.scrollTo(ROWS - 1));
    window.until("the last is in sight", () -> last() == ROWS);
    window.ui(() -> packets.scrollTo(0));
    window.until("the first is in sight", () -> first() == 1);
  }

  @SuppressWarnings("unchecked")
  private static VirtualFlow<TableRow<Integer>> flow() {
    return (VirtualFlow<TableRow<Integer>>) packets.lookup(".virtual-flow");
  }

  /** The first row of which there is something to see: a millionth of a pixel is nothing. */
  private static int first() {
    TableRow<Integer> row = flow().getFirstVisibleCell();
    if (row == null) {
      return 0;
    }
    boolean seen = row.getLayoutY() + row.getHeight() > 0.5;
    return row.getItem() + (seen ? 0 : 1);
  }

  private static int last() {
    TableRow<Integer> row = flow().getLastVisibleCell();
    return row == null ? 0 : row.getItem();
  }

  private static boolean shows(int packet) {
    return first() < packet && packet < last() || packet == first() || packet == last();
  }

  private static int marked() {
    Integer packet = packets.getSelectionModel().getSelectedItem();
    return packet == null ? 0 : packet;
  }

  /** The one that is seen. */
  private static ScrollBar bar() {
    return flow().lookupAll(".scroll-bar").stream()
        .map(ScrollBar.class::cast)
        .filter(b -> b.isVisible() && b.getOpacity() > 0 && b.getMax() > 1)
        .findFirst()
        .orElseThrow();
  }
}
