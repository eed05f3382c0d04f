// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.conntrack;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;
import org.tailwalk.app.session.Focus;
import org.tailwalk.app.session.Replay;
import org.tailwalk.app.tasks.OnceSoon;
import org.tailwalk.app.tasks.Work;
import org.tailwalk.app.text.Texts;
import org.tailwalk.event.MapValue;
import org.tailwalk.replay.CtLife;
import org.tailwalk.replay.PacketReplay;
import org.tailwalk.replay.history.ConntrackHistory;
import org.tailwalk.replay.history.Moment;
import org.tailwalk.replay.history.Write;

/**
 * The life of the entry that the conntrack panel shows: who made it, set its bits and took it; and
 * which packet gave a field the value it has. UI thread.
 */
public final class FlowTimeline {
  /** What nearly every packet of a connection changes tells nothing. */
  private static final Set<String> COUNTERS =
      Set.of(
          "rx_packets",
          "rx_bytes",
          "tx_packets",
          "tx_bytes",
          "lifetime",
          "last_tx_report",
          "last_rx_report");

  private static final int MOST = 60;
  private static final int CLOSING = MapValue.CtEntry.RX_CLOSING | MapValue.CtEntry.TX_CLOSING;

  /** Versions of an entry that are looked through. */
  private static final int LOOK_THROUGH = 20_000;

  private final Focus focus;
  private final Work work;
  private final OnceSoon question;
  private final Texts texts = Texts.of(FlowTimeline.class);
  private final ObservableList<Mark> marks = FXCollections.observableArrayList();
  private final ReadOnlyStringWrapper message = new ReadOnlyStringWrapper("");
  private final AtomicInteger asking = new AtomicInteger();
  private Optional<EntryLife> shown = Optional.empty();
  private long asked;

  /**
   * Something that happened to the entry.
   *
   * @param row 0-based row of the packet
   * @param text in a word or two
   * @param detail the fields it changed
   * @param current whether the packet shown did it
   * @param later whether it lies ahead of the packet shown
   */
  public record Mark(
      long packet, int row, String text, String detail, boolean current, boolean later) {}

  /** Follows the panel. */
  public FlowTimeline(Focus focus, Work work, ConntrackViewModel panel) {
    this.focus = focus;
    this.work = work;
    this.question = new OnceSoon(work, this::ask);
    panel.lifeProperty().addListener((_, _, now) -> show(now));
    // The packet is known after its entry is: what is asked for twice is done once, when both are.
    focus.packetProperty().addListener((_, _, _) -> show(shown));
  }

  private void show(Optional<EntryLife> now) {
    PacketReplay packet = focus.packetProperty().get();
    if (packet == null || packet.number() != asked) {
      message.set("");
    }
    shown = now;
    asking.incrementAndGet();
    if (now.isEmpty() || packet == null) {
      marks.clear();
    } else {
      question.ask();
    }
  }

  private void ask() {
    PacketReplay packet = focus.packetProperty().get();
    Replay replay = focus.replayProperty().get();
    if (shown.isEmpty() || replay == null || packet == null) {
      return;
    }
    int mine = asking.get();
    EntryLife life = shown.get();
    long number = packet.number();
    work.run(
        () -> {
          List<Mark> found = new ArrayList<>();
          for (Write write :
              replay
                  .history()
                  .primary()
                  .life(life.map(), life.key(), Moment.after(Long.MAX_VALUE), LOOK_THROUGH)) {
            if (asking.get() != mine) {
              return found;
            }
            mark(ConntrackHistory.version(write), number).ifPresent(found::add);
          }
          return found.size() > MOST ? around(found, number) : found;
        },
        found -> {
          if (asking.get() == mine && !marks.equals(found)) {
            marks.setAll(found);
          }
        });
  }

  private static List<Mark> around(List<Mark> all, long packet) {
    int at = 0;
    while (at < all.size() && all.get(at).packet() < packet) {
      at++;
    }
    int from = Math.clamp(at - MOST / 2, 0, all.size() - MOST);
    return List.copyOf(all.subList(from, from + MOST));
  }

  /** Most packets of a long connection: what stands here need not be put in words. */
  private static boolean onlyCounts(CtLife.Version version) {
    return version.kind() == CtLife.Kind.CHANGED
        && version.before() != null
        && version.after() != null
        && uncounted(version.before()).equals(uncounted(version.after()));
  }

