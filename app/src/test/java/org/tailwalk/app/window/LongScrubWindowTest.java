// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.tailwalk.app.KernelPrivilege;
import org.tailwalk.app.session.Openings;
import org.tailwalk.bpf.engine.KernelReplayEngine;
import org.tailwalk.bpf.engine.LoadMode;
import org.tailwalk.datapath.ModelReplayEngine;

/** The strip of 100,000 packets in both lanes, dragged far forward and back many times. */
@Tag("window")
@Tag("kernel")
@Tag("full")
@ExtendWith(KernelPrivilege.class)
final class LongScrubWindowTest {
  private static final int PACKETS = 100_000;
  private static final int STOPS = 4;
  private static final int DRAGS = 10;

  @TempDir Path folder;
  @AutoClose private WindowHarness window;

  @Test
  void mapsOfBothLanesAreWhatTheEnginesHad() throws Exception {
    window = WindowHarness.open(Setups.services(Openings::forWindow, Setups.kernel()));
    Scrubbing strip = Scrubbing.open(window, folder, PACKETS);
    Random dice = new Random(13);
    Map<Integer, Scrubbing.Held> stops = new LinkedHashMap<>();
    strip.hold();
    for (int i = 0; i < STOPS; i++) {
      strip.dragAbout(dice, DRAGS);
      int packet = strip.drag(dice.nextDouble());
      stops.put(packet, strip.shown());
    }
    strip.release();
    assertThat(stops).hasSize(STOPS);
    window.picture("scrubbed-long");
    try (KernelReplayEngine kernel =
        new KernelReplayEngine(
            Setups.bundled(), LoadMode.TRACED, KernelReplayEngine.MAX_ENTRIES, 1)) {
      for (Map.Entry<Integer, Scrubbing.Held> stop : stops.entrySet()) {
        Scrubbing.Held held = strip.held(kernel, new ModelReplayEngine(), stop.getKey());
        assertThat(stop.getValue().kernel())
            .as("the kernel's maps at packet %d", stop.getKey())
            .isEqualTo(held.kernel());
        assertThat(stop.getValue().model())
            .as("the model's maps at packet %d", stop.getKey())
            .isEqualTo(held.model());
      }
    }
  }
}
