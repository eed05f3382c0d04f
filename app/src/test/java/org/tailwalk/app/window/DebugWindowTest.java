// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import javafx.scene.control.SplitMenuButton;
import javafx.scene.control.TableView;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tailwalk.app.filter.FilterViewModel;
import org.tailwalk.app.packets.Shown;
import org.tailwalk.app.session.Annotations;
import org.tailwalk.app.session.Breakpoint;
import org.tailwalk.app.transport.Position;

/** Filter, marks, notes, colours and breakpoints in a real window, by keyboard and mouse. */
@Tag("window")
final class DebugWindowTest {
  @AutoClose private static WindowHarness window;

  @BeforeAll
  static void openWindow() throws Exception {
    window = WindowHarness.open(Setups.services(Setups.synthetic(), Setups.fakes()));
  }

  @BeforeEach
  void openCapture() {
    window.ui(() -> {
      window.model().filter().clear();
      window.model().annotations().set(Annotations.NONE);
      window.model().open("1284", null, 1, 0);
    });
    window.until("the capture is shown", () -> window.model().settledProperty().get());
    window.press(KeyCode.ESCAPE);
    TableView<?> packets = window.find("Packets");
    window.ui(packets::requestFocus);
    window.until("the list has the keyboard", packets::isFocused);
  }

  private static Shown shown() {
    return window.model().packets().shownProperty().get();
  }

  private static Position position() {
    return window.position();
  }

  private static Annotations said() {
    return window.model().annotations().annotationsProperty().get();
  }

  private static void at(int packet) {
    window.until(
        "at packet " + packet,
        () ->
            position().packet() == packet
                && window.model().focus().packet().filter(p -> p.number() == packet).isPresent());
  }

  private static String typed() {
    TextInputControl field = window.find("Filter");
    return window.ask(field::getText);
  }

  @Test
  void aTypedFilterShowsWhatPassesAndEscapeShowsAllAgain() {
    window.press(KeyCode.SLASH);
    window.until("the filter has the keyboard", window::focusIsText);
    window.write("tcp.dstport == 8080 && verdict == dropped");
    assertThat(typed()).isEqualTo("tcp.dstport == 8080 && verdict == dropped");
    window.until("it is understood", () -> state() == FilterViewModel.State.GOOD);
    window.screen("filter-good");
    window.press(KeyCode.ENTER);
    window.until("drops alone", () -> shown().size() == 128);
    assertThat(window.ask(() -> shown().number(0))).isEqualTo(5);
    window.until("the list has the keyboard", () -> !window.focusIsText());
    window.press(KeyCode.ESCAPE);
    window.until("all again", () -> shown().size() == 1284);
    assertThat(typed()).isEmpty();
  }

  private static FilterViewModel.State state() {
    return window.model().filter().stateProperty().get();
  }

  @Test
  void aWrongFilterIsPointedAtAndMended() {
    window.press(KeyCode.CONTROL, KeyCode.F);
    window.write("syn && ip.scr == 10.0.0.11");
    window.until("it is no filter", () -> state() == FilterViewModel.State.BAD);
    window.press(KeyCode.ESCAPE);
    if (window.ask(() -> window.model().filter().textProperty().get().isEmpty())) {
      // No offer was open: escape cleared the field.
      window.press(KeyCode.CONTROL, KeyCode.F);
      window.write("syn && ip.scr == 10.0.0.11");
    }
    window.press(KeyCode.ENTER);
    window.until("the caret stands below", () -> window.says("^^^^^^"));
    window.until("and a way out", () -> window.says("did you mean ip.src?"));
    window.screen("filter-bad");
    window.press(KeyCode.ALT, KeyCode.ENTER);
    assertThat(typed()).isEqualTo("syn && ip.src == 10.0.0.11");
    window.press(KeyCode.ENTER);
    window.until("it is carried out", () -> shown().size() < 300 && shown().size() > 100);
  }

