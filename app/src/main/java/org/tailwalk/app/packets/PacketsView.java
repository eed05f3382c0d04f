// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.packets;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javafx.application.Platform;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.control.Tooltip;
import javafx.scene.input.ContextMenuEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import org.jspecify.annotations.Nullable;
import org.tailwalk.app.glossary.Term;
import org.tailwalk.app.glossary.TermTip;
import org.tailwalk.app.packets.PacketRow.Outcome;
import org.tailwalk.app.text.Texts;
import org.tailwalk.app.theme.Icon;

/** The list of packets: rows of one height, made when they come into sight. */
public final class PacketsView extends BorderPane {
  private static final String VEILED = "?";
  private static final double ROW = 23;
  private static final double DIGIT = 6.6;
  private static final int MEASURED = 200;

  private final Texts texts = Texts.of(PacketsView.class);
  private final PacketsViewModel model;
  private final TableView<Integer> table = new TableView<>();
  private final IntConsumer chosen;
  private final TableColumn<Integer, Integer> number =
      text(word("column.number"), 42, r -> Integer.toString(r.number()));
  private final TableColumn<Integer, Integer> time = text(word("column.time"), 68, this::timeText);
  private final TableColumn<Integer, Integer> way = text("", 21, r -> r.way().arrow());
  private final TableColumn<Integer, Integer> info =
      text(word("column.info"), 150, PacketRow::info);
  private final TableColumn<Integer, Integer> conntrack =
      column(word("column.ct"), 70, CtCell::new);
  private final TableColumn<Integer, Integer> ends =
      text(word("column.ends"), 156, r -> r.source() + " → " + r.destination());
  private final TableColumn<Integer, Integer> verdict =
      column(word("column.verdict"), 126, VerdictCell::new);
  private final ColumnShare share =
      new ColumnShare(List.of(time, way, conntrack), info, verdict, ends);
  private final ContextMenu menu = new ContextMenu();
  private final List<IntFunction<List<MenuItem>>> menus = new ArrayList<>();
  private boolean following;

  /** Calls {@code chosen} with the number of the packet that was chosen in the list. */
  public PacketsView(PacketsViewModel model, IntConsumer chosen) {
    this.model = model;
    this.chosen = chosen;
    getStyleClass().addAll("pane", "pane-left");
    setTop(header());
    table.getStyleClass().add("packet-list");
    model.veiledFromProperty().addListener((_, _, _) -> table.refresh());
    table.setFixedCellSize(ROW);
    table.setAccessibleText(word("title"));
    table.setColumnResizePolicy(TableView.UNCONSTRAINED_RESIZE_POLICY);
    table.setRowFactory(_ -> new Row());
    table
        .getColumns()
        .setAll(
            List.of(
                sorted(column("", 15, DressCell::new), null),
                sorted(number, SortBy.NUMBER),
                sorted(time, SortBy.TIME),
                sorted(way, SortBy.WAY),
                sorted(ends, SortBy.SOURCE),
                sorted(info, SortBy.INFO),
                sorted(conntrack, SortBy.CONNTRACK),
                sorted(verdict, SortBy.VERDICT),
                sorted(column("≠", 22, DiffersCell::new), SortBy.DIFFERS)));
    table.getColumns().forEach(c -> c.setReorderable(false));
    int columns = table.getColumns().size();
    TermTip.on(table.getColumns().get(columns - 3), Term.CONNTRACK);
    TermTip.on(table.getColumns().get(columns - 2), Term.VERDICT);
    TermTip.on(table.getColumns().get(columns - 1), Term.DIVERGENCE);
    table.setSortPolicy(_ -> sort());
    Label empty = new Label(word("empty.title"));
    empty.getStyleClass().add("empty-text");
    empty.setWrapText(true);
    table.setPlaceholder(empty);
    empty
        .textProperty()
        .bind(
            model
                .tableProperty()
                .map(t -> t.size() == 0 ? word("empty.open") : word("empty.filtered")));
    setCenter(table);
    table
        .getSelectionModel()
        .selectedIndexProperty()
        .addListener((_, _, index) -> {
          if (!following && index.intValue() >= 0) {
            chosen.accept(model.shownProperty().get().number(index.intValue()));
          }
        });
    model.shownProperty().addListener((_, _, now) -> showList(now));
    showList(model.shownProperty().get());
    table.widthProperty().addListener((_, _, _) -> spread());
    share.watch(table.getColumns());
    table.setOnContextMenuRequested(this::showMenu);
    model.dressedProperty().addListener((_, _, _) -> table.refresh());
  }

