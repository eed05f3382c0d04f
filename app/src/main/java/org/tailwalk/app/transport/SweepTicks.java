// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.transport;

import java.util.List;
import java.util.Optional;
import org.tailwalk.app.text.Texts;
import org.tailwalk.replay.history.SweepNote;

/** The collector's sweeps along the strip: where each stands, and what it says of itself. */
final class SweepTicks {
  private static final double NEAR = 5;
  private static final double NANOS = 1e9;

  private final List<SweepNote> notes;

  SweepTicks(List<SweepNote> notes) {
    this.notes = List.copyOf(notes);
  }

  List<SweepNote> notes() {
    return notes;
  }

  /** Before the packet that found the maps swept, in pixels. */
  static double place(SweepNote note, Strip strip) {
    double each = strip.place(2) - strip.place(1);
    return Math.max(1, strip.place((int) note.packet()) - each / 2);
  }

  /** The words of the tick at {@code x} pixels; of several the one that took most. */
  Optional<String> at(double x, Strip strip) {
    SweepNote best = null;
    for (SweepNote note : notes) {
      if (Math.abs(place(note, strip) - x) <= NEAR
          && (best == null || note.removed() > best.removed())) {
        best = note;
      }
    }
    return Optional.ofNullable(best).map(SweepTicks::words);
  }

  private static String words(SweepNote note) {
    Texts texts = Texts.of(SweepTicks.class);
    String cause =
        switch (note.cause()) {
          case START -> texts.get("sweep.start");
          case INTERVAL -> texts.get("sweep.interval");
          case SIGNAL -> texts.get("sweep.signal");
        };
    return texts.get(
        "sweep", note.sweeps(), cause, note.firstNanos() / NANOS, note.packet(), note.removed());
  }
}
