// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.conntrack;

import java.util.List;
import java.util.Optional;
import javafx.application.Platform;
import javafx.beans.binding.Bindings;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.collections.ListChangeListener;
import javafx.geometry.Orientation;
import javafx.geometry.Pos;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.tailwalk.app.conntrack.EntryLife.FieldChange;
import org.tailwalk.app.glossary.Term;
import org.tailwalk.app.glossary.TermTip;
import org.tailwalk.app.text.Texts;
import org.tailwalk.app.theme.SharpCanvas;
import org.tailwalk.app.theme.Theme;
import org.tailwalk.app.theme.Worn;

/** State diagram, lifetime, and the entry before and after. */
public final class ConntrackView extends BorderPane {
  private static final double ROW = 21;

  private final ConntrackViewModel model;
  private final FlowTimeline timeline;
  private final Texts texts = Texts.of(ConntrackView.class);
  private final HBox marks = new HBox(2);
  private final LifePainter painter;
  private final Diagram diagram = new Diagram();
  private final TableView<FieldChange> table = new TableView<>();
  private final Label nothing = new Label();

  /** A view of {@code model}. */
  public ConntrackView(ConntrackViewModel model, FlowTimeline timeline, Theme theme) {
    this.model = model;
    this.timeline = timeline;
    this.painter = new LifePainter(theme);
    getStyleClass().addAll("pane", "pane-left");
    setTop(header());
    table.setFixedCellSize(ROW);
    table.setAccessibleText(word("accessible"));
    table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
    table.getStyleClass().add("no-header");
    TableColumn<FieldChange, FieldChange> name = column(word("column.field"), 118, true);
    TableColumn<FieldChange, FieldChange> value = column(word("column.change"), 180, false);
    table.getColumns().addAll(List.of(name, value));
    name.setMinWidth(112);
    name.setMaxWidth(150);
    Label none = new Label(word("none"));
    none.getStyleClass().add("empty-text");
    table.setPlaceholder(none);
    nothing.getStyleClass().add("empty-text");
    nothing.setWrapText(true);
    nothing.maxWidthProperty().bind(Bindings.min(230, widthProperty().subtract(24)));
    nothing.textProperty().bind(model.nothingProperty());
    // It lies over the links of the timeline, and must not catch their clicks.
    nothing.visibleProperty().bind(nothing.textProperty().isNotEmpty());
    BorderPane body = new BorderPane(table);
    body.setTop(new VBox(note(), diagram, timelineBar()));
    body.setBottom(message());
    table.setRowFactory(_ -> row());
    table.addEventHandler(KeyEvent.KEY_PRESSED, this::pressed);
    StackPane stack = new StackPane(body, nothing);
    setCenter(stack);
    // In a low pane the table gives way; the panes beside it keep their height.
    setMinHeight(0);
    body.visibleProperty().bind(nothing.textProperty().isEmpty());
    model.lifeProperty().addListener((_, _, now) -> show(now));
    theme.modeProperty().addListener((_, _, _) -> diagram.paint());
  }

  private Label note() {
    Label note = new Label();
    note.textProperty().bind(model.noteProperty());
    note.setWrapText(true);
    note.setMaxWidth(Double.MAX_VALUE);
    note.setMinHeight(Region.USE_PREF_SIZE);
    note.getStyleClass().add("entry-note");
    note.managedProperty().bind(note.textProperty().isNotEmpty());
    note.visibleProperty().bind(note.managedProperty());
    return note;
  }

  /** The versions of the entry that tell something: a click goes to the packet. */
  private ScrollPane timelineBar() {
    marks.getStyleClass().add("ct-timeline");
    ScrollPane scroll = new ScrollPane(marks);
    scroll.setFitToHeight(true);
    scroll.setVbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
    scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
    scroll.getStyleClass().add("bare-scroll");
    scroll.setMinHeight(24);
    scroll.setPrefHeight(24);
    scroll.setAccessibleText(texts.get("timeline"));
    timeline.marks().addListener((ListChangeListener<FlowTimeline.Mark>) _ -> showMarks(scroll));
    return scroll;
  }

  private void showMarks(ScrollPane scroll) {
    List<FlowTimeline.Mark> all = timeline.marks();
    // Links stay: to make one costs far more than to give it other words.
    while (marks.getChildren().size() < all.size()) {
      marks.getChildren().add(new MarkLink());
    }
    marks.getChildren().remove(all.size(), marks.getChildren().size());
    int now = -1;
    for (int i = 0; i < all.size(); i++) {
      ((MarkLink) marks.getChildren().get(i)).show(all.get(i));
      if (!all.get(i).later()) {
        now = i;
      }
    }
    double at = all.size() < 2 ? 0 : now / (all.size() - 1.0);
    Platform.runLater(() -> scroll.setHvalue(Math.clamp(at, 0, 1)));
  }

  /** Something that happened to the entry; a click goes there. */
  private final class MarkLink extends Hyperlink {
    private final Worn dress = new Worn(this);
    private final Tooltip detail = new Tooltip();

    MarkLink() {
      getStyleClass().add("step-link");
      setTooltip(detail);
    }

    void show(FlowTimeline.Mark mark) {
      setText("P" + mark.packet() + " " + mark.text());
      detail.setText(mark.detail());
      setVisited(false);
      setOnAction(_ -> timeline.goTo(mark));
      dress.wear(mark.current() ? "current" : "", mark.later() ? "later" : "");
    }
  }

