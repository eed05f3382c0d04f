// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.compare;

import java.util.List;
import javafx.application.Platform;
import javafx.geometry.Orientation;
import javafx.scene.Node;
import javafx.scene.control.SplitPane;

/**
 * Two panes one above the other of which the upper keeps its part of the room. A split pane by
 * itself forgets it: while least heights ask for more than there is, as they do while a window
 * opens or is pulled very low, it moves its divider, and nothing moves it back once there is room.
 */
final class KeptShare extends SplitPane {
  /** What a layout had to go by. */
  private record Room(double height, double upper, double lower) {}

  private double usual;
  private double part;
  private boolean chosen;
  private boolean giving;
  private Room room = new Room(0, 0, 0);

  /**
   * Both of them.
   *
   * @param usual part of the upper one, 0 to 1
   */
  KeptShare(double usual, Node upper, Node lower) {
    super(upper, lower);
    this.usual = usual;
    this.part = usual;
    setOrientation(Orientation.VERTICAL);
    give();
    getDividers()
        .getFirst()
        .positionProperty()
        .addListener((_, _, now) -> {
          if (!giving) {
            part = now.doubleValue();
            chosen = true;
          }
        });
  }

  /** Another usual part; who has chosen one keeps it. */
  void usually(double other) {
    usual = other;
    if (!chosen) {
      part = other;
      give();
    }
  }

  /** The part that somebody chose by mouse or keyboard; empty for none. */
  List<Double> chosenPart() {
    return chosen ? List.of(part) : List.of();
  }

  /** Gives what {@link #chosenPart} told; the usual part for none. */
  void choosePart(List<Double> told) {
    chosen = told.size() == 1;
    part = chosen ? told.getFirst() : usual;
    give();
  }

  /** What moves the divider meanwhile is the pane itself, not the user. */
  private void give() {
    boolean before = giving;
    giving = true;
    setDividerPositions(part);
    giving = before;
  }

  @Override
  protected void layoutChildren() {
    boolean before = giving;
    giving = true;
    super.layoutChildren();
    giving = before;
    Room now = new Room(getHeight(), least(0), least(1));
    if (!now.equals(room)) {
      room = now;
      // A layout takes no wish for another one.
      Platform.runLater(this::give);
    }
  }

  private double least(int item) {
    return getItems().get(item).minHeight(-1);
  }
}
