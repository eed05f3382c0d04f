// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.window;

import javafx.beans.property.DoubleProperty;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.scene.layout.Region;
import javafx.scene.transform.Scale;

/**
 * The window's content, larger or smaller as a whole: text, cells, drawings and gaps alike. What is
 * inside lays out in a space that is as much smaller or larger.
 */
final class Scaled extends Region {
  private final Region content;
  private final Scale scale = new Scale(1, 1, 0, 0);
  private final DoubleProperty factor = new SimpleDoubleProperty(1);

  Scaled(Region content) {
    this.content = content;
    content.getTransforms().add(scale);
    getChildren().add(content);
    factor.addListener((_, _, now) -> {
      scale.setX(now.doubleValue());
      scale.setY(now.doubleValue());
      requestLayout();
    });
  }

  /** 1 for the size everything was made in. */
  DoubleProperty factorProperty() {
    return factor;
  }

  @Override
  protected void layoutChildren() {
    content.resizeRelocate(0, 0, getWidth() / factor.get(), getHeight() / factor.get());
  }
}
