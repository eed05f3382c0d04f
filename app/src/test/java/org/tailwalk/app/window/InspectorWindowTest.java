// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import javafx.scene.Node;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.TableView;
import javafx.scene.control.TreeCell;
import javafx.scene.control.TreeItem;
import javafx.scene.control.TreeView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.tailwalk.app.KernelPrivilege;
import org.tailwalk.app.transport.Position;

/** Source, notifications, policy, counts and tables: real programs in a real window, by keys. */
@Tag("window")
@Tag("kernel")
@ExtendWith(KernelPrivilege.class)
final class InspectorWindowTest {
  @AutoClose private static WindowHarness window;

  @BeforeAll
  static void openWindow() throws Exception {
    window = WindowHarness.open(Setups.services(Setups.samples(), Setups.kernel()));
  }

  @BeforeEach
  void openThePacketNobodyHeardOf() {
    window.show("nobody-heard", 9, 0);
  }

  private static Position position() {
    return window.position();
  }

  @Test
  void sourceShowsTheLineWhereItWasDecidedAndEnterGoesToItsStep() {
    window.press(KeyCode.CONTROL, KeyCode.U);
    window.until(
        "the remark is there",
        () -> window.showsPart("// -137 (CT: Unknown L4 protocol), unheard"));
    window.until("the line is marked", () -> window.shows("▶"));
    window.until("it is told of", () -> window.showsPart("this packet was here"));
    int last = window.ask(() -> position().row());
    ListView<?> lines = window.find("Source lines");
    window.ui(lines::requestFocus);
    window.press(KeyCode.ENTER);
    window.until("it stands at the step of the line", () -> position().row() < last);
    window.click("both");
    window.pulses(10);
    window.picture("source");
    window.until("the bytecode is there", () -> window.showsPart("r0 = -137 (0xffffff77)"));
    instructionsOfTheChosenLineAreMarkedInTheCellsThatAreThere(lines);
  }

  private static void instructionsOfTheChosenLineAreMarkedInTheCellsThatAreThere(
      ListView<?> lines) {
    ListView<?> code = window.find("Instructions");
    window.until("some are marked", () -> linked(code) > 0);
    // At once: the page may be shown anew at any time, and chooses the current line then.
    window.ui(() -> {
      Set<Node> cells = code.lookupAll(".code-cell");
      int line = lines.getSelectionModel().getSelectedIndex();
      lines.getSelectionModel().clearAndSelect(0);
      assertThat(linked(code)).as("a remark has no instructions").isZero();
      lines.getSelectionModel().clearAndSelect(line);
      assertThat(linked(code)).as("the line's").isPositive();
      assertThat(code.lookupAll(".code-cell")).isEqualTo(cells);
    });
  }

  private static long linked(ListView<?> code) {
    return code.lookupAll(".code-cell:linked").stream().filter(Node::isVisible).count();
  }

  @Test
  void notificationsSayWhichLetterNeverLeft() {
    window.press(KeyCode.CONTROL, KeyCode.I);
    window.until("the letter is there", () -> window.shows("The letter that never leaves"));
    assertThat(window.ask(() -> window.showsPart("xx drop (CT: Unknown L4 protocol)"))).isTrue();
    window.picture("notification");
    window.click("Trace at P9.S2 in cil_from_container");
    window.until("its step is shown", () -> position().row() == 1);
  }

  @Test
  void policyTellsTheKeysInOrder() {
    window.press(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.I);
    window.until(
        "packet 9 ended before policy", () -> window.showsPart("before any policy was asked"));
    window.ui(() -> window.model().goTo(8));
    window.until("packet 8 was denied", () -> window.showsPart("No entry matches: -133"));
    assertThat(window.ask(() -> window.shows("{any, any, TCP}"))).isTrue();
    window.picture("policy");
  }

