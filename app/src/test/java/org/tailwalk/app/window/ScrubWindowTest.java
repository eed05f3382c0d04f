// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tailwalk.app.session.Lanes;
import org.tailwalk.app.session.Openings;
import org.tailwalk.datapath.ModelReplayEngine;
import org.tailwalk.engine.ReplayException;

/** Time travel by the mouse, in a real window over more packets than traces are kept of. */
@Tag("window")
final class ScrubWindowTest {
  private static final int PACKETS = 20_000;

  @TempDir Path folder;
  @AutoClose private WindowHarness window;

  private Scrubbing open(Lanes lanes) throws Exception {
    window = WindowHarness.open(Setups.services(Openings::forWindow, lanes));
    return Scrubbing.open(window, folder, PACKETS);
  }

  @Test
  void mapsAreWhatAnEngineHadWhereverTheMouseStops() throws Exception {
    Scrubbing strip = open(Setups.modelAlone());
    Random dice = new Random(11);
    Map<Integer, Scrubbing.Held> stops = new LinkedHashMap<>();
    strip.hold();
    for (int i = 0; i < 2; i++) {
      strip.dragAbout(dice, 3);
      int packet = strip.drag(dice.nextDouble());
      stops.put(packet, strip.shown());
    }
    strip.release();
    window.picture("scrubbed");
    for (Map.Entry<Integer, Scrubbing.Held> stop : stops.entrySet()) {
      assertThat(stop.getValue())
          .as("at packet %d", stop.getKey())
          .isEqualTo(strip.held(null, new ModelReplayEngine(), stop.getKey()));
    }
  }

  @Test
  void theWindowGoesOnWhileAnEngineIsHeldUp() throws Exception {
    Gate gate = new Gate();
    Scrubbing strip =
        open(
            Lanes.modelAlone(
                "not in this test", WrappedEngine.heard(new ModelReplayEngine(), gate::pass)));
    strip.hold();
    strip.drag(0.9);
    window.until("a packet of no kept trace is shown", window::quiet);
    int before = gate.runs.get();
    gate.close();
    Random dice = new Random(12);
    // Each move is heard and shown by the cursor, though no packet comes.
    strip.dragAbout(dice, 8);
    int last = strip.drag(0.7);
    window.pulses(5);
    assertThat(window.<Integer>ask(this::shown)).isNotEqualTo(last);
    gate.open();
    window.until("the last is shown", () -> window.quiet() && shown() == last);
    strip.release();
    assertThat(gate.runs.get() - before)
        .as("packets passed over are not run: a stretch was under way, another is shown")
        .isLessThanOrEqualTo(2 * 64);
  }

  private int shown() {
    return window.model().focus().packet().map(p -> (int) p.number()).orElse(0);
  }

  /** What an engine waits at before it runs a packet. */
  private static final class Gate {
    private final AtomicInteger runs = new AtomicInteger();
    private boolean closed;

    synchronized void close() {
      closed = true;
    }

    synchronized void open() {
      closed = false;
      notifyAll();
    }

    synchronized void pass() throws ReplayException {
      try {
        while (closed) {
          wait();
        }
      } catch (InterruptedException e) {
        throw new ReplayException("held up, and interrupted", e);
      }
      runs.incrementAndGet();
    }
  }
}
