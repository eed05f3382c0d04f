// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.compare;

import java.util.concurrent.CancellationException;

/** Hears how far an alignment is, and may end it. */
@FunctionalInterface
public interface AlignProgress {
  /** Nobody listens. */
  AlignProgress NONE = (_, _) -> true;

  /**
   * Called now and then.
   *
   * @param done of {@code total}
   * @return false to end it
   */
  boolean at(long done, long total);

  /** Tells, and ends it when that is wanted. */
  default void tell(long done, long total) {
    if (!at(done, total)) {
      throw new CancellationException("aligning was cancelled");
    }
  }
}
