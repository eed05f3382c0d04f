// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.replay.why;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tailwalk.event.MapKey;
import org.tailwalk.event.MapRole;
import org.tailwalk.event.MapValue;
import org.tailwalk.event.Notification;
import org.tailwalk.event.PathEvent;
import org.tailwalk.event.ProgramRef;
import org.tailwalk.event.SourceRef;
import org.tailwalk.event.Step;
import org.tailwalk.replay.AlignedStep;
import org.tailwalk.replay.DropFile;
import org.tailwalk.replay.PacketReplay;

/** One lane's steps of a packet under their row numbers. */
record Rows(List<Row> rows) {
  private static final int DROP_NOTIFY_SLOT = 1;

  /**
   * A step.
   *
   * @param index the S of {@code P6.S4}
   */
  record Row(int index, PathEvent event, @Nullable SourceRef source) {}

  static Rows of(PacketReplay packet, boolean kernelLane) {
    List<Row> rows = new ArrayList<>();
    for (AlignedStep each : packet.rows()) {
      Step step = kernelLane ? each.kernel() : each.model();
      if (step != null) {
        rows.add(new Row(each.index(), step.event(), step.source()));
      }
    }
    return new Rows(rows);
  }

  /**
   * Where the packet's end was decided: where its error was first counted or told, else where the
   * last program returned. Empty when nothing ran.
   */
  Optional<Row> decision(boolean wentWrong) {
    if (wentWrong) {
      for (Row row : rows) {
        boolean told =
            switch (row.event) {
              case PathEvent.TailCallTaken t ->
                  t.map().role() == MapRole.CALLS && t.slot() == DROP_NOTIFY_SLOT;
              case PathEvent.Changed c ->
                  c.map().role() == MapRole.METRICS
                      && c.key() instanceof MapKey.MetricsKey key
                      && (key.reason() == 2 || key.reason() >= 12);
              case PathEvent.Notified(_, Notification.Drop _) -> true;
              default -> false;
            };
        if (told) {
          return Optional.of(row);
        }
      }
    }
    return rows.reversed().stream().filter(r -> r.event instanceof PathEvent.Returned).findFirst();
  }

  /** The file that a drop event's line is in, in words whatever is known. */
  String dropFile(ProgramRef program, Notification.Drop drop) {
    List<Step> steps = rows.stream().map(row -> new Step(row.event, row.source)).toList();
    return DropFile.of(steps, program, drop).orElse("file " + drop.file());
  }

  Optional<Notification.Drop> drop() {
    for (Row row : rows) {
      if (row.event instanceof PathEvent.Notified(_, Notification.Drop drop)) {
        return Optional.of(drop);
      }
    }
    return Optional.empty();
  }

  /** The last tail call that fell through, drop notifications aside. */
  Optional<Row> missedCall() {
    return rows.reversed().stream()
        .filter(r ->
            r.event instanceof PathEvent.TailCallMissed missed
                && !(missed.map().role() == MapRole.CALLS && missed.slot() == DROP_NOTIFY_SLOT))
        .findFirst();
  }

  /** How many tail calls were taken. */
  long taken() {
    return rows.stream().filter(r -> r.event instanceof PathEvent.TailCallTaken).count();
  }

  /** The first lookup of a key in a map of this role. */
  Optional<Row> lookup(MapRole role, MapKey key) {
    return rows.stream()
        .filter(r ->
            r.event instanceof PathEvent.LookedUp look
                && look.map().role() == role
                && look.key().equals(key))
        .findFirst();
  }

  /** The rows in which conntrack entries were made. */
  List<Row> created() {
    return rows.stream()
        .filter(r ->
            r.event instanceof PathEvent.Changed changed
                && changed.map().role().conntrack()
                && changed.before() == null
                && changed.key() instanceof MapKey.CtTuple tuple
                && (tuple.flags() & MapKey.CtTuple.RELATED) == 0)
        .toList();
  }

  /** What the monitor heard of the packet: the last trace. */
  Optional<Notification.Trace> lastTrace() {
    for (Row row : rows.reversed()) {
      if (row.event instanceof PathEvent.Notified(_, Notification.Trace trace)) {
        return Optional.of(trace);
      }
    }
    return Optional.empty();
  }

  /** Whether the closing bits of a conntrack entry went away. */
  boolean reopens(MapKey key) {
    int closing = MapValue.CtEntry.RX_CLOSING | MapValue.CtEntry.TX_CLOSING;
    return rows.stream()
        .anyMatch(row ->
            row.event() instanceof PathEvent.Changed changed
                && changed.key().equals(key)
                && changed.before() instanceof MapValue.CtEntry before
                && changed.after() instanceof MapValue.CtEntry after
                && before.has(closing)
                && !after.has(closing));
  }
}
