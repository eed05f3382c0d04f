// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.maps;

import java.util.List;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import org.tailwalk.app.text.Texts;
import org.tailwalk.app.theme.Worn;

/** The fields of the selected entry, and who wrote each: a double click or Enter goes there. */
final class FieldTable extends TableView<FieldLine> {
  private static final double ROW = 20;

  private final MapsViewModel model;
  private final Texts texts = Texts.of(FieldTable.class);

  FieldTable(MapsViewModel model) {
    this.model = model;
    setItems(model.fields());
    setFixedCellSize(ROW);
    setAccessibleText(texts.get("fields"));
    getStyleClass().add("maps-fields");
    setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
    Label nothing = new Label(texts.get("message.select"));
    nothing.getStyleClass().add("empty-text");
    setPlaceholder(nothing);
    getColumns()
        .addAll(
            List.of(
                column(texts.get("column.field"), 112, 0),
                column(texts.get("column.value"), 160, 1),
                column(texts.get("column.writer"), 96, 2)));
    setRowFactory(_ -> row());
    addEventHandler(
        KeyEvent.KEY_PRESSED,
        event -> {
          if (event.getCode() == KeyCode.ENTER) {
            model.whoWrote(getSelectionModel().getSelectedItem());
            event.consume();
          }
        });
  }

  private TableRow<FieldLine> row() {
    TableRow<FieldLine> row = new TableRow<>();
    row.addEventHandler(
        MouseEvent.MOUSE_CLICKED,
        event -> {
          if (event.getButton() == MouseButton.PRIMARY
              && event.getClickCount() == 2
              && row.getItem() != null) {
            model.whoWrote(row.getItem());
          }
        });
    MenuItem who = new MenuItem();
    who.setOnAction(_ -> model.whoWrote(row.getItem()));
    MenuItem what = new MenuItem(texts.get("menu.what"));
    what.setOnAction(_ -> model.whatDecided());
    ContextMenu menu = new ContextMenu(who, what);
    row.itemProperty()
        .addListener((_, _, field) -> {
          if (field != null) {
            who.setText(
                field.key() ? texts.get("menu.who") : texts.get("menu.who-field", field.name()));
          }
          row.setContextMenu(field == null ? null : menu);
        });
    return row;
  }

  private TableColumn<FieldLine, FieldLine> column(String title, double width, int kind) {
    TableColumn<FieldLine, FieldLine> column = new TableColumn<>(title);
    column.setPrefWidth(width);
    column.setSortable(false);
    column.setReorderable(false);
    column.setCellValueFactory(row -> new ReadOnlyObjectWrapper<>(row.getValue()));
    column.setCellFactory(_ -> new Cell(kind));
    return column;
  }

  private final class Cell extends TableCell<FieldLine, FieldLine> {
    private final int kind;
    private final Worn dress = new Worn(this);

    Cell(int kind) {
      this.kind = kind;
    }

    @Override
    protected void updateItem(FieldLine field, boolean empty) {
      super.updateItem(field, empty);
      if (empty || field == null) {
        setText(null);
        dress.wear();
        return;
      }
      switch (kind) {
        case 0 -> {
          setText(field.name());
          dress.wear(field.changed() ? "" : "changed-name");
        }
        case 1 -> {
          setText(field.other().isEmpty() ? field.value() : field.value() + " ≠ " + field.other());
          dress.wear(field.changed() ? "changed-value" : field.key() ? "changed-name" : "");
        }
        default -> {
          var writer = field.writer();
          setText(
              writer != null
                  ? EntryTable.writer(writer, texts)
                  : field.key() ? "" : texts.get("writer.far"));
          dress.wear("step-link");
        }
      }
    }
  }
}
