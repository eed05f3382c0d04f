// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javafx.scene.Node;
import javafx.scene.control.Labeled;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tailwalk.app.session.Annotations;
import org.tailwalk.app.session.Breakpoint;
import org.tailwalk.app.session.ColourRule;
import org.tailwalk.scenario.CapturePoint;

/** The forms of breakpoints and of colouring rules, filled in by nothing but keys. */
@Tag("window")
final class FormsWindowTest {
  @AutoClose private static WindowHarness window;

  @BeforeAll
  static void openWindow() throws Exception {
    window = WindowHarness.open(Setups.services(Setups.synthetic(), Setups.fakes()));
  }

  @BeforeEach
  void openCapture() {
    window.ui(() -> window.model().annotations().set(Annotations.NONE));
    window.show("40", 1, 0);
    TableView<?> packets = window.find("Packets");
    window.ui(packets::requestFocus);
    window.until("the list has the keyboard", packets::isFocused);
  }

  private static Annotations said() {
    return window.ask(() -> window.model().annotations().annotationsProperty().get());
  }

  private static List<Breakpoint> points() {
    return said().breakpoints();
  }

  private static String focused() {
    return window.ask(() -> {
      Node node = window.stage().getScene().getFocusOwner();
      return node.getAccessibleText() != null
          ? node.getAccessibleText()
          : node instanceof Labeled l ? l.getText() : "";
    });
  }

  private static void tabTo(String name) {
    List<String> passed = new ArrayList<>();
    do {
      Node before = window.ask(() -> window.stage().getScene().getFocusOwner());
      window.tap(KeyCode.TAB);
      window.until(
          "the keyboard went on", () -> window.stage().getScene().getFocusOwner() != before);
      passed.add(focused());
      assertThat(passed).as("on the way to " + name).hasSizeLessThan(20);
    } while (!passed.getLast().equals(name));
  }

  private static void fill(String field, String text) {
    tabTo(field);
    window.press(KeyCode.CONTROL, KeyCode.A);
    window.press(KeyCode.DELETE);
    window.writeQuickly(text);
  }

  private static void times(int count, KeyCode key) {
    for (int i = 0; i < count; i++) {
      window.press(key);
    }
  }

  private static void list() {
    window.press(KeyCode.ALT, KeyCode.B);
    window.until("the list has the keyboard", () -> focusedNow().equals("Breakpoints"));
  }

  private static String focusedNow() {
    Node node = window.stage().getScene().getFocusOwner();
    return String.valueOf(node.getAccessibleText());
  }

  /** Goes from the list to the kinds, further down or up by so many. */
  private static void kind(int further) {
    list();
    tabTo("Break on");
    times(Math.abs(further), further < 0 ? KeyCode.UP : KeyCode.DOWN);
  }

  private static void add() {
    int before = points().size();
    tabTo("Add");
    window.press(KeyCode.ENTER);
    window.until("it is listed", () -> pointsNow() == before + 1);
  }

  private static int pointsNow() {
    return window.model().annotations().annotationsProperty().get().breakpoints().size();
  }

  @Test
  void allNineKindsOfBreakpointsAreWrittenChangedSwitchedOffAndRemovedByKeys() {
    kind(-4);
    fill("Program", "tail_ipv4_policy");
    add();
    kind(1);
    fill("Slot", "10");
    fill("Outcome", "missed");
    add();
    kind(1);
    fill("Map", "cilium_policy");
    fill("Key has", "8080");
    fill("Access", "write");
    add();
    kind(1);
    fill("From state", "none");
    fill("To state", "syn");
    fill("or lookup", "new");
    add();
    kind(1);
    fill("Reason", "drop_policy");
    fill("Only if", "tcp.dstport == 8080");
    add();
    kind(1);
    fill("Code", "verdict");
    fill("Only if", "");
    add();
    kind(1);
    fill("Type", "drop");
    add();
    kind(1);
    tabTo("Add");
    window.press(KeyCode.ENTER);
    window.until(
        "it says what is missing", () -> window.says("a breakpoint on packets needs a filter"));
    assertThat(focused()).isEqualTo("Only if");
    window.writeQuickly("udp &&");
    window.until("the caret stands below", () -> window.says("^"));
    tabTo("Add");
    window.press(KeyCode.ENTER);
    assertThat(points()).hasSize(7);
    assertThat(focused()).isEqualTo("Only if");
    window.press(KeyCode.CONTROL, KeyCode.A);
    window.writeQuickly("udp");
    add();
    kind(1);
    fill("Seconds", "soon");
    tabTo("Add");
    window.press(KeyCode.ENTER);
    window.until("it is no time", () -> window.says("not a time in seconds: soon"));
    list();
    fill("Seconds", "0.005");
    fill("Only if", "");
    add();
    assertThat(points())
        .extracting(Breakpoint::on)
        .containsExactly(
            new Breakpoint.Program("tail_ipv4_policy"),
            new Breakpoint.TailCall(10, Breakpoint.Outcome.MISSED),
            new Breakpoint.MapEntry("cilium_policy", "8080", Breakpoint.Access.WRITE),
            new Breakpoint.Conntrack("none", "syn", "new"),
            new Breakpoint.Drop("drop_policy"),
            new Breakpoint.Divergence("verdict"),
            new Breakpoint.Notification("drop"),
            new Breakpoint.Packet(),
            new Breakpoint.Time(5_000_000));
    assertThat(points())
        .extracting(Breakpoint::condition)
        .containsExactly("", "", "", "", "tcp.dstport == 8080", "", "", "udp", "");
    assertThat(window.position().packet()).as("letters typed ran no shortcut").isEqualTo(1);
    window.picture("breakpoints-nine");

    // The last one is chosen: back to the drop, which is changed.
    list();
    times(4, KeyCode.UP);
    fill("Reason", "drop_invalid");
    tabTo("Change");
    window.press(KeyCode.ENTER);
    window.until(
        "it is changed",
        () ->
            window
                .model()
                .annotations()
                .annotationsProperty()
                .get()
                .breakpoints()
                .get(4)
                .on()
                .equals(new Breakpoint.Drop("drop_invalid")));
    assertThat(points().get(4).condition()).isEqualTo("tcp.dstport == 8080");

    list();
    window.press(KeyCode.SPACE);
    assertThat(points()).filteredOn(b -> !b.enabled()).containsExactly(points().get(4));
    window.press(KeyCode.SPACE);
    assertThat(points()).allMatch(Breakpoint::enabled);
    assertThat(window.ask(() -> window.model().transport().playingProperty().get()))
        .as("nor did the space play")
        .isFalse();
    window.press(KeyCode.DELETE);
    assertThat(points()).hasSize(8).noneMatch(b -> b.on() instanceof Breakpoint.Drop);
    tabTo("Remove all");
    window.press(KeyCode.ENTER);
    assertThat(points()).isEmpty();
  }

