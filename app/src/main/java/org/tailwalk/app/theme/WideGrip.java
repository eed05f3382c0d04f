// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.theme;

import javafx.collections.ListChangeListener;
import javafx.geometry.Orientation;
import javafx.scene.Node;
import javafx.scene.control.SplitPane;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;

/** Dividers that are a line to look at and wide enough to take hold of. */
public final class WideGrip {
  /** What the mouse may miss the line by, pixels to either side. */
  static final double MISS = 3;

  private static final String NAME = "split-pane-divider";

  private WideGrip() {}

  /** On all dividers of a split pane, also those to come. */
  public static void on(SplitPane split) {
    split
        .getChildrenUnmodifiable()
        .addListener(
            (ListChangeListener<Node>)
                change -> {
                  while (change.next()) {
                    change.getAddedSubList().forEach(n -> widen(split, n));
                  }
                });
    split.getChildrenUnmodifiable().forEach(n -> widen(split, n));
  }

  /** What lies over the neighbours belongs to the divider, which hears of the mouse through it. */
  private static void widen(SplitPane split, Node divider) {
    if (!(divider instanceof Pane line) || !line.getStyleClass().contains(NAME)) {
      return;
    }
    Region grip = new Region();
    grip.setManaged(false);
    line.getChildren().add(grip);
    line.layoutBoundsProperty()
        .subscribe(now -> {
          boolean upright = split.getOrientation() == Orientation.HORIZONTAL;
          double across = upright ? MISS : 0;
          double along = upright ? 0 : MISS;
          grip.resizeRelocate(
              -across, -along, now.getWidth() + 2 * across, now.getHeight() + 2 * along);
        });
  }
}
