// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.packets;

import java.util.BitSet;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntPredicate;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyDoubleProperty;
import javafx.beans.property.ReadOnlyDoubleWrapper;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleIntegerProperty;
import org.jspecify.annotations.Nullable;
import org.tailwalk.app.packets.PacketRow.Outcome;
import org.tailwalk.app.tasks.Work;
import org.tailwalk.app.text.Texts;
import org.tailwalk.filter.Filter;
import org.tailwalk.filter.FilterException;

/** The packets, which of them are shown and in what order, and how one gets from one to another. */
public final class PacketsViewModel {
  private static final long TELL_NANOS = 50_000_000;

  private final Work work;
  private final ReadOnlyObjectWrapper<PacketTable> table =
      new ReadOnlyObjectWrapper<>(PacketTable.EMPTY);
  private final ReadOnlyObjectWrapper<Shown> shown = new ReadOnlyObjectWrapper<>(Shown.all(0));
  private final ReadOnlyObjectWrapper<Filter> filter = new ReadOnlyObjectWrapper<>(Filter.ALL);
  private final ReadOnlyStringWrapper about = new ReadOnlyStringWrapper("");
  private final ReadOnlyBooleanWrapper filtering = new ReadOnlyBooleanWrapper();
  private final BooleanProperty waiting = new SimpleBooleanProperty();
  private final ReadOnlyDoubleWrapper progress = new ReadOnlyDoubleWrapper();
  private final ReadOnlyIntegerWrapper dressed = new ReadOnlyIntegerWrapper();
  private final ReadOnlyObjectWrapper<Sorting> sorting =
      new ReadOnlyObjectWrapper<>(new Sorting(SortBy.NUMBER, true));
  private final IntegerProperty veiledFrom = new SimpleIntegerProperty();
  private final AtomicInteger generation = new AtomicInteger();
  private final AtomicLong told = new AtomicLong(System.nanoTime());
  private Function<PacketTable, PacketCursor> cursors = PacketTable::cursor;
  private @Nullable Work deepWork;
  private @Nullable DeepFilter deep;
  private RowDress.Wardrobe wardrobe = _ -> RowDress.NONE;
  private Consumer<Exception> failed = _ -> {};

  /** By what the list is sorted, and in which direction. */
  public record Sorting(SortBy by, boolean ascending) {
    boolean natural() {
      return by == SortBy.NUMBER && ascending;
    }
  }

  /** Filters in {@code work}'s background. */
  public PacketsViewModel(Work work) {
    this.work = work;
    veiledFrom.addListener((_, _, _) -> describe());
  }

  /**
   * Filters that need bytes or traces ask here; without it such packets don't pass.
   *
   * @param on where replays are used
   * @param onFailure hears why a filter could not be carried out
   */
  public void deepen(Work on, DeepFilter by, Consumer<Exception> onFailure) {
    deepWork = on;
    deep = by;
    failed = onFailure;
  }

  /** Cursors that know more than the table's own. */
  public void cursors(Function<PacketTable, PacketCursor> by) {
    cursors = by;
  }

  /** Dresses rows. */
  public void dress(RowDress.Wardrobe by) {
    wardrobe = by;
    redress();
  }

  /** What rows wear has changed. */
  public void redress() {
    dressed.set(dressed.get() + 1);
  }

  /** What a packet's row wears. */
  public RowDress dressOf(int number) {
    return wardrobe.of(number);
  }

  /** Changes when rows must be dressed again. */
  public ReadOnlyIntegerProperty dressedProperty() {
    return dressed.getReadOnlyProperty();
  }

  /** Shows other packets, through the filter that is set and in the order that is set. */
  public void show(PacketTable packets) {
    generation.incrementAndGet();
    filtering.set(false);
    table.set(packets);
    shown.set(Shown.all(packets.size()));
    describe();
    if (!filter.get().all() || !sorting.get().natural()) {
      refilter();
    }
  }

  /** From which packet on the list does not say what became of packets; 0 for none. */
  public IntegerProperty veiledFromProperty() {
    return veiledFrom;
  }

  /**
   * Shows the packets that a text lets pass; a text that is no filter changes nothing.
   *
   * @throws FilterException when it is none
   */
  public void setFilter(String text) throws FilterException {
    setFilter(Filter.parse(text));
  }

  /** Shows the packets that pass. */
  public void setFilter(Filter wanted) {
    if (!wanted.expression().equals(filter.get().expression())) {
      filter.set(wanted);
      refilter();
    }
  }

  /** Sorts the list. */
  public void sort(SortBy by, boolean ascending) {
    Sorting wanted = new Sorting(by, ascending);
    if (!wanted.equals(sorting.get())) {
      sorting.set(wanted);
      refilter();
    }
  }

  /** Filters again, since what the filter asks for has changed. */
  public void refilter() {
    int mine = generation.incrementAndGet();
    PacketTable packets = table.get();
    Filter wanted = filter.get();
    Sorting order = sorting.get();
    if (wanted.all() && order.natural()) {
      filtering.set(false);
      shown.set(Shown.all(packets.size()));
      describe();
      return;
    }
    filtering.set(true);
    progress.set(0);
    describe();
    work.run(
        () ->
            Sieve.of(
                packets,
                cursors.apply(packets),
                wanted,
                () -> generation.get() == mine,
                part -> tell(part, mine)),
        sieved -> {
          if (generation.get() == mine) {
            decide(packets, wanted, order, sieved, mine);
          }
        },
        e -> fail(e, mine));
  }

