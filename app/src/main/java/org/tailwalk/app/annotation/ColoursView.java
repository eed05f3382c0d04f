// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.annotation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javafx.geometry.Insets;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.tailwalk.app.action.SpaceBar;
import org.tailwalk.app.session.ColourRule;
import org.tailwalk.app.text.Texts;

/** The drawer's page of colouring rules: the list, and below it the rule that is chosen. */
public final class ColoursView extends VBox {
  private final AnnotationsViewModel model;
  private final Texts texts = Texts.of(ColoursView.class);
  private final ListView<ColourRule> list = new ListView<>();
  private final TextField name = new TextField();
  private final TextField filter = new TextField();
  private final TextField sign = new TextField();
  private final ComboBox<ColourRule.Colour> colour = new ComboBox<>();
  private final FilterTrouble wrong = new FilterTrouble();
  private boolean showing;

  /** A page on {@code model}. */
  public ColoursView(AnnotationsViewModel model) {
    this.model = model;
    getStyleClass().add("drawer-page");
    setSpacing(8);
    setPadding(new Insets(10));
    Label about = new Label(texts.get("colours.about"));
    about.setWrapText(true);
    about.setMinHeight(USE_PREF_SIZE);
    about.getStyleClass().add("muted");
    list.setAccessibleText(texts.get("colours.list"));
    list.getStyleClass().add("drawer-list");
    list.setCellFactory(_ -> new RuleCell());
    SpaceBar.keep(list);
    list.setOnKeyPressed(e -> {
      int at = list.getSelectionModel().getSelectedIndex();
      if (e.getCode() == KeyCode.DELETE) {
        remove();
      } else if (e.getCode() == KeyCode.SPACE && at >= 0) {
        enable(at, !list.getItems().get(at).enabled());
        e.consume();
      }
    });
    VBox.setVgrow(list, Priority.ALWAYS);
    colour.getItems().setAll(ColourRule.Colour.values());
    colour.setCellFactory(_ -> new ColourCell());
    colour.setButtonCell(new ColourCell());
    colour.setMaxWidth(Double.MAX_VALUE);
    GridPane form = new GridPane(8, 6);
    row(form, 0, "colours.name", name);
    row(form, 1, "colours.filter", filter);
    row(form, 2, "colours.colour", colour);
    row(form, 3, "colours.sign", sign);
    FlowPane buttons =
        new FlowPane(
            6,
            6,
            button("colours.add", this::add),
            button("colours.remove", this::remove),
            button("colours.up", () -> move(-1)),
            button("colours.down", () -> move(1)),
            button("colours.defaults", () -> model.colours(ColourRule.defaults())));
    getChildren().setAll(about, list, form, wrong, buttons);
    list.getSelectionModel().selectedItemProperty().addListener((_, _, now) -> show(now));
    name.textProperty().addListener((_, _, _) -> edited());
    filter.textProperty().addListener((_, _, _) -> edited());
    sign.textProperty().addListener((_, _, _) -> edited());
    colour.valueProperty().addListener((_, _, _) -> edited());
    model
        .annotationsProperty()
        .addListener((_, was, now) -> {
          if (!was.colours().equals(now.colours())) {
            list(now.colours());
          }
        });
    list(model.annotationsProperty().get().colours());
    list.getSelectionModel().selectFirst();
  }

  /** Gives the keyboard to the list. */
  public void focusList() {
    list.requestFocus();
  }

  private void row(GridPane form, int row, String key, javafx.scene.control.Control field) {
    Label label = new Label(texts.get(key));
    label.getStyleClass().add("muted");
    label.setLabelFor(field);
    label.setMinWidth(Region.USE_PREF_SIZE);
    field.setAccessibleText(texts.get(key));
    form.addRow(row, label, field);
    GridPane.setHgrow(field, Priority.ALWAYS);
  }

  private Button button(String key, Runnable run) {
    Button button = new Button(texts.get(key));
    button.getStyleClass().add("small-button");
    button.setOnAction(_ -> run.run());
    return button;
  }

  private void list(List<ColourRule> rules) {
    int at = Math.max(0, list.getSelectionModel().getSelectedIndex());
    showing = true;
    list.getItems().setAll(rules);
    if (!rules.isEmpty()) {
      list.getSelectionModel().select(Math.min(at, rules.size() - 1));
    }
    showing = false;
    show(list.getSelectionModel().getSelectedItem());
  }