  @Test
  void theFilterIsCompletedByKeys() {
    window.press(KeyCode.SLASH);
    window.write("ip.sr");
    window.until("a way to go on", () -> window.says("source address"));
    window.screen("filter-completion");
    window.press(KeyCode.DOWN);
    window.press(KeyCode.ENTER);
    window.until(
        "the field stands there",
        () -> window.model().filter().textProperty().get().equals("ip.src "));
    window.until("operators are offered", () -> window.says("any value is equal"));
    window.press(KeyCode.DOWN);
    window.press(KeyCode.TAB);
    window.until("addresses of the capture are offered", () -> window.says("10.0.1.20"));
    window.screen("filter-values");
    window.write("10.0.1");
    window.press(KeyCode.TAB);
    assertThat(typed()).isEqualTo("ip.src == 10.0.1.20");
    window.press(KeyCode.ENTER);
    window.until("it is carried out", () -> shown().size() > 0 && shown().size() < 1284);
    window.ui(() -> window.model().filter().clear());
    window.press(KeyCode.SLASH);
    window.press(KeyCode.DOWN);
    window.until("what was typed before is offered", () -> window.says("ip.src == 10.0.1.20"));
    window.press(KeyCode.ESCAPE);
  }

  @Test
  void framesAndTracesAreAskedInTheBackground() {
    window.press(KeyCode.SLASH);
    window.write("ip.ttl == 64 && step contains \"8080\"");
    window.press(KeyCode.ENTER);
    // The list fills while the answers come; the first of them is not at once the first of all.
    window.until(
        "found", () -> shown().size() > 0 && shown().size() < 1284 && shown().number(0) == 5);
  }

  @Test
  void runningThatFindsNothingSaysSoBesideTheTransportEachTime() {
    String none = "no breakpoint is on: Ctrl+B breaks on what this step does";
    for (int packet : new int[] {2, 3}) {
      window.press(KeyCode.B);
      window.until(
          "it says so", () -> window.model().transport().saidProperty().get().equals(none));
      assertThat(window.ask(() -> window.shows(none))).isTrue();
      window.press(KeyCode.DOWN);
      at(packet);
      window.until("a move takes it away", () -> !window.shows(none));
    }
  }

  @Test
  void marksReferencesAndNotesAreSetByKeysAndShown() {
    window.press(KeyCode.CONTROL, KeyCode.M);
    window.press(KeyCode.F8);
    at(2);
    window.press(KeyCode.F8);
    at(3);
    window.press(KeyCode.CONTROL, KeyCode.M);
    window.press(KeyCode.CONTROL, KeyCode.T);
    assertThat(window.ask(() -> said().marks())).containsExactly(1, 3);
    window.until("the reference is shown", () -> window.shows("*REF*"));
    window.until("time counts from it", () -> window.shows("0.001250"));
    window.press(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.N);
    at(1);
    window.press(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.B);
    at(3);
    window.press(KeyCode.CONTROL, KeyCode.ALT, KeyCode.C);
    window.until("the note has the keyboard", window::focusIsText);
    window.write("odd one");
    window.press(KeyCode.CONTROL, KeyCode.ENTER);
    window.until("it is kept", () -> said().noteOf(3).equals("odd one"));
    window.until("it is listed", () -> window.shows("Packet 3: odd one"));
    window.picture("notes");
    window.clickOn("Packet 1: marked");
    at(1);
    window.press(KeyCode.SLASH);
    window.write("marked");
    window.press(KeyCode.ENTER);
    window.until("marked ones alone", () -> shown().size() == 2);
    window.clickOn("Packet 3: odd one");
    at(3);
  }

  @Test
  void aFlowIsFollowedByKeys() {
    window.press(KeyCode.CONTROL, KeyCode.ALT, KeyCode.SHIFT, KeyCode.T);
    window.until("the flow alone", () -> shown().size() > 1 && shown().size() < 30);
    assertThat(typed()).startsWith("flow == ");
  }

  @Test
  void headersSortTheListWithTheMouse() {
    window.clickOn("Verdict");
    window.until("by verdict", () -> shown().number(0) != 1);
    assertThat(
            window.ask(() ->
                window
                    .model()
                    .packets()
                    .tableProperty()
                    .get()
                    .row(shown().number(0))
                    .verdictWords()))
        .isEqualTo("Policy denied");
    window.picture("sorted");
    window.clickOn("Verdict");
    window.clickOn("Verdict");
    window.until("natural again", () -> shown().number(0) == 1 && shown().number(1) == 2);
  }

