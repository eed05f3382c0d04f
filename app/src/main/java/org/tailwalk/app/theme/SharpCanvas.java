// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.theme;

import javafx.scene.Parent;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.transform.Scale;

/**
 * A canvas that is drawn as finely as the screen shows it. A window whose content is enlarged as a
 * whole would enlarge a usual canvas's pixels, and letters with them; this one has as many pixels
 * more as its content is larger. Sizes and coordinates are those of its parent.
 */
public final class SharpCanvas extends Canvas {
  private final Scale inverse = new Scale(1, 1, 0, 0);
  private double fineness = 1;
  private double width;
  private double height;

  /** A canvas of no size yet. */
  public SharpCanvas() {
    getTransforms().add(inverse);
    setManaged(false);
  }

  /**
   * Takes a size, in the parent's pixels, and the scale at which the parent is shown.
   *
   * @return whether anything changed, after which all has to be painted anew
   */
  public boolean fit(double newWidth, double newHeight) {
    Parent parent = getParent();
    double shown = parent == null ? 1 : Math.abs(parent.getLocalToSceneTransform().getMxx());
    double fine = Double.isFinite(shown) ? Math.clamp(shown, 1, 4) : 1;
    if (newWidth == width && newHeight == height && fine == fineness) {
      return false;
    }
    width = newWidth;
    height = newHeight;
    fineness = fine;
    inverse.setX(1 / fine);
    inverse.setY(1 / fine);
    setWidth(Math.ceil(newWidth * fine));
    setHeight(Math.ceil(newHeight * fine));
    return true;
  }

  /** How wide it was made, in its parent's pixels. */
  public double width() {
    return width;
  }

  /** Wipes it; what is painted then has its parent's coordinates. */
  public GraphicsContext clear() {
    GraphicsContext g = getGraphicsContext2D();
    g.setTransform(fineness, 0, 0, fineness, 0, 0);
    g.clearRect(0, 0, width + 1, height + 1);
    return g;
  }
}
