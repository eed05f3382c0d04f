// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.window;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tailwalk.engine.Injection;
import org.tailwalk.engine.MapEntry;
import org.tailwalk.engine.MapOp;
import org.tailwalk.engine.NodeSetup;
import org.tailwalk.engine.ProgramGraph;
import org.tailwalk.engine.ReplayEngine;
import org.tailwalk.engine.ReplaySession;
import org.tailwalk.event.ContextState;
import org.tailwalk.event.Hook;
import org.tailwalk.event.MapKey;
import org.tailwalk.event.MapKey.CtTuple;
import org.tailwalk.event.MapRef;
import org.tailwalk.event.MapRole;
import org.tailwalk.event.MapValue;
import org.tailwalk.event.MapValue.CtEntry;
import org.tailwalk.event.MetricDirection;
import org.tailwalk.event.Notification;
import org.tailwalk.event.ObservationPoint;
import org.tailwalk.event.PathEvent;
import org.tailwalk.event.PathTrace;
import org.tailwalk.event.ProgramRef;
import org.tailwalk.event.TraceBuilder;
import org.tailwalk.packet.Bytes;
import org.tailwalk.packet.FlowKey;
import org.tailwalk.packet.IpAddress;
import org.tailwalk.packet.Layer;
import org.tailwalk.packet.PacketView;
import org.tailwalk.replay.history.ConntrackHistory;

/**
 * An engine for tests of the window: walks packets through the usual programs with a very small
 * idea of conntrack. Port 8080 is denied; GRE passes raw when silent, else is dropped and notified.
 */
public final class FakeEngine implements ReplayEngine {
  private final String name;
  private final boolean silent;

