// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.packets;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import javafx.application.Platform;
import javafx.beans.binding.Bindings;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.input.ContextMenuEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import org.jspecify.annotations.Nullable;
import org.tailwalk.app.glossary.Term;
import org.tailwalk.app.glossary.TermTip;
import org.tailwalk.app.text.Texts;

/** The list of packets: rows of one height, made when they come into sight. */
public final class PacketsView extends BorderPane {
  private static final double ROW = 23;
  private static final double DIGIT = 6.6;
  private static final double NUMBER = 34;
  private static final int MEASURED = 200;

  private final PacketsViewModel model;
  private final PacketCells cells;
  private final LongTable table = new LongTable(ROW);
  private final TableColumn<Integer, Integer> number;
  private final TableColumn<Integer, Integer> time;
  private final ColumnShare share;
  private final ContextMenu menu = new ContextMenu();
  private final List<IntFunction<List<MenuItem>>> menus = new ArrayList<>();
  private boolean following;

  /** Calls {@code chosen} with the number of the packet that was chosen in the list. */
  public PacketsView(PacketsViewModel model, IntConsumer chosen) {
    this.model = model;
    this.cells = new PacketCells(model);
    this.number = text(word("column.number"), NUMBER, r -> Integer.toString(r.number()));
    this.time = text(word("column.time"), 68, cells::time);
    TableColumn<Integer, Integer> way = text("", 21, r -> r.way().arrow());
    TableColumn<Integer, Integer> info = text(word("column.info"), 150, PacketRow::info);
    TableColumn<Integer, Integer> conntrack = column(word("column.ct"), 70, cells::conntrack);
    TableColumn<Integer, Integer> ends =
        text(word("column.ends"), 156, r -> r.source() + " → " + r.destination());
    TableColumn<Integer, Integer> verdict = column(word("column.verdict"), 126, cells::verdict);
    TableColumn<Integer, Integer> differs = column("≠", 22, cells::differs);
    this.share = new ColumnShare(List.of(time, way, conntrack), info, verdict, ends);
    getStyleClass().addAll("pane", "pane-left");
    setTop(header());
    table.getStyleClass().add("packet-list");
    model.veiledFromProperty().addListener((_, _, _) -> table.refresh());
    table.setAccessibleText(word("title"));
    table.setColumnResizePolicy(TableView.UNCONSTRAINED_RESIZE_POLICY);
    table.setRowFactory(_ -> cells.row());
    table
        .getColumns()
        .setAll(
            List.of(
                sorted(column("", 15, cells::dress), null),
                sorted(number, SortBy.NUMBER),
                sorted(time, SortBy.TIME),
                sorted(way, SortBy.WAY),
                sorted(ends, SortBy.SOURCE),
                sorted(info, SortBy.INFO),
                sorted(conntrack, SortBy.CONNTRACK),
                sorted(verdict, SortBy.VERDICT),
                sorted(differs, SortBy.DIFFERS)));
    table.getColumns().forEach(c -> c.setReorderable(false));
    TermTip.on(conntrack, Term.CONNTRACK);
    TermTip.on(verdict, Term.VERDICT);
    TermTip.on(differs, Term.DIVERGENCE);
    table.setSortPolicy(_ -> sort());
    Label empty = new Label(word("empty.title"));
    empty.getStyleClass().add("empty-text");
    empty.setWrapText(true);
    table.setPlaceholder(empty);
    empty
        .textProperty()
        .bind(
            Bindings.createStringBinding(
                () -> word(model.nothing()), model.tableProperty(), model.waitingProperty()));
    setCenter(table);
    table.onChosen(row -> chosen.accept(model.shownProperty().get().number(row)));
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
  private PacketTable shown = PacketTable.EMPTY;

  /** Numbers and times have as many digits as the last packet's; words are those of the first. */
  private void measure(PacketTable packets) {
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
      share.want(number, Math.max(NUMBER, digits * DIGIT + 12));
      share.want(time, Math.max(68, width * DIGIT + 13));
      share.wantWords(about * DIGIT + 16, became * DIGIT + 32, pair * DIGIT + 16);
      spread();
    }
  }

  private void showList(Shown list) {
    following = true;
    PacketTable packets = model.tableProperty().get();
    boolean others = packets != shown;
    if (others) {
      shown = packets;
      cells.forget();
      measure(packets);
    }
    // A table forgets its order with its items.
    List<TableColumn<Integer, ?>> order = List.copyOf(table.getSortOrder());
    table.show(list);
    if (others) {
      table.refresh();
    }
    table.getSortOrder().setAll(order);
    following = false;
    follow(current);
  }

  /** Shows a packet as the one that is looked at, and brings it into sight. */
  public void follow(int packet) {
    current = packet;
    table.mark(Math.max(-1, model.shownProperty().get().rowOf(packet)));
    // Lists and heights settle in the next pulse: what was in sight may then no longer be.
    Platform.runLater(this::bringIntoSight);
  }

  private void bringIntoSight() {
    int row = model.shownProperty().get().rowOf(current);
    if (row >= 0) {
      table.bringIntoSight(row);
    }
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
    return column(title, width, () -> cells.text(words));
  }

  private TableColumn<Integer, Integer> column(
      String title, double width, Supplier<TableCell<Integer, Integer>> cell) {
    TableColumn<Integer, Integer> column = new TableColumn<>(title);
    column.setPrefWidth(width);
    column.setMinWidth(Math.min(width, 20));
    column.setCellValueFactory(number -> new ReadOnlyObjectWrapper<>(number.getValue()));
    column.setCellFactory(_ -> cell.get());
    return column;
  }

  private static String word(String key, Object... values) {
    Texts texts = Texts.of(PacketsView.class);
    return values.length == 0 ? texts.get(key) : texts.get(key, values);
  }
}
