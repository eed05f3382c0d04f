// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.breakpoint;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.util.StringConverter;
import org.tailwalk.app.annotation.FilterTrouble;
import org.tailwalk.app.session.Breakpoint;
import org.tailwalk.app.text.Texts;
import org.tailwalk.filter.Completer;

/** Where a breakpoint is written: its kind, what belongs to the kind, its condition. */
final class BreakpointForm extends GridPane {
  private final Texts texts = Texts.of(BreakpointForm.class);
  private final Supplier<Completer> seen;
  private final ComboBox<FormKind> kind = new ComboBox<>();
  private final List<Label> names = new ArrayList<>();
  private final List<ComboBox<String>> fields = new ArrayList<>();
  private final TextField condition = new TextField();
  private final FilterTrouble wrong = new FilterTrouble();

  BreakpointForm(Supplier<Completer> seen) {
    super(8, 6);
    this.seen = seen;
    kind.getItems().setAll(FormKind.values());
    kind.setConverter(
        new StringConverter<>() {
          @Override
          public String toString(FormKind of) {
            return of == null ? "" : texts.get("kind." + lower(of));
          }

          @Override
          public FormKind fromString(String text) {
            throw new UnsupportedOperationException("kinds are chosen");
          }
        });
    kind.setMaxWidth(Double.MAX_VALUE);
    kind.setAccessibleText(texts.get("form.kind"));
    add(label(texts.get("form.kind"), kind), 0, 0);
    add(kind, 1, 0);
    for (int i = 0; i < 3; i++) {
      ComboBox<String> field = new ComboBox<>();
      field.setEditable(true);
      field.setMaxWidth(Double.MAX_VALUE);
      Label name = label("", field);
      names.add(name);
      fields.add(field);
      add(name, 0, i + 1);
      add(field, 1, i + 1);
      name.managedProperty().bind(name.visibleProperty());
      field.visibleProperty().bind(name.visibleProperty());
      field.managedProperty().bind(name.visibleProperty());
    }
    condition.setPromptText(texts.get("form.condition.prompt"));
    condition.setAccessibleText(texts.get("form.condition"));
    condition.textProperty().addListener((_, _, _) -> check());
    add(label(texts.get("form.condition"), condition), 0, 4);
    add(condition, 1, 4);
    add(wrong, 0, 5, 2, 1);
    GridPane.setHgrow(kind, Priority.ALWAYS);
    kind.valueProperty().addListener((_, _, now) -> arrange(now));
    kind.setValue(FormKind.DROP);
  }

  private static String lower(Enum<?> of) {
    return of.name().toLowerCase(Locale.ROOT);
  }

  private static Label label(String text, javafx.scene.Node of) {
    Label label = new Label(text);
    label.getStyleClass().add("muted");
    label.setLabelFor(of);
    label.setMinWidth(USE_PREF_SIZE);
    return label;
  }

  private void arrange(FormKind now) {
    Completer completer = seen.get();
    for (int i = 0; i < fields.size(); i++) {
      boolean used = i < now.fields().size();
      names.get(i).setVisible(used);
      ComboBox<String> field = fields.get(i);
      field.getEditor().clear();
      field.setValue("");
      if (used) {
        String name = texts.get("form." + now.fields().get(i));
        names.get(i).setText(name);
        field.setAccessibleText(name);
        field.setPromptText(texts.get("any"));
        field.getItems().setAll(now.choices(i, completer));
      }
    }
    check();
  }

  void show(Breakpoint breakpoint) {
    kind.setValue(FormKind.of(breakpoint.on()));
    List<String> values = FormKind.texts(breakpoint.on());
    for (int i = 0; i < values.size(); i++) {
      fields.get(i).setValue(values.get(i));
      fields.get(i).getEditor().setText(values.get(i));
    }
    condition.setText(breakpoint.condition());
  }

  private boolean check() {
    return wrong.check(condition.getText());
  }

  String condition() {
    return condition.getText().strip();
  }

  /** What is written; empty when it is no breakpoint, which is then said. */
  java.util.Optional<Breakpoint.On> read() {
    if (!check()) {
      condition.requestFocus();
      return java.util.Optional.empty();
    }
    FormKind of = kind.getValue();
    if (of == FormKind.PACKET && condition().isEmpty()) {
      wrong.say(texts.get("form.needs-condition"));
      condition.requestFocus();
      return java.util.Optional.empty();
    }
    try {
      return java.util.Optional.of(
          of.read(fields.stream().map(f -> f.getEditor().getText()).toList()));
    } catch (IllegalArgumentException e) {
      wrong.say(String.valueOf(e.getMessage()));
      return java.util.Optional.empty();
    }
  }
}
