// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.source;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.tailwalk.app.source.CodeBook.Place;
import org.tailwalk.app.walk.CodeWays;
import org.tailwalk.app.walk.Hop;
import org.tailwalk.app.walk.Reached;
import org.tailwalk.app.walk.Stretch;
import org.tailwalk.event.MapKey;
import org.tailwalk.event.MapRole;
import org.tailwalk.event.Notification;
import org.tailwalk.event.PathEvent;
import org.tailwalk.event.ProgramRef;
import org.tailwalk.event.SourceRef;
import org.tailwalk.event.Step;
import org.tailwalk.replay.AlignedStep;
import org.tailwalk.replay.LaneTrace;
import org.tailwalk.replay.PacketReplay;

/** What the kernel lane's packet did in the code. Immutable. */
final class PacketCode {
  private static final long DROP_NOTIFY_SLOT = 1;
  private static final int FIRST_DROP_REASON = 12;

  /**
   * Where a row of the steps stands.
   *
   * @param place index −1 where the instruction is not listed
   * @param source as the trace tells it
   */
  record Spot(Place place, SourceRef source) {}

  /** What a trace point told: at which row, and in which words. */
  record Told(int row, Registers.Words words) {}

  private final PacketReplay packet;
  private final List<@Nullable Spot> spots = new ArrayList<>();
  private final Map<String, Reached> reached;
  private final Map<Place, List<Told>> told = new HashMap<>();
  private final List<Passed> passed = new ArrayList<>();
  private final int decided;

  /** A hop and the row at its end. */
  private record Passed(String program, Stretch stretch, int row) {}

  private PacketCode(CodeBook book, PacketReplay packet) {
    this.packet = packet;
    Map<Hop, Long> hops = new HashMap<>();
    Hop.forEach(
        packet,
        (hop, row) -> {
          hops.merge(hop, 1L, Long::sum);
          CodeWays ways = book.ways().get(hop.program());
          if (ways != null) {
            passed.add(new Passed(hop.program(), ways.stretch(hop), row));
          }
        });
    this.reached = Reached.of(book.ways(), hops);
    int decision = -1;
    boolean wrong = packet.kernel() != null && packet.kernel().reading().wentWrong();
    Spot spot = null;
    for (AlignedStep row : packet.rows()) {
      Step step = row.kernel();
      if (step != null) {
        ProgramRef program = step.event().program();
        SourceRef source = step.source();
        if (program != null && source != null && source.insn() >= 0) {
          CodeWays ways = book.ways().get(program.id());
          int index = ways == null ? -1 : ways.index(source.insn());
          spot = new Spot(new Place(program.id(), index), source);
          if (tells(step.event())) {
            told.computeIfAbsent(spot.place, _ -> new ArrayList<>(2))
                .add(new Told(row.index() - 1, Registers.of(step.event(), unheard(packet))));
          }
        }
        if (wrong && spot != null && decision < 0 && decides(step.event())) {
          decision = row.index() - 1;
        }
      }
      spots.add(spot);
    }
    if (wrong && decision < 0) {
      decision = lastReturn();
    }
    this.decided = decision;
  }

  static PacketCode of(CodeBook book, PacketReplay packet) {
    return new PacketCode(book, packet);
  }

  private static boolean unheard(PacketReplay packet) {
    LaneTrace lane = packet.kernel();
    return lane != null && lane.reading().unheard();
  }

  private int lastReturn() {
    int found = -1;
    for (AlignedStep row : packet.rows()) {
      if (row.kernel() != null && row.kernel().event() instanceof PathEvent.Returned) {
        found = row.index() - 1;
      }
    }
    return found;
  }

  /** An event with a trace point of its own. */
  private static boolean tells(PathEvent event) {
    return !(event instanceof PathEvent.Changed);
  }

  private static boolean decides(PathEvent event) {
    return switch (event) {
      case PathEvent.TailCallTaken t ->
          t.map().role() == MapRole.CALLS && t.slot() == DROP_NOTIFY_SLOT;
      case PathEvent.Changed c ->
          c.map().role() == MapRole.METRICS
              && c.key() instanceof MapKey.MetricsKey key
              && key.reason() >= FIRST_DROP_REASON;
      case PathEvent.Notified(_, Notification.Drop _) -> true;
      default -> false;
    };
  }

  long number() {
    return packet.number();
  }

  boolean kernelLane() {
    return packet.kernel() != null;
  }

  /** Where the packet is once a row has happened; null when the kernel lane was nowhere yet. */
  @Nullable Spot spot(int row) {
    return spots.isEmpty() ? null : spots.get(Math.clamp(row, 0, spots.size() - 1));
  }

  /** Where what went wrong was decided; null when nothing did. */
  @Nullable Spot decided() {
    return decided < 0 ? null : spot(decided);
  }

  Mark mark(Place place) {
    return Mark.of(reached.get(place.program()), place.index());
  }

  /** What the trace points at an instruction told, in order. */
  List<Told> told(Place place) {
    return told.getOrDefault(place, List.of());
  }

  /** Every line that a step names, for lanes whose code is not listed: file to number to text. */
  Map<Integer, String> quoted(String file) {
    Map<Integer, String> lines = new java.util.TreeMap<>();
    for (Spot spot : spots) {
      if (spot != null && file.equals(spot.source.file())) {
        String text = spot.source.text();
        lines.put(spot.source.line(), text == null ? "" : text);
      }
    }
    return lines;
  }

  /** 0-based rows whose trace point stands at one of these instructions. */
  List<Integer> rowsAt(List<Place> places) {
    TreeSet<Integer> rows = new TreeSet<>();
    for (Place place : places) {
      told(place).forEach(t -> rows.add(t.row));
    }
    return List.copyOf(rows);
  }

  /** 0-based rows before which one of these instructions was passed, certainly or perhaps. */
  List<Integer> rowsBehind(List<Place> places) {
    TreeSet<Integer> rows = new TreeSet<>();
    for (Passed hop : passed) {
      for (Place place : places) {
        if (place.program().equals(hop.program) && hop.stretch.open().get(place.index())) {
          rows.add(hop.row);
        }
      }
    }
    return List.copyOf(rows);
  }
}
