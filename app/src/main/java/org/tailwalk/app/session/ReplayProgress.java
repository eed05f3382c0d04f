// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.session;

/** Hears how far a replay has come, now and then, and says whether it may go on. */
@FunctionalInterface
public interface ReplayProgress {
  /**
   * A further piece was done.
   *
   * @param done packets so far
   * @param total packets in all
   * @return whether to go on
   */
  boolean at(long done, long total);
}
