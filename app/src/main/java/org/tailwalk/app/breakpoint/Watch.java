// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.breakpoint;

import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import org.tailwalk.app.session.Breakpoint;
import org.tailwalk.app.session.Breakpoint.Access;
import org.tailwalk.app.session.Summaries;
import org.tailwalk.event.MapKey;
import org.tailwalk.event.Notification;
import org.tailwalk.event.PathEvent;
import org.tailwalk.event.Step;
import org.tailwalk.filter.Filter;
import org.tailwalk.filter.FilterException;
import org.tailwalk.filter.Shape;
import org.tailwalk.filter.Shapes;
import org.tailwalk.filter.Subject;
import org.tailwalk.filter.Truth;
import org.tailwalk.replay.AlignedStep;
import org.tailwalk.replay.EventText;
import org.tailwalk.replay.LaneTrace;
import org.tailwalk.replay.PacketReplay;
import org.tailwalk.replay.Placement;
import org.tailwalk.replay.ProgramNames;
import org.tailwalk.replay.Reading;

/** A breakpoint, understood: which packets it may stop in, and at which of their rows. */
final class Watch {
  private static final long SECOND = 1_000_000_000L;

  private final Breakpoint breakpoint;
  private final Filter condition;
  private final Predicate<String> key;

  private Watch(Breakpoint breakpoint, Filter condition, Predicate<String> key) {
    this.breakpoint = breakpoint;
    this.condition = condition;
    this.key = key;
  }

  /**
   * Understands a breakpoint.
   *
   * @throws FilterException when its condition is no filter
   */
  static Watch of(Breakpoint breakpoint) throws FilterException {
    Predicate<String> key =
        breakpoint.on() instanceof Breakpoint.MapEntry m ? pattern(m.key()) : _ -> true;
    return new Watch(breakpoint, Filter.parse(breakpoint.condition()), key);
  }

  private static Predicate<String> pattern(String text) {
    if (text.length() > 2 && text.startsWith("/") && text.endsWith("/")) {
      try {
        return Pattern.compile(text.substring(1, text.length() - 1), Pattern.CASE_INSENSITIVE)
            .asPredicate();
      } catch (PatternSyntaxException e) {
        // Then it is looked for as it stands.
        return key -> key.contains(text);
      }
    }
    return key -> key.contains(text);
  }

  Breakpoint breakpoint() {
    return breakpoint;
  }

  /** Whether the condition lets a packet pass, as far as the subject knows it. */
  Truth passes(Subject subject) {
    return condition.test(subject);
  }

  /** The shapes of packets that it may stop in; indexes into {@link Summaries#shapes}. */
  BitSet shapes(List<Shape> shapes) {
    BitSet may = new BitSet();
    for (int i = 0; i < shapes.size(); i++) {
      may.set(i, mayStop(shapes.get(i)));
    }
    return may;
  }

  private boolean mayStop(Shape shape) {
    return switch (breakpoint.on()) {
      case Breakpoint.Program p ->
          any(shape, l -> l.programs().stream().anyMatch(id -> names(p.program(), id)));
      case Breakpoint.TailCall t ->
          any(shape, l -> l.calls().stream().anyMatch(c -> matches(t, c.slot(), c.taken())));
      case Breakpoint.MapEntry m ->
          any(
              shape,
              l ->
                  l.accesses().stream()
                      .anyMatch(a -> isMap(m, a.map()) && uses(m.access(), a.use())));
      case Breakpoint.Conntrack c ->
          any(
              shape,
              l ->
                  c.status().isEmpty()
                      ? l.transitions().stream().anyMatch(t -> matches(c, t))
                      : l.statuses().stream().anyMatch(s -> s.label().equals(c.status())));
      case Breakpoint.Drop d ->
          any(shape, l -> l.notified() != null && isReason(d.reason(), l.reason()));
      case Breakpoint.Divergence d ->
          shape.divergence() != null
              && (d.code().isEmpty() || d.code().equals(shape.divergenceCode()));
      case Breakpoint.Notification n ->
          any(
              shape,
              l ->
                  n.type().isEmpty()
                      ? !l.notifications().isEmpty()
                      : l.notifications().contains(n.type()));
      case Breakpoint.Packet _, Breakpoint.Time _ -> true;
    };
  }

