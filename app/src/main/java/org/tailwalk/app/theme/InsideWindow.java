// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.theme;

import javafx.scene.Scene;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.MenuButton;
import javafx.stage.PopupWindow;
import javafx.stage.Window;

/** Keeps menus and other popups inside the window: JavaFX minds the edges of the screen alone. */
public final class InsideWindow {
  private InsideWindow() {}

  /** Lets the button's menu begin further left where it would reach over the right edge. */
  public static void keep(MenuButton button) {
    button.addEventHandler(
        MenuButton.ON_SHOWN,
        _ -> {
          ContextMenu menu =
              button.getItems().isEmpty() ? null : button.getItems().getFirst().getParentPopup();
          if (menu != null && button.getScene() != null) {
            keep(menu, button.getScene());
          }
        });
  }

  /** The same for what is shown already, of this scene's window. */
  public static void keep(PopupWindow shown, Scene scene) {
    Window window = scene.getWindow();
    double left = window.getX() + scene.getX();
    double over = shown.getX() + shown.getWidth() - left - scene.getWidth();
    if (over > 0) {
      shown.setX(Math.max(left, shown.getX() - over));
    }
  }
}