  @Test
  void breakpointsStopForwardAndBackAtTheSamePlaces() {
    Breaks.set(
        window,
        new Breakpoint(1, true, new Breakpoint.Drop(""), ""),
        new Breakpoint(2, true, new Breakpoint.Divergence(""), ""));
    SplitMenuButton button = window.find("Run to the next breakpoint");
    window.until("the transport counts them", () -> button.getText().contains("2"));
    window.press(KeyCode.B);
    at(5);
    Position first = window.ask(DebugWindowTest::position);
    window.press(KeyCode.B);
    at(15);
    window.press(KeyCode.SHIFT, KeyCode.B);
    at(5);
    assertThat(window.ask(DebugWindowTest::position)).isEqualTo(first);
    window.press(KeyCode.SHIFT, KeyCode.B);
    window.press(KeyCode.ALT, KeyCode.B);
    window.until("it says so", () -> window.shows("no breakpoint before this step"));
    window.picture("breakpoints");
    window.click(button, 12, 12, MouseButton.PRIMARY);
    at(15);
  }

  private static boolean saysStopped() {
    return window.model().transport().saidProperty().get().startsWith("stopped: ");
  }

  @Test
  void whereItStoppedIsSaidUntilTheNextMove() {
    Breaks.set(
        window,
        new Breakpoint(1, true, new Breakpoint.Program("2/7"), ""),
        new Breakpoint(2, true, new Breakpoint.Program("2/29"), "frame.number < 5"),
        new Breakpoint(3, true, new Breakpoint.Drop(""), ""));
    window.ui(() -> window.model().transport().goToRow(0));
    window.press(KeyCode.B);
    window.until("in the same packet", () -> position().packet() == 1 && position().row() > 0);
    window.until("it says so", DebugWindowTest::saysStopped);
    window.ui(() -> window.model().transport().goToRow(0));
    assertThat(window.ask(DebugWindowTest::saysStopped)).isFalse();
    Breaks.set(window, new Breakpoint(1, true, new Breakpoint.Drop(""), ""));
    window.press(KeyCode.B);
    at(5);
    assertThat(window.ask(() -> position().row())).isPositive();
    window.until("it says so of another packet", DebugWindowTest::saysStopped);
    window.pulses(3);
    assertThat(window.ask(DebugWindowTest::saysStopped)).isTrue();
    window.ui(() -> window.model().transport().playTo(0));
    assertThat(window.ask(DebugWindowTest::saysStopped)).isFalse();
  }

  @Test
  void aStepIsBrokenOnFromItsMenuAndByKey() {
    TableView<?> steps = window.find("Steps");
    window.click(steps, 60, 26 + 22 * 1.5, MouseButton.SECONDARY);
    window.screen("break-menu");
    window.until("an offer", () -> window.says("Break on: "));
    window.press(KeyCode.DOWN);
    window.press(KeyCode.ENTER);
    window.until("it is set", () -> said().breakpoints().size() == 1);
    assertThat(window.ask(() -> said().breakpoints().getFirst().on()))
        .as("what the row that was pointed at does")
        .isInstanceOf(Breakpoint.MapEntry.class);
    window.press(KeyCode.CONTROL, KeyCode.B);
    window.until("set here", () -> !said().breakpoints().isEmpty());
    window.ui(() -> window.model().transport().goToRow(0));
    window.press(KeyCode.CONTROL, KeyCode.B);
    window.until(
        "a program",
        () -> said().breakpoints().stream().anyMatch(b -> b.on() instanceof Breakpoint.Program));
  }

  @Test
  void coloursAreGivenByRules() {
    window.press(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.P);
    window.press(KeyCode.ESCAPE);
    window.ui(() ->
        window
            .model()
            .annotations()
            .colours(
                List.of(
                    new org.tailwalk.app.session.ColourRule(
                        "Begin",
                        "tcp.flags.syn == 1 && tcp.flags.ack == 0",
                        org.tailwalk.app.session.ColourRule.Colour.GREEN,
                        "S",
                        true),
                    new org.tailwalk.app.session.ColourRule(
                        "Ttl",
                        "ip.ttl == 64 && udp",
                        org.tailwalk.app.session.ColourRule.Colour.SKY,
                        "",
                        true))));
    window.until("signs are shown", () -> window.shows("S"));
    assertThat(window.ask(() -> window.model().packets().dressOf(1).colour()))
        .isEqualTo("coloured-green");
    TableView<?> packets = window.find("Packets");
    window.click(packets, 60, 26 + 23 * 3.5, MouseButton.SECONDARY);
    window.screen("packet-menu");
    window.until("the packet has a menu", () -> window.says("Follow flow"));
    window.press(KeyCode.ESCAPE);
  }
}
