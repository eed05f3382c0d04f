// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.window;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.geometry.Orientation;
import javafx.scene.Node;
import org.jspecify.annotations.Nullable;
import org.tailwalk.app.prefs.Preferences;
import org.tailwalk.app.theme.KeptShares;

/**
 * The panes between which dividers are: hidden and shown again in their order, wider and narrower
 * by key, and all of it remembered.
 */
final class Panes {
  private static final double STEP = 0.03;

  private record Pane(KeptShares split, Node node) {}

  private record Columns(Supplier<List<Double>> now, Consumer<List<Double>> show) {}

  private final List<KeptShares> splits = new ArrayList<>();
  private final Map<String, Pane> panes = new LinkedHashMap<>();
  private final Map<String, Columns> remembered = new LinkedHashMap<>();

  /**
   * A row of panes whose dividers are moved by key, and remembered where somebody moved them. By
   * its plain name stood where the dividers were when a window was closed, moved or not: that is
   * passed over.
   */
  void split(String id, KeptShares split) {
    splits.add(split);
    columns(id + "-chosen", () -> split.chosen(false), told -> split.choose(false, told));
    columns(id + "-little", () -> split.chosen(true), told -> split.choose(true, told));
  }

  /** One of a row that can be put away. */
  void pane(String id, KeptShares split, Node node) {
    panes.put(id, new Pane(split, node));
  }

  /** Widths of columns, which are remembered with the dividers. */
  void columns(String id, Supplier<List<Double>> now, Consumer<List<Double>> show) {
    remembered.put(id, new Columns(now, show));
  }

  /** The panes' names. */
  List<String> ids() {
    return List.copyOf(panes.keySet());
  }

  /** Whether a pane is shown. */
  boolean shown(String id) {
    Pane pane = panes.get(id);
    return pane != null && pane.split.getItems().contains(pane.node);
  }

  /** Puts a pane away, or brings it back; the last one of its row stays. */
  void toggle(String id) {
    Pane pane = panes.get(id);
    if (pane != null && (!shown(id) || pane.split.getItems().size() > 1)) {
      pane.split.put(pane.node, !shown(id));
    }
  }

  /** Moves the divider next to where the keyboard is. */
  void resize(@Nullable Node focus, Orientation across, int direction) {
    for (KeptShares split : splits) {
      if (split.getOrientation() != across) {
        continue;
      }
      for (Node item : List.copyOf(split.getItems())) {
        if (holds(item, focus) && !split.getDividers().isEmpty()) {
          split.move(item, direction * STEP);
          return;
        }
      }
    }
  }

  private static boolean holds(Node pane, @Nullable Node focus) {
    for (Node n = focus; n != null; n = n.getParent()) {
      if (n == pane) {
        return true;
      }
    }
    return false;
  }

  /** Where the dividers were put and what is hidden; size as given. */
  Preferences.Layout layout(int width, int height, boolean maximized) {
    Map<String, List<Double>> dividers = new LinkedHashMap<>();
    remembered.forEach((id, c) -> dividers.put(id, c.now.get()));
    List<String> hidden = panes.keySet().stream().filter(id -> !shown(id)).toList();
    return new Preferences.Layout(width, height, maximized, dividers, hidden);
  }

  /** Lays out as it was; names that don't exist are passed over. */
  void show(Preferences.Layout layout) {
    panes.keySet().stream().filter(id -> !shown(id)).forEach(this::toggle);
    layout
        .dividers()
        .forEach((id, positions) -> {
          Columns own = remembered.get(id);
          if (own != null) {
            own.show.accept(positions);
          }
        });
    layout.hidden().stream().filter(this::shown).forEach(this::toggle);
  }
}
