// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.theme;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleFunction;
import javafx.application.Platform;
import javafx.collections.ListChangeListener;
import javafx.geometry.Orientation;
import javafx.scene.Node;
import javafx.scene.control.SplitPane;
import javafx.scene.input.MouseEvent;

/**
 * Panes in a row of which each keeps its part of the room: the usual one, or what somebody chose. A
 * split pane by itself forgets it: whenever its size or the least sizes of its panes change, it
 * moves its dividers, and nothing moves them back. Panes can be taken out and put in again; those
 * that are there share the room as they do among all.
 */
public final class KeptShares extends SplitPane {
  /** What a layout had to go by. */
  private record Room(double extent, List<Double> least) {}

  private final double cramped;
  private final List<Node> all;
  private final Map<Boolean, double[]> chosen = new HashMap<>();
  private DoubleFunction<double[]> usual;
  private Room room = new Room(0, List.of());
  private boolean held;
  private double[] before = {};

  /**
   * All of them.
   *
   * @param cramped in less than so many pixels what was chosen where there was more doesn't hold,
   *     nor the other way about; 0 for no such difference
   * @param usual where the dividers are when nobody moved them, 0 to 1, by the pixels there are
   */
  public KeptShares(
      Orientation orientation, double cramped, DoubleFunction<double[]> usual, Node... panes) {
    super(panes);
    this.cramped = cramped;
    this.usual = usual;
    this.all = List.of(panes);
    setOrientation(orientation);
    WideGrip.on(this);
    give();
    addEventFilter(
        MouseEvent.MOUSE_PRESSED,
        event -> {
          held = onDivider(event);
          before = getDividerPositions();
        });
    addEventFilter(
        MouseEvent.MOUSE_RELEASED,
        _ -> {
          if (held && !Arrays.equals(before, getDividerPositions())) {
            choose();
          }
          held = false;
        });
    getItems().addListener((ListChangeListener<Node>) _ -> room = new Room(0, List.of()));
  }

  /** Two of them, one above the other. */
  public KeptShares(double usual, Node upper, Node lower) {
    this(Orientation.VERTICAL, 0, _ -> new double[] {usual}, upper, lower);
  }

  /** All the panes, those that are taken out as well. */
  public List<Node> panes() {
    return all;
  }

  /** Other usual parts; who has chosen keeps what was chosen. */
  public void usually(DoubleFunction<double[]> other) {
    usual = other;
    give();
  }

  /** Puts a pane back among the others, or takes it out. */
  public void put(Node pane, boolean there) {
    getItems()
        .setAll(all.stream().filter(n -> n == pane ? there : getItems().contains(n)).toList());
  }

  /** Moves the divider behind a pane, or before the last one, by a part of the room. */
  public void move(Node pane, double by) {
    int divider = Math.min(getItems().indexOf(pane), getDividers().size() - 1);
    if (divider >= 0) {
      Divider moved = getDividers().get(divider);
      moved.setPosition(Math.clamp(moved.getPosition() + by, 0.05, 0.95));
      choose();
    }
  }

  /** Where somebody put the dividers while there was room, or was little; empty for nowhere. */
  public List<Double> chosen(boolean little) {
    return Arrays.stream(chosen.getOrDefault(little, new double[0])).boxed().toList();
  }

  /** Gives what {@link #chosen} told; the usual parts for none. */
  public void choose(boolean little, List<Double> told) {
    if (told.size() == all.size() - 1) {
      chosen.put(little, told.stream().mapToDouble(Double::doubleValue).toArray());
    } else {
      chosen.remove(little);
    }
    give();
  }

  /** Where the dividers are now is where somebody wants them. */
  private void choose() {
    double[] parts = parts(dividers());
    double[] positions = getDividerPositions();
    List<Node> shown = getItems();
    double total =
        all.stream().filter(shown::contains).mapToDouble(n -> parts[all.indexOf(n)]).sum();
    for (int i = 0; i < shown.size(); i++) {
      double end = i < positions.length ? positions[i] : 1;
      parts[all.indexOf(shown.get(i))] = total * (end - (i == 0 ? 0 : positions[i - 1]));
    }
    double[] dividers = new double[all.size() - 1];
    double end = 0;
    for (int i = 0; i < dividers.length; i++) {
      end += parts[i];
      dividers[i] = end;
    }
    chosen.put(little(), dividers);
  }

  /** Between all panes, also those that are taken out. */
  private double[] dividers() {
    double[] positions = chosen.get(little());
    return positions == null ? usual.apply(extent()) : positions;
  }

  private void give() {
    double[] parts = parts(dividers());
    double[] shown = getItems().stream().mapToDouble(n -> parts[all.indexOf(n)]).toArray();
    double total = Arrays.stream(shown).sum();
    double[] positions = new double[Math.max(0, shown.length - 1)];
    double end = 0;
    for (int i = 0; i < positions.length; i++) {
      end += shown[i];
      positions[i] = total == 0 ? (i + 1.0) / shown.length : end / total;
    }
    setDividerPositions(positions);
  }

  /** What lies between dividers. */
  private static double[] parts(double[] dividers) {
    double[] parts = new double[dividers.length + 1];
    for (int i = 0; i < parts.length; i++) {
      parts[i] = (i < dividers.length ? dividers[i] : 1) - (i == 0 ? 0 : dividers[i - 1]);
    }
    return parts;
  }

  private double extent() {
    return getOrientation() == Orientation.HORIZONTAL ? getWidth() : getHeight();
  }

  private boolean little() {
    return extent() > 0 && extent() < cramped;
  }

  private boolean onDivider(MouseEvent event) {
    for (Node n = (Node) event.getTarget(); n != null && n != this; n = n.getParent()) {
      if (n.getParent() == this) {
        return n.getStyleClass().contains("split-pane-divider");
      }
    }
    return false;
  }

  @Override
  protected void layoutChildren() {
    super.layoutChildren();
    Room now = new Room(extent(), getItems().stream().map(this::least).toList());
    if (!held && !now.equals(room)) {
      room = now;
      give();
      // A pane whose size has changed moves its dividers as it likes; asked again, as it is told.
      super.layoutChildren();
      // Moving dividers asked for another layout, which none takes while it runs: without one,
      // what changes inside later would not be laid out either.
      Platform.runLater(this::requestLayout);
    }
  }

  private double least(Node pane) {
    return getOrientation() == Orientation.HORIZONTAL ? pane.minWidth(-1) : pane.minHeight(-1);
  }
}
