// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.packets;

import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import org.tailwalk.app.packets.PacketRow.Outcome;
import org.tailwalk.app.tasks.Work;

/** The packets, which of them are shown, and how one gets from one to another. */
public final class PacketsViewModel {
  private static final int CHECK_EVERY = 4096;

  private final Work work;
  private final ReadOnlyObjectWrapper<PacketTable> table =
      new ReadOnlyObjectWrapper<>(PacketTable.EMPTY);
  private final ReadOnlyObjectWrapper<Shown> shown = new ReadOnlyObjectWrapper<>(Shown.all(0));
  private final ReadOnlyStringWrapper about = new ReadOnlyStringWrapper("");
  private final ReadOnlyBooleanWrapper filtering = new ReadOnlyBooleanWrapper();
  private final AtomicInteger generation = new AtomicInteger();
  private String filter = "";

  /** Filters in {@code work}'s background. */
  public PacketsViewModel(Work work) {
    this.work = work;
  }

  /** Shows other packets, through the filter that is set. */
  public void show(PacketTable packets) {
    table.set(packets);
    shown.set(Shown.all(packets.size()));
    describe();
    if (!filter.isEmpty()) {
      refilter();
    }
  }

  /** Shows the packets that have each word of {@code text} somewhere; all for a blank text. */
  public void setFilter(String text) {
    String wanted = text.strip().toLowerCase(Locale.ROOT);
    if (!wanted.equals(filter)) {
      filter = wanted;
      refilter();
    }
  }

  private void refilter() {
    int mine = generation.incrementAndGet();
    PacketTable packets = table.get();
    if (filter.isEmpty()) {
      filtering.set(false);
      shown.set(Shown.all(packets.size()));
      describe();
      return;
    }
    String[] words = filter.split("\\s+");
    filtering.set(true);
    work.run(
        () -> matching(packets, words, mine),
        found -> {
          if (generation.get() == mine) {
            filtering.set(false);
            shown.set(Shown.of(found));
            describe();
          }
        });
  }

  /** Ends early, with what it has, when another filter was asked for meanwhile. */
  private int[] matching(PacketTable packets, String[] words, int mine) {
    int[] found = new int[Math.min(1024, packets.size())];
    int count = 0;
    for (int number = 1; number <= packets.size(); number++) {
      if (number % CHECK_EVERY == 0 && generation.get() != mine) {
        break;
      }
      String text = packets.row(number).searchText();
      if (Arrays.stream(words).allMatch(text::contains)) {
        if (count == found.length) {
          found = Arrays.copyOf(found, Math.max(16, count * 2));
        }
        found[count++] = number;
      }
    }
    return Arrays.copyOf(found, count);
  }

  private void describe() {
    PacketTable.Counts counts = table.get().counts();
    if (counts.total() == 0) {
      about.set("none");
      return;
    }
    StringBuilder text = new StringBuilder();
    if (shown.get().size() != counts.total()) {
      text.append(String.format(Locale.ROOT, "%,d of ", shown.get().size()));
    }
    text.append(
        String.format(
            Locale.ROOT,
            "%,d · %,d dropped · %,d unheard · %,d diverge",
            counts.total(),
            counts.dropped(),
            counts.unheard(),
            counts.differing()));
    if (counts.notRun() > 0) {
      text.append(String.format(Locale.ROOT, " · %,d not run", counts.notRun()));
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

  /** The header's words. */
  public ReadOnlyStringProperty aboutProperty() {
    return about.getReadOnlyProperty();
  }

  /** Whether a filter is still looking. */
  public ReadOnlyBooleanProperty filteringProperty() {
    return filtering.getReadOnlyProperty();
  }
}
