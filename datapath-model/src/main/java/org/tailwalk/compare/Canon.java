// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tailwalk.event.MapKey;
import org.tailwalk.event.MapRef;
import org.tailwalk.event.MapRole;
import org.tailwalk.event.MapValue;
import org.tailwalk.event.Notification;
import org.tailwalk.event.PathEvent;
import org.tailwalk.event.Verdict;
import org.tailwalk.packet.Bytes;
import org.tailwalk.packet.IpAddress;
import org.tailwalk.scenario.EndpointConfig;
import org.tailwalk.scenario.Scenario;

/**
 * Events in words that two captures share: the ends of the packet's flow by the part they play,
 * endpoints by their place in the scenario, times as what is left. What legitimately differs from
 * capture to capture has no word at all: counters, byte counts, checksums, source lines, reports.
 */
final class Canon {
  private static final Set<String> SILENT_FIELDS =
      Set.of("ip.checksum", "tcp.checksum", "udp.checksum", "eth.src", "eth.dst", "bytes", "frame");

  private final List<Integer> endpoints = new ArrayList<>();
  private final List<Long> interfaces = new ArrayList<>();
  private FlowFacts flow;
  private long nowSeconds;

  Canon(Scenario scenario, FlowFacts flow) {
    this.flow = flow;
    for (EndpointConfig endpoint : scenario.node().endpoints()) {
      endpoints.add(endpoint.id());
      interfaces.add(endpoint.ifindex());
    }
  }

  /** Whose packet the next events are about. */
  void about(FlowFacts itsFlow, long itsNanos) {
    flow = itsFlow;
    nowSeconds = itsNanos / 1_000_000_000;
  }

  /** The event's words; null when it says nothing that could differ. */
  @Nullable String line(PathEvent event) {
    return switch (event) {
      case PathEvent.Entered e ->
          "enter "
              + e.program().id()
              + (e.context() == null ? "" : " mark " + Long.toHexString(e.context().mark()));
      case PathEvent.TailCallTaken e -> "call " + slot(e.map(), e.slot());
      case PathEvent.TailCallMissed e -> "missed " + slot(e.map(), e.slot());
      case PathEvent.Returned e -> "return " + e.code();
      case PathEvent.LookedUp e -> lookup(e);
      case PathEvent.Updated e ->
          silent(e.map()) && e.errno() == 0 || counted(e.map())
              ? null
              : "update %s %s %s".formatted(map(e.map()), key(e.key()), e.errno());
      case PathEvent.Deleted e ->
          "delete %s %s %s".formatted(map(e.map()), key(e.key()), e.errno());
      case PathEvent.Changed e -> changed(e);
      case PathEvent.Notified e -> notified(e.notification());
      case PathEvent.RedirectCalled e ->
          "%s %s %d".formatted(e.helper(), ifindex(e.ifindex()), e.flags());
      case PathEvent.Rewritten e ->
          SILENT_FIELDS.contains(e.field()) ? null : "rewrite " + e.field() + " " + rewritten(e);
      case PathEvent.ContextChanged e ->
          e.field().equals("mark") ? "mark " + Long.toHexString(e.after()) : null;
      case PathEvent.VerdictReached e -> "verdict " + verdict(e.verdict());
    };
  }

  private static boolean silent(MapRef map) {
    return map.role() == MapRole.CT_BUFFER4 || map.role() == MapRole.CT_BUFFER6;
  }

  private static boolean counted(MapRef map) {
    return map.role() == MapRole.METRICS;
  }

  private @Nullable String lookup(PathEvent.LookedUp e) {
    if (silent(e.map()) || counted(e.map())) {
      return null;
    }
    String found =
        switch (e.value()) {
          case MapValue.IpcacheEntry i -> " identity " + i.identity();
          case MapValue.PolicyEntry p -> (p.deny() ? " deny" : "") + " proxy " + p.proxyPort();
          case null, default -> "";
        };
    return "lookup %s %s %s%s"
        .formatted(map(e.map()), key(e.key()), e.hit() ? "hit" : "miss", found);
  }

  private @Nullable String changed(PathEvent.Changed e) {
    if (silent(e.map()) || e.map().role() == MapRole.POLICY) {
      return null;
    }
    String where = map(e.map()) + " " + key(e.key());
    MapValue after = e.after();
    if (after == null) {
      return "gone " + where;
    }
    if (counted(e.map())) {
      return "count " + where;
    }
    if (e.map().role().conntrack()) {
      // The related entry beside each flow is only touched when the second has changed.
      boolean related =
          e.key() instanceof MapKey.CtTuple t && (t.flags() & MapKey.CtTuple.RELATED) != 0;
      return related ? null : entry(where, e.before(), after);
    }
    return (e.before() == null ? "new " : "changed ") + where;
  }

