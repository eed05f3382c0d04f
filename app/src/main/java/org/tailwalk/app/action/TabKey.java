// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.action;

import javafx.scene.TraversalDirection;
import javafx.scene.control.TextArea;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;

/** Lets Tab go on from text of several lines, which would keep it and with it the keyboard. */
public final class TabKey {
  private TabKey() {}

  /** Goes to the next control with Tab, to the one before with Shift+Tab. */
  public static void leaves(TextArea area) {
    area.addEventFilter(
        KeyEvent.KEY_PRESSED,
        e -> {
          if (e.getCode() == KeyCode.TAB && !e.isControlDown() && !e.isAltDown()) {
            e.consume();
            area.requestFocusTraversal(
                e.isShiftDown() ? TraversalDirection.PREVIOUS : TraversalDirection.NEXT);
          }
        });
  }
}
