// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.sys;

import java.util.concurrent.atomic.AtomicInteger;

/** A file descriptor that is closed once. */
public final class Fd implements AutoCloseable {
  private final AtomicInteger number;

  Fd(long number) {
    this.number = new AtomicInteger((int) number);
  }

  /** The number to hand to the kernel. */
  public int number() {
    int n = number.get();
    if (n < 0) {
      throw new IllegalStateException("descriptor is closed");
    }
    return n;
  }

  @Override
  public void close() {
    int n = number.getAndSet(-1);
    if (n >= 0) {
      // The descriptor is gone whatever close(2) answers.
      Syscall.CLOSE.call(n, 0, 0);
    }
  }
}
