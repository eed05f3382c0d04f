// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.engine;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.tailwalk.engine.Outcome;
import org.tailwalk.event.PathTrace;

/**
 * Runs whose logs are still to be decoded. Decoding carries the state of the maps from run to run,
 * so it goes in the order of the runs, whichever thread asks; adding never waits for it.
 */
final class Undecoded {
  private final Queue<Late> waiting = new ConcurrentLinkedQueue<>();

  /**
   * Adds the latest run.
   *
   * @param decode makes its trace; called once
   */
  Outcome add(boolean urgent, Supplier<PathTrace> decode) {
    Late late = new Late(urgent, decode);
    waiting.add(late);
    return late;
  }

  /** Decodes all that waits: the decoder then knows the maps as the last run left them. */
  synchronized void settle() {
    for (Late next = waiting.poll(); next != null; next = waiting.poll()) {
      next.decode();
    }
  }

  private synchronized void settle(Late upTo) {
    while (upTo.decode != null) {
      Late next = waiting.poll();
      if (next == null) {
        throw new IllegalStateException("a run that waits to be decoded is not in the queue");
      }
      next.decode();
    }
  }

  /** Its fields change under the queue's lock alone. */
  private final class Late implements Outcome {
    private final boolean urgent;
    private @Nullable Supplier<PathTrace> decode;
    private @Nullable PathTrace trace;
    private @Nullable Throwable failure;

    Late(boolean urgent, Supplier<PathTrace> decode) {
      this.urgent = urgent;
      this.decode = decode;
    }

    private void decode() {
      Supplier<PathTrace> once = decode;
      decode = null;
      if (once == null) {
        return;
      }
      try {
        trace = once.get();
      } catch (RuntimeException | Error e) {
        // Whoever asks for this run is told; the runs behind it are decoded as far as they can be.
        failure = e;
      }
    }

    @Override
    public boolean urgent() {
      return urgent;
    }

    @Override
    public PathTrace trace() {
      synchronized (Undecoded.this) {
        settle(this);
        PathTrace made = trace;
        if (made == null) {
          throw new IllegalStateException("decode a run: " + failure, failure);
        }
        return made;
      }
    }
  }
}
