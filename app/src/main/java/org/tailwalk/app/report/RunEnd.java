// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.report;

import java.util.List;

/**
 * How a replay ended.
 *
 * @param warnings what the reader of the result should know
 * @param interrupted ended by the user before the capture's end
 */
public record RunEnd(List<String> warnings, boolean interrupted) {
  /** Keeps its own copy. */
  public RunEnd {
    warnings = List.copyOf(warnings);
  }
}