  /** An engine that keeps quiet about GRE, or tells. */
  public FakeEngine(String name, boolean silent) {
    this.name = name;
    this.silent = silent;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public ReplaySession open(NodeSetup setup) {
    return new Session();
  }

  /** The programs of a dual build, IPv6 left out but for its first. */
  public static ProgramGraph programs() {
    List<ProgramGraph.Node> nodes =
        List.of(
            new ProgramGraph.Node("from-container", "cil_from_container", "from-container", 45),
            new ProgramGraph.Node("2/6", "tail_handle_arp", "2/6", 120),
            new ProgramGraph.Node("2/7", "tail_handle_ipv4", "2/7", 1235),
            new ProgramGraph.Node("2/10", "tail_handle_ipv6", "2/10", 1490),
            new ProgramGraph.Node("2/29", "tail_ipv4_ct_egress", "2/29", 773),
            new ProgramGraph.Node("2/25", "tail_handle_ipv4_cont", "2/25", 1605),
            new ProgramGraph.Node("2/1", "__send_drop_notify", "2/1", 61),
            new ProgramGraph.Node("policy", "handle_policy", "1/0x002a", 38),
            new ProgramGraph.Node("2/28", "tail_ipv4_ct_ingress_policy_only", "2/28", 770),
            new ProgramGraph.Node("2/11", "tail_ipv4_policy", "2/11", 1102),
            new ProgramGraph.Node("to-container", "cil_to_container", "to-container", 88),
            new ProgramGraph.Node("2/27", "tail_ipv4_ct_ingress", "2/27", 771),
            new ProgramGraph.Node("2/13", "tail_ipv4_to_endpoint", "2/13", 1188));
    List<ProgramGraph.Edge> edges =
        List.of(
            call("from-container", 6),
            call("from-container", 7),
            call("from-container", 10),
            call("from-container", 1),
            call("2/7", 29),
            call("2/7", 1),
            call("2/29", 25),
            call("2/25", 1),
            new ProgramGraph.Edge("2/25", "policy", MapRole.POLICY_CALL, -1),
            call("policy", 28),
            call("2/28", 11),
            call("2/11", 1),
            call("to-container", 27),
            call("2/27", 13),
            call("2/13", 1));
    return new ProgramGraph(nodes, edges);
  }

  private static ProgramGraph.Edge call(String from, int slot) {
    return new ProgramGraph.Edge(from, "2/" + slot, MapRole.CALLS, slot);
  }

  private final class Session implements ReplaySession {
    private final Map<FlowKey, CtEntry> entries = new HashMap<>();
    private final Map<FlowKey, CtTuple> keys = new HashMap<>();

    @Override
    public PathTrace send(Injection in) {
      return new Walker(in, entries, keys).walk();
    }

    @Override
    public void apply(List<MapOp> ops) {
      for (MapOp op : ops) {
        if (op instanceof MapOp.Delete(MapRef map, CtTuple key) && map.role().conntrack()) {
          keys.entrySet().removeIf(e -> e.getValue().equals(key));
          entries.keySet().retainAll(keys.keySet());
        } else if (op instanceof MapOp.Put(_, CtTuple key, CtEntry entry)) {
          entries.put(ConntrackHistory.flow(key), entry);
          keys.put(ConntrackHistory.flow(key), key);
        }
      }
    }

    @Override
    public List<MapEntry> entries(MapRef map) {
      return map.role() != MapRole.CT_TCP4
          ? List.of()
          : entries.entrySet().stream()
              .map(e -> new MapEntry(keys.get(e.getKey()), e.getValue()))
              .toList();
    }

    @Override
    public void reset() {
      entries.clear();
      keys.clear();
    }

    @Override
    public ProgramGraph graph() {
      return programs();
    }

    @Override
    public String description() {
      return name + " (fake)";
    }

    @Override
    public void close() {}
  }

  private final class Walker {
    private final Injection in;
    private final Map<FlowKey, CtEntry> entries;
    private final Map<FlowKey, CtTuple> keys;
    private final TraceBuilder trace;
    private final PacketView view;
    private String at = "";

    Walker(Injection in, Map<FlowKey, CtEntry> entries, Map<FlowKey, CtTuple> keys) {
      this.in = in;
      this.entries = entries;
      this.keys = keys;
      this.trace = new TraceBuilder(in.hook(), in.frame(), in.context());
      this.view = PacketView.of(in.frame());
    }

    PathTrace walk() {
      boolean out = in.hook() == Hook.FROM_CONTAINER;
      enter(in.hook().programId());
      notify(
          new Notification.Trace(
              in.endpoint(),
              (out ? ObservationPoint.FROM_LXC : ObservationPoint.FROM_STACK).code(),
              in.frame().length(),
              1002,
              0,
              0,
              5,
              false,
              0,
              IpAddress.ANY4,
              Bytes.empty()));
      if (out) {
        call(7);
        call(29);
      } else {
        call(in.hook() == Hook.TO_CONTAINER ? 27 : 28);
      }
      int protocol = view.ip().map(Layer.Ip::protocol).orElse(0);
      if (protocol == 47) {
        return silent ? end(-137) : drop(137, out);
      }
      conntrack(out, protocol);
      call(out ? 25 : in.hook() == Hook.TO_CONTAINER ? 13 : 11);
      boolean denied = view.transport() instanceof Layer.Tcp tcp && tcp.dstPort() == 8080;
      for (int i = 0; i < 3; i++) {
        trace.add(
            new PathEvent.LookedUp(
                program(),
                MapRef.of(MapRole.POLICY, in.endpoint()),
                new MapKey.PolicyKey(i == 0 ? 1001 : 0, i < 2 ? 80 : 0, 6, out),
                !denied && i == 2,
                null));
      }
      if (denied) {
        return drop(133, out);
      }
      return end(0);
    }

    private void conntrack(boolean out, int protocol) {
      FlowKey flow = FlowKey.of(view).orElseThrow();
      MapRef map = MapRef.shared(protocol == 6 ? MapRole.CT_TCP4 : MapRole.CT_ANY4);
      Layer.Ip ip = view.ip().orElseThrow();
      int sport = 0;
      int dport = 0;
      int flags = 0;
      if (view.transport() instanceof Layer.Tcp t) {
        sport = t.srcPort();
        dport = t.dstPort();
        flags = t.flags();
      } else if (view.transport() instanceof Layer.Udp u) {
        sport = u.srcPort();
        dport = u.dstPort();
      }
      CtTuple reverse = new CtTuple(ip.dst(), ip.src(), sport, dport, protocol, out ? 1 : 0);
      long now = in.timeNanos() / 1_000_000_000;
      CtEntry before = entries.get(flow);
      CtTuple key = keys.getOrDefault(flow, reverse.reversed());
      boolean reply = before != null && key.equals(reverse);
      trace.add(new PathEvent.LookedUp(program(), map, reverse, reply, reply ? before : null));
      if (!reply) {
        trace.add(
            new PathEvent.LookedUp(program(), map, reverse.reversed(), before != null, before));
      }
      boolean nonSyn = protocol == 6 && (flags & 2) == 0 || before != null && before.has(16);
      int bits = (nonSyn ? 16 : 0) | (before == null ? 0 : before.bits() & 3);
      if ((flags & 1) != 0) {
        bits |= out ? 2 : 1;
      }
      long life = (bits & 3) == 3 ? 10 : protocol != 6 || !nonSyn ? 60 : 21_600;
      CtEntry after =
          new CtEntry(
              (before == null ? 0 : before.rxPackets()) + (out ? 0 : 1),
              (before == null ? 0 : before.rxBytes()) + (out ? 0 : in.frame().length()),
              (before == null ? 0 : before.txPackets()) + (out ? 1 : 0),
              (before == null ? 0 : before.txBytes()) + (out ? in.frame().length() : 0),
              now + life,
              bits,
              0,
              0,
              (before == null ? 0 : before.txFlagsSeen()) | (out ? flags : 0),
              (before == null ? 0 : before.rxFlagsSeen()) | (out ? 0 : flags),
              1002,
              now,
              before == null ? 0 : before.lastRxReport());
      keys.put(flow, key);
      entries.put(flow, after);
      if (before == null) {
        trace.add(new PathEvent.Updated(program(), map, key, after, 0));
      }
      trace.change(map, key, before, after);
    }

    private PathTrace drop(int reason, boolean out) {
      MapKey key =
          new MapKey.MetricsKey(reason, out ? MetricDirection.EGRESS : MetricDirection.INGRESS);
      trace.add(
          new PathEvent.Updated(
              program(),
              MapRef.shared(MapRole.METRICS),
              key,
              new MapValue.MetricsEntry(1, in.frame().length()),
              0));
      call(1);
      notify(
          new Notification.Drop(
              in.endpoint(), reason, in.frame().length(), 1002, 0, 0, 412, 1, 0, 0, Bytes.empty()));
      return end(2);
    }

    private PathTrace end(int code) {
      trace.add(new PathEvent.Returned(program(), code));
      if (code == 0 && in.hook() == Hook.FROM_CONTAINER) {
        notify(
            new Notification.Trace(
                in.endpoint(),
                ObservationPoint.TO_STACK.code(),
                in.frame().length(),
                1002,
                2,
                0,
                0,
                false,
                0,
                IpAddress.ANY4,
                Bytes.empty()));
        byte[] after = in.frame().toArray();
        after[22]--;
        return trace.finish(0, Bytes.copyOf(after), ContextState.of(0x3ea0f00, 0, 0, 0, 0, 0));
      }
      return trace.finish(code, in.frame(), in.context());
    }

    private ProgramRef program() {
      return new ProgramRef(in.endpoint(), at);
    }

    private void enter(String id) {
      at = id;
      trace.add(new PathEvent.Entered(program(), in.context()));
    }

    private void call(int slot) {
      trace.add(
          new PathEvent.TailCallTaken(program(), MapRef.of(MapRole.CALLS, in.endpoint()), slot));
      enter("2/" + slot);
    }

    private void notify(Notification notification) {
      trace.add(new PathEvent.Notified(program(), notification));
    }
  }
}
