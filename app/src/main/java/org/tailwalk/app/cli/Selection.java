// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.cli;

import org.tailwalk.filter.Filter;

/** Which packets are printed: those of a range that pass a filter. */
record Selection(PacketRange range, Filter filter) {
  /** Those of a range. */
  static Selection of(PacketRange range) {
    return new Selection(range, Filter.ALL);
  }
}
