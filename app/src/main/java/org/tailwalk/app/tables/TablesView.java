// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.tables;

import java.util.List;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.scene.control.Label;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import org.controlsfx.control.SegmentedButton;
import org.tailwalk.app.tables.TablesViewModel.Row;
import org.tailwalk.app.tables.TablesViewModel.Table;
import org.tailwalk.app.text.Texts;

/** A chooser of diagrams and the table of the chosen one. */
public final class TablesView extends BorderPane {
  private static final double ROW = 22;
  private static final double WIDTH = 520;
  private static final double SCROLL_BAR = 14;
  private static final double LEAST_NAMES = 84;

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
    table.widthProperty().addListener((_, _, _) -> fill());
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
        table.getColumns().add(column(now.columns().get(i), i, now.columns().size()));
      }
    }
    fill();
    table.getItems().setAll(now.rows());
  }

  /** The column of names takes what the others leave: nothing is out of sight that has room. */
  private void fill() {
    List<TableColumn<Row, ?>> columns = table.getColumns();
    if (columns.isEmpty()) {
      return;
    }
    TableColumn<Row, ?> names = columns.get(1);
    double left = table.getWidth() - SCROLL_BAR;
    for (TableColumn<Row, ?> column : columns) {
      left -= column == names ? 0 : column.getWidth();
    }
    names.setPrefWidth(Math.max(LEAST_NAMES, left));
  }

  private static TableColumn<Row, String> column(String title, int at, int of) {
    TableColumn<Row, String> column = new TableColumn<>(title);
    column.setCellValueFactory(row -> {
      List<String> cells = row.getValue().cells();
      return new ReadOnlyStringWrapper(at < cells.size() ? cells.get(at) : "");
    });
    column.setSortable(false);
    column.setPrefWidth(
        of == 2 ? 160 : at == 1 ? LEAST_NAMES : at == of - 1 ? 80 : at == 0 ? 56 : 46);
    return column;
  }

  /** Puts the keyboard into the table. */
  public void focusTable() {
    table.requestFocus();
    if (table.getSelectionModel().isEmpty()) {
      table.getSelectionModel().select(0);
    }
  }
}