  private static boolean any(Shape shape, Predicate<Shape.Lane> of) {
    Shape.Lane kernel = shape.kernel();
    Shape.Lane model = shape.model();
    return kernel != null && of.test(kernel) || model != null && of.test(model);
  }

  private static boolean names(String wanted, String id) {
    return wanted.isEmpty() || ProgramNames.names(id).contains(wanted);
  }

  private static boolean matches(Breakpoint.TailCall t, long slot, boolean taken) {
    return (t.slot() < 0 || t.slot() == slot)
        && switch (t.outcome()) {
          case TAKEN -> taken;
          case MISSED -> !taken;
          case EITHER -> true;
        };
  }

  private static boolean isMap(Breakpoint.MapEntry m, String map) {
    return m.map().isEmpty() || m.map().equalsIgnoreCase(map);
  }

  private static boolean uses(Access access, Shape.Use use) {
    return switch (access) {
      case ANY -> true;
      case READ -> use == Shape.Use.HIT || use == Shape.Use.MISS;
      case WRITE -> use == Shape.Use.WRITTEN;
      case DELETE -> use == Shape.Use.DELETED;
    };
  }

  private static boolean matches(Breakpoint.Conntrack c, Shape.Transition t) {
    return t.from() != t.to() && is(c.from(), t.from().name()) && is(c.to(), t.to().name());
  }

  private static boolean is(String wanted, String name) {
    return wanted.isEmpty() || wanted.equals(name.toLowerCase(Locale.ROOT).replace('_', '-'));
  }

  private static boolean isReason(String wanted, Reading.@Nullable Reason reason) {
    return wanted.isEmpty()
        || reason != null
            && (wanted.equalsIgnoreCase(reason.name())
                || wanted.equalsIgnoreCase(reason.text())
                || wanted.equals(Integer.toString(reason.code())));
  }

  /**
   * The packets with a step at which it stops; null where it asks for no key, or the keys are not
   * known.
   */
  @Nullable BitSet keyed(KeyedPackets known, BooleanSupplier goOn) {
    return breakpoint.on() instanceof Breakpoint.MapEntry m && !m.key().isEmpty()
        ? known.of(m, map -> isMap(m, map), k -> key.test(EventText.key(k)), goOn)
        : null;
  }

  /** Whether its condition asks for what stands in a packet's bytes. */
  boolean asksBytes() {
    return condition.asksBytes();
  }

  /** The packet of a breakpoint on time: the first at or behind it; 0 when it has none. */
  int onlyPacket(Summaries all) {
    if (breakpoint.on() instanceof Breakpoint.Time time) {
      for (int number = 1; number <= all.size(); number++) {
        if (all.sinceFirstNanos(number) >= time.sinceFirstNanos()) {
          return number;
        }
      }
    }
    return 0;
  }

  /** Whether it stops in one packet alone. */
  boolean once() {
    return breakpoint.on() instanceof Breakpoint.Time;
  }

  /** The rows of a packet that it stops at; the condition is not asked. */
  BitSet rows(PacketReplay packet) {
    BitSet rows = new BitSet();
    switch (breakpoint.on()) {
      case Breakpoint.Packet _, Breakpoint.Time _ -> rows.set(0);
      case Breakpoint.Divergence d -> {
        var divergence = packet.divergence();
        if (divergence != null && (d.code().isEmpty() || d.code().equals(divergence.code()))) {
          rows.set(Math.max(0, divergence.step() - 1));
        }
      }
      case Breakpoint.Drop d -> drop(packet, d, rows);
      case Breakpoint.Conntrack c when !c.status().isEmpty() -> {
        status(packet, packet.kernel(), true, c, rows);
        status(packet, packet.model(), false, c, rows);
      }
      case Breakpoint.Program _,
          Breakpoint.TailCall _,
          Breakpoint.MapEntry _,
          Breakpoint.Conntrack _,
          Breakpoint.Notification _ -> {
        long now =
            packet.placement() instanceof Placement.Run run
                ? run.injection().timeNanos() / SECOND
                : 0;
        for (AlignedStep row : packet.rows()) {
          Step kernel = row.kernel();
          Step model = row.model();
          if (kernel != null && at(kernel.event(), now)
              || model != null && at(model.event(), now)) {
            rows.set(row.index() - 1);
          }
        }
      }
    }
    return rows;
  }

