// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.window;

import javafx.beans.binding.BooleanExpression;
import javafx.geometry.Insets;
import javafx.scene.control.Label;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.text.TextAlignment;

/** A pane with something before it at times, so that it doesn't tell what is to be found out. */
final class Covered {
  private Covered() {}

  /** {@code pane}, covered by {@code words} while {@code when} holds. */
  static Region over(Region pane, BooleanExpression when, String words) {
    Label label = new Label(words);
    label.setWrapText(true);
    label.setTextAlignment(TextAlignment.CENTER);
    StackPane cover = new StackPane(label);
    cover.setPadding(new Insets(16));
    cover.getStyleClass().add("covered");
    cover.visibleProperty().bind(when);
    // What can't be seen can't be walked into with the keyboard either.
    pane.disableProperty().bind(when);
    StackPane both = new StackPane(pane, cover);
    both.minWidthProperty().bind(pane.minWidthProperty());
    both.prefWidthProperty().bind(pane.prefWidthProperty());
    return both;
  }
}
