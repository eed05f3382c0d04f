// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.annotation;

import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;
import org.tailwalk.app.packets.PacketTable;
import org.tailwalk.app.packets.PacketsViewModel;
import org.tailwalk.app.packets.RowDress;
import org.tailwalk.app.packets.Shown;
import org.tailwalk.app.session.Annotations;
import org.tailwalk.app.session.ColourRule;
import org.tailwalk.app.session.Focus;
import org.tailwalk.app.session.OpenCapture;
import org.tailwalk.app.session.PacketSearch;
import org.tailwalk.app.session.Replay;
import org.tailwalk.app.session.Summaries;
import org.tailwalk.app.session.SummaryCursor;
import org.tailwalk.app.tasks.Work;

/**
 * What was said of the capture that is shown. Another capture begins with nothing but the colouring
 * rules; the same capture against another scenario keeps all. UI thread.
 */
public final class AnnotationsViewModel {
  private final Focus focus;
  private final PacketsViewModel packets;
  private final Work replays;
  private final ReadOnlyObjectWrapper<Annotations> said =
      new ReadOnlyObjectWrapper<>(Annotations.NONE);
  private ColourBook book = ColourBook.EMPTY;
  private @Nullable SummaryCursor cursor;
  private @Nullable OpenCapture capture;
  private Consumer<List<ColourRule>> keep = _ -> {};
  private volatile int generation;

  /**
   * Of the packets in {@code packets}.
   *
   * @param replays where replays are used
   */
  public AnnotationsViewModel(Focus focus, PacketsViewModel packets, Work replays) {
    this.focus = focus;
    this.packets = packets;
    this.replays = replays;
    said.addListener((_, was, now) -> changed(was, now));
    focus.replayProperty().addListener((_, _, now) -> opened(now));
    packets.cursors(this::cursor);
    packets.dress(this::dress);
    book = ColourBook.of(said.get().colours());
  }

  private org.tailwalk.app.packets.PacketCursor cursor(PacketTable table) {
    return table instanceof Summaries all ? all.cursor().with(said.get()) : table.cursor();
  }

  private void opened(@Nullable Replay replay) {
    generation = generation + 1;
    OpenCapture now = replay == null ? null : replay.capture();
    cursor = replay == null ? null : replay.summaries().cursor().with(said.get());
    if (now != capture) {
      capture = now;
      said.set(Annotations.NONE.withColours(said.get().colours()).withFilter(said.get().filter()));
    }
    colour();
  }

  private void changed(Annotations was, Annotations now) {
    SummaryCursor at = cursor;
    if (at != null) {
      at.with(now);
    }
    if (!was.colours().equals(now.colours())) {
      colour();
    }
    packets.redress();
    boolean asked = packets.filterProperty().get().text().matches("(?s).*\\b(marked|note)\\b.*");
    if (asked && !(was.marks().equals(now.marks()) && was.notes().equals(now.notes()))) {
      packets.refilter();
    }
  }

  /** Understands the rules anew, and looks in the background for what summaries can't decide. */
  private void colour() {
    int mine = generation + 1;
    generation = mine;
    book = ColourBook.of(said.get().colours());
    packets.redress();
    focus
        .replay()
        .ifPresent(replay ->
            book.pages().stream()
                .filter(ColourBook.Page::needsLooking)
                .forEach(page -> look(replay, page, mine)));
  }

  private void look(Replay replay, ColourBook.Page page, int mine) {
    BitSet all = new BitSet();
    all.set(1, replay.summaries().size() + 1);
    Annotations now = said.get();
    replays.run(
        () ->
            new PacketSearch(replay, now)
                .decide(page.filter(), all, () -> generation == mine, _ -> {}),
        found -> {
          if (generation == mine) {
            book = book.with(page, found);
            packets.redress();
          }
        },
        _ -> {});
  }

  private RowDress dress(int number) {
    Annotations now = said.get();
    SummaryCursor at = cursor;
    ColourRule rule =
        at == null || number > packets.tableProperty().get().size() ? null : book.of(at.at(number));
    boolean marked = now.marked(number);
    int reference = now.referenceFor(number);
    String note = now.noteOf(number);
    if (rule == null && !marked && reference == 0 && note.isEmpty()) {
      return RowDress.NONE;
    }
    return new RowDress(
        marked,
        reference,
        note,
        rule == null ? "" : "coloured-" + rule.colour().name().toLowerCase(Locale.ROOT),
        rule == null ? "" : rule.sign(),
        rule == null ? "" : rule.name());
  }

  /**
   * Begins with the user's colouring rules.
   *
   * @param by hears of it when the user changes them; not when a session brings others
   */
  public void keepColours(List<ColourRule> own, Consumer<List<ColourRule>> by) {
    said.set(said.get().withColours(own));
    keep = by;
  }

  /** What was said. */
  public ReadOnlyObjectProperty<Annotations> annotationsProperty() {
    return said.getReadOnlyProperty();
  }

  /** Says something else, as a session file does that is opened. */
  public void set(Annotations now) {
    said.set(now);
  }

  private int current() {
    return focus.packet().map(p -> (int) p.number()).orElse(0);
  }

  /** Marks the packet that is shown, or takes its mark away. */
  public void toggleMark() {
    int packet = current();
    if (packet > 0) {
      said.set(said.get().withMark(packet, !said.get().marked(packet)));
    }
  }

  /** Marks all packets in the list, or takes their marks away. */
  public void markShown(boolean set) {
    said.set(said.get().withMarks(packets.shownProperty().get(), set));
  }

  /** Counts time anew from the packet that is shown, or no longer. */
  public void toggleReference() {
    int packet = current();
    if (packet > 0) {
      said.set(said.get().withReference(packet, !said.get().references().contains(packet)));
    }
  }

  /**
   * Goes to the next mark in the list, from the end to the beginning.
   *
   * @param step 1 or -1
   * @return false when there is none
   */
  public boolean goToMark(int step) {
    return go(said.get().marks(), step);
  }

  /** Goes to the next time reference likewise. */
  public boolean goToReference(int step) {
    return go(said.get().references(), step);
  }

  private boolean go(NavigableSet<Integer> places, int step) {
    Shown list = packets.shownProperty().get();
    int from = current();
    int best = 0;
    int bestDistance = Integer.MAX_VALUE;
    int size = Math.max(1, list.size());
    int here = list.rowOf(from);
    int row = here >= 0 ? here : -1 - here - (step > 0 ? 1 : 0);
    for (int place : places) {
      int at = list.rowOf(place);
      int distance = Math.floorMod((at - row) * step - 1, size);
      if (at >= 0 && place != from && distance < bestDistance) {
        best = place;
        bestDistance = distance;
      }
    }
    if (best > 0) {
      focus.go(best, -1);
    }
    return best > 0;
  }

  /** Writes a note on a packet, or on a step of it; a blank text takes it away. */
  public void note(int packet, int step, String text) {
    said.set(said.get().withNote(packet, step, text));
  }

  /** Other colouring rules. */
  public void colours(List<ColourRule> rules) {
    if (!Objects.equals(rules, said.get().colours())) {
      said.set(said.get().withColours(rules));
      keep.accept(said.get().colours());
    }
  }

  /** The filter that leaves nothing but the shown packet's connection; empty when it has none. */
  public String followFlow() {
    int packet = current();
    long flow = packet == 0 ? 0 : packets.tableProperty().get().flow(packet);
    return flow == 0 ? "" : "flow == " + flow;
  }
}