  private static TableColumn<Integer, Integer> sorted(
      TableColumn<Integer, Integer> column, @Nullable SortBy by) {
    column.setSortable(by != null);
    column.setUserData(by);
    return column;
  }

  /** The model sorts numbers in the background; the table itself sorts nothing. */
  private boolean sort() {
    if (following) {
      return true;
    }
    if (table.getSortOrder().isEmpty()) {
      model.sort(SortBy.NUMBER, true);
    } else {
      TableColumn<Integer, ?> first = table.getSortOrder().getFirst();
      if (first.getUserData() instanceof SortBy by) {
        model.sort(by, first.getSortType() == TableColumn.SortType.ASCENDING);
      }
    }
    return true;
  }

  /** Counted from the last time reference; the reference itself is marked. */
  private String timeText(PacketRow row) {
    int reference = model.dressOf(row.number()).reference();
    if (reference == 0) {
      return row.timeText();
    }
    return reference == row.number()
        ? "*REF*"
        : PacketRow.timeText(row.sinceFirstNanos() - row(reference).sinceFirstNanos());
  }

  private HBox header() {
    Label title = new Label(word("title"));
    title.getStyleClass().add("title");
    title.setMinWidth(Region.USE_PREF_SIZE);
    Label about = new Label();
    about.getStyleClass().add("about");
    about.textProperty().bind(model.aboutProperty());
    TermTip.below(about, model.aboutProperty(), Term.UNHEARD, Term.DIVERGENCE);
    HBox header = new HBox(title, about);
    header.getStyleClass().add("pane-header");
    return header;
  }

  private void spread() {
    share.spread(table.getColumns(), table.getWidth());
  }

  /** The widths the user gave to columns, by their place; 0 where none. */
  public List<Double> chosenWidths() {
    return share.chosen(table.getColumns());
  }

  /** Gives columns the widths that {@link #chosenWidths} told. */
  public void chooseWidths(List<Double> widths) {
    share.choose(table.getColumns(), widths);
    spread();
  }

  private int current;

  /** Numbers and times have as many digits as the last packet's; words are those of the first. */
  private void measure() {
    PacketTable packets = model.tableProperty().get();
    if (packets.size() > 0) {
      int digits = Integer.toString(packets.size()).length();
      int width = packets.row(packets.size()).timeText().length();
      int about = 0;
      int became = 0;
      int pair = 0;
      for (int i = 1; i <= Math.min(MEASURED, packets.size()); i++) {
        PacketRow row = packets.row(i);
        about = Math.max(about, row.info().length());
        became = Math.max(became, row.verdictWords().length());
        pair = Math.max(pair, row.source().length() + row.destination().length() + 3);
      }
      share.want(number, Math.max(42, digits * DIGIT + 12));
      share.want(time, Math.max(68, width * DIGIT + 13));
      share.wantWords(about * DIGIT + 16, became * DIGIT + 32, pair * DIGIT + 16);
      spread();
    }
  }

  private void showList(Shown list) {
    following = true;
    measure();
    // A table forgets its order with its items.
    List<TableColumn<Integer, ?>> order = List.copyOf(table.getSortOrder());
    table.setItems(list);
    table.getSortOrder().setAll(order);
    // Another capture has the same numbers: cells would keep what they show.
    table.refresh();
    following = false;
    follow(current);
  }

  /** Shows a packet as the one that is looked at, and brings it into sight. */
  public void follow(int packet) {
    current = packet;
    followRow();
    // Lists and heights settle in the next pulse: what was in sight may then no longer be.
    Platform.runLater(this::bringIntoSight);
  }

