// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.saving;

import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/** A question with a few answers. The first answer has the keyboard; the last is "no". */
public final class Question extends VBox {
  private static final double WIDTH = 520;

  /**
   * An answer.
   *
   * @param text on its button
   */
  public record Answer(String text, Runnable then) {}

  /** Asks; {@code more} are lines in smaller type. */
  public Question(String title, String text, java.util.List<String> more, Answer... answers) {
    super(12);
    getStyleClass().add("overlay");
    setMaxSize(WIDTH, USE_PREF_SIZE);
    setPrefWidth(WIDTH);
    Label heading = new Label(title);
    heading.getStyleClass().add("empty-title");
    Label words = new Label(text);
    words.setWrapText(true);
    words.setMinHeight(USE_PREF_SIZE);
    getChildren().addAll(heading, words);
    more.forEach(line -> getChildren().add(SavePanel.note(line)));
    HBox buttons = new HBox(8);
    buttons.setAlignment(Pos.CENTER_RIGHT);
    for (int i = answers.length - 1; i >= 0; i--) {
      Answer answer = answers[i];
      Button button = new Button(answer.text());
      button.setOnAction(_ -> answer.then().run());
      if (i == 0) {
        button.getStyleClass().add("primary");
        button.setDefaultButton(true);
      }
      buttons.getChildren().add(button);
    }
    getChildren().add(buttons);
  }
}
