// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.compare;

import javafx.animation.AnimationTimer;
import javafx.scene.control.TableView;
import javafx.scene.layout.Region;

/**
 * Lets a table grow downwards from its first row when it has rows for the first time. Making a row
 * with all its cells takes milliseconds of the UI thread, more while the code is cold; a table full
 * of them at once is a pulse that is seen to stall. Those that are there are used again from then
 * on.
 */
final class Unfolding extends AnimationTimer {
  private static final int ROWS_A_PULSE = 2;

  private final TableView<?> table;
  private final double row;
  private final Runnable then;
  private boolean begun;
  private int wait;
  private int rows;

  /**
   * Of one table, at the top of what is around it.
   *
   * @param row height of each
   * @param wait pulses before the first
   * @param then done when all are there
   */
  Unfolding(TableView<?> table, double row, int wait, Runnable then) {
    this.table = table;
    this.row = row;
    this.wait = wait;
    this.then = then;
  }

  /** To be called when there are rows; what comes after the first time changes nothing. */
  void begin() {
    if (!begun) {
      begun = true;
      table.setMaxHeight(row);
      start();
    }
  }

  @Override
  public void handle(long now) {
    if (!(table.getParent() instanceof Region around) || wait-- > 0) {
      return;
    }
    rows += ROWS_A_PULSE;
    // The head is about as high as a row.
    table.setMaxHeight((rows + 1) * row);
    if (rows >= table.getItems().size() || table.getMaxHeight() >= around.getHeight()) {
      stop();
      table.setMaxHeight(Region.USE_COMPUTED_SIZE);
      then.run();
    }
  }
}