  private void fail(Exception e, int mine) {
    if (generation.get() == mine) {
      filtering.set(false);
      describe();
      if (!(e instanceof CancellationException)) {
        failed.accept(e);
      }
    }
  }

  private void tell(double part, int mine) {
    long now = System.nanoTime();
    long last = told.get();
    if (now - last < TELL_NANOS || !told.compareAndSet(last, now)) {
      return;
    }
    work.onUi(() -> {
      if (generation.get() == mine) {
        progress.set(part);
        describe();
      }
    });
  }

  private void decide(PacketTable packets, Filter wanted, Sorting order, Sieve sieved, int mine) {
    DeepFilter by = deep;
    Work on = deepWork;
    if (sieved.undecided().isEmpty() || by == null || on == null) {
      arrange(packets, order, sieved.passed(), mine);
      return;
    }
    on.run(
        () -> {
          sieved
              .passed()
              .or(
                  by.decide(
                      wanted,
                      sieved.undecided(),
                      () -> generation.get() == mine,
                      part -> tell(part, mine)));
          return sieved.passed();
        },
        passed -> {
          if (generation.get() == mine) {
            arrange(packets, order, passed, mine);
          }
        },
        e -> fail(e, mine));
  }

  private void arrange(PacketTable packets, Sorting order, BitSet passed, int mine) {
    work.run(
        () -> {
          int[] numbers = passed.stream().toArray();
          if (order.natural()) {
            return Shown.of(numbers);
          }
          int[] sorted =
              order.by().sort(packets, numbers, order.ascending(), () -> generation.get() == mine);
          return sorted == null ? Shown.of(numbers) : Shown.sorted(sorted, packets.size());
        },
        list -> {
          if (generation.get() == mine) {
            filtering.set(false);
            shown.set(list);
            describe();
          }
        },
        e -> fail(e, mine));
  }

  private void describe() {
    PacketTable.Counts counts = table.get().counts();
    if (counts.total() == 0) {
      about.set(word("about.none"));
      return;
    }
    StringBuilder text = new StringBuilder();
    if (filtering.get()) {
      text.append(word("about.looking", progress.get())).append(" · ");
    } else if (shown.get().size() != counts.total()) {
      text.append(word("about.of", shown.get().size())).append(' ');
    }
    if (veiledFrom.get() > 0) {
      about.set(text.append(String.format(Locale.ROOT, "%,d", counts.total())).toString());
      return;
    }
    text.append(
        word(
            "about.counts",
            counts.total(),
            counts.dropped(),
            counts.unheard(),
            counts.differing()));
    if (counts.notRun() > 0) {
      text.append(" · ").append(word("about.not-run", counts.notRun()));
    }
    about.set(text.toString());
  }

  /** The next packet shown that was dropped or went wrong, 0 for none. */
  public int nextDrop(int packet) {
    return search(
        packet,
        number -> {
          Outcome outcome = table.get().row(number).outcome();
          return outcome == Outcome.DROPPED || outcome == Outcome.UNHEARD;
        });
  }

  /** The next packet shown over which the engines differ, 0 for none. */
  public int nextDivergence(int packet) {
    return search(packet, number -> table.get().row(number).differs());
  }

  private int search(int from, IntPredicate wanted) {
    Shown list = shown.get();
    for (int number = list.next(from); number > 0; number = list.next(number)) {
      if (wanted.test(number)) {
        return number;
      }
    }
    return 0;
  }

  /** The next packet of the same connection, shown or not; 0 for none. */
  public int nextOfFlow(int packet) {
    return ofFlow(packet, 1);
  }

  /** The packet before of the same connection, shown or not; 0 for none. */
  public int previousOfFlow(int packet) {
    return ofFlow(packet, -1);
  }

  private int ofFlow(int packet, int step) {
    PacketTable packets = table.get();
    if (packet < 1 || packet > packets.size() || packets.flow(packet) == 0) {
      return 0;
    }
    long flow = packets.flow(packet);
    for (int number = packet + step; number >= 1 && number <= packets.size(); number += step) {
      if (packets.flow(number) == flow) {
        return number;
      }
    }
    return 0;
  }

  /** All packets. */
  public ReadOnlyObjectProperty<PacketTable> tableProperty() {
    return table.getReadOnlyProperty();
  }

  /** The packets that the list shows. */
  public ReadOnlyObjectProperty<Shown> shownProperty() {
    return shown.getReadOnlyProperty();
  }

  /** What must pass to be shown. */
  public ReadOnlyObjectProperty<Filter> filterProperty() {
    return filter.getReadOnlyProperty();
  }

  /** The header's words. */
  public ReadOnlyStringProperty aboutProperty() {
    return about.getReadOnlyProperty();
  }

  /** Whether a filter or an order is still being looked for. */
  public ReadOnlyBooleanProperty filteringProperty() {
    return filtering.getReadOnlyProperty();
  }

  /** How far it is, 0 to 1. */
  public ReadOnlyDoubleProperty progressProperty() {
    return progress.getReadOnlyProperty();
  }

  private static String word(String key, Object... values) {
    Texts texts = Texts.of(PacketsViewModel.class);
    return values.length == 0 ? texts.get(key) : texts.get(key, values);
  }

  /** Whether a capture is on its way while none is there. */
  public BooleanProperty waitingProperty() {
    return waiting;
  }

  /** Why the list is empty: the key of the text that says so. */
  String nothing() {
    PacketTable now = table.get();
    if (now.size() > 0) {
      return "empty.filtered";
    }
    if (waiting.get()) {
      return "empty.waiting";
    }
    return now == PacketTable.EMPTY ? "empty.open" : "empty.capture";
  }
}