  /** The entry without what {@link #COUNTERS} names. */
  private static MapValue.CtEntry uncounted(MapValue.CtEntry e) {
    return new MapValue.CtEntry(
        0,
        0,
        0,
        0,
        0,
        e.bits(),
        e.revNatIndex(),
        e.ifindex(),
        e.txFlagsSeen(),
        e.rxFlagsSeen(),
        e.srcSecId(),
        0,
        0);
  }

  private Optional<Mark> mark(CtLife.Version version, long packet) {
    if (onlyCounts(version)) {
      return Optional.empty();
    }
    List<String> fields = new ArrayList<>();
    StringBuilder detail = new StringBuilder();
    for (CtLife.FieldChange change : CtLife.changes(version)) {
      if (version.before() == null || COUNTERS.contains(change.field())) {
        continue;
      }
      fields.add(change.field());
      detail
          .append(detail.isEmpty() ? "" : ", ")
          .append(change.field())
          .append(' ')
          .append(change.before())
          .append(" → ")
          .append(change.after());
    }
    String text =
        switch (version.kind()) {
          case CREATED -> texts.get("mark.created");
          case COLLECTED -> texts.get("mark.collected");
          case DELETED -> texts.get("mark.deleted");
          case CHANGED -> fields.isEmpty() ? "" : turn(version).orElseGet(() -> words(fields));
        };
    return text.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Mark(
                version.packet(),
                version.step() - 1,
                text,
                detail.isEmpty() ? text : detail.toString(),
                version.packet() == packet,
                version.packet() > packet));
  }

  /** A RST sets both closing bits at once, a SYN takes them away: that is what happened. */
  private Optional<String> turn(CtLife.Version version) {
    int before = closing(version.before());
    int after = closing(version.after());
    if (before == 0 && after == CLOSING) {
      return Optional.of(texts.get("mark.reset"));
    }
    return before != 0 && after == 0 ? Optional.of(texts.get("mark.reopened")) : Optional.empty();
  }

  private static int closing(MapValue.@Nullable CtEntry entry) {
    return entry == null ? 0 : entry.bits() & CLOSING;
  }

  private static String words(List<String> fields) {
    // A bit tells more than the flags that led to it.
    return fields.stream()
        .filter(f -> !f.endsWith("_flags_seen"))
        .findFirst()
        .orElse(fields.getFirst());
  }

  /** Goes to what happened. */
  public void goTo(Mark mark) {
    if (mark.packet() == 0) {
      message.set(texts.get("message.start"));
    } else {
      focus.go((int) mark.packet(), Math.max(0, mark.row()));
    }
  }

  /** Goes to the packet that gave a field of the entry its value. */
  public void whoSet(String field) {
    PacketReplay packet = focus.packetProperty().get();
    Replay replay = focus.replayProperty().get();
    if (packet == null || replay == null || shown.isEmpty()) {
      return;
    }
    EntryLife life = shown.get();
    work.run(
        () ->
            replay
                .history()
                .primary()
                .fieldWriter(life.map(), life.key(), field, Moment.after(packet.number())),
        found -> {
          // The packet that wrote it is one of that replay's.
          if (focus.replayProperty().get() == replay) {
            tell(field, found);
          }
        });
  }

  private void tell(String field, Optional<Write> found) {
    if (found.isEmpty()) {
      message.set(texts.get("message.none", field));
      return;
    }
    switch (found.get().writer()) {
      case Write.Writer.ControlPlane _ -> message.set(texts.get("message.start-field", field));
      case Write.Writer.Collector c -> {
        asked = c.nextPacket();
        focus.go((int) c.nextPacket(), 0);
        message.set(texts.get("message.field", field, Texts.say(c.message())));
      }
      case Write.Writer.ByPacket by -> {
        asked = by.packet();
        focus.go((int) by.packet(), by.step() - 1);
        message.set(texts.get("message.field", field, "P" + by.packet() + ".S" + by.step()));
      }
    }
  }

  /** What happened to the entry, oldest first. */
  public ObservableList<Mark> marks() {
    return marks;
  }

  /** What came of the last question; empty for nothing. */
  public ReadOnlyStringProperty messageProperty() {
    return message.getReadOnlyProperty();
  }
}
