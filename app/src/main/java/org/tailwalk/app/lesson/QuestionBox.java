// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.lesson;

import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.RadioButton;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.tailwalk.app.text.Texts;

/** A question with the controls to answer it, and what is said of the answer. */
final class QuestionBox extends VBox {
  private final LessonViewModel model;
  private final Question question;
  private final Texts texts = Texts.of(QuestionBox.class);
  private final ToggleGroup options = new ToggleGroup();
  private final TextField field = new TextField();
  private final Button answer = new Button(texts.get("answer"));
  private final Button reveal = new Button(texts.get("reveal"));
  private final Label said = new Label();

  QuestionBox(LessonViewModel model, MarkdownView markdown, Question question) {
    this.model = model;
    this.question = question;
    getStyleClass().add("question");
    getChildren().add(markdown.inline(question.text()));
    switch (question) {
      case Question.Choice choice -> {
        for (Question.Option option : choice.options()) {
          getChildren().add(option(markdown, option));
        }
        options.selectedToggleProperty().addListener((_, _, now) -> answer.setDisable(now == null));
        answer.setDisable(true);
      }
      case Question.Numeric _ -> field(texts.get("answer.prompt.number"));
      case Question.Words _ -> field(texts.get("answer.prompt.words"));
    }
    said.getStyleClass().add("said");
    said.setWrapText(true);
    said.setMinHeight(Region.USE_PREF_SIZE);
    said.managedProperty().bind(said.visibleProperty());
    said.setVisible(false);
    answer.getStyleClass().add("primary");
    answer.setOnAction(_ -> submit());
    answer.setMinWidth(Region.USE_PREF_SIZE);
    reveal.setOnAction(_ -> model.reveal());
    reveal.setMinWidth(Region.USE_PREF_SIZE);
    HBox buttons = new HBox(answer, reveal);
    buttons.getStyleClass().add("question-buttons");
    getChildren().addAll(buttons, said);
    show(model.phaseProperty().get(), model.verdictProperty().get());
  }

  private HBox option(MarkdownView markdown, Question.Option option) {
    RadioButton button = new RadioButton();
    button.setToggleGroup(options);
    button.setAccessibleText(option.text());
    button.setMinWidth(Region.USE_PREF_SIZE);
    Region words = markdown.inline(option.text());
    words.setOnMouseClicked(_ -> {
      if (!button.isDisabled()) {
        button.setSelected(true);
        button.requestFocus();
      }
    });
    HBox.setHgrow(words, Priority.ALWAYS);
    HBox row = new HBox(button, words);
    row.getStyleClass().add("option");
    return row;
  }

  private void field(String prompt) {
    field.setPromptText(prompt);
    field.setAccessibleText(question.text());
    field.setMaxWidth(180);
    field.setOnAction(_ -> submit());
    answer.disableProperty().bind(field.textProperty().isEmpty());
    getChildren().add(field);
  }

  private void submit() {
    if (question instanceof Question.Choice) {
      int index = options.getToggles().indexOf(options.getSelectedToggle());
      if (index >= 0) {
        model.answer(Integer.toString(index));
      }
    } else if (!field.getText().isBlank()) {
      model.answer(field.getText());
    }
  }

  /** Puts the keyboard where an answer is given. */
  void focus() {
    if (question instanceof Question.Choice) {
      ((RadioButton) options.getToggles().getFirst()).requestFocus();
    } else {
      field.requestFocus();
    }
  }

  /** Shows where the page stands. */
  void show(LessonViewModel.Phase phase, Question.@Nullable Verdict verdict) {
    boolean open = phase != LessonViewModel.Phase.REVEALED;
    options.getToggles().forEach(t -> ((RadioButton) t).setDisable(!open));
    field.setDisable(!open);
    for (Button button : new Button[] {answer, reveal}) {
      button.setVisible(open);
      button.setManaged(open);
    }
    said.getStyleClass().removeAll("right", "wrong");
    if (verdict != null) {
      said.getStyleClass().add(verdict.right() ? "right" : "wrong");
      String word = texts.get(verdict.right() ? "right" : "wrong");
      said.setText(verdict.reason().isEmpty() ? word : word + " " + plain(verdict.reason()));
    } else if (!open) {
      said.setText(plain(texts.get("shown", question.answer()) + " " + why()).strip());
    }
    said.setVisible(verdict != null || !open);
    if (!open && question instanceof Question.Choice choice) {
      options.selectToggle(options.getToggles().get(choice.right()));
    }
  }

  /** What there is to say of the right answer. */
  private String why() {
    return question instanceof Question.Choice choice
        ? choice.options().get(choice.right()).reason()
        : "";
  }

  private static String plain(String markdown) {
    return markdown.replace("`", "").replace("**", "").replace("*", "");
  }
}
