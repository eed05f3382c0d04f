// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.inspector;

import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/** Cards below one another, or in their place the reason why there are none. */
public final class CardPage extends StackPane {
  private final VBox cards = new VBox(10);
  private final Label nothing = new Label();
  private final ScrollPane scroll = new ScrollPane(cards);

  /**
   * Without cards, and without a word about it.
   *
   * @param name what screen readers call the list of cards
   */
  public CardPage(String name) {
    cards.getStyleClass().add("letters");
    scroll.setFitToWidth(true);
    scroll.setAccessibleText(name);
    nothing.getStyleClass().add("empty-text");
    nothing.setWrapText(true);
    nothing.setMaxWidth(340);
    getChildren().addAll(scroll, nothing);
  }

  /**
   * Shows other cards, from the first one on.
   *
   * @param why there are none; empty when there are
   */
  public void show(List<? extends Node> now, String why) {
    cards.getChildren().setAll(now);
    nothing.setText(why);
    nothing.setVisible(!why.isEmpty());
    scroll.setVisible(why.isEmpty());
    scroll.setVvalue(0);
  }
}
