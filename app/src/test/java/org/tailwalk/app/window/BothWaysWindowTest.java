// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tailwalk.app.conntrack.ConntrackView;
import org.tailwalk.app.path.PathView;
import org.tailwalk.app.path.StageState;
import org.tailwalk.app.prefs.Preferences;
import org.tailwalk.app.session.Annotations;
import org.tailwalk.app.session.Breakpoint;
import org.tailwalk.app.session.Openings;
import org.tailwalk.app.transport.Position;
import org.tailwalk.app.transport.StepBy;

/** Going backward shows exactly what going forward showed, in a real window by real keys. */
@Tag("window")
@Tag("full")
final class BothWaysWindowTest {
  @AutoClose private static WindowHarness window;

  /** What the window shows at a stop; pictures as a hash of their pixels. */
  private record Shown(
      StageState state,
      int stage,
      int conntrack,
      int step,
      List<?> steps,
      List<?> entries,
      Object entry,
      List<?> fields) {}

  @BeforeAll
  static void openWindow() throws Exception {
    // A recording stands in the kernel lane: it tells another path than the model.
    window = WindowHarness.open(Setups.services(Openings::forWindow, Setups.modelAlone()));
    window.ui(() ->
        window.model().user().preferences().change(p -> p.withMotion(Preferences.Motion.REDUCED)));
  }

  @BeforeEach
  void forget() {
    window.ui(() -> window.model().annotations().set(Annotations.NONE));
  }

  /** A stretch of a sample. */
  private enum Stretch {
    TAIL_CALLS_AND_SERVICES("services", 1, 1),
    DROP("nobody-heard", 8, 9),
    DIVERGENCE("gre", 1, 2);

    private final String sample;
    private final int first;
    private final int last;

    Stretch(String sample, int first, int last) {
      this.sample = sample;
      this.first = first;
      this.last = last;
    }
  }

  private static void open(String sample, int packet, int step) {
    window.show("../samples/" + sample + "/capture.pcap", packet, step);
    window.ui(window.<TableView<?>>find("Packets")::requestFocus);
    arrived();
  }

  private static void arrived() {
    window.until("it is shown", window::quiet);
  }

  private static Shown shown() {
    PathView stage = window.part(PathView.class);
    ConntrackView conntrack = window.part(ConntrackView.class);
    TableView<?> steps = window.find("Steps");
    TableView<?> entries = window.find("Entries");
    TableView<?> fields = window.find("Fields of the entry");
    return window.ask(() ->
        new Shown(
            window.model().path().stateProperty().get(),
            WindowHarness.look(stage),
            WindowHarness.look(conntrack),
            steps.getSelectionModel().getSelectedIndex(),
            List.copyOf(steps.getItems()),
            List.copyOf(entries.getItems()),
            entries.getSelectionModel().getSelectedItem(),
            List.copyOf(fields.getItems())));
  }

  /** Presses a key until the window stands somewhere; what it showed at each stop on the way. */
  private static Map<Position, Shown> walk(KeyCode key, Position to) {
    Map<Position, Shown> stops = new LinkedHashMap<>();
    stops.put(at(), shown());
    while (!at().equals(to)) {
      Position before = at();
      window.tap(key);
      window.until("a step from " + before + " by " + key, () -> !window.position().equals(before));
      arrived();
      stops.put(at(), shown());
      assertThat(stops.size()).as("stops on the way to %s: %s", to, stops.keySet()).isLessThan(200);
    }
    return stops;
  }

  private static Position at() {
    return window.ask(() -> window.position());
  }

  private static int rows(String sample, int packet) {
    open(sample, packet, 0);
    return at().row();
  }

  @ParameterizedTest
  @EnumSource(Stretch.class)
  void everyStepBackShowsWhatTheStepOnShowed(Stretch of) {
    window.press(KeyCode.ALT, KeyCode.M);
    int last = rows(of.sample, of.last);
    int firstEnd = rows(of.sample, of.first);
    Position end = new Position(of.last, last, 0);
    for (StepBy by : StepBy.values()) {
      window.ui(() -> window.model().transport().stepByProperty().set(by));
      Position begin = new Position(of.first, by == StepBy.PACKET ? firstEnd : 0, 0);
      open(of.sample, of.first, by == StepBy.PACKET ? 0 : 1);
      assertThat(at()).isEqualTo(begin);
      Map<Position, Shown> forward = walk(KeyCode.RIGHT, end);
      Map<Position, Shown> backward = walk(KeyCode.LEFT, begin);
      assertThat(backward.keySet())
          .as("%s by %s", of, by)
          .containsExactlyElementsOf(new ArrayList<>(forward.keySet()).reversed());
      backward.forEach((position, then) ->
          assertThat(then).as("%s by %s at %s", of, by, position).isEqualTo(forward.get(position)));
    }
  }

  /** What is painted between two steps follows from where it is, not from where it came from. */
  @ParameterizedTest
  @EnumSource(Stretch.class)
  void betweenTheStepsTokensStandWhereTheyStood(Stretch of) {
    int last = rows(of.sample, of.first);
    PathView stage = window.part(PathView.class);
    Map<Position, Integer> forward = new HashMap<>();
    for (int i = 0; i < last * 4; i++) {
      Position at = new Position(of.first, i / 4, i % 4 / 4.0);
      forward.put(at, at(stage, at));
    }
    for (int i = last * 4 - 1; i >= 0; i--) {
      Position at = new Position(of.first, i / 4, i % 4 / 4.0);
      assertThat(at(stage, at)).as("%s at %s", of, at).isEqualTo(forward.get(at));
    }
    assertThat(forward.values().stream().distinct().count()).isGreaterThan(last / 3);
  }

  private static int at(PathView stage, Position at) {
    return window.ask(() -> {
      window.model().path().move(at.row(), at.fraction());
      return WindowHarness.look(stage);
    });
  }

  @Test
  void breakpointsStopAtTheSameStatesForwardAndBack() {
    window.press(KeyCode.ALT, KeyCode.M);
    open("nobody-heard", 1, 1);
    Breaks.set(
        window,
        new Breakpoint(1, true, new Breakpoint.Drop(""), ""),
        new Breakpoint(2, true, new Breakpoint.Divergence(""), ""),
        new Breakpoint(3, true, new Breakpoint.Packet(), "tcp.flags.fin == 1"));
    Map<Position, Shown> forward = new LinkedHashMap<>();
    for (int i = 0; i < 4; i++) {
      run(KeyCode.B);
      forward.put(at(), shown());
    }
    assertThat(forward).hasSize(4);
    Map<Position, Shown> backward = new LinkedHashMap<>();
    backward.put(at(), shown());
    for (int i = 0; i < 3; i++) {
      run(KeyCode.SHIFT, KeyCode.B);
      backward.put(at(), shown());
    }
    assertThat(backward.keySet())
        .containsExactlyElementsOf(new ArrayList<>(forward.keySet()).reversed());
    backward.forEach((position, then) ->
        assertThat(then).as("at %s", position).isEqualTo(forward.get(position)));
  }

  private static void run(KeyCode... keys) {
    Position before = at();
    window.tap(keys);
    window.until("it ran from " + before, () -> !window.position().equals(before));
    arrived();
  }
}
