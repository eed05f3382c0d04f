// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.compare;

import java.util.function.Function;
import java.util.function.Supplier;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import org.jspecify.annotations.Nullable;
import org.tailwalk.app.compare.core.ComparedPair;
import org.tailwalk.app.compare.core.ComparedSide;
import org.tailwalk.app.packets.LongTable;
import org.tailwalk.app.packets.PacketRow;
import org.tailwalk.app.packets.PacketTable;
import org.tailwalk.app.packets.RecentRows;
import org.tailwalk.app.packets.StatusPill;
import org.tailwalk.app.packets.VerdictLabel;
import org.tailwalk.app.text.Texts;
import org.tailwalk.app.theme.Icon;
import org.tailwalk.app.theme.Worn;
import org.tailwalk.compare.Comparison;
import org.tailwalk.compare.Grade;

/** Both packet lists in one table: the rows are parallel because they are the same rows. */
final class PairTable extends BorderPane {
  private static final double ROW = 23;
  private static final double DIGIT = 6.6;
  private static final double MIDDLE = 66;

  private final CompareViewModel model;
  private final Texts texts = Texts.of(PairTable.class);
  private final LongTable table = new LongTable(ROW);
  private final Unfolding unfolding = new Unfolding(table, ROW, 1, this::follow);
  private final RecentRows recentA = new RecentRows();
  private final RecentRows recentB = new RecentRows();
  private final Label aboutA = new Label();
  private final Label aboutB = new Label();
  private final SideChooser runsA;
  private final SideChooser runsB;
  private final HBox headA;
  private final HBox headB;
  private @Nullable ComparedPair compared;

  PairTable(CompareViewModel model, CompareView.Around around) {
    this.model = model;
    this.runsA = new SideChooser(model, around, true);
    this.runsB = new SideChooser(model, around, false);
    this.headA = head(aboutA, runsA);
    this.headB = head(aboutB, runsB);
    getStyleClass().add("pane");
    HBox heads = new HBox(headA, headB);
    heads.getStyleClass().add("pair-heads");
    HBox.setHgrow(headA, Priority.ALWAYS);
    HBox.setHgrow(headB, Priority.ALWAYS);
    setTop(heads);
    table.getStyleClass().addAll("packet-list", "pair-list");
    table.setAccessibleText(texts.get("table.name"));
    table.setColumnResizePolicy(TableView.UNCONSTRAINED_RESIZE_POLICY);
    table.setRowFactory(_ -> new Row());
    side(true);
    table.getColumns().add(column(texts.get("column.match"), MIDDLE, MatchCell::new));
    side(false);
    table
        .getColumns()
        .forEach(c -> {
          c.setSortable(false);
          c.setReorderable(false);
        });
    Label empty = new Label(texts.get("table.empty"));
    empty.getStyleClass().add("empty-text");
    table.setPlaceholder(empty);
    setCenter(table);
    BorderPane.setAlignment(table, Pos.TOP_LEFT);
    table.onChosen(row -> model.select(model.shownProperty().get().get(row)));
    model.shownProperty().addListener((_, _, now) -> showRows(now));
    model.rowProperty().addListener((_, _, _) -> follow());
    table.widthProperty().addListener((_, _, _) -> spread());
    widthProperty()
        .addListener((_, _, now) -> {
          double half = Math.max(100, (now.doubleValue() - 13) / 2);
          headA.setPrefWidth(half);
          headB.setPrefWidth(half);
        });
  }

  private static HBox head(Label about, SideChooser runs) {
    Label title = new Label();
    title.getStyleClass().add("title");
    title.setMinWidth(0);
    about.getStyleClass().add("about");
    about.setMinWidth(0);
    Region space = new Region();
    HBox.setHgrow(space, Priority.ALWAYS);
    runs.setMinWidth(USE_PREF_SIZE);
    runs.setMaxWidth(220);
    HBox head = new HBox(title, about, space, runs);
    head.getStyleClass().addAll("pane-header", "pair-head");
    head.setMinWidth(0);
    return head;
  }

  void focusList() {
    table.requestFocus();
  }

