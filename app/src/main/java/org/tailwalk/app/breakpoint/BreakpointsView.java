// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.breakpoint;

import java.util.function.Supplier;
import javafx.beans.binding.Bindings;
import javafx.geometry.Insets;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.tailwalk.app.action.SpaceBar;
import org.tailwalk.app.session.Breakpoint;
import org.tailwalk.app.text.Texts;
import org.tailwalk.app.theme.Icon;
import org.tailwalk.filter.Completer;

/** The drawer's page of breakpoints: running, the list, and below it the one that is written. */
public final class BreakpointsView extends VBox {
  private final BreakpointsViewModel model;
  private final Texts texts = Texts.of(BreakpointsView.class);
  private final ListView<Breakpoint> list = new ListView<>();
  private final BreakpointForm form;

  /**
   * A page on {@code model}.
   *
   * @param seen completes with what occurs in the replay shown
   */
  public BreakpointsView(BreakpointsViewModel model, Supplier<Completer> seen) {
    this.model = model;
    this.form = new BreakpointForm(seen);
    getStyleClass().add("drawer-page");
    setSpacing(8);
    setPadding(new Insets(10));
    Button back = button("run-back", () -> model.run(-1));
    back.setGraphic(Icon.STEP_BACK.node(10));
    Button on = button("run-on", () -> model.run(1));
    on.setGraphic(Icon.EXPRESS.node(10));
    Button stop = button("cancel", model::cancel);
    stop.visibleProperty().bind(model.runningProperty());
    back.disableProperty()
        .bind(Bindings.createBooleanBinding(() -> !model.any(), model.listProperty()));
    on.disableProperty().bind(back.disableProperty());
    Label said = new Label();
    said.getStyleClass().add("muted");
    said.setWrapText(true);
    said.setMinHeight(USE_PREF_SIZE);
    said.textProperty().bind(model.messageProperty());
    list.setAccessibleText(texts.get("list"));
    list.getStyleClass().add("drawer-list");
    Label empty = new Label(texts.get("list.empty"));
    empty.getStyleClass().add("empty-text");
    empty.setWrapText(true);
    list.setPlaceholder(empty);
    list.setCellFactory(_ -> new PointCell());
    SpaceBar.keep(list);
    list.setOnKeyPressed(e -> {
      Breakpoint chosen = list.getSelectionModel().getSelectedItem();
      if (e.getCode() == KeyCode.DELETE) {
        remove();
      } else if (e.getCode() == KeyCode.SPACE && chosen != null) {
        model.replace(chosen.withEnabled(!chosen.enabled()));
        e.consume();
      }
    });
    VBox.setVgrow(list, Priority.ALWAYS);
    FlowPane buttons =
        new FlowPane(
            6,
            6,
            button("add", this::add),
            button("change", this::change),
            button("remove", this::remove),
            button("remove-all", model::removeAll));
    getChildren().setAll(new HBox(6, back, on, stop), said, list, form, buttons);
    model.listProperty().addListener((_, _, _) -> list());
    model.stoppedProperty().addListener((_, _, _) -> list.refresh());
    list.getSelectionModel()
        .selectedItemProperty()
        .addListener((_, _, now) -> {
          if (now != null) {
            form.show(now);
          }
        });
    list();
  }

  /** Gives the keyboard to the list. */
  public void focusList() {
    list.requestFocus();
  }

  private Button button(String key, Runnable run) {
    Button button = new Button(texts.get("button." + key));
    button.getStyleClass().add("small-button");
    button.setMinWidth(USE_PREF_SIZE);
    button.setOnAction(_ -> run.run());
    return button;
  }

  private void list() {
    int at = list.getSelectionModel().getSelectedIndex();
    list.getItems().setAll(model.listProperty().get());
    if (at >= 0 && at < list.getItems().size()) {
      list.getSelectionModel().select(at);
    }
  }

  private void add() {
    form.read()
        .ifPresent(on -> {
          Breakpoint added = model.add(on, form.condition());
          list.getSelectionModel().select(added);
        });
  }

  private void change() {
    Breakpoint chosen = list.getSelectionModel().getSelectedItem();
    if (chosen == null) {
      add();
      return;
    }
    form.read()
        .ifPresent(on ->
            model.replace(new Breakpoint(chosen.id(), chosen.enabled(), on, form.condition())));
  }

  private void remove() {
    Breakpoint chosen = list.getSelectionModel().getSelectedItem();
    if (chosen != null) {
      model.remove(chosen.id());
    }
  }

  private final class PointCell extends ListCell<Breakpoint> {
    private final CheckBox on = new CheckBox();
    private final Label what = new Label();
    private final Label condition = new Label();
    private final Label hits = new Label();
    private final HBox box;

    PointCell() {
      what.setWrapText(true);
      condition.getStyleClass().addAll("mono", "small", "muted");
      condition.managedProperty().bind(condition.visibleProperty());
      hits.getStyleClass().addAll("mono", "small", "muted");
      hits.setMinWidth(USE_PREF_SIZE);
      hits.setTooltip(new Tooltip(texts.get("hits.tip")));
      VBox words = new VBox(what, condition);
      words.setMinWidth(0);
      HBox.setHgrow(words, Priority.ALWAYS);
      box = new HBox(8, on, words, hits);
      box.getStyleClass().add("breakpoint");
      setPrefWidth(0);
      on.setOnAction(_ -> model.replace(getItem().withEnabled(on.isSelected())));
    }

    @Override
    protected void updateItem(Breakpoint item, boolean empty) {
      super.updateItem(item, empty);
      if (empty || item == null) {
        setGraphic(null);
        return;
      }
      String words = model.describe(item.on());
      on.setSelected(item.enabled());
      on.setAccessibleText(words);
      what.setText(words);
      condition.setText(item.condition());
      condition.setVisible(!item.condition().isEmpty());
      int times = model.hits(item.id());
      hits.setText(times == 0 ? "" : times + "×");
      setGraphic(box);
    }
  }
}
