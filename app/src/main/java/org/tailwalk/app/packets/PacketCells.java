// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.packets;

import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javafx.scene.Node;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableRow;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import org.jspecify.annotations.Nullable;
import org.tailwalk.app.glossary.TermTip;
import org.tailwalk.app.packets.PacketRow.Outcome;
import org.tailwalk.app.text.Texts;
import org.tailwalk.app.theme.Icon;
import org.tailwalk.app.theme.Worn;

/** Makes the rows and cells of the list of packets. */
final class PacketCells {
  private static final String VEILED = "?";

  private final Texts texts = Texts.of(PacketsView.class);
  private final PacketsViewModel model;
  private final RecentRows recent = new RecentRows();

  PacketCells(PacketsViewModel model) {
    this.model = model;
  }

  /** Other packets are shown. */
  void forget() {
    recent.forget();
  }

  TableRow<Integer> row() {
    return new Row();
  }

  /** What the user has put on the packet: a mark, a time reference, a note, a rule's sign. */
  TableCell<Integer, Integer> dress() {
    return new DressCell();
  }

  TableCell<Integer, Integer> text(Function<PacketRow, String> words) {
    return new TextCell(words);
  }

  TableCell<Integer, Integer> conntrack() {
    return new CtCell();
  }

  TableCell<Integer, Integer> verdict() {
    return new VerdictCell();
  }

  TableCell<Integer, Integer> differs() {
    return new DiffersCell();
  }

  /** Counted from the last time reference; the reference itself is marked. */
  String time(PacketRow row) {
    int reference = model.dressOf(row.number()).reference();
    if (reference == 0) {
      return row.timeText();
    }
    return reference == row.number()
        ? "*REF*"
        : PacketRow.timeText(
            row.sinceFirstNanos() - model.tableProperty().get().row(reference).sinceFirstNanos());
  }

  /** Whether a lesson asks first what becomes of this packet. */
  private boolean veiled(int number) {
    int from = model.veiledFromProperty().get();
    return from > 0 && number >= from;
  }

  private PacketRow packet(int number) {
    return recent.row(model.tableProperty().get(), number);
  }

  /** Wears the colour of what became of the packet; the verdict column says it in words. */
  private final class Row extends TableRow<Integer> {
    private final Worn dress = new Worn(this);

    @Override
    protected void updateItem(@Nullable Integer number, boolean empty) {
      super.updateItem(number, empty);
      boolean other =
          empty || number == null || veiled(number)
              ? dress.wear()
              : dress.wear(model.dressOf(number).colour(), outcome(number));
      if (other) {
        applyCss(); // see LongTable
      }
    }

    private static String outcome(PacketRow row) {
      return row.differs()
          ? "differs"
          : row.outcome() == Outcome.DROPPED || row.outcome() == Outcome.UNHEARD ? "dropped" : "";
    }

    private String outcome(int number) {
      return number > model.tableProperty().get().size() ? "" : outcome(packet(number));
    }
  }

  private final class DressCell extends TableCell<Integer, Integer> {
    private final HBox signs = new HBox(1);
    private final Tooltip tip = new Tooltip();
    private RowDress worn = RowDress.NONE;

    DressCell() {
      getStyleClass().add("dress");
      signs.getStyleClass().add("dress-signs");
    }

    @Override
    protected void updateItem(@Nullable Integer number, boolean empty) {
      super.updateItem(number, empty);
      RowDress dress = empty || number == null ? RowDress.NONE : model.dressOf(number);
      if (dress.equals(RowDress.NONE) && worn.equals(RowDress.NONE)) {
        return;
      }
      worn = dress;
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
      LongTable.show(this, any ? signs : null);
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
      tip.setText(says);
      setTooltip(says.isEmpty() ? null : tip);
      signs.applyCss();
    }
  }

  private final class TextCell extends TableCell<Integer, Integer> {
    private final Function<PacketRow, String> words;

    TextCell(Function<PacketRow, String> words) {
      this.words = words;
      TermTip.whole(this);
    }

    @Override
    protected void updateItem(@Nullable Integer number, boolean empty) {
      super.updateItem(number, empty);
      setText(empty || number == null ? null : words.apply(packet(number)));
    }
  }

  /** Says nothing of a packet that a lesson asks for. */
  private abstract class ToldCell extends TableCell<Integer, Integer> {
    private final Tooltip tip = TermTip.of("");

    /** What the cell is to say, with {@link #say}. */
    abstract void tell(PacketRow packet);

    @Override
    protected final void updateItem(@Nullable Integer number, boolean empty) {
      super.updateItem(number, empty);
      if (empty || number == null) {
        say(null, null, "");
      } else if (veiled(number)) {
        say(VEILED, null, "");
      } else {
        tell(packet(number));
      }
    }

    final void say(@Nullable String text, @Nullable Node graphic, String meaning) {
      setText(text);
      LongTable.show(this, graphic);
      tip.setText(meaning);
      setTooltip(meaning.isEmpty() ? null : tip);
    }
  }

  private final class CtCell extends ToldCell {
    private final StatusPill pill = new StatusPill();

    @Override
    void tell(PacketRow packet) {
      if (packet.ct() == null) {
        say("–", null, "");
      } else {
        pill.show(packet, packet.ct());
        say(null, pill, VerdictLook.term(packet.ct()).text());
      }
    }
  }

  private final class VerdictCell extends ToldCell {
    private final VerdictLabel label = new VerdictLabel();

    @Override
    void tell(PacketRow packet) {
      label.show(packet);
      say(null, label, VerdictLook.tip(packet));
    }
  }

  private final class DiffersCell extends TableCell<Integer, Integer> {
    private final Node mark = Icon.NOT_EQUAL.node(11);

    DiffersCell() {
      getStyleClass().add("differs-mark");
    }

    @Override
    protected void updateItem(@Nullable Integer number, boolean empty) {
      super.updateItem(number, empty);
      LongTable.show(
          this,
          !empty && number != null && !veiled(number) && packet(number).differs() ? mark : null);
    }
  }
}
