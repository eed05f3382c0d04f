// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.tailwalk.app.KernelPrivilege;
import org.tailwalk.app.path.StageState;
import org.tailwalk.app.session.Breakpoint;
import org.tailwalk.app.session.Openings;
import org.tailwalk.app.transport.Position;

/** Running to breakpoints and back through 100,000 packets in both lanes. */
@Tag("window")
@Tag("kernel")
@Tag("full")
@ExtendWith(KernelPrivilege.class)
final class LongRunWindowTest {
  private static final int PACKETS = 100_000;
  private static final int STOPS = 8;

  /** Of a connection in the middle, of whose ten packets no two run again together. */
  private static final String PORT = ":25000 ";

  @TempDir Path folder;
  @AutoClose private WindowHarness window;

  /** What the window shows at a stop. */
  private record Shown(StageState stage, List<?> steps, List<?> entries) {}

  @Test
  void bothWaysStopAtTheSameAndASearchTellsHowFarItIsAndCanBeEnded() throws Exception {
    window = WindowHarness.open(Setups.services(Openings::forWindow, Setups.kernel()));
    Scrubbing.open(window, folder, PACKETS);

    breakOn(new Breakpoint.MapEntry("ct_tcp4", PORT, Breakpoint.Access.ANY), "");
    Map<Position, Shown> forward = new LinkedHashMap<>();
    for (int i = 0; i < STOPS; i++) {
      stop(KeyCode.B);
      forward.put(at(), shown());
    }
    assertThat(forward).hasSize(STOPS);
    assertThat(forward.keySet().stream().map(Position::packet).distinct().count()).isGreaterThan(1);
    Map<Position, Shown> backward = new LinkedHashMap<>();
    backward.put(at(), shown());
    for (int i = 1; i < STOPS; i++) {
      stop(KeyCode.SHIFT, KeyCode.B);
      backward.put(at(), shown());
    }
    assertThat(backward.keySet())
        .containsExactlyElementsOf(new ArrayList<>(forward.keySet()).reversed());
    backward.forEach((position, then) ->
        assertThat(then).as("at %s", position).isEqualTo(forward.get(position)));

    Position before = at();
    // Only steps tell: all packets run again.
    breakOn(new Breakpoint.Packet(), "step contains \"no such step\"");
    window.tap(KeyCode.B);
    midway();
    window.picture("running-midway");
    window.press(KeyCode.ESCAPE);
    ended(before);
    window.tap(KeyCode.SHIFT, KeyCode.B);
    midway();
    window.click("Cancel");
    ended(before);

    // What is kept of the packets tells: the page of breakpoints says what came of it.
    breakOn(new Breakpoint.MapEntry("", "no such key", Breakpoint.Access.ANY), "");
    window.press(KeyCode.ALT, KeyCode.B);
    window.tap(KeyCode.B);
    window.until("none is behind", () -> window.says("no breakpoint behind this step"));
    window.tap(KeyCode.SHIFT, KeyCode.B);
    window.until("none is before", () -> window.says("no breakpoint before this step"));
    assertThat(at()).isEqualTo(before);
  }

  private void breakOn(Breakpoint.On on, String condition) {
    Breaks.set(window, new Breakpoint(1, true, on, condition));
  }

  private Position at() {
    return window.ask(() -> window.position());
  }

  private void stop(KeyCode... keys) {
    Position before = at();
    window.tap(keys);
    window.until("it ran from " + before, () -> !window.position().equals(before));
    window.until("it has arrived", window::quiet);
    window.pulses(2);
  }

  private Shown shown() {
    TableView<?> entries = window.find("Entries");
    return window.ask(() ->
        new Shown(
            window.model().path().stateProperty().get(),
            List.copyOf(window.model().steps().rows()),
            List.copyOf(entries.getItems())));
  }

  private void midway() {
    window.until(
        "it tells how far it is", () -> window.model().status().progressProperty().get() > 0.01);
  }

  private void ended(Position before) {
    window.until("it has ended", () -> !window.model().status().working() && window.quiet());
    assertThat(at()).isEqualTo(before);
  }
}
