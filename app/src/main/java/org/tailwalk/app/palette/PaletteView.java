// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.palette;

import java.util.List;
import javafx.application.Platform;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.tailwalk.app.action.Action;
import org.tailwalk.app.action.Key;
import org.tailwalk.app.text.Texts;

/** A line to type into and the actions that fit; arrows choose, Enter does. */
public final class PaletteView extends VBox {
  private static final double WIDTH = 520;
  private static final double ROW = 28;
  private static final int ROWS = 12;

  private final PaletteViewModel model;
  private final Runnable close;
  private final TextField query = new TextField();
  private final ListView<Action> list = new ListView<>();

  /**
   * A view of {@code model}.
   *
   * @param close called when an action was chosen, before it is done
   */
  public PaletteView(PaletteViewModel model, Runnable close) {
    super(8);
    this.model = model;
    this.close = close;
    Texts texts = Texts.of(PaletteView.class);
    query.setPromptText(texts.get("prompt"));
    query.setAccessibleText(texts.get("title"));
    query.textProperty().bindBidirectional(model.queryProperty());
    query.addEventFilter(KeyEvent.KEY_PRESSED, this::pressed);
    list.setFixedCellSize(ROW);
    list.setPrefHeight(ROW * ROWS + 2);
    list.setFocusTraversable(false);
    list.setAccessibleText(texts.get("list"));
    Label nothing = new Label(texts.get("nothing"));
    nothing.getStyleClass().add("empty-text");
    list.setPlaceholder(nothing);
    list.setCellFactory(_ -> new Cell());
    list.setOnMouseClicked(_ -> run());
    model.foundProperty().addListener((_, _, now) -> show(now));
    getChildren().addAll(query, list);
    getStyleClass().addAll("overlay", "palette");
    setPrefWidth(WIDTH);
    setMaxSize(USE_PREF_SIZE, USE_PREF_SIZE);
  }

  /** Begins anew, with the keyboard in the line. */
  public void open() {
    model.open();
    query.requestFocus();
  }

  private void show(List<Action> found) {
    list.getItems().setAll(found);
    list.getSelectionModel().selectFirst();
    list.scrollTo(0);
  }

  private void pressed(KeyEvent event) {
    switch (event.getCode()) {
      case DOWN -> move(1);
      case UP -> move(-1);
      case PAGE_DOWN -> move(ROWS);
      case PAGE_UP -> move(-ROWS);
      case ENTER -> run();
      default -> {
        return;
      }
    }
    event.consume();
  }

  private void move(int rows) {
    int count = list.getItems().size();
    if (count > 0) {
      int to = Math.clamp(list.getSelectionModel().getSelectedIndex() + rows, 0, count - 1);
      list.getSelectionModel().select(to);
      list.scrollTo(Math.max(0, to - ROWS / 2));
    }
  }

  private void run() {
    Action action = list.getSelectionModel().getSelectedItem();
    if (action != null) {
      close.run();
      // What it opens must come after what closes here, focus included.
      Platform.runLater(action.run());
    }
  }

  private static final class Cell extends ListCell<Action> {
    private final Label title = new Label();
    private final Label chapter = new Label();
    private final HBox keys = new HBox(4);
    private final HBox row;

    Cell() {
      chapter.getStyleClass().addAll("muted", "small");
      chapter.setMinWidth(Region.USE_PREF_SIZE);
      keys.setMinWidth(Region.USE_PREF_SIZE);
      keys.setFillHeight(false);
      keys.setAlignment(Pos.CENTER_RIGHT);
      Region space = new Region();
      HBox.setHgrow(space, Priority.ALWAYS);
      row = new HBox(10, title, chapter, space, keys);
      row.setAlignment(Pos.CENTER_LEFT);
    }

    @Override
    protected void updateItem(Action action, boolean empty) {
      super.updateItem(action, empty);
      if (empty || action == null) {
        setGraphic(null);
        return;
      }
      title.setText(action.title());
      chapter.setText(action.chapter());
      keys.getChildren().clear();
      for (Key key : action.keys()) {
        Label label = new Label(key.toString());
        label.getStyleClass().add("key");
        keys.getChildren().add(label);
      }
      setGraphic(row);
    }
  }
}
