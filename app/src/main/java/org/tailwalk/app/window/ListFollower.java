// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.window;

import java.util.function.IntConsumer;
import javafx.animation.PauseTransition;
import javafx.util.Duration;

/**
 * Keeps the list at the packet that is looked at. While the strip is held it follows only when the
 * packet is there, or when the mouse rests: to lay out another page of rows for every pixel that is
 * passed takes the time in which that packet could be looked up, and nobody can read them. UI
 * thread.
 */
final class ListFollower {
  /** Some pulses: a mouse that moves is heard of at each. */
  private static final Duration REST = Duration.millis(50);

  /** Waits until nothing has moved for a while. */
  interface Rest {
    /** Calls {@code then} after a while, and not what was to be called before. */
    void begin(Runnable then);

    /** Calls nothing. */
    void end();
  }

  private final IntConsumer list;
  private final Rest rest;
  private int packet;
  private int followed;
  private boolean held;

  /** Tells {@code list} the packet that it is to show. */
  ListFollower(IntConsumer list) {
    this(list, new Pause());
  }

  ListFollower(IntConsumer list, Rest rest) {
    this.list = list;
    this.rest = rest;
  }

  /** Another packet is looked at; 0 for none. */
  void go(int to) {
    packet = to;
    if (held) {
      rest.begin(this::follow);
    } else {
      follow();
    }
  }

  /** What there is to see of the packet is there. */
  void shown() {
    follow();
  }

  /** The strip is held, or no longer. */
  void held(boolean now) {
    held = now;
    if (!now) {
      follow();
    }
  }

  private void follow() {
    rest.end();
    if (packet != followed) {
      followed = packet;
      list.accept(packet);
    }
  }

  private static final class Pause implements Rest {
    private final PauseTransition pause = new PauseTransition(REST);

    @Override
    public void begin(Runnable then) {
      pause.setOnFinished(_ -> then.run());
      pause.playFromStart();
    }

    @Override
    public void end() {
      pause.stop();
    }
  }
}
