// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.path;

import javafx.scene.Group;
import javafx.scene.paint.Color;
import javafx.scene.shape.Line;
import javafx.scene.shape.Polyline;
import javafx.scene.shape.Rectangle;
import org.tailwalk.app.theme.Theme;

/** A notification: an envelope, struck through when it never leaves. Centred on its origin. */
final class LetterNode extends Group {
  private final Theme theme;
  private final Rectangle sheet = new Rectangle(-9, -6, 18, 12);
  private final Polyline flap = new Polyline(-9, -6, 0, 1.5, 9, -6);
  private final Line strike = new Line(-11, 7, 11, -7);

  LetterNode(Theme theme) {
    this.theme = theme;
    setAutoSizeChildren(false);
    sheet.setArcWidth(3);
    sheet.setArcHeight(3);
    getChildren().addAll(sheet, flap, strike);
  }

  void dress(Motion.Lane lane, boolean drop, boolean neverLeaves) {
    Color colour =
        drop
            ? theme.palette().drop()
            : lane == Motion.Lane.KERNEL ? theme.palette().kernel() : theme.palette().model();
    sheet.setFill(theme.palette().window());
    sheet.setStroke(colour);
    sheet.setStrokeWidth(1.4);
    flap.setStroke(colour);
    flap.setStrokeWidth(1.4);
    strike.setStroke(colour);
    strike.setStrokeWidth(2.2);
    strike.setVisible(neverLeaves);
    sheet.getStrokeDashArray().clear();
    if (neverLeaves || lane == Motion.Lane.MODEL) {
      sheet.getStrokeDashArray().addAll(3.0, 2.0);
    }
  }
}
