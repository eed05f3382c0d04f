// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.replay;

/**
 * The one clock of a replay: {@code base + the furthest capture time so far - the first}. It never
 * goes back. Used by one thread.
 */
public final class VirtualClock {
  /** Nanoseconds in a second. */
  public static final long SECOND = 1_000_000_000L;

  private final long baseNanos;
  private boolean started;
  private long first;
  private long furthest;

  /** A clock that shows {@code baseSeconds} at the first frame. */
  public VirtualClock(long baseSeconds) {
    this.baseNanos = Math.multiplyExact(baseSeconds, SECOND);
  }

  /** The clock as it stood behind a frame: the first capture time and the furthest so far. */
  public static VirtualClock resumed(long baseSeconds, long firstNanos, long furthestNanos) {
    VirtualClock clock = new VirtualClock(baseSeconds);
    clock.started = true;
    clock.first = firstNanos;
    clock.furthest = furthestNanos;
    return clock;
  }

  /** Capture time of the first frame, as far as there was one. */
  public long firstNanos() {
    return first;
  }

  /** The furthest capture time so far. */
  public long furthestNanos() {
    return furthest;
  }

  /**
   * Moves the clock to a frame's capture time, unless that lies behind.
   *
   * @return whether it did lie behind an earlier frame's
   */
  public boolean advance(long captureNanos) {
    if (!started) {
      started = true;
      first = captureNanos;
      furthest = captureNanos;
      return false;
    }
    if (captureNanos < furthest) {
      return true;
    }
    furthest = captureNanos;
    return false;
  }

  /** Virtual monotonic time, nanoseconds. */
  public long nowNanos() {
    return baseNanos + (furthest - first);
  }

  /** The same in whole seconds, as the datapath counts. */
  public long nowSeconds() {
    return nowNanos() / SECOND;
  }
}