  private void followRow() {
    int packet = current;
    int row = model.shownProperty().get().rowOf(packet);
    following = true;
    if (row >= 0) {
      if (table.getSelectionModel().getSelectedIndex() != row) {
        table.getSelectionModel().clearAndSelect(row);
      }
    } else {
      table.getSelectionModel().clearSelection();
    }
    following = false;
  }

  private void bringIntoSight() {
    int row = model.shownProperty().get().rowOf(current);
    if (row < 0) {
      return;
    }
    if (table.lookup(".virtual-flow") instanceof javafx.scene.control.skin.VirtualFlow<?> flow
        && flow.getFirstVisibleCell() != null
        && row > flow.getFirstVisibleCell().getIndex()
        && row < flow.getLastVisibleCell().getIndex()) {
      return;
    }
    int page = (int) Math.max(1, (table.getHeight() - ROW) / ROW);
    table.scrollTo(Math.max(0, row - page / 2));
  }

  /** Adds to the menu of a packet. */
  public void menu(IntFunction<List<MenuItem>> of) {
    menus.add(of);
  }

  private void showMenu(ContextMenuEvent event) {
    Integer packet = table.getSelectionModel().getSelectedItem();
    menu.hide();
    menu.getItems().clear();
    if (packet != null) {
      for (IntFunction<List<MenuItem>> of : menus) {
        List<MenuItem> items = of.apply(packet);
        if (!items.isEmpty() && !menu.getItems().isEmpty()) {
          menu.getItems().add(new SeparatorMenuItem());
        }
        menu.getItems().addAll(items);
      }
    }
    if (!menu.getItems().isEmpty()) {
      menu.show(table, event.getScreenX(), event.getScreenY());
    }
    event.consume();
  }

  /** Puts the keyboard into the list. */
  public void focusList() {
    table.requestFocus();
  }

  private TableColumn<Integer, Integer> text(
      String title, double width, Function<PacketRow, String> words) {
    return column(title, width, () -> new TextCell(words));
  }

  private TableColumn<Integer, Integer> column(
      String title, double width, java.util.function.Supplier<TableCell<Integer, Integer>> cell) {
    TableColumn<Integer, Integer> column = new TableColumn<>(title);
    column.setPrefWidth(width);
    column.setMinWidth(Math.min(width, 20));
    column.setCellValueFactory(number -> new ReadOnlyObjectWrapper<>(number.getValue()));
    column.setCellFactory(_ -> cell.get());
    return column;
  }

  /** Whether a lesson asks first what becomes of this packet. */
  private boolean veiled(int number) {
    int from = model.veiledFromProperty().get();
    return from > 0 && number >= from;
  }

  private PacketRow row(int number) {
    return model.tableProperty().get().row(number);
  }

  /** Wears the colour of what became of the packet; the verdict column says it in words. */
  private final class Row extends TableRow<Integer> {
    private String colour = "";

    @Override
    protected void updateItem(Integer number, boolean empty) {
      super.updateItem(number, empty);
      getStyleClass().removeAll("dropped", "differs", colour);
      colour = empty || number == null || veiled(number) ? "" : model.dressOf(number).colour();
      if (!colour.isEmpty()) {
        getStyleClass().add(colour);
      }
      if (!empty
          && number != null
          && !veiled(number)
          && number <= model.tableProperty().get().size()) {
        PacketRow row = row(number);
        if (row.differs()) {
          getStyleClass().add("differs");
        } else if (row.outcome() == Outcome.DROPPED || row.outcome() == Outcome.UNHEARD) {
          getStyleClass().add("dropped");
        }
      }
    }
  }

  /** What the user has put on the packet: a mark, a time reference, a note, a rule's sign. */
  private final class DressCell extends TableCell<Integer, Integer> {
    private final HBox signs = new HBox(1);

    DressCell() {
      getStyleClass().add("dress");
      signs.getStyleClass().add("dress-signs");
    }

