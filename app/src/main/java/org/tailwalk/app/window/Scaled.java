// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.window;

import javafx.beans.binding.Bindings;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.ReadOnlyDoubleProperty;
import javafx.beans.property.ReadOnlyDoubleWrapper;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.scene.layout.Region;
import javafx.scene.transform.Scale;

/**
 * The window's content, larger or smaller as a whole: text, cells, drawings and gaps alike. What is
 * inside lays out in a space that is as much smaller or larger, but never in less than everything
 * needs: a small window enlarges as far as it has room.
 */
final class Scaled extends Region {
  /** What the window's content needs at least, in its own pixels. */
  static final double LEAST_WIDTH = 950;

  /** See {@link #LEAST_WIDTH}. */
  static final double LEAST_HEIGHT = 590;

  private final Region content;
  private final Scale scale = new Scale(1, 1, 0, 0);
  private final DoubleProperty factor = new SimpleDoubleProperty(1);
  private final ReadOnlyDoubleWrapper worn = new ReadOnlyDoubleWrapper(1);

  Scaled(Region content) {
    this.content = content;
    content.getTransforms().add(scale);
    getChildren().add(content);
    worn.addListener((_, _, now) -> {
      scale.setX(now.doubleValue());
      scale.setY(now.doubleValue());
      requestLayout();
    });
    worn.bind(
        Bindings.createDoubleBinding(
            () -> worn(factor.get(), getWidth(), getHeight()),
            factor,
            widthProperty(),
            heightProperty()));
  }

  /** A factor as far as there is room for it; nothing is made smaller for want of room. */
  private static double worn(double wanted, double width, double height) {
    double room = Math.max(1, Math.min(width / LEAST_WIDTH, height / LEAST_HEIGHT));
    return Math.min(wanted, room);
  }

  /** 1 for the size everything was made in. */
  DoubleProperty factorProperty() {
    return factor;
  }

  /** The factor that is worn: less than what was asked for where that has no room. */
  ReadOnlyDoubleProperty wornProperty() {
    return worn.getReadOnlyProperty();
  }

  @Override
  protected void layoutChildren() {
    content.resizeRelocate(0, 0, getWidth() / worn.get(), getHeight() / worn.get());
  }
}
