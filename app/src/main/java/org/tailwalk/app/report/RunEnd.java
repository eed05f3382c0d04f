// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.report;

import java.util.List;

/**
 * How a replay ended.
 *
 * @param warnings what the reader of the result should know
 * @param interrupted ended by the user before the capture's end
 * @param claims whether agreement of the engines may be claimed: not once a map was full
 */
public record RunEnd(List<String> warnings, boolean interrupted, boolean claims) {
  /** Keeps its own copy. */
  public RunEnd {
    warnings = List.copyOf(warnings);
  }

  /** With a claim to agreement. */
  public RunEnd(List<String> warnings, boolean interrupted) {
    this(warnings, interrupted, true);
  }
}