  private void side(boolean left) {
    table.getColumns().add(text(left, "column.no", 42, r -> Integer.toString(r.number())));
    table.getColumns().add(text(left, "column.time", 76, PacketRow::timeText));
    TableColumn<Integer, Integer> info =
        column(texts.get("column.info"), 150, () -> new InfoCell(left));
    table.getColumns().add(info);
    table.getColumns().add(column(texts.get("column.ct"), 70, () -> new CtCell(left)));
    table.getColumns().add(column(texts.get("column.verdict"), 138, () -> new VerdictCell(left)));
  }

  /** What is left after the least widths goes to both columns that say what it is about. */
  private void spread() {
    double taken = 13;
    for (int i = 0; i < table.getColumns().size(); i++) {
      if (i != 2 && i != 8) {
        taken += table.getColumns().get(i).getWidth();
      }
    }
    double each = Math.max(90, Math.floor((table.getWidth() - taken) / 2));
    table.getColumns().get(2).setPrefWidth(each);
    table.getColumns().get(8).setPrefWidth(each);
  }

  private void showRows(PairRows rows) {
    ComparedPair pair = model.pairProperty().get();
    boolean other = pair != compared;
    if (other) {
      compared = pair;
      recentA.forget();
      recentB.forget();
    }
    if (other && pair != null) {
      measure(pair.a(), 0);
      measure(pair.b(), 6);
      about(headA, aboutA, "A", pair.a(), pair.comparison(), false);
      about(headB, aboutB, "B", pair.b(), pair.comparison(), true);
      runsA.show(pair.a());
      runsB.show(pair.b());
      spread();
    }
    table.show(rows);
    if (other) {
      table.refresh();
    }
    if (!rows.isEmpty()) {
      unfolding.begin();
    }
    follow();
  }

  private void about(
      HBox head, Label about, String name, ComparedSide side, Comparison all, boolean sum) {
    PacketTable.Counts counts = side.replay().summaries().counts();
    ((Label) head.getChildren().getFirst()).setText(name + " · " + side.name());
    String text =
        texts.get("head", counts.total(), counts.dropped())
            + (counts.unheard() > 0 ? texts.get("head.unheard", counts.unheard()) : "")
            + (sum
                ? texts.get(
                    "head.differ",
                    all.counts().differing() + all.counts().onlyA() + all.counts().onlyB())
                : "");
    about.setText(text);
    Tooltip tip = new Tooltip(name + " · " + side.name() + "\n" + side.ran() + "\n" + text);
    ((Label) head.getChildren().getFirst()).setTooltip(tip);
    about.setTooltip(tip);
  }

  private void measure(ComparedSide side, int first) {
    PacketTable packets = side.replay().summaries();
    if (packets.size() > 0) {
      int digits = Integer.toString(packets.size()).length();
      int time = packets.row(packets.size()).timeText().length();
      table.getColumns().get(first).setPrefWidth(Math.max(42, digits * DIGIT + 12));
      table.getColumns().get(first + 1).setPrefWidth(Math.max(68, time * DIGIT + 13));
    }
  }

  private void follow() {
    int at = model.shownProperty().get().position(model.rowProperty().get());
    table.mark(Math.max(-1, at));
    if (at >= 0) {
      table.bringIntoSight(at);
    }
  }

  private TableColumn<Integer, Integer> text(
      boolean left, String key, double width, Function<PacketRow, String> words) {
    return column(texts.get(key), width, () -> new TextCell(left, words));
  }

  private static TableColumn<Integer, Integer> column(
      String title, double width, Supplier<TableCell<Integer, Integer>> cell) {
    TableColumn<Integer, Integer> column = new TableColumn<>(title);
    column.setPrefWidth(width);
    column.setMinWidth(20);
    column.setCellValueFactory(row -> new ReadOnlyObjectWrapper<>(row.getValue()));
    column.setCellFactory(_ -> cell.get());
    return column;
  }

  private @Nullable ComparedPair pair(@Nullable Integer row) {
    ComparedPair pair = model.pairProperty().get();
    return pair == null || row == null || row >= pair.comparison().alignment().size() ? null : pair;
  }

  /** One side's packet of a row; null where it has none. */
  private @Nullable PacketRow packet(@Nullable Integer row, boolean left) {
    ComparedPair pair = pair(row);
    if (pair == null || row == null) {
      return null;
    }
    int number = left ? pair.comparison().alignment().a(row) : pair.comparison().alignment().b(row);
    PacketTable packets = (left ? pair.a() : pair.b()).replay().summaries();
    return number == 0 ? null : (left ? recentA : recentB).row(packets, number);
  }

