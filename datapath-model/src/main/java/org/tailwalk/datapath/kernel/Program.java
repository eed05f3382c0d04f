// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.datapath.kernel;

/** The code of one BPF program. */
@FunctionalInterface
public interface Program {
  /** What a program returns after a tail call that succeeded: its own code no longer matters. */
  int TAKEN = Integer.MAX_VALUE;

  /** Runs to the end; the code is signed, or {@link #TAKEN}. */
  int run(Run run);
}
