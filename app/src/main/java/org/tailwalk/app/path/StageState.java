// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.path;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the stage shows of a packet at one moment. Everything painted follows from it.
 *
 * @param packet 1-based number; 0 for none
 * @param kernel null when that engine did not run
 * @param model null when that engine did not run
 * @param row the aligned step that has happened
 * @param fraction how far to the next one, 0 to 1
 */
public record StageState(
    long packet, @Nullable Walk kernel, @Nullable Walk model, int row, double fraction) {
  /** No packet. */
  public static final StageState NONE = new StageState(0, null, null, 0, 0);

  /** The same packet at another moment. */
  public StageState at(int newRow, double newFraction) {
    return new StageState(packet, kernel, model, newRow, newFraction);
  }

  /** What really ran, without what the model makes of it. */
  StageState kernelAlone() {
    return new StageState(packet, kernel, null, row, fraction);
  }

  /**
   * Whether another moment shows the same but for the tokens and letters that move: most steps, as
   * looking something up, leave the stage as it is.
   */
  boolean looksLike(StageState other) {
    return packet == other.packet
        && kernel == other.kernel
        && model == other.model
        && (row == other.row
            || seen(kernel, row) == seen(kernel, other.row)
                && seen(model, row) == seen(model, other.row));
  }

  private static int seen(@Nullable Walk walk, int row) {
    return walk == null ? 0 : walk.seen(row);
  }

  /**
   * The last node that both engines have gone through before they part; empty when they don't, or
   * when only one of them ran.
   */
  public String partsAt() {
    if (kernel == null || model == null) {
      return "";
    }
    List<String> a = kernel.route(Integer.MAX_VALUE - 1);
    List<String> b = model.route(Integer.MAX_VALUE - 1);
    String common = "";
    for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
      if (!a.get(i).equals(b.get(i))) {
        return common;
      }
      common = a.get(i);
    }
    return a.size() == b.size() ? "" : common;
  }
}