  private final class Row extends TableRow<Integer> {
    private final Worn dress = new Worn(this);

    @Override
    protected void updateItem(@Nullable Integer row, boolean empty) {
      super.updateItem(row, empty);
      ComparedPair pair = empty ? null : pair(row);
      if (pair == null || row == null) {
        wear("");
        return;
      }
      Grade grade = pair.comparison().grade(row);
      wear(grade.counts() ? "differs" : grade == Grade.TIMING ? "pause" : "");
      setAccessibleText(texts.get("grade." + grade.label()));
    }

    private void wear(String style) {
      if (dress.wear(style)) {
        applyCss(); // see LongTable
      }
    }
  }

  private final class TextCell extends TableCell<Integer, Integer> {
    private final boolean left;
    private final Function<PacketRow, String> words;

    TextCell(boolean left, Function<PacketRow, String> words) {
      this.left = left;
      this.words = words;
    }

    @Override
    protected void updateItem(@Nullable Integer row, boolean empty) {
      super.updateItem(row, empty);
      PacketRow packet = empty ? null : packet(row, left);
      setText(packet == null ? null : words.apply(packet));
    }
  }

  private final class InfoCell extends TableCell<Integer, Integer> {
    private final boolean left;
    private final Worn dress = new Worn(this);
    private final Tooltip tip = new Tooltip();

    InfoCell(boolean left) {
      this.left = left;
    }

    @Override
    protected void updateItem(@Nullable Integer row, boolean empty) {
      super.updateItem(row, empty);
      PacketRow packet = empty ? null : packet(row, left);
      boolean alone = !empty && row != null && packet == null;
      if (dress.wear(alone ? "no-counterpart" : "")) {
        applyCss(); // see LongTable
      }
      if (packet == null) {
        setText(alone ? texts.get("no-counterpart") : null);
        setTooltip(null);
        return;
      }
      setText(packet.way().arrow() + " " + packet.info());
      tip.setText(packet.source() + " → " + packet.destination() + "\n" + packet.info());
      setTooltip(tip);
    }
  }

  private final class CtCell extends TableCell<Integer, Integer> {
    private final boolean left;
    private final StatusPill pill = new StatusPill();

    CtCell(boolean left) {
      this.left = left;
    }

    @Override
    protected void updateItem(@Nullable Integer row, boolean empty) {
      super.updateItem(row, empty);
      PacketRow packet = empty ? null : packet(row, left);
      if (packet == null || packet.ct() == null) {
        LongTable.show(this, null);
        setText(packet == null ? null : "–");
        return;
      }
      pill.show(packet, packet.ct());
      setText(null);
      LongTable.show(this, pill);
    }
  }

  private final class VerdictCell extends TableCell<Integer, Integer> {
    private final boolean left;
    private final VerdictLabel label = new VerdictLabel();

    VerdictCell(boolean left) {
      this.left = left;
    }

    @Override
    protected void updateItem(@Nullable Integer row, boolean empty) {
      super.updateItem(row, empty);
      PacketRow packet = empty ? null : packet(row, left);
      if (packet == null) {
        LongTable.show(this, null);
        return;
      }
      label.show(packet);
      LongTable.show(this, label);
    }
  }

  /** What the row comes to, and how sure it is that the two belong together. */
  private final class MatchCell extends TableCell<Integer, Integer> {
    private final Node differs = Icon.NOT_EQUAL.node(11);
    private final Tooltip tip = new Tooltip();

    MatchCell() {
      getStyleClass().addAll("differs-mark", "match");
    }

    @Override
    protected void updateItem(@Nullable Integer row, boolean empty) {
      super.updateItem(row, empty);
      ComparedPair pair = empty ? null : pair(row);
      if (pair == null || row == null) {
        setText(null);
        LongTable.show(this, null);
        setTooltip(null);
        return;
      }
      Grade grade = pair.comparison().grade(row);
      int percent = pair.comparison().alignment().percent(row);
      LongTable.show(this, grade.counts() ? differs : null);
      setText((grade == Grade.TIMING ? "~ " : "") + (percent == 0 ? "" : percent + "%"));
      tip.setText(
          texts.get("grade." + grade.label())
              + "\n"
              + Texts.say(pair.comparison().alignment().why(row)));
      setTooltip(tip);
    }
  }
}
