// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.engine;

/** How programs are loaded; a check compares the three, so that tracing is known not to disturb. */
public enum LoadMode {
  /** As compiled: real clock, real random numbers, nothing seen of the path. */
  UNTOUCHED,
  /** Clock and random numbers are the replay's. */
  CLOCKED,
  /** The replay's clock and every trace point. */
  TRACED
}
