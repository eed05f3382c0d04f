// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.replay.why;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tailwalk.event.MapKey;
import org.tailwalk.event.MapRef;
import org.tailwalk.event.MapValue;
import org.tailwalk.replay.CtState;
import org.tailwalk.replay.Reading;
import org.tailwalk.replay.history.MapHistory;
import org.tailwalk.replay.history.Moment;
import org.tailwalk.replay.history.Write;
import org.tailwalk.scenario.Era;
import org.tailwalk.text.Message;

/**
 * What connection tracking had to do with a packet: which entries its gates found, who made them
 * and who changed them last, or what came nearest where there was none. Used once, by {@link
 * LaneAccount}.
 */
final class ConntrackAccount {
  private static final long SECOND = 1_000_000_000L;

  private final MapHistory index;
  private final long packet;
  private final Moment found;
  private final long timeNanos;
  private final Era era;
  private final Rows rows;
  private final Words words;
  private final boolean wentWrong;
  private final Explanation.Builder out;

  /** The packet that made the first entry found; 0 for none. */
  private long maker;

  private boolean closingTold;

  /**
   * Tells into {@code out}.
   *
   * @param timeNanos of the replay's clock, at the packet
   */
  ConntrackAccount(
      MapHistory index,
      long packet,
      long timeNanos,
      Era era,
      Rows rows,
      Words words,
      boolean wentWrong,
      Explanation.Builder out) {
    this.index = index;
    this.packet = packet;
    this.found = Moment.found(packet);
    this.timeNanos = timeNanos;
    this.era = era;
    this.rows = rows;
    this.words = words;
    this.wentWrong = wentWrong;
    this.out = out;
  }

  /** The packet that made the first entry found; 0 for none. */
  long maker() {
    return maker;
  }

  static Message status(Gate gate) {
    Reading.CtLookup ct = gate.ct();
    return ct == null || ct.status() == null
        ? Message.of("why.not-asked")
        : Message.plain(ct.status().name());
  }

  /**
   * What conntrack said at a gate, and through whom.
   *
   * @return whether there had been an entry that would have matched, and was taken
   */
  boolean at(@Nullable Gate gate) {
    Reading.CtLookup ct = gate == null ? null : gate.ct();
    if (gate == null || ct == null) {
      return false;
    }
    if (ct.found() != null) {
      out.line(
          gate.byConntrack() && !wentWrong ? "let by" : "conntrack",
          Message.plain(gate.name(words), ": conntrack ", status(gate)));
      found(ct, "entry");
      return false;
    }
    MapRef map = MapRef.shared(ct.map());
    Optional<NearestConntrack> nearest = NearestConntrack.of(index, packet, map, ct.tuple());
    out.line(
        "conntrack",
        Message.of(
            nearest.isEmpty() ? "why.ct.none" : "why.ct.miss",
            Message.of("why.way." + gate.direction().label()),
            ct.status() == null ? Message.of("aspect.unknown") : ct.status().name(),
            Words.flow(ct.tuple().reversed())));
    Cause.Lookup.of(rows, packet, ct.map(), map, ct.tuple(), false).ifPresent(out::cause);
    nearest.ifPresent(n -> {
      Message made =
          index
              .creation(map, n.key(), found)
              .map(w -> Message.of("why.made", w.writer().message()))
              .orElse(Message.plain());
      out.line("was near", Message.plain(n.words(), made));
      out.cause(new Cause.Entry(map, n.key(), n.value(), true));
      Optional<Write> last = index.last(map, n.key(), found);
      last.ifPresent(w -> out.cause(new Cause.Written(map, n.key(), w)));
      index
          .creation(map, n.key(), found)
          .filter(w -> !w.equals(last.orElse(null)))
          .ifPresent(w -> out.cause(new Cause.Written(map, n.key(), w)));
    });
    return nearest.isPresent() && nearest.get().value() == null;
  }

  /** The entry that a lookup found: its state then, who made it, who changed it last. */
  void found(Reading.CtLookup ct, String label) {
    MapKey.CtTuple key = ct.found();
    if (key == null) {
      return;
    }
    MapRef map = MapRef.shared(ct.map());
    Cause.Lookup.of(rows, packet, ct.map(), map, key, true).ifPresent(out::cause);
    Optional<Write> last = index.last(map, key, found);
    MapValue.CtEntry entry =
        index.value(map, key, found).orElse(null) instanceof MapValue.CtEntry e ? e : null;
    out.cause(new Cause.Entry(map, key, entry, false));
    long now = timeNanos / SECOND;
    Message state =
        entry == null
            ? Message.of("why.made-here")
            : Message.of(
                entry.lifetime() >= now ? "why.left" : "why.past",
                CtState.of(key, entry, now).message(),
                Math.abs(entry.lifetime() - now));
    Optional<Write> made = index.creation(map, key, found);
    List<Message> text = new ArrayList<>();
    text.add(Message.plain(Words.flow(key), ": ", state));
    made.ifPresent(w -> {
      text.add(Message.of("why.made", w.writer().message()));
      out.cause(new Cause.Written(map, key, w));
      if (maker == 0 && w.writer() instanceof Write.Writer.ByPacket by) {
        maker = by.packet();
      }
    });
    if (last.isPresent() && !last.equals(made)) {
      text.add(Message.of("why.changed", last.get().writer().message()));
    }
    if (era == Era.WALKTHROUGH2020 && rows.reopens(key)) {
      text.add(Message.of("why.reopened-2020"));
    }
    out.line(label, Message.joined("", text));
    closing(map, key);
  }

  /** Once, though both ends of pod to pod have an entry each. */
  void closing(MapRef map, MapKey.CtTuple key) {
    if (!closingTold) {
      Message text = Closing.of(index, map, key, packet);
      closingTold = !text.english().isEmpty();
      out.line("closing", text);
    }
  }
}
