// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.maps;

import javafx.application.Platform;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.ListChangeListener;
import javafx.scene.Node;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.control.Tooltip;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.StackPane;
import org.tailwalk.app.glossary.TermTip;
import org.tailwalk.app.text.Texts;
import org.tailwalk.app.theme.Icon;
import org.tailwalk.app.theme.Worn;
import org.tailwalk.replay.history.Write;

/** The entries of the map shown. */
final class EntryTable extends TableView<MapLine> {
  private static final double ROW = 21;
  private static final double SCROLL_BAR = 12;

  private final MapsViewModel model;
  private final Texts texts = Texts.of(EntryTable.class);
  private boolean following;

  EntryTable(MapsViewModel model) {
    this.model = model;
    setItems(model.lines());
    setFixedCellSize(ROW);
    setAccessibleText(texts.get("table"));
    getStyleClass().add("maps-entries");
    setRowFactory(_ -> new Row());
    Label nothing = new Label();
    nothing.getStyleClass().add("empty-text");
    nothing.setWrapText(true);
    nothing.setMaxWidth(260);
    nothing.textProperty().bind(model.nothingProperty());
    setPlaceholder(new StackPane(nothing));
    model.columnsProperty().addListener((_, _, _) -> columns());
    columns();
    // Widths change while a layout runs, which takes no other columns.
    widthProperty().addListener((_, _, _) -> Platform.runLater(this::share));
    getSelectionModel()
        .selectedItemProperty()
        .addListener((_, _, now) -> {
          if (!following && now != null) {
            model.select(now);
          }
        });
    model.selectedProperty().addListener((_, _, _) -> follow());
    // An equal line in a new list is no change, but the table has forgotten it.
    model.lines().addListener((ListChangeListener<MapLine>) _ -> Platform.runLater(this::follow));
    addEventHandler(KeyEvent.KEY_PRESSED, this::pressed);
    setContextMenu(menu());
  }

  private void follow() {
    following = true;
    int index = model.selectedProperty().get().map(getItems()::indexOf).orElse(-1);
    if (index < 0) {
      getSelectionModel().clearSelection();
    } else if (index != getSelectionModel().getSelectedIndex()) {
      getSelectionModel().clearAndSelect(index);
      scrollTo(Math.max(0, index - 2));
    }
    following = false;
  }

  private void pressed(KeyEvent event) {
    if (event.getCode() == KeyCode.ENTER) {
      if (event.isShiftDown()) {
        model.whatDecided();
      } else {
        model.whoWrote(null);
      }
      event.consume();
    } else if (event.getCode() == KeyCode.C && event.isControlDown()) {
      copy();
      event.consume();
    }
  }

  private ContextMenu menu() {
    MenuItem who = new MenuItem(texts.get("menu.who") + "  (Enter)");
    who.setOnAction(_ -> model.whoWrote(null));
    MenuItem what = new MenuItem(texts.get("menu.what") + "  (Shift+Enter)");
    what.setOnAction(_ -> model.whatDecided());
    MenuItem copy = new MenuItem(texts.get("menu.copy") + "  (Ctrl+C)");
    copy.setOnAction(_ -> copy());
    MenuItem without = new MenuItem(texts.get("menu.without"));
    without.setOnAction(_ -> model.withoutIt());
    return new ContextMenu(who, what, without, new SeparatorMenuItem(), copy);
  }

  private void copy() {
    MapLine line = getSelectionModel().getSelectedItem();
    if (line != null) {
      ClipboardContent content = new ClipboardContent();
      content.putString(line.key() + " " + line.either().value());
      Clipboard.getSystemClipboard().setContent(content);
    }
  }

  private void columns() {
    getColumns().clear();
    TableColumn<MapLine, MapLine> mark = column("", 22);
    mark.setResizable(false);
    mark.setCellFactory(_ -> new MarkCell());
    getColumns().add(mark);
    for (MapColumn each : model.columnsProperty().get()) {
      TableColumn<MapLine, MapLine> column = column(each.title(), each.width());
      column.setCellFactory(_ -> new TextCell(each));
      getColumns().add(column);
    }
    TableColumn<MapLine, MapLine> written = column(texts.get("written"), 90);
    written.setCellFactory(_ -> new WriterCell());
    getColumns().add(written);
    getColumns().forEach(c -> c.setUserData(c.getPrefWidth()));
    share();
  }