  private void show(ColourRule rule) {
    if (showing || rule == null) {
      return;
    }
    showing = true;
    set(name, rule.name());
    set(filter, rule.filter());
    set(sign, rule.sign());
    colour.setValue(rule.colour());
    showing = false;
    wrong.check(rule.filter());
  }

  /** What is being typed keeps its caret. */
  private static void set(TextField field, String text) {
    if (!field.getText().equals(text)) {
      field.setText(text);
    }
  }

  private void edited() {
    int at = list.getSelectionModel().getSelectedIndex();
    if (showing || at < 0) {
      return;
    }
    ColourRule was = list.getItems().get(at);
    List<ColourRule> rules = new ArrayList<>(list.getItems());
    String shortSign = sign.getText().substring(0, Math.min(2, sign.getText().length()));
    rules.set(
        at,
        new ColourRule(
            name.getText(), filter.getText(), colour.getValue(), shortSign, was.enabled()));
    model.colours(rules);
    wrong.check(filter.getText());
  }

  private void add() {
    List<ColourRule> rules = new ArrayList<>(list.getItems());
    rules.addFirst(
        new ColourRule(
            texts.get("colours.new"), "tcp.port == 80", ColourRule.Colour.SKY, "", true));
    model.colours(rules);
    list.getSelectionModel().selectFirst();
    name.requestFocus();
    name.selectAll();
  }

  private void enable(int at, boolean enabled) {
    List<ColourRule> rules = new ArrayList<>(list.getItems());
    rules.set(at, rules.get(at).withEnabled(enabled));
    model.colours(rules);
  }

  private void remove() {
    int at = list.getSelectionModel().getSelectedIndex();
    if (at >= 0) {
      List<ColourRule> rules = new ArrayList<>(list.getItems());
      rules.remove(at);
      model.colours(rules);
    }
  }

  private void move(int by) {
    int at = list.getSelectionModel().getSelectedIndex();
    int to = at + by;
    if (at >= 0 && to >= 0 && to < list.getItems().size()) {
      List<ColourRule> rules = new ArrayList<>(list.getItems());
      rules.add(to, rules.remove(at));
      model.colours(rules);
      list.getSelectionModel().select(to);
    }
  }

  private String word(ColourRule.Colour of) {
    return texts.get("colour." + of.name().toLowerCase(Locale.ROOT));
  }

  private static String style(ColourRule.Colour of) {
    return "coloured-" + of.name().toLowerCase(Locale.ROOT);
  }

  private final class ColourCell extends ListCell<ColourRule.Colour> {
    @Override
    protected void updateItem(ColourRule.Colour item, boolean empty) {
      super.updateItem(item, empty);
      setText(empty || item == null ? null : word(item));
      getStyleClass().removeIf(c -> c.startsWith("coloured-"));
      if (!empty && item != null) {
        getStyleClass().add(style(item));
      }
    }
  }

  private final class RuleCell extends ListCell<ColourRule> {
    private final CheckBox on = new CheckBox();
    private final Label title = new Label();
    private final Label what = new Label();
    private final Label mark = new Label();
    private final HBox box;

    RuleCell() {
      what.getStyleClass().addAll("mono", "small");
      mark.getStyleClass().addAll("mono", "rule-sign");
      VBox words = new VBox(title, what);
      HBox.setHgrow(words, Priority.ALWAYS);
      words.setMinWidth(0);
      box = new HBox(8, on, words, mark);
      box.getStyleClass().add("rule");
      setPrefWidth(0);
      on.setOnAction(_ -> enable(getIndex(), on.isSelected()));
    }

    @Override
    protected void updateItem(ColourRule rule, boolean empty) {
      super.updateItem(rule, empty);
      box.getStyleClass().removeIf(c -> c.startsWith("coloured-"));
      if (empty || rule == null) {
        setGraphic(null);
        return;
      }
      on.setSelected(rule.enabled());
      on.setAccessibleText(rule.name());
      title.setText(rule.name());
      what.setText(rule.filter());
      mark.setText(rule.sign());
      box.getStyleClass().add(style(rule.colour()));
      setGraphic(box);
    }
  }
}
