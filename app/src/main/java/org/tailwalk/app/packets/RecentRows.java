// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.packets;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The rows on the screen, made once for all their cells. UI thread. */
public final class RecentRows {
  /** More than a page has. */
  private static final int KEPT = 256;

  private final @Nullable PacketRow[] rows = new PacketRow[KEPT];
  private PacketTable of = PacketTable.EMPTY;

  /** A packet's row. */
  public PacketRow row(PacketTable table, int number) {
    if (table != of) {
      Arrays.fill(rows, null);
      of = table;
    }
    int slot = number % KEPT;
    PacketRow known = rows[slot];
    if (known == null || known.number() != number) {
      known = table.row(number);
      rows[slot] = known;
    }
    return known;
  }

  /** Keeps nothing of a table that is no longer shown. */
  public void forget() {
    Arrays.fill(rows, null);
    of = PacketTable.EMPTY;
  }
}
