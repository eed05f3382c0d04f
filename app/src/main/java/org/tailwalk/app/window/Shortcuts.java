// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.window;

import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import javafx.event.Event;
import javafx.geometry.Bounds;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.ComboBoxBase;
import javafx.scene.control.Spinner;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.ContextMenuEvent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import org.jspecify.annotations.Nullable;
import org.tailwalk.app.action.Action;
import org.tailwalk.app.action.Actions;
import org.tailwalk.app.action.Key;
import org.tailwalk.app.action.SpaceBar;

/** Does the actions when their keys are pressed, wherever in the window that is. */
final class Shortcuts {
  private final Actions actions;
  private final BooleanSupplier asks;

  /** {@code asks}: whether a question over the window waits: then Esc alone is a shortcut. */
  Shortcuts(Actions actions, BooleanSupplier asks) {
    this.actions = actions;
    this.asks = asks;
  }

  void install(Scene scene) {
    scene.addEventFilter(
        KeyEvent.KEY_PRESSED,
        event -> run(event, key -> key.matches(event) && free(key, event, scene.getFocusOwner())));
    scene.addEventFilter(
        KeyEvent.KEY_TYPED,
        event -> {
          if (!asks.getAsBoolean() && !writes(scene.getFocusOwner())) {
            run(event, key -> key.matchesTyped(event));
          }
        });
    if (System.getProperty("os.name", "").startsWith("Linux")) {
      // Elsewhere the system asks for menus itself; here JavaFX knows the mouse alone.
      scene.addEventHandler(KeyEvent.KEY_PRESSED, event -> menu(event, scene.getFocusOwner()));
    }
    // The space that played must not also press the button that has the focus.
    scene.addEventFilter(
        KeyEvent.KEY_RELEASED,
        event -> {
          if (!asks.getAsBoolean()
              && event.getCode() == KeyCode.SPACE
              && !writes(scene.getFocusOwner())
              && !keepsSpace(scene.getFocusOwner())) {
            event.consume();
          }
        });
  }

  /** Opens the menu of what has the keyboard, in its middle. */
  private static void menu(KeyEvent event, @Nullable Node focus) {
    boolean asked =
        event.getCode() == KeyCode.CONTEXT_MENU
            || event.getCode() == KeyCode.F10 && event.isShiftDown();
    Bounds at = focus == null ? null : focus.localToScreen(focus.getLayoutBounds());
    if (!asked || focus == null || at == null) {
      return;
    }
    event.consume();
    Point2D inside = focus.screenToLocal(at.getCenterX(), at.getCenterY());
    Event.fireEvent(
        focus,
        new ContextMenuEvent(
            ContextMenuEvent.CONTEXT_MENU_REQUESTED,
            inside.getX(),
            inside.getY(),
            at.getCenterX(),
            at.getCenterY(),
            true,
            null));
  }

  private void run(KeyEvent event, Predicate<Key> key) {
    Optional<Action> action = actions.of(key);
    if (action.isPresent()) {
      event.consume();
      action.get().run().run();
    }
  }

  /** Text fields keep what they edit with. */
  private boolean free(Key key, KeyEvent event, @Nullable Node focus) {
    if (asks.getAsBoolean()) {
      return event.getCode() == KeyCode.ESCAPE;
    }
    if (event.getCode() == KeyCode.SPACE && keepsSpace(focus)) {
      return false;
    }
    if (!writes(focus) || event.getCode() == KeyCode.ESCAPE) {
      return true;
    }
    if (key.plain()) {
      return false;
    }
    return !event.isControlDown()
        || switch (event.getCode()) {
          case A, C, V, X, Y, Z, LEFT, RIGHT, HOME, END, BACK_SPACE, DELETE -> false;
          default -> true;
        };
  }

  private static boolean keepsSpace(@Nullable Node focus) {
    return focus != null && SpaceBar.keptBy(focus);
  }

  /** A chooser one can write into has the keyboard itself, not the field inside it. */
  private static boolean writes(@Nullable Node focus) {
    return focus instanceof TextInputControl
        || focus instanceof ComboBoxBase<?> chooser && chooser.isEditable()
        || focus instanceof Spinner<?> spinner && spinner.isEditable();
  }
}