  @Test
  void theStageCountsTheCaptureAndTheTableSaysTheSame() {
    window.press(KeyCode.CONTROL, KeyCode.H);
    window.until("the counts are asked for", () -> window.model().path().captureProperty().get());
    window.press(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.T);
    TableView<?> table = window.find("Table of the diagram");
    window.until("the table is filled", () -> !table.getItems().isEmpty());
    window.until("it has the keyboard", table::isFocused);
    long entered =
        window.ask(() ->
            window.model().path().countsProperty().get().programs().stream()
                .filter(p -> p.id().equals("from-container"))
                .findFirst()
                .orElseThrow()
                .kernel());
    assertThat(entered).isPositive();
    window.picture("counts");
    window.click("Strip");
    window.until("the strip's figures are there", () -> window.shows("the engines differ"));
    window.press(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.T);
    window.press(KeyCode.CONTROL, KeyCode.H);
  }

  @Test
  void playingGoesOnWhenTwoPacketsHaveTheSameSteps() {
    window.ui(() -> {
      window.model().goTo(11);
      window.model().transport().speedProperty().set(16);
    });
    window.pulses(3);
    window.ui(() -> window.model().transport().togglePlay());
    window.until("it has played four packets on", () -> position().packet() >= 15);
    window.ui(() -> window.model().transport().stop());
  }

  private static TreeItem<?> layer(TreeView<?> tree, String begins) {
    return tree.getRoot().getChildren().stream()
        .filter(item -> item.toString().contains("name=" + begins + ","))
        .findFirst()
        .orElseThrow();
  }

  private static String selected(TreeView<?> tree) {
    TreeItem<?> item = tree.getSelectionModel().getSelectedItem();
    return item == null ? "" : item.getValue().toString();
  }

  private static void clickByte(int at) {
    ListView<?> lines = window.find("Bytes");
    int length =
        window.ask(() -> window.model().focus().packet().orElseThrow().frame().data().length());
    int each = window.ask(() -> length / lines.getItems().size() > 8 ? 16 : 8);
    Node line =
        window.ask(() ->
            lines.lookupAll(".list-cell").stream()
                .filter(c -> c instanceof ListCell<?> cell && cell.getIndex() == at / each)
                .findFirst()
                .orElseThrow());
    int column = at % each;
    double advance = 6.3;
    double x = 10 + advance * (5.5 + 2.75 * column + (column >= 8 ? 0.8 : 0) + 1);
    window.click(line, x, 8, MouseButton.PRIMARY);
  }

  @Test
  void aByteLeadsToItsFieldAndAFieldToItsFilterAndLayersStayOpen() {
    window.ui(() -> window.model().goTo(2));
    window.press(KeyCode.ALT, KeyCode.I);
    TreeView<?> tree = window.find("Packet tree");
    window.until("the packet is read", () -> tree.getRoot().getChildren().size() >= 3);
    // Byte 22 of an IPv4 packet over Ethernet is its time to live.
    clickByte(22);
    window.until("its field is selected", () -> selected(tree).contains("text=Time to live: 62"));
    assertThat(window.ask(() -> layer(tree, "IPv4").isExpanded())).isTrue();
    window.picture("packet-field");
    window.ui(() -> window.model().goTo(3));
    window.until("the next packet's is", () -> selected(tree).contains("text=Time to live: 64"));
    assertThat(window.ask(() -> window.model().inspector().markedProperty().get().from()))
        .isEqualTo(22);
    assertThat(window.ask(() -> layer(tree, "IPv4").isExpanded())).isTrue();
    Node row =
        window.ask(() ->
            tree.lookupAll(".tree-cell").stream()
                .filter(c ->
                    c instanceof TreeCell<?> cell
                        && cell.isVisible()
                        && "Time to live: 64".equals(cell.getText()))
                .findFirst()
                .orElseThrow());
    window.click(row, 60, 8, MouseButton.SECONDARY);
    window.clickOn("Filter: ip.ttl == 64");
    window.until(
        "it filters", () -> window.model().filter().textProperty().get().equals("ip.ttl == 64"));
    window.ui(() -> window.model().filter().set(""));
  }
}