  private boolean at(PathEvent event, long now) {
    return switch (breakpoint.on()) {
      case Breakpoint.Program p ->
          event instanceof PathEvent.Entered e && names(p.program(), e.program().id());
      case Breakpoint.TailCall t ->
          event instanceof PathEvent.TailCallTaken e && matches(t, e.slot(), true)
              || event instanceof PathEvent.TailCallMissed m && matches(t, m.slot(), false);
      case Breakpoint.MapEntry m ->
          event instanceof PathEvent.MapEvent e
              && isMap(m, Shapes.mapName(e.map()))
              && accesses(m.access(), e)
              && key.test(EventText.key(e.key()));
      case Breakpoint.Conntrack c ->
          Shapes.transition(event, now) instanceof Shape.Transition t && matches(c, t);
      case Breakpoint.Notification n ->
          event instanceof PathEvent.Notified e
              && (n.type().isEmpty() || n.type().equals(Shapes.kind(e.notification())));
      case Breakpoint.Drop _, Breakpoint.Divergence _, Breakpoint.Packet _, Breakpoint.Time _ ->
          false;
    };
  }

  private static boolean accesses(Access wanted, PathEvent.MapEvent event) {
    return wanted == Access.ANY || wanted == Access.of(event);
  }

  /** At the drop event where there is one, else at the verdict; once for a packet. */
  private static void drop(PacketReplay packet, Breakpoint.Drop d, BitSet rows) {
    BitSet found = new BitSet();
    for (boolean kernel : new boolean[] {true, false}) {
      LaneTrace lane = kernel ? packet.kernel() : packet.model();
      if (lane == null
          || !lane.reading().wentWrong()
          || !isReason(d.reason(), lane.reading().dropReason())) {
        continue;
      }
      int last = 0;
      int told = -1;
      for (AlignedStep row : packet.rows()) {
        Step step = kernel ? row.kernel() : row.model();
        if (step != null) {
          last = row.index() - 1;
          if (step.event() instanceof PathEvent.Notified(_, Notification.Drop _)) {
            told = last;
          }
        }
      }
      found.set(told >= 0 ? told : last);
    }
    if (!found.isEmpty()) {
      rows.set(found.nextSetBit(0));
    }
  }

  /** At the look into the map that gave the status. */
  private static void status(
      PacketReplay packet,
      @Nullable LaneTrace lane,
      boolean kernel,
      Breakpoint.Conntrack c,
      BitSet rows) {
    if (lane == null) {
      return;
    }
    for (Reading.CtLookup lookup : lane.reading().ct()) {
      if (lookup.status() == null || !lookup.status().label().equals(c.status())) {
        continue;
      }
      MapKey.CtTuple found = lookup.found();
      int at = -1;
      for (AlignedStep row : packet.rows()) {
        Step step = kernel ? row.kernel() : row.model();
        if (step != null
            && step.event() instanceof PathEvent.LookedUp e
            && e.map().role() == lookup.map()
            && e.program().endpoint() == lookup.endpoint()
            && (found == null
                ? e.key().equals(lookup.tuple()) || e.key().equals(lookup.tuple().reversed())
                : e.hit() && e.key().equals(found))) {
          at = row.index() - 1;
        }
      }
      if (at >= 0) {
        rows.set(at);
      }
    }
  }
}
