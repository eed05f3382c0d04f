// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.path;

import javafx.scene.Group;
import javafx.scene.paint.Color;
import javafx.scene.shape.Rectangle;
import javafx.scene.text.Text;
import org.tailwalk.app.theme.Theme;

/**
 * A packet on the stage, round or as long as its number is: solid for the kernel, hollow for the
 * model. Centred on its origin.
 */
final class Token extends Group {
  private static final double HEIGHT = 18;

  private final Motion.Lane lane;
  private final Theme theme;
  private final Rectangle disc = new Rectangle();
  private final Text number = new Text();

  Token(Theme theme, Motion.Lane lane) {
    this.theme = theme;
    this.lane = lane;
    setAutoSizeChildren(false);
    getChildren().addAll(disc, number);
    setVisible(false);
    disc.setHeight(HEIGHT);
    disc.setY(-HEIGHT / 2);
    disc.setArcWidth(HEIGHT);
    disc.setArcHeight(HEIGHT);
    number.setFont(theme.monoStrong(9.5));
    number.setY(3.4);
    paint();
    theme.modeProperty().addListener((_, _, _) -> paint());
  }

  Motion.Lane lane() {
    return lane;
  }

  private void paint() {
    Color ground = theme.palette().window();
    if (lane == Motion.Lane.KERNEL) {
      disc.setFill(theme.palette().kernel());
      disc.setStroke(ground);
      disc.setStrokeWidth(1.4);
      number.setFill(ground);
    } else {
      disc.setFill(ground);
      disc.setStroke(theme.palette().model());
      disc.setStrokeWidth(2.4);
      number.setFill(theme.palette().model());
    }
  }

  void show(long packet) {
    String text = Long.toString(packet);
    if (!text.equals(number.getText())) {
      number.setText(text);
      double width = number.getLayoutBounds().getWidth();
      number.setX(-width / 2);
      double whole = Math.max(HEIGHT, width + 9);
      disc.setWidth(whole);
      disc.setX(-whole / 2);
    }
  }
}
