// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.tables;

import java.util.List;
import javafx.application.Platform;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.scene.control.Label;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import org.controlsfx.control.SegmentedButton;
import org.jspecify.annotations.Nullable;
import org.tailwalk.app.glossary.TermTip;
import org.tailwalk.app.tables.TablesViewModel.Row;
import org.tailwalk.app.tables.TablesViewModel.Table;
import org.tailwalk.app.text.Texts;

/** A chooser of diagrams and the table of the chosen one. */
public final class TablesView extends BorderPane {
  private static final double ROW = 22;
  private static final double WIDTH = 520;
  private static final double SCROLL_BAR = 14;
  private static final double LEAST_NAMES = 84;

  /** A letter's width, and what lies around the letters of a cell, pixels. */
  private static final double LETTER = 6.9;

  private static final double AROUND = 10;

  /** Less wide than this, names tell by themselves whether they are of programs or of calls. */
  private static final double NARROW = 400;

  private static final int MEASURED = 500;

  /** A table of so many has room for all of them. */
  private static final int LEAST_COLUMNS = 3;

  private final TablesViewModel model;
  private final Texts texts = Texts.of(TablesView.class);
  private final TableView<Row> table = new TableView<>();

  /** A view of {@code model}. */
  public TablesView(TablesViewModel model) {
    this.model = model;
    getStyleClass().addAll("pane", "tables");
    ToggleButton stage = button(Diagram.STAGE, "stage");
    ToggleButton life = button(Diagram.LIFE, "life");
    ToggleButton strip = button(Diagram.STRIP, "strip");
    SegmentedButton choice = new SegmentedButton(stage, life, strip);
    choice.getStyleClass().add(SegmentedButton.STYLE_CLASS_DARK);
    stage.setSelected(true);
    choice
        .getToggleGroup()
        .selectedToggleProperty()
        .addListener((_, was, now) -> {
          if (now == null) {
            choice.getToggleGroup().selectToggle(was);
          } else {
            model.diagramProperty().set((Diagram) now.getUserData());
          }
        });
    HBox header = new HBox(choice);
    header.getStyleClass().addAll("pane-header", "with-buttons");
    setTop(header);
    table.setFixedCellSize(ROW);
    // Widths change while a layout runs, which takes no other columns.
    table.widthProperty().addListener((_, _, _) -> Platform.runLater(this::fill));
    setPrefWidth(WIDTH);
    table.setAccessibleText(texts.get("table"));
    Label nothing = new Label(texts.get("nothing"));
    nothing.getStyleClass().add("empty-text");
    nothing.setWrapText(true);
    table.setPlaceholder(nothing);
    table.setOnKeyPressed(e -> {
      Row row = table.getSelectionModel().getSelectedItem();
      if (e.getCode() == KeyCode.ENTER && row != null) {
        model.go(row);
      }
    });
    table.setOnMouseClicked(e -> {
      Row row = table.getSelectionModel().getSelectedItem();
      if (e.getClickCount() == 2 && row != null) {
        model.go(row);
      }
    });
    setCenter(table);
    model.tableProperty().addListener((_, was, now) -> show(was, now));
    show(Table.EMPTY, model.tableProperty().get());
  }

  private ToggleButton button(Diagram diagram, String key) {
    ToggleButton button = new ToggleButton(texts.get(key));
    button.setUserData(diagram);
    return button;
  }

  private void show(Table was, Table now) {
    if (!was.columns().equals(now.columns())) {
      table.getColumns().clear();
      for (int i = 0; i < now.columns().size(); i++) {
        table.getColumns().add(column(now.columns().get(i), i));
      }
    }
    measure(now);
    fill();
    table.getItems().setAll(now.rows());
  }

  /** As wide as their words; a column without any gives its room to the names. */
  private void measure(Table now) {
    for (int i = 0; i < now.columns().size(); i++) {
      int at = i;
      int longest =
          now.rows().stream()
              .limit(MEASURED)
              .mapToInt(row -> at < row.cells().size() ? letters(row.cells().get(at)) : 0)
              .max()
              .orElse(0);
      TableColumn<Row, ?> column = table.getColumns().get(i);
      column.setVisible(longest > 0 || i == 1 || now.rows().isEmpty());
      double words = Math.max(longest, letters(now.columns().get(i))) * LETTER + AROUND;
      column.setPrefWidth(words);
    }
  }

  /** A Korean or Chinese letter takes the room of nearly two. */
  private static int letters(String text) {
    return text.length() + (int) (0.75 * text.chars().filter(c -> c >= 0x1100).count());
  }

  /** The column of names takes what the others leave: nothing is out of sight that has room. */
  private void fill() {
    List<TableColumn<Row, ?>> columns = table.getColumns();
    if (columns.isEmpty()) {
      return;
    }
    TableColumn<Row, ?> names = columns.get(1);
    double left = table.getWidth() - SCROLL_BAR;
    if (columns.size() > LEAST_COLUMNS) {
      columns.getFirst().setVisible(table.getWidth() >= NARROW);
    }
    for (TableColumn<Row, ?> column : columns) {
      left -= column == names || !column.isVisible() ? 0 : column.getPrefWidth();
    }
    names.setPrefWidth(Math.max(LEAST_NAMES, left));
  }

  private static TableColumn<Row, String> column(String title, int at) {
    TableColumn<Row, String> column = new TableColumn<>(title);
    column.setCellValueFactory(row -> {
      List<String> cells = row.getValue().cells();
      return new ReadOnlyStringWrapper(at < cells.size() ? cells.get(at) : "");
    });
    column.setSortable(false);
    column.setCellFactory(_ -> new WordsCell());
    return column;
  }

  private static final class WordsCell extends TableCell<Row, String> {
    WordsCell() {
      TermTip.whole(this);
    }

    @Override
    protected void updateItem(@Nullable String words, boolean empty) {
      super.updateItem(words, empty);
      setText(empty ? null : words);
    }
  }

  /** Puts the keyboard into the table. */
  public void focusTable() {
    table.requestFocus();
    if (table.getSelectionModel().isEmpty()) {
      table.getSelectionModel().select(0);
    }
  }
}
