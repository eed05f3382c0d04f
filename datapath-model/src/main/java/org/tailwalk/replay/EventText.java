// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.replay;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tailwalk.event.ContextState;
import org.tailwalk.event.DropReason;
import org.tailwalk.event.Field;
import org.tailwalk.event.MapKey;
import org.tailwalk.event.MapRef;
import org.tailwalk.event.MapRole;
import org.tailwalk.event.MapValue;
import org.tailwalk.event.PathEvent;
import org.tailwalk.event.Verdict;
import org.tailwalk.packet.IpAddress;

/** One line for an event, as step lists show it. */
public final class EventText {
  private EventText() {}

  /** The event in a line without a full stop. */
  public static String line(PathEvent event) {
    return switch (event) {
      case PathEvent.Entered e ->
          "enter " + ProgramNames.function(e.program()) + context(e.context());
      case PathEvent.TailCallTaken e -> "tail call " + target(e.map(), e.slot());
      case PathEvent.TailCallMissed e -> "tail call " + target(e.map(), e.slot()) + " missed";
      case PathEvent.Returned e ->
          "return "
              + e.code()
              + (e.code() < 0 ? " raw (" + DropReason.describe(-e.code() & 0xff, 0) + ")" : "");
      case PathEvent.LookedUp e ->
          "lookup %s %s: %s".formatted(e.map(), key(e.key()), e.hit() ? "hit" : "miss");
      case PathEvent.Updated e ->
          "update %s %s%s"
              .formatted(e.map(), key(e.key()), e.errno() == 0 ? "" : ": error " + e.errno());
      case PathEvent.Deleted e ->
          "delete %s %s%s"
              .formatted(e.map(), key(e.key()), e.errno() == 0 ? "" : ": error " + e.errno());
      case PathEvent.Changed e -> changed(e);
      case PathEvent.Notified e -> MonitorText.line(e.notification());
      case PathEvent.RedirectCalled e ->
          "%s to ifindex %d, flags %d".formatted(e.helper(), e.ifindex(), e.flags());
      case PathEvent.Rewritten e -> "%s: %s → %s".formatted(e.field(), e.before(), e.after());
      case PathEvent.ContextChanged e ->
          "%s: 0x%x → 0x%x".formatted(e.field(), e.before(), e.after());
      case PathEvent.VerdictReached e -> verdict(e.verdict());
    };
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
    return found.isEmpty() ? "" : " with " + String.join(", ", found);
  }

  private static String target(MapRef map, long slot) {
    return switch (map.role()) {
      case CALLS -> slot + " → " + ProgramNames.call(slot);
      case POLICY_CALL -> "policy of endpoint " + slot;
      case POLICY_EGRESS_CALL -> "egress policy of endpoint " + slot;
      default -> map + "[" + slot + "]";
    };
  }

  private static String changed(PathEvent.Changed e) {
    MapValue before = e.before();
    MapValue after = e.after();
    if (after == null) {
      return "%s %s: gone".formatted(e.map(), key(e.key()));
    }
    if (e.map().role() == MapRole.METRICS
        && Observables.net(before, after) instanceof MapValue.MetricsEntry delta) {
      return "%s %s: +%d, +%d bytes".formatted(e.map(), key(e.key()), delta.count(), delta.bytes());
    }
    if (before == null) {
      return "%s %s: new".formatted(e.map(), key(e.key()));
    }
    return "%s %s: %s".formatted(e.map(), key(e.key()), delta(before, after));
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
    return text.isEmpty() ? "rewritten" : text.toString();
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

  /** A verdict in a few words. */
  public static String verdict(Verdict verdict) {
    return switch (verdict) {
      case Verdict.ToStack _ -> "to stack";
      case Verdict.ToPod _ -> "to pod";
      case Verdict.Redirected(long ifindex, _) -> "redirected to ifindex " + ifindex;
      case Verdict.ToProxy(int port) -> "to proxy port " + port;
      case Verdict.Dropped _ -> "dropped";
      case Verdict.PassedUnpoliced(int code) -> "passes unpoliced on raw " + code;
      case Verdict.NotRun(String reason, String detail) -> "not run (" + reason + "): " + detail;
    };
  }
}