  /**
   * As many columns as there is room for, and at least the first: below stands all of the entry
   * that is chosen. What is left is the first column's, whose words are the longest.
   */
  private void share() {
    double left = getWidth() - SCROLL_BAR;
    if (left <= 0 || getColumns().size() < 2) {
      return;
    }
    boolean room = true;
    for (int i = 0; i < getColumns().size(); i++) {
      TableColumn<MapLine, ?> column = getColumns().get(i);
      double usual = (double) column.getUserData();
      room &= i <= 1 || usual <= left;
      column.setVisible(room);
      left -= room ? usual : 0;
    }
    TableColumn<MapLine, ?> first = getColumns().get(1);
    first.setPrefWidth((double) first.getUserData() + left);
  }

  private static TableColumn<MapLine, MapLine> column(String title, double width) {
    TableColumn<MapLine, MapLine> column = new TableColumn<>(title);
    column.setPrefWidth(width);
    column.setSortable(false);
    column.setReorderable(false);
    column.setCellValueFactory(row -> new ReadOnlyObjectWrapper<>(row.getValue()));
    return column;
  }

  /** A writer in a word or a step. */
  static String writer(Write.Writer writer, Texts texts) {
    return switch (writer) {
      case Write.Writer.ControlPlane _ -> texts.get("writer.control-plane");
      case Write.Writer.Collector _ -> texts.get("writer.collector");
      case Write.Writer.ByPacket by -> "P" + by.packet() + ".S" + by.step();
    };
  }

  private static final class Row extends TableRow<MapLine> {
    private final Worn dress = new Worn(this);

    @Override
    protected void updateItem(MapLine line, boolean empty) {
      super.updateItem(line, empty);
      dress.wear(
          empty || line == null
              ? ""
              : line.differs() ? "differs" : line.touch() != MapLine.Touch.NONE ? "touched" : "");
    }
  }

  private final class MarkCell extends TableCell<MapLine, MapLine> {
    MarkCell() {
      getStyleClass().add("step-icon");
    }

    @Override
    protected void updateItem(MapLine line, boolean empty) {
      super.updateItem(line, empty);
      if (empty || line == null) {
        setGraphic(null);
        setTooltip(null);
        return;
      }
      String words = words(line);
      Node icon =
          line.differs()
              ? Icon.NOT_EQUAL.node(11)
              : switch (line.touch()) {
                case WRITTEN -> Icon.WRITE.node(11);
                case FOUND -> Icon.MAP.node(11);
                case NONE -> null;
              };
      setGraphic(icon);
      setAccessibleText(words);
      setTooltip(words.isEmpty() ? null : new Tooltip(words));
    }

    private String words(MapLine line) {
      String touch =
          switch (line.touch()) {
            case WRITTEN -> texts.get("mark.written");
            case FOUND -> texts.get("mark.found");
            case NONE -> "";
          };
      if (!line.differs()) {
        return touch;
      }
      String differs =
          line.model() == null
              ? texts.get("mark.kernel")
              : line.kernel() == null ? texts.get("mark.model") : texts.get("mark.differs");
      return touch.isEmpty() ? differs : differs + "; " + touch;
    }
  }

  private final class TextCell extends TableCell<MapLine, MapLine> {
    private final MapColumn column;
    private final Worn dress = new Worn(this);

    TextCell(MapColumn column) {
      this.column = column;
      TermTip.whole(this);
    }

    @Override
    protected void updateItem(MapLine line, boolean empty) {
      super.updateItem(line, empty);
      setText(empty || line == null ? null : column.text(line, model.nowSeconds()));
      boolean changed =
          !empty && line != null && column.fields().stream().anyMatch(line.changed()::contains);
      dress.wear(changed ? "changed-value" : "");
    }
  }

  private final class WriterCell extends TableCell<MapLine, MapLine> {
    WriterCell() {
      getStyleClass().add("changed-name");
    }

    @Override
    protected void updateItem(MapLine line, boolean empty) {
      super.updateItem(line, empty);
      setText(empty || line == null ? null : writer(line.either().writer(), texts));
    }
  }
}
