// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.compare;

import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import org.tailwalk.app.compare.core.ComparedPair;
import org.tailwalk.compare.Difference;

/**
 * Where one stands inside a pair: at one of the moments of its two paths, which go on by themselves
 * when it plays. UI thread.
 */
final class PairMoments {
  /** Seconds that a moment stands still when playing. */
  private static final double STILL = 0.55;

  private final ReadOnlyIntegerWrapper moment = new ReadOnlyIntegerWrapper();
  private final ReadOnlyBooleanWrapper playing = new ReadOnlyBooleanWrapper();
  private Tracks tracks = Tracks.NONE;
  private double still;

  /** No pair. */
  void clear() {
    tracks = Tracks.NONE;
    moment.set(0);
  }

  /**
   * Another pair: at its beginning to play it, else where its packets first differ, or at the end.
   */
  void show(ComparedPair.Scene scene, boolean play) {
    tracks = Tracks.of(scene);
    Difference difference = scene.result().difference();
    moment.set(
        play || tracks.size() == 0
            ? 0
            : difference != null && difference.row() > 0
                ? tracks.at(difference.row())
                : tracks.size() - 1);
    still = 0;
  }

  /** The next moment; false at the last one. */
  boolean forward() {
    if (moment.get() + 1 >= tracks.size()) {
      return false;
    }
    moment.set(moment.get() + 1);
    return true;
  }

  /** The moment before; false at the first one. */
  boolean back() {
    if (moment.get() == 0) {
      return false;
    }
    moment.set(moment.get() - 1);
    return true;
  }

  void first() {
    moment.set(0);
  }

  /** The moment in which a row of the steps happens. */
  void goToStep(int stepRow) {
    if (tracks.size() > 0) {
      moment.set(tracks.at(stepRow));
    }
  }

  /** Plays, from the beginning where all has happened. */
  void play() {
    if (tracks.size() > 0 && moment.get() >= tracks.size() - 1) {
      moment.set(0);
    }
    still = 0;
    playing.set(true);
  }

  void stop() {
    still = 0;
    playing.set(false);
  }

  boolean playing() {
    return playing.get();
  }

  /** Time passes, in seconds; whether it is time to go on. */
  boolean due(double seconds) {
    if (!playing.get()) {
      return false;
    }
    still += seconds;
    if (still < STILL) {
      return false;
    }
    still = 0;
    return true;
  }

  Tracks tracks() {
    return tracks;
  }

  /** The row of the aligned steps that has happened, 1-based; 0 for none. */
  int stepRow() {
    return moment.get() < tracks.size() ? tracks.rows().get(moment.get()) : 0;
  }

  ReadOnlyIntegerProperty momentProperty() {
    return moment.getReadOnlyProperty();
  }

  ReadOnlyBooleanProperty playingProperty() {
    return playing.getReadOnlyProperty();
  }
}
