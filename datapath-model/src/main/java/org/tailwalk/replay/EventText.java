// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.replay;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tailwalk.event.ContextState;
import org.tailwalk.event.DropReason;
import org.tailwalk.event.Field;
import org.tailwalk.event.HeaderField;
import org.tailwalk.event.MapKey;
import org.tailwalk.event.MapRef;
import org.tailwalk.event.MapRole;
import org.tailwalk.event.MapValue;
import org.tailwalk.event.PathEvent;
import org.tailwalk.event.Verdict;
import org.tailwalk.packet.IpAddress;
import org.tailwalk.text.Message;

/** One line for an event, as step lists show it. */
public final class EventText {
  private EventText() {}

  /** The event in a line without a full stop, in English. */
  public static String line(PathEvent event) {
    return message(event).english();
  }

  /** The event in a line without a full stop. */
  public static Message message(PathEvent event) {
    return switch (event) {
      case PathEvent.Entered e -> {
        String program = ProgramNames.function(e.program());
        String context = context(e.context());
        yield context.isEmpty()
            ? Message.of("step.enter", program)
            : Message.of("step.enter.with", program, context);
      }
      case PathEvent.TailCallTaken e -> Message.of("step.call", target(e));
      case PathEvent.TailCallMissed e -> Message.of("step.call.missed", target(e.map(), e.slot()));
      case PathEvent.Returned e ->
          e.code() < 0
              ? Message.of("step.return.raw", e.code(), DropReason.describe(-e.code() & 0xff, 0))
              : Message.of("step.return", e.code());
      case PathEvent.LookedUp e ->
          Message.of(e.hit() ? "step.lookup.hit" : "step.lookup.miss", e.map(), key(e.key()));
      case PathEvent.Updated e ->
          e.errno() == 0
              ? Message.of("step.update", e.map(), key(e.key()))
              : Message.of("step.update.error", e.map(), key(e.key()), e.errno());
      case PathEvent.Deleted e ->
          e.errno() == 0
              ? Message.of("step.delete", e.map(), key(e.key()))
              : Message.of("step.delete.error", e.map(), key(e.key()), e.errno());
      case PathEvent.Changed e -> changed(e);
      case PathEvent.Notified e -> Message.plain(MonitorText.line(e.notification()));
      case PathEvent.RedirectCalled e ->
          Message.of("step.redirect", e.helper(), e.ifindex(), e.flags());
      case PathEvent.Rewritten e -> rewritten(e);
      case PathEvent.ContextChanged e ->
          Message.plain("%s: 0x%x → 0x%x".formatted(e.field(), e.before(), e.after()));
      case PathEvent.VerdictReached e -> outcome(e.verdict());
    };
  }

  private static Message rewritten(PathEvent.Rewritten e) {
    return e.before().length() == e.after().length()
        ? Message.plain(
            "%s: %s → %s"
                .formatted(
                    e.field(),
                    HeaderField.text(e.field(), e.before()),
                    HeaderField.text(e.field(), e.after())))
        : Message.of("step.resized", e.before().length(), e.after().length());
  }

  /** What a program finds in mark and control block: what its caller left there. */
  private static String context(@Nullable ContextState context) {
    if (context == null) {
      return "";
    }
    List<String> found = new ArrayList<>();
    if (context.mark() != 0) {
      found.add("mark 0x%x".formatted(context.mark()));
    }
    for (int i = 0; i < context.cb().size(); i++) {
      if (context.cb().get(i) != 0) {
        found.add("cb[%d] 0x%x".formatted(i, context.cb().get(i)));
      }
    }
    return String.join(", ", found);
  }

  /** Where a tail call leads. */
  public static Message target(PathEvent.TailCallTaken call) {
    return target(call.map(), call.slot());
  }

  private static Message target(MapRef map, long slot) {
    return switch (map.role()) {
      case CALLS -> Message.plain(slot, " → ", ProgramNames.call(slot));
      case POLICY_CALL -> Message.of("step.policy", slot);
      case POLICY_EGRESS_CALL -> Message.of("step.policy.egress", slot);
      default -> Message.plain(map, "[", slot, "]");
    };
  }

  private static Message changed(PathEvent.Changed e) {
    MapValue before = e.before();
    MapValue after = e.after();
    if (after == null) {
      return Message.of("step.gone", e.map(), key(e.key()));
    }
    if (e.map().role() == MapRole.METRICS
        && Observables.net(before, after) instanceof MapValue.MetricsEntry delta) {
      return Message.of("step.counted", e.map(), key(e.key()), delta.count(), delta.bytes());
    }
    if (before == null) {
      return Message.of("step.new", e.map(), key(e.key()));
    }
    String delta = delta(before, after);
    return delta.isEmpty()
        ? Message.of("step.rewritten", e.map(), key(e.key()))
        : Message.plain("%s %s: %s".formatted(e.map(), key(e.key()), delta));
  }

  private static String delta(MapValue before, MapValue after) {
    var a = before.fields();
    var b = after.fields();
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
      if (!a.get(i).equals(b.get(i))) {
        text.append(text.isEmpty() ? "" : ", ")
            .append(a.get(i).name())
            .append(' ')
            .append(a.get(i).text())
            .append(" → ")
            .append(b.get(i).text());
      }
    }
    return text.toString();
  }

  /** A key in short. */
  public static String key(MapKey key) {
    return switch (key) {
      case MapKey.CtTuple t ->
          // Stored addresses stand the other way round than the ports (section 3.3 of the facts).
          "%s → %s proto %d flags %d"
              .formatted(
                  socket(t.daddr(), t.sport()),
                  socket(t.saddr(), t.dport()),
                  t.nexthdr(),
                  t.flags());
      case MapKey.PolicyKey p ->
          "{%d, %d, %d} %s"
              .formatted(p.identity(), p.dport(), p.protocol(), p.egress() ? "egress" : "ingress");
      case MapKey.IpcacheKey i -> i.address() + "/" + i.prefixlen();
      case MapKey.EndpointKey e -> e.address().toString();
      case MapKey.MetricsKey m ->
          "{%s, %s}".formatted(DropReason.describe(m.reason(), 0), m.direction().label());
      case MapKey.IndexKey i -> "[" + i.index() + "]";
      case MapKey.RawKey r -> r.bytes().hex();
      case MapKey.ServiceKey s -> "%s:%d slot %d".formatted(s.address(), s.dport(), s.slot());
      case MapKey.AffinityKey _, MapKey.AffinityMatchKey _, MapKey.FragmentKey _ ->
          key.fields().stream().map(Field::text).collect(Collectors.joining(", ", "{", "}"));
    };
  }

  private static String socket(IpAddress address, int port) {
    return (address.v6() ? "[" + address + "]" : address.toString()) + ":" + port;
  }

  /** A verdict in a few words of English. */
  public static String verdict(Verdict verdict) {
    return outcome(verdict).english();
  }

  /** A verdict in a few words. */
  public static Message outcome(Verdict verdict) {
    return switch (verdict) {
      case Verdict.ToStack _ -> Message.of("verdict.stack");
      case Verdict.ToPod _ -> Message.of("verdict.pod");
      case Verdict.Redirected(long ifindex, _) -> Message.of("verdict.redirected", ifindex);
      case Verdict.ToProxy(int port) -> Message.of("verdict.proxy", port);
      case Verdict.Dropped _ -> Message.of("verdict.dropped");
      case Verdict.PassedUnpoliced(int code) -> Message.of("verdict.unpoliced", code);
      case Verdict.NotRun(String reason, String detail) ->
          Message.of("verdict.not-run", reason, detail);
    };
  }
}
