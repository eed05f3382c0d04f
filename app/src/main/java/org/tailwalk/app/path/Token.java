// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.path;

import javafx.scene.Group;
import javafx.scene.paint.Color;
import javafx.scene.shape.Circle;
import javafx.scene.text.Text;
import org.tailwalk.app.theme.Theme;

/** A packet on the stage: solid for the kernel, hollow for the model. Centred on its origin. */
final class Token extends Group {
  private static final double RADIUS = 9.5;

  private final Motion.Lane lane;
  private final Theme theme;
  private final Circle disc = new Circle(RADIUS);
  private final Text number = new Text();

  Token(Theme theme, Motion.Lane lane) {
    this.theme = theme;
    this.lane = lane;
    setAutoSizeChildren(false);
    getChildren().addAll(disc, number);
    setVisible(false);
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
      disc.setStrokeWidth(1.5);
      number.setFill(ground);
    } else {
      disc.setFill(ground);
      disc.setStroke(theme.palette().model());
      disc.setStrokeWidth(2.6);
      number.setFill(theme.palette().model());
    }
  }

  /** Numbers of more than four digits would not fit: they show their end. */
  void show(long packet) {
    String text = Long.toString(packet);
    String shown = text.length() <= 4 ? text : "…" + text.substring(text.length() - 3);
    if (!shown.equals(number.getText())) {
      number.setText(shown);
      number.setFont(theme.monoStrong(shown.length() <= 2 ? 9.5 : shown.length() == 3 ? 8 : 6.5));
      number.setX(-number.getLayoutBounds().getWidth() / 2);
      number.setY(3.3);
    }
  }
}