    @Override
    protected void updateItem(Integer number, boolean empty) {
      super.updateItem(number, empty);
      RowDress dress = empty || number == null ? RowDress.NONE : model.dressOf(number);
      boolean reference = number != null && dress.reference() == number;
      signs.getChildren().clear();
      if (dress.marked()) {
        signs.getChildren().add(Icon.FLAG.node(9));
      }
      if (reference) {
        signs.getChildren().add(Icon.CLOCK.node(9));
      }
      if (!dress.note().isEmpty()) {
        signs.getChildren().add(Icon.NOTE.node(9));
      }
      boolean any = !signs.getChildren().isEmpty();
      setGraphic(any ? signs : null);
      // A rule may be about the outcome that a lesson asks for; what the user wrote is never.
      boolean told = number != null && !veiled(number);
      setText(any || !told || dress.sign().isEmpty() ? null : dress.sign());
      String says =
          Stream.of(
                  dress.marked() ? texts.get("dress.marked") : "",
                  reference ? texts.get("dress.reference") : "",
                  dress.note(),
                  told ? dress.why() : "")
              .filter(t -> !t.isEmpty())
              .collect(Collectors.joining("\n"));
      setTooltip(says.isEmpty() ? null : new Tooltip(says));
    }
  }

  private final class TextCell extends TableCell<Integer, Integer> {
    private final Function<PacketRow, String> words;

    TextCell(Function<PacketRow, String> words) {
      this.words = words;
    }

    @Override
    protected void updateItem(Integer number, boolean empty) {
      super.updateItem(number, empty);
      setText(empty || number == null ? null : words.apply(row(number)));
    }
  }

  private final class CtCell extends TableCell<Integer, Integer> {
    private final Label pill = new Label();
    private String dress = "";

    private final Tooltip tip = TermTip.of("");

    CtCell() {
      pill.getStyleClass().add("pill");
    }

    @Override
    protected void updateItem(Integer number, boolean empty) {
      super.updateItem(number, empty);
      setTooltip(null);
      if (empty || number == null) {
        setGraphic(null);
        setText(null);
        return;
      }
      if (veiled(number)) {
        setGraphic(null);
        setText(VEILED);
        return;
      }
      PacketRow row = row(number);
      if (row.ct() == null) {
        setGraphic(null);
        setText("–");
        return;
      }
      pill.getStyleClass().remove(dress);
      dress = row.ct().label();
      pill.getStyleClass().add(dress);
      pill.setText(row.ctWord().orElse(""));
      tip.setText(VerdictLook.term(row.ct()).text());
      setTooltip(tip);
      setText(null);
      setGraphic(pill);
    }
  }

  private final class VerdictCell extends TableCell<Integer, Integer> {
    private final Label label = new Label();
    private String dress = "";

    private final Tooltip tip = TermTip.of("");

    VerdictCell() {
      label.getStyleClass().add("verdict");
    }

    @Override
    protected void updateItem(Integer number, boolean empty) {
      super.updateItem(number, empty);
      if (empty || number == null) {
        setGraphic(null);
        setText(null);
        setTooltip(null);
        return;
      }
      if (veiled(number)) {
        setGraphic(null);
        setText(VEILED);
        setTooltip(null);
        return;
      }
      setText(null);
      PacketRow row = row(number);
      label.getStyleClass().remove(dress);
      dress = VerdictLook.styleClass(row.outcome());
      label.getStyleClass().add(dress);
      label.setGraphic(VerdictLook.icon(row.outcome()).node(11));
      label.setText(row.verdictWords());
      tip.setText(VerdictLook.tip(row));
      setTooltip(tip);
      setGraphic(label);
    }
  }

  private final class DiffersCell extends TableCell<Integer, Integer> {
    private final javafx.scene.Node mark = Icon.NOT_EQUAL.node(11);

    DiffersCell() {
      getStyleClass().add("differs-mark");
    }

    @Override
    protected void updateItem(Integer number, boolean empty) {
      super.updateItem(number, empty);
      setGraphic(
          !empty && number != null && !veiled(number) && row(number).differs() ? mark : null);
    }
  }

  private static String word(String key, Object... values) {
    Texts texts = Texts.of(PacketsView.class);
    return values.length == 0 ? texts.get(key) : texts.get(key, values);
  }
}