  private static List<ColourRule> rules() {
    return said().colours();
  }

  private static double placeOf(Node node) {
    return window.ask(() -> node.localToScene(0, 0).getY());
  }

  private static String worn(int packet) {
    return window.ask(() -> wornNow(packet));
  }

  private static String wornNow(int packet) {
    return window.model().packets().dressOf(packet).colour();
  }

  @Test
  void coloursAreWrittenOrderedSwitchedOffAndRemovedByKeys() {
    window.ui(() -> window.model().annotations().colours(ColourRule.defaults()));
    List<ColourRule> rulesBefore = rules();
    window.press(KeyCode.ALT, KeyCode.C);
    window.until("the rules have the keyboard", () -> focusedNow().equals("Rules"));
    tabTo("Add");
    window.press(KeyCode.ENTER);
    assertThat(focused()).isEqualTo("Name");
    window.writeQuickly("web");
    tabTo("Filter");
    Node field = window.ask(() -> window.stage().getScene().getFocusOwner());
    double before = placeOf(field);
    window.press(KeyCode.CONTROL, KeyCode.A);
    window.press(KeyCode.DELETE);
    window.writeQuickly("tcp.dstport ==");
    window.until("it is no filter yet", () -> window.says("^"));
    window.pulses(2);
    assertThat(placeOf(field)).as("the field stays where it is").isEqualTo(before);
    window.writeQuickly(" 8080");
    tabTo("Colour");
    window.press(KeyCode.DOWN);
    fill("Sign", "w");
    ColourRule web =
        new ColourRule("web", "tcp.dstport == 8080", ColourRule.Colour.GREEN, "w", true);
    assertThat(rules().getFirst()).isEqualTo(web);
    window.until("a packet wears it", () -> wornNow(5).equals("coloured-green"));
    assertThat(worn(1)).isNotEqualTo("coloured-green");
    window.picture("colours-by-keys");

    tabTo("Down");
    window.press(KeyCode.ENTER);
    assertThat(rules().get(1)).isEqualTo(web);
    assertThat(rules().get(0)).isEqualTo(rulesBefore.getFirst());
    window.press(KeyCode.ALT, KeyCode.C);
    window.press(KeyCode.SPACE);
    assertThat(rules().get(1)).isEqualTo(web.withEnabled(false));
    window.until("nobody wears it", () -> !wornNow(5).equals("coloured-green"));
    window.press(KeyCode.DELETE);
    assertThat(rules()).isEqualTo(rulesBefore);
    assertThat(window.ask(() -> window.model().transport().playingProperty().get())).isFalse();
  }

  @Test
  void aScenarioThatIsTakenBackAndChosenAgainIsOneEdit() {
    Set<String> can = Set.of("edit.undo", "edit.redo");
    window.ui(() -> window.model().scenario().choose(CapturePoint.ANY));
    window.until("it is replayed so", () -> tapped() == CapturePoint.ANY && window.quiet());
    window.press(KeyCode.CONTROL, KeyCode.Z);
    window.until("taken back", () -> tapped() == CapturePoint.POD_VETH && window.quiet());
    assertThat(enabled(can)).containsExactly("edit.redo");
    window.press(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.Z);
    window.until("done again", () -> tapped() == CapturePoint.ANY && window.quiet());
    assertThat(enabled(can)).containsExactly("edit.undo");
    window.press(KeyCode.CONTROL, KeyCode.Z);
    window.until("taken back", () -> tapped() == CapturePoint.POD_VETH && window.quiet());
    assertThat(enabled(can)).containsExactly("edit.redo");
  }

  private static CapturePoint tapped() {
    return window.model().focus().replay().orElseThrow().scenario().capturePoint();
  }

  private static List<String> enabled(Set<String> among) {
    return window.ask(() ->
        among.stream()
            .filter(id -> window.window().actions().find(id).orElseThrow().enabled().getAsBoolean())
            .toList());
  }
}
