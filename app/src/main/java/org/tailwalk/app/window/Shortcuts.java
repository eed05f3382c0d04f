// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.window;

import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Slider;
import javafx.scene.control.TextInputControl;
import javafx.scene.control.TreeView;
import javafx.scene.input.KeyEvent;

/** The keys that hold in the whole window; those of {@link Keys}. */
final class Shortcuts {
  private final MainWindow window;
  private final MainViewModel model;
  private final Overlay overlay;

  Shortcuts(MainWindow window, MainViewModel model, Overlay overlay) {
    this.window = window;
    this.model = model;
    this.overlay = overlay;
  }

  void install(Scene scene) {
    scene.addEventFilter(
        KeyEvent.KEY_PRESSED,
        event -> {
          if (handled(event, scene.getFocusOwner())) {
            event.consume();
          }
        });
    // The space that played must not also press the button that has the focus.
    scene.addEventFilter(
        KeyEvent.KEY_RELEASED,
        event -> {
          if (event.getCode() == javafx.scene.input.KeyCode.SPACE
              && !(scene.getFocusOwner() instanceof TextInputControl)) {
            event.consume();
          }
        });
    scene.addEventFilter(
        KeyEvent.KEY_TYPED,
        event -> {
          if (event.getCharacter().equals("/")
              && !event.isControlDown()
              && !(scene.getFocusOwner() instanceof TextInputControl)) {
            window.focusFilter();
            event.consume();
          }
        });
  }

  private boolean handled(KeyEvent event, Node focus) {
    if (event.isControlDown()) {
      return withControl(event);
    }
    switch (event.getCode()) {
      case F1 -> overlay.toggleHelp();
      case F7 -> model.neighbour(-1);
      case F8 -> model.neighbour(1);
      case ESCAPE -> {
        return escape();
      }
      default -> {
        return !(focus instanceof TextInputControl)
            && !event.isAltDown()
            && !event.isMetaDown()
            && plain(event, focus);
      }
    }
    return true;
  }

  private boolean withControl(KeyEvent event) {
    switch (event.getCode()) {
      case O -> window.askForCapture();
      case F -> window.focusFilter();
      case G -> overlay.askForPacket();
      case L -> window.toggleTheme();
      case PERIOD -> model.nextOfFlow(1);
      case COMMA -> model.nextOfFlow(-1);
      default -> {
        return false;
      }
    }
    return true;
  }

  private boolean plain(KeyEvent event, Node focus) {
    boolean ownArrows = focus instanceof Slider || focus instanceof TreeView<?>;
    switch (event.getCode()) {
      case SPACE -> model.transport().togglePlay();
      case N -> model.transport().nextDrop();
      case D -> model.transport().nextDivergence();
      case RIGHT -> {
        if (ownArrows) {
          return false;
        }
        model.transport().stepForward();
      }
      case LEFT -> {
        if (ownArrows) {
          return false;
        }
        model.transport().stepBack();
      }
      case HOME -> model.transport().first();
      case END -> model.transport().last();
      default -> {
        return false;
      }
    }
    return true;
  }

  private boolean escape() {
    if (overlay.close()) {
      return true;
    }
    if (window.clearFilter()) {
      return true;
    }
    if (!model.status().errorProperty().get().isEmpty()) {
      model.status().forgetError();
      return true;
    }
    return false;
  }
}