  private @Nullable String entry(String where, @Nullable MapValue before, MapValue after) {
    if (!(after instanceof MapValue.CtEntry now)) {
      return "changed " + where;
    }
    if (before instanceof MapValue.CtEntry was) {
      boolean same =
          was.bits() == now.bits()
              && was.revNatIndex() == now.revNatIndex()
              && was.srcSecId() == now.srcSecId();
      return same
          ? null
          : "entry %s %s nat %d from %d"
              .formatted(where, now.bitNames(), now.revNatIndex(), now.srcSecId());
    }
    return "new %s %s for %d nat %d from %d"
        .formatted(
            where, now.bitNames(), now.lifetime() - nowSeconds, now.revNatIndex(), now.srcSecId());
  }

  private @Nullable String notified(Notification notification) {
    return switch (notification) {
      case Notification.Drop d ->
          "drop event %d %d %d %d".formatted(d.reason(), d.extError(), d.srcLabel(), d.dstLabel());
      case Notification.Trace t ->
          "trace %d %d %d %d".formatted(t.point(), t.reason(), t.srcLabel(), t.dstLabel());
      case Notification.PolicyVerdict p ->
          "policy verdict %d %d %d %d %s"
              .formatted(p.verdict(), p.matchType(), p.direction(), p.remoteLabel(), p.audited());
      case Notification.Signal s -> "signal " + s.number();
      case Notification.Unknown _ -> "unknown event";
      case Notification.Debug _, Notification.DebugCapture _ -> null;
    };
  }

  private String rewritten(PathEvent.Rewritten e) {
    Bytes after = e.after();
    if (e.field().endsWith(".src") || e.field().endsWith(".dst")) {
      if (after.length() == 4) {
        return address(IpAddress.v4(after.toArray(), 0));
      }
      if (after.length() == 16) {
        return address(IpAddress.v6(after.toArray(), 0));
      }
    }
    if (e.field().endsWith("port") && after.length() == 2) {
      return port(after.u16(0));
    }
    if (after.length() == 1 && e.before().length() == 1) {
      return "by " + (after.at(0) - e.before().at(0));
    }
    return e.field().startsWith("arp.") ? "" : after.hex();
  }

  /** A verdict's words. */
  String verdict(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Redirected(long ifindex, long flags) ->
          "REDIRECTED " + ifindex(ifindex) + " " + flags;
      case Verdict.ToProxy(int port) -> "TO_PROXY " + port;
      case Verdict.PassedUnpoliced(int code) -> "PASSED_UNPOLICED " + code;
      case Verdict.NotRun(String reason, _) -> "NOT_RUN " + reason;
      case Verdict.ToStack _, Verdict.ToPod _, Verdict.Dropped _ -> verdict.word();
    };
  }

  private String slot(MapRef map, long slot) {
    return switch (map.role()) {
      case POLICY_CALL, POLICY_EGRESS_CALL -> map(map) + " " + endpoint((int) slot);
      default -> map(map) + " " + slot;
    };
  }

  private String map(MapRef map) {
    String name = map.role() == MapRole.OTHER ? map.name() : map.role().name();
    return map.endpoint() == 0 ? name : name + "@" + endpoint(map.endpoint());
  }

  private String endpoint(int id) {
    int at = endpoints.indexOf(id);
    return at < 0 ? Integer.toString(id) : "#" + at;
  }

  private String ifindex(long index) {
    int at = interfaces.indexOf(index);
    return at < 0 ? "if" + index : "if#" + at;
  }

  private String key(MapKey key) {
    return switch (key) {
      case MapKey.CtTuple t ->
          "%s %s %s %s %d %d"
              .formatted(
                  address(t.daddr()),
                  port(t.dport()),
                  address(t.saddr()),
                  port(t.sport()),
                  t.nexthdr(),
                  t.flags());
      case MapKey.PolicyKey p ->
          "%d %s %d %s".formatted(p.identity(), port(p.dport()), p.protocol(), p.egress());
      case MapKey.IpcacheKey i -> address(i.address()) + "/" + i.prefixlen();
      case MapKey.EndpointKey e -> address(e.address());
      case MapKey.ServiceKey s -> address(s.address()) + " " + s.dport() + " " + s.slot();
      case MapKey.MetricsKey m -> m.reason() + " " + m.direction();
      case MapKey.IndexKey i -> Long.toString(i.index());
      case MapKey.RawKey r -> r.bytes().hex();
      case MapKey.FragmentKey _ -> "fragment";
      case MapKey.AffinityKey _ -> "affinity";
      case MapKey.AffinityMatchKey _ ->
          key.fields().stream().map(Object::toString).collect(Collectors.joining(" "));
    };
  }

  private String address(IpAddress address) {
    return address.equals(flow.client())
        ? "client"
        : address.equals(flow.server()) ? "server" : address.toString();
  }

  private String port(int port) {
    return port == 0 ? "0" : port == flow.clientPort() ? "cport" : Integer.toString(port);
  }
}
