// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf;

import java.io.IOException;
import java.time.Duration;

/** The kernel frees maps and programs after a grace period: look again for a while. */
public final class KernelEventually {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private KernelEventually() {}

  /** The objects as soon as they are as expected, or as they are when patience ends. */
  public static KernelObjects equalTo(KernelObjects expected) throws IOException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    KernelObjects now = KernelObjects.now();
    while (!now.equals(expected) && System.nanoTime() < end) {
      try {
        Thread.sleep(20);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return now;
      }
      now = KernelObjects.now();
    }
    return now;
  }
}
