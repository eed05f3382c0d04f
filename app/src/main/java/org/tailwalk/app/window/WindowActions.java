// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.window;

import java.util.List;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Slider;
import javafx.scene.control.TreeView;
import org.tailwalk.app.action.Action;
import org.tailwalk.app.text.Texts;
import org.tailwalk.app.transport.TransportViewModel;

/** What can be done in every window, whatever features it has. */
final class WindowActions {
  private final MainWindow window;
  private final MainViewModel model;
  private final Overlay overlay;
  private final Scene scene;
  private final Texts texts = Texts.of(WindowActions.class);

  WindowActions(MainWindow window, MainViewModel model, Overlay overlay, Scene scene) {
    this.window = window;
    this.model = model;
    this.overlay = overlay;
    this.scene = scene;
  }

  List<Action> playing() {
    TransportViewModel transport = model.transport();
    return List.of(
        playing("play", transport::togglePlay, "Space"),
        playing("step", transport::stepForward, "→").when(this::arrowsFree),
        playing("step-back", transport::stepBack, "←").when(this::arrowsFree),
        playing("next-drop", transport::nextDrop, "N"),
        playing("next-divergence", transport::nextDivergence, "D"),
        playing("first", transport::first, "Home"),
        playing("last", transport::last, "End"));
  }

  List<Action> packets() {
    return List.of(
        packets("filter", window::focusFilter, "/", "Ctrl+F"),
        packets("go-to", overlay::askForPacket, "Ctrl+G"),
        packets("previous", () -> model.neighbour(-1), "F7"),
        packets("next", () -> model.neighbour(1), "F8"),
        packets("next-of-flow", () -> model.nextOfFlow(1), "Ctrl+."),
        packets("previous-of-flow", () -> model.nextOfFlow(-1), "Ctrl+,"));
  }

  /** The filter is the same one while two captures are compared. */
  List<Action> comparing() {
    return List.of(
        Action.of(
            "compare.filter",
            texts.get("chapter.packets"),
            texts.get("action.packets.filter"),
            window::focusFilter,
            "/",
            "Ctrl+F"));
  }

  List<Action> window() {
    return List.of(
        window("open", window::askForCapture, "Ctrl+O"),
        window("theme", window::toggleTheme, "Ctrl+L"),
        window("palette", overlay::togglePalette, "Ctrl+Shift+P"),
        window("back", this::back, "Esc").when(this::somethingToPutAway),
        window("help", overlay::toggleHelp, "F1"));
  }

  private Action playing(String name, Runnable run, String... keys) {
    return action("playing", name, run, keys);
  }

  private Action packets(String name, Runnable run, String... keys) {
    return action("packets", name, run, keys);
  }

  private Action window(String name, Runnable run, String... keys) {
    return action("window", name, run, keys);
  }

  private Action action(String chapter, String name, Runnable run, String... keys) {
    String id = chapter + "." + name;
    return Action.of(id, texts.get("chapter." + chapter), texts.get("action." + id), run, keys);
  }

  private boolean arrowsFree() {
    Node focus = scene.getFocusOwner();
    return !(focus instanceof Slider || focus instanceof TreeView<?>);
  }

  private boolean somethingToPutAway() {
    return overlay.isVisible()
        || window.working()
        || window.filtered()
        || !model.status().errorProperty().get().isEmpty();
  }

  private void back() {
    if (!overlay.close() && !window.cancelWork() && !window.clearFilter()) {
      model.status().forgetError();
    }
  }
}
