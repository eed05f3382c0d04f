// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.breakpoint;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.tailwalk.app.packets.PacketRow;
import org.tailwalk.app.session.Breakpoint;
import org.tailwalk.event.CtStatus;
import org.tailwalk.event.DropReason;
import org.tailwalk.filter.Completer;
import org.tailwalk.filter.Completion;
import org.tailwalk.replay.CtState;

/**
 * The kinds of breakpoints as a form has them: up to three texts each. A kind turns texts into a
 * breakpoint and back.
 */
enum FormKind {
  PROGRAM("program"),
  TAIL_CALL("slot", "outcome"),
  MAP("map", "key", "access"),
  CONNTRACK("from", "to", "status"),
  DROP("reason"),
  DIVERGENCE("code"),
  NOTIFICATION("type"),
  PACKET(),
  TIME("seconds");

  private final List<String> fields;

  FormKind(String... fields) {
    this.fields = List.of(fields);
  }

  /** Names of its texts, keys of the package's words. */
  List<String> fields() {
    return fields;
  }

  static FormKind of(Breakpoint.On on) {
    return switch (on) {
      case Breakpoint.Program _ -> PROGRAM;
      case Breakpoint.TailCall _ -> TAIL_CALL;
      case Breakpoint.MapEntry _ -> MAP;
      case Breakpoint.Conntrack _ -> CONNTRACK;
      case Breakpoint.Drop _ -> DROP;
      case Breakpoint.Divergence _ -> DIVERGENCE;
      case Breakpoint.Notification _ -> NOTIFICATION;
      case Breakpoint.Packet _ -> PACKET;
      case Breakpoint.Time _ -> TIME;
    };
  }

  /** The texts of a breakpoint. */
  static List<String> texts(Breakpoint.On on) {
    return switch (on) {
      case Breakpoint.Program p -> List.of(p.program());
      case Breakpoint.TailCall t ->
          List.of(t.slot() < 0 ? "" : Long.toString(t.slot()), lower(t.outcome()));
      case Breakpoint.MapEntry m -> List.of(m.map(), m.key(), lower(m.access()));
      case Breakpoint.Conntrack c -> List.of(c.from(), c.to(), c.status());
      case Breakpoint.Drop d -> List.of(d.reason());
      case Breakpoint.Divergence d -> List.of(d.code());
      case Breakpoint.Notification n -> List.of(n.type());
      case Breakpoint.Packet _ -> List.of();
      case Breakpoint.Time t -> List.of(PacketRow.timeText(t.sinceFirstNanos()));
    };
  }

  /**
   * The breakpoint of texts.
   *
   * @throws IllegalArgumentException with what is wrong, in words
   */
  Breakpoint.On read(List<String> texts) {
    String first = texts.isEmpty() ? "" : texts.get(0).strip();
    String second = texts.size() < 2 ? "" : texts.get(1).strip();
    String third = texts.size() < 3 ? "" : texts.get(2).strip();
    return switch (this) {
      case PROGRAM -> new Breakpoint.Program(first);
      case TAIL_CALL ->
          new Breakpoint.TailCall(
              first.isEmpty() ? -1 : number(first),
              word(Breakpoint.Outcome.class, second, Breakpoint.Outcome.EITHER));
      case MAP ->
          new Breakpoint.MapEntry(
              first, second, word(Breakpoint.Access.class, third, Breakpoint.Access.ANY));
      case CONNTRACK -> new Breakpoint.Conntrack(first, second, third);
      case DROP -> new Breakpoint.Drop(first);
      case DIVERGENCE -> new Breakpoint.Divergence(first);
      case NOTIFICATION -> new Breakpoint.Notification(first);
      case PACKET -> new Breakpoint.Packet();
      case TIME -> new Breakpoint.Time(nanos(first));
    };
  }

  private static long number(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("not a slot's number: " + text, e);
    }
  }

  private static long nanos(String text) {
    try {
      return new BigDecimal(text).movePointRight(9).longValueExact();
    } catch (ArithmeticException | NumberFormatException e) {
      throw new IllegalArgumentException("not a time in seconds: " + text, e);
    }
  }

  private static <E extends Enum<E>> E word(Class<E> of, String text, E otherwise) {
    if (text.isEmpty()) {
      return otherwise;
    }
    try {
      return Enum.valueOf(of, text.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "\"" + text + "\" is none of " + Arrays.toString(of.getEnumConstants()), e);
    }
  }

  private static String lower(Enum<?> of) {
    return of.name().toLowerCase(Locale.ROOT);
  }

  /**
   * What may be written into a field.
   *
   * @param seen completes with what occurs in the replay
   */
  List<String> choices(int field, Completer seen) {
    return switch (this) {
      case PROGRAM -> values(seen, "program == ");
      case TAIL_CALL ->
          field == 0
              ? values(seen, "tailcall == ")
              : Arrays.stream(Breakpoint.Outcome.values()).map(FormKind::lower).toList();
      case MAP ->
          switch (field) {
            case 0 -> values(seen, "map == ");
            case 1 -> List.of();
            default -> Arrays.stream(Breakpoint.Access.values()).map(FormKind::lower).toList();
          };
      case CONNTRACK ->
          field == 2
              ? Arrays.stream(CtStatus.values()).map(CtStatus::label).toList()
              : Arrays.stream(CtState.Phase.values())
                  .filter(p -> p != CtState.Phase.COLLECTED && p != CtState.Phase.EVICTED)
                  .map(p -> lower(p).replace('_', '-'))
                  .toList();
      case DROP ->
          Arrays.stream(DropReason.values())
              .filter(r -> DropReason.countsAsDrop(r.code()) && !r.text().isEmpty())
              .map(Enum::name)
              .toList();
      case DIVERGENCE -> values(seen, "divergence.code == ");
      case NOTIFICATION ->
          List.of("drop", "trace", "policy-verdict", "debug", "debug-capture", "signal");
      case PACKET, TIME -> List.of();
    };
  }

  private static List<String> values(Completer seen, String before) {
    return seen.complete(before, before.length()).stream().map(Completion::text).toList();
  }
}
