// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.session;

import java.io.IOException;
import java.util.BitSet;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleConsumer;
import org.jspecify.annotations.Nullable;
import org.tailwalk.packet.Frame;
import org.tailwalk.replay.FrameSource;

/** Reads the bytes of some packets from the capture, in one pass. Used where replays are used. */
public final class FramePass {
  private static final int TELL_EVERY = 256;

  private FramePass() {}

  /** Hears of the packets that are wanted, in order. */
  @FunctionalInterface
  public interface Listener {
    /** A packet's bytes. */
    void frame(int number, Frame frame);
  }

  /**
   * Reads them.
   *
   * @param wanted numbers of packets, 1-based
   * @param goOn asked now and then
   * @param progress told now and then, 0 to 1
   * @return false when {@code goOn} said no before all were read
   */
  public static boolean read(
      Replay replay,
      BitSet wanted,
      BooleanSupplier goOn,
      DoubleConsumer progress,
      Listener listener)
      throws IOException {
    int first = wanted.nextSetBit(1);
    int last = wanted.length() - 1;
    if (first < 0) {
      return true;
    }
    FrameSource frames = replay.framesFrom(first);
    for (int number = first; number <= last; number++) {
      if (number % TELL_EVERY == 0) {
        progress.accept((double) (number - first) / (last - first + 1));
        if (!goOn.getAsBoolean()) {
          return false;
        }
      }
      @Nullable Frame frame = frames.next();
      if (frame == null) {
        throw new IOException("packet " + number + ": the capture now ends before it");
      }
      if (wanted.get(number)) {
        listener.frame(number, frame);
      }
    }
    return true;
  }
}
