// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.window;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.geometry.Orientation;
import javafx.scene.Node;
import javafx.scene.control.SplitPane;
import org.jspecify.annotations.Nullable;
import org.tailwalk.app.prefs.Preferences;

/**
 * The panes between which dividers are: hidden and shown again in their order, wider and narrower
 * by key, and all of it remembered.
 */
final class Panes {
  private static final double STEP = 0.03;

  private record Pane(String split, Node node) {}

  private record Columns(Supplier<List<Double>> now, Consumer<List<Double>> show) {}

  private final Map<String, SplitPane> splits = new LinkedHashMap<>();
  private final Map<String, List<Node>> order = new LinkedHashMap<>();
  private final Map<String, Pane> panes = new LinkedHashMap<>();
  private final Map<String, Columns> columns = new LinkedHashMap<>();
  private final Map<String, double[]> whole = new LinkedHashMap<>();

  /** A split pane with all its items in it. */
  void split(String id, SplitPane split) {
    splits.put(id, split);
    order.put(id, List.copyOf(split.getItems()));
  }

  /** An item of a split pane that can be put away. */
  void pane(String id, String split, Node node) {
    panes.put(id, new Pane(split, node));
  }

  /** Widths of columns, which are remembered with the dividers. */
  void columns(String id, Supplier<List<Double>> now, Consumer<List<Double>> show) {
    columns.put(id, new Columns(now, show));
  }

  /** A split pane whose divider is remembered only where somebody has moved it. */
  void split(String id, SplitPane split, Supplier<List<Double>> now, Consumer<List<Double>> show) {
    split(id, split);
    columns(id, now, show);
  }

  /** The panes' names. */
  List<String> ids() {
    return List.copyOf(panes.keySet());
  }

  /** Whether a pane is shown. */
  boolean shown(String id) {
    Pane pane = panes.get(id);
    return pane != null && split(pane).getItems().contains(pane.node);
  }

  private SplitPane split(Pane pane) {
    return splits.getOrDefault(pane.split, new SplitPane());
  }

  /** Puts a pane away, or brings it back; the last one of its row stays. */
  void toggle(String id) {
    Pane pane = panes.get(id);
    if (pane == null) {
      return;
    }
    SplitPane split = split(pane);
    List<Node> all = order.getOrDefault(pane.split, List.of());
    if (shown(id)) {
      if (split.getItems().size() == 1) {
        return;
      }
      if (split.getItems().size() == all.size()) {
        whole.put(pane.split, split.getDividerPositions());
      }
      split.getItems().remove(pane.node);
    } else {
      List<Node> items = new ArrayList<>(all);
      items.removeIf(n -> n != pane.node && !split.getItems().contains(n));
      split.getItems().setAll(items);
    }
    double[] before = whole.get(pane.split);
    if (before != null) {
      split.setDividerPositions(among(before, all, split.getItems()));
    }
  }

  /** Dividers that give each pane shown the part of the room it has among all. */
  private static double[] among(double[] positions, List<Node> all, List<Node> shown) {
    double[] ends = Arrays.copyOf(positions, all.size());
    ends[all.size() - 1] = 1;
    double total = 0;
    double[] parts = new double[all.size()];
    for (int i = 0; i < all.size(); i++) {
      parts[i] = shown.contains(all.get(i)) ? ends[i] - (i == 0 ? 0 : ends[i - 1]) : 0;
      total += parts[i];
    }
    double[] dividers = new double[Math.max(0, shown.size() - 1)];
    double end = 0;
    int next = 0;
    for (int i = 0; i < all.size() && next < dividers.length; i++) {
      if (shown.contains(all.get(i))) {
        end += parts[i];
        dividers[next++] = total == 0 ? 0.5 : end / total;
      }
    }
    return dividers;
  }

  /** Moves the divider next to where the keyboard is. */
  void resize(@Nullable Node focus, Orientation across, int direction) {
    for (SplitPane split : splits.values()) {
      if (split.getOrientation() != across) {
        continue;
      }
      for (int i = 0; i < split.getItems().size(); i++) {
        if (holds(split.getItems().get(i), focus) && !split.getDividers().isEmpty()) {
          SplitPane.Divider divider =
              split.getDividers().get(Math.min(i, split.getDividers().size() - 1));
          divider.setPosition(Math.clamp(divider.getPosition() + direction * STEP, 0.05, 0.95));
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

  /** Where the dividers are and what is hidden; size as given. */
  Preferences.Layout layout(int width, int height, boolean maximized) {
    Map<String, List<Double>> dividers = new LinkedHashMap<>();
    splits.forEach((id, split) -> {
      double[] positions =
          split.getItems().size() == order.getOrDefault(id, List.of()).size()
              ? split.getDividerPositions()
              : whole.getOrDefault(id, split.getDividerPositions());
      dividers.put(id, Arrays.stream(positions).boxed().toList());
    });
    columns.forEach((id, c) -> dividers.put(id, c.now.get()));
    List<String> hidden = panes.keySet().stream().filter(id -> !shown(id)).toList();
    return new Preferences.Layout(width, height, maximized, dividers, hidden);
  }

  /** Lays out as it was; names that don't exist are passed over. */
  void show(Preferences.Layout layout) {
    panes.keySet().stream().filter(id -> !shown(id)).forEach(this::toggle);
    layout
        .dividers()
        .forEach((id, positions) -> {
          Columns own = columns.get(id);
          if (own != null) {
            own.show.accept(positions);
          }
          SplitPane split = own == null ? splits.get(id) : null;
          if (split != null && positions.size() == split.getDividers().size()) {
            split.setDividerPositions(
                positions.stream().mapToDouble(Double::doubleValue).toArray());
          }
        });
    layout.hidden().stream().filter(this::shown).forEach(this::toggle);
  }
}