  private Label message() {
    Label message = new Label();
    message.textProperty().bind(timeline.messageProperty());
    message.setWrapText(true);
    message.setMaxWidth(Double.MAX_VALUE);
    message.getStyleClass().add("maps-message");
    message.managedProperty().bind(message.textProperty().isNotEmpty());
    message.visibleProperty().bind(message.managedProperty());
    return message;
  }

  private TableRow<FieldChange> row() {
    TableRow<FieldChange> row = new TableRow<>();
    Tooltip tip = new Tooltip(texts.get("field.tip"));
    row.itemProperty().addListener((_, _, field) -> row.setTooltip(field == null ? null : tip));
    row.setOnMouseClicked(event -> {
      if (event.getButton() == MouseButton.PRIMARY
          && event.getClickCount() == 2
          && row.getItem() != null) {
        timeline.whoSet(row.getItem().name());
      }
    });
    return row;
  }

  private void pressed(KeyEvent event) {
    FieldChange field = table.getSelectionModel().getSelectedItem();
    if (event.getCode() == KeyCode.ENTER && field != null) {
      timeline.whoSet(field.name());
      event.consume();
    }
  }

  private VBox header() {
    Label title = new Label(word("title"));
    title.getStyleClass().add("title");
    title.setMinWidth(Region.USE_PREF_SIZE);
    TermTip.on(title, Term.CONNTRACK);
    // The flow's addresses need a line of their own.
    HBox first = new HBox(9, title, about(model.whenProperty()));
    first.setAlignment(Pos.CENTER_LEFT);
    VBox header = new VBox(first, about(model.flowProperty()));
    header.getStyleClass().addAll("pane-header", "two-lines");
    return header;
  }

  private Label about(ReadOnlyStringProperty text) {
    Label about = new Label();
    about.getStyleClass().add("about");
    about.textProperty().bind(text);
    about.managedProperty().bind(text.isNotEmpty());
    Tooltip whole = new Tooltip();
    whole.textProperty().bind(model.aboutProperty());
    about.setTooltip(whole);
    return about;
  }

  private void show(Optional<EntryLife> life) {
    table.getItems().setAll(life.map(EntryLife::fields).orElse(List.of()));
    diagram.paint();
  }

  private static TableColumn<FieldChange, FieldChange> column(
      String title, double width, boolean isName) {
    TableColumn<FieldChange, FieldChange> column = new TableColumn<>(title);
    column.setPrefWidth(width);
    column.setSortable(false);
    column.setReorderable(false);
    column.setCellValueFactory(row -> new ReadOnlyObjectWrapper<>(row.getValue()));
    column.setCellFactory(_ -> isName ? new NameCell() : new ValueCell());
    return column;
  }

  private static final class NameCell extends TableCell<FieldChange, FieldChange> {
    private final Worn dress = new Worn(this);

    @Override
    protected void updateItem(FieldChange field, boolean empty) {
      super.updateItem(field, empty);
      setText(empty || field == null ? null : field.name());
      dress.wear(!empty && field != null && !field.changed() ? "changed-name" : "");
    }
  }

  /** Old value, arrow, new value in bold: drawn as two labels, made once a cell. */
  private static final class ValueCell extends TableCell<FieldChange, FieldChange> {
    private final Label before = new Label();
    private final Label after = new Label();
    private final HBox box = new HBox(before, after);

    ValueCell() {
      box.setStyle("-fx-alignment: center-left;");
      before.getStyleClass().add("mono");
      after.getStyleClass().addAll("mono", "changed-value");
      before.setMinWidth(Region.USE_PREF_SIZE);
    }

    @Override
    protected void updateItem(FieldChange field, boolean empty) {
      super.updateItem(field, empty);
      if (empty || field == null) {
        setGraphic(null);
        return;
      }
      before.setText(
          field.changed() ? field.before().isEmpty() ? "" : field.before() + " → " : field.after());
      after.setText(field.changed() ? field.after() : "");
      setGraphic(box);
    }
  }

  /** The canvas above the table, as wide as the pane. */
  private final class Diagram extends Region {
    private final SharpCanvas canvas = new SharpCanvas();

    Diagram() {
      getChildren().add(canvas);
      TermTip.on(this, Term.ENTRY_STATE, Term.LIFETIME, Term.EXPIRED, Term.SWEEP);
    }

    @Override
    public Orientation getContentBias() {
      return Orientation.HORIZONTAL;
    }

    @Override
    protected double computePrefHeight(double width) {
      return LifePainter.height(width < 0 ? getWidth() : width);
    }

    @Override
    protected double computeMinHeight(double width) {
      return computePrefHeight(width);
    }

    @Override
    protected void layoutChildren() {
      if (canvas.fit(getWidth(), LifePainter.height(getWidth()))) {
        paint();
      }
    }

    void paint() {
      var g = canvas.clear();
      model.lifeProperty().get().ifPresent(life -> painter.paint(g, canvas.width(), life));
    }
  }

  private static String word(String key, Object... values) {
    Texts texts = Texts.of(ConntrackView.class);
    return values.length == 0 ? texts.get(key) : texts.get(key, values);
  }
}
