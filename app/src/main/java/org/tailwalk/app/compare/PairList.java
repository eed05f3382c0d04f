// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.compare;

import java.util.BitSet;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.DoubleConsumer;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import org.jspecify.annotations.Nullable;
import org.tailwalk.app.compare.core.ComparedPair;
import org.tailwalk.app.compare.core.ComparedSide;
import org.tailwalk.app.packets.Sieve;
import org.tailwalk.app.session.Annotations;
import org.tailwalk.app.session.PacketSearch;
import org.tailwalk.app.session.Summaries;
import org.tailwalk.app.tasks.Work;
import org.tailwalk.app.text.Texts;
import org.tailwalk.filter.Filter;

/**
 * Which rows of a comparison the list shows: all, those that differ, those that a filter lets pass
 * on either side. Looked for off the UI thread; until that is done, what was shown stays. UI
 * thread.
 */
public final class PairList {
  private static final long TELL_NANOS = 50_000_000;

  private final Work work;
  private final Work replays;
  private final Consumer<Exception> failed;
  private final Texts texts = Texts.of(PairList.class);
  private final ReadOnlyObjectWrapper<PairRows> shown = new ReadOnlyObjectWrapper<>(PairRows.NONE);
  private final BooleanProperty differencesOnly = new SimpleBooleanProperty();
  private final ReadOnlyBooleanWrapper filtering = new ReadOnlyBooleanWrapper();
  private final ReadOnlyStringWrapper about = new ReadOnlyStringWrapper("");
  private final AtomicInteger generation = new AtomicInteger();
  private final AtomicLong told = new AtomicLong(System.nanoTime());
  private Filter filter = Filter.ALL;
  private PairRows.@Nullable Passes passes;
  private @Nullable ComparedPair pair;
  private boolean arranging;

  /**
   * An empty list.
   *
   * @param work for what the summaries can say
   * @param replays for what packets must be read or run again for
   * @param failed hears why a filter could not be carried out
   */
  PairList(Work work, Work replays, Consumer<Exception> failed) {
    this.work = work;
    this.replays = replays;
    this.failed = failed;
    differencesOnly.addListener((_, _, _) -> arrange(generation.incrementAndGet()));
  }

  /** Shows another comparison through the filter that is set. */
  void show(@Nullable ComparedPair now) {
    pair = now;
    refilter();
  }

  /** Shows the rows of which either side passes. */
  public void setFilter(Filter wanted) {
    if (!wanted.expression().equals(filter.expression())) {
      filter = wanted;
      refilter();
    }
  }

  private void refilter() {
    int mine = generation.incrementAndGet();
    ComparedPair from = pair;
    Filter wanted = filter;
    passes = null;
    if (from == null || wanted.all()) {
      arrange(mine);
      return;
    }
    filtering.set(true);
    about.set(texts.get("about.looking", 0));
    BooleanSupplier goOn = () -> generation.get() == mine;
    work.run(
        () -> {
          Sieve a = sieve(from.a(), wanted, goOn, part -> tell(part / 2, mine));
          return new Sieve[] {a, sieve(from.b(), wanted, goOn, part -> tell(0.5 + part / 2, mine))};
        },
        sieves -> {
          if (goOn.getAsBoolean()) {
            decide(from, wanted, sieves[0], sieves[1], mine);
          }
        },
        e -> fail(e, mine));
  }

  private static Sieve sieve(
      ComparedSide side, Filter wanted, BooleanSupplier goOn, DoubleConsumer progress) {
    Summaries packets = side.replay().summaries();
    return Sieve.of(packets, packets.cursor(), wanted, goOn, progress);
  }

  private void decide(ComparedPair from, Filter wanted, Sieve a, Sieve b, int mine) {
    if (a.undecided().isEmpty() && b.undecided().isEmpty()) {
      passes = new PairRows.Passes(a.passed(), b.passed());
      arrange(mine);
      return;
    }
    replays.run(
        () -> {
          deepen(from.a(), wanted, a, part -> tell(part / 2, mine), mine);
          deepen(from.b(), wanted, b, part -> tell(0.5 + part / 2, mine), mine);
          return new PairRows.Passes(a.passed(), b.passed());
        },
        passed -> {
          if (generation.get() == mine) {
            passes = passed;
            arrange(mine);
          }
        },
        e -> fail(e, mine));
  }

  private void deepen(
      ComparedSide side, Filter wanted, Sieve sieve, DoubleConsumer progress, int mine)
      throws Exception {
    if (sieve.undecided().isEmpty() || generation.get() != mine) {
      return;
    }
    BitSet found =
        new PacketSearch(side.replay(), Annotations.NONE)
            .decide(wanted, sieve.undecided(), () -> generation.get() == mine, progress);
    sieve.passed().or(found);
  }

  private void arrange(int mine) {
    ComparedPair from = pair;
    if (from == null) {
      arranging = false;
      filtering.set(false);
      about.set("");
      shown.set(PairRows.NONE);
      return;
    }
    if (passes == null && !filter.all()) {
      // The filter is still being looked for, or was when "differences only" changed.
      refilter();
      return;
    }
    boolean only = differencesOnly.get();
    PairRows.Passes passed = passes;
    arranging = true;
    work.run(
        () -> PairRows.of(from.comparison(), only, passed),
        rows -> {
          if (generation.get() == mine) {
            arranging = false;
            filtering.set(false);
            int all = from.comparison().alignment().size();
            about.set(rows.size() == all ? "" : texts.get("about.of", rows.size(), all));
            shown.set(rows);
          }
        },
        e -> fail(e, mine));
  }

  private void tell(double part, int mine) {
    long now = System.nanoTime();
    long last = told.get();
    if (now - last < TELL_NANOS || !told.compareAndSet(last, now)) {
      return;
    }
    work.onUi(() -> {
      if (generation.get() == mine && filtering.get()) {
        about.set(texts.get("about.looking", part));
      }
    });
  }

  private void fail(Exception e, int mine) {
    if (generation.get() == mine) {
      arranging = false;
      filtering.set(false);
      about.set("");
      if (!(e instanceof CancellationException)) {
        failed.accept(e);
      }
    }
  }

  PairRows shown() {
    return shown.get();
  }

  /** Whether what is shown is what was asked for. */
  public boolean settled() {
    return !filtering.get() && !arranging;
  }

  /** The rows in the list. */
  public ReadOnlyObjectProperty<PairRows> shownProperty() {
    return shown.getReadOnlyProperty();
  }

  /** Whether only rows that differ are shown. */
  public BooleanProperty differencesOnlyProperty() {
    return differencesOnly;
  }

  /** Whether the rows that pass are still being looked for. */
  public ReadOnlyBooleanProperty filteringProperty() {
    return filtering.getReadOnlyProperty();
  }

  /** How many rows are shown, where that is not all, or how far the filter is. */
  public ReadOnlyStringProperty aboutProperty() {
    return about.getReadOnlyProperty();
  }
}
