// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.replay.json;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tailwalk.controlplane.NodeCompiler;
import org.tailwalk.event.CtStatus;
import org.tailwalk.event.Notification;
import org.tailwalk.event.ObservationPoint;
import org.tailwalk.event.PathEvent;
import org.tailwalk.packet.IpAddress;
import org.tailwalk.packet.Layer;
import org.tailwalk.packet.PacketView;
import org.tailwalk.replay.DropFile;
import org.tailwalk.replay.LaneTrace;
import org.tailwalk.replay.MonitorText;
import org.tailwalk.replay.PacketReplay;
import org.tailwalk.scenario.EndpointConfig;
import org.tailwalk.scenario.NodeState;
import org.tailwalk.scenario.Scenario;

/**
 * What Hubble would have made of a packet's notifications: the objects that {@code hubble observe
 * -o json} prints, one a notification, with the fields of the public flow message that a replay can
 * know. A packet that no program told of has no flow here either. Debug messages and signals are no
 * flows.
 */
public final class HubbleJson {
  private static final long SECOND = 1_000_000_000L;
  private static final long WORLD = 2;
  private static final int UNKNOWN = 5;
  private static final String NAMESPACE = "k8s:io.kubernetes.pod.namespace=";
  private static final String[] FLAGS = {"FIN", "SYN", "RST", "PSH", "ACK", "URG", "ECE", "CWR"};

  private final NodeState node;
  private final String nodeName;

  /**
   * For a scenario's node.
   *
   * @param nodeName what the flows call it
   */
  public HubbleJson(Scenario scenario, String nodeName) {
    this.node = scenario.node();
    this.nodeName = nodeName;
  }

  /** The flows of the kernel lane, or of the model's where there is no kernel lane. */
  public List<JsonObject> flows(PacketReplay packet) {
    Optional<LaneTrace> lane = packet.primary();
    if (lane.isEmpty()) {
      return List.of();
    }
    String time = time(packet.frame().timeNanos());
    List<JsonObject> flows = new ArrayList<>();
    for (PathEvent event : lane.get().trace().events()) {
      if (event instanceof PathEvent.Notified notified) {
        flow(notified.notification(), time, DropFile.of(lane.get().trace(), notified))
            .ifPresent(flow -> {
              JsonObject line = new JsonObject();
              line.add("flow", flow);
              line.addProperty("node_name", nodeName);
              line.addProperty("time", time);
              flows.add(line);
            });
      }
    }
    return flows;
  }

  private static String time(long nanos) {
    Instant at = Instant.ofEpochSecond(Math.floorDiv(nanos, SECOND), Math.floorMod(nanos, SECOND));
    return at.toString();
  }

  private Optional<JsonObject> flow(Notification notification, String time, Optional<String> file) {
    return switch (notification) {
      case Notification.Drop d -> Optional.of(drop(d, time, file));
      case Notification.Trace t -> Optional.of(trace(t, time));
      case Notification.PolicyVerdict v -> Optional.of(verdict(v, time));
      case Notification.DebugCapture c -> Optional.of(capture(c, time));
      case Notification.Debug _, Notification.Signal _, Notification.Unknown _ -> Optional.empty();
    };
  }

  private JsonObject drop(Notification.Drop d, String time, Optional<String> name) {
    Ends ends = Ends.of(d.captured());
    JsonObject o = opening(time, "DROPPED", d.reason());
    packet(o, ends, IpAddress.ANY4, false);
    ends(o, ends, d.srcLabel(), d.dstLabel());
    type(o, 1, d.reason());
    direction(o, egressOf(d.source(), ends) ? "EGRESS" : "INGRESS");
    if (name.isPresent()) {
      JsonObject file = new JsonObject();
      file.addProperty("name", name.get());
      file.addProperty("line", d.line());
      o.add("file", file);
    }
    text(o, "drop_reason_desc", HubbleNames.drop(d.reason()));
    text(o, "Summary", summary(ends.view()));
    return o;
  }

  private JsonObject trace(Notification.Trace t, String time) {
    Ends ends = Ends.of(t.captured());
    int reason = t.reason() & 0x7f;
    JsonObject o = opening(time, "FORWARDED", 0);
    packet(o, ends, t.origIp(), (t.reason() & 0x80) != 0);
    ends(o, ends, t.srcLabel(), t.dstLabel());
    type(o, 4, t.point());
    if (reason < UNKNOWN) {
      // It is the connection's direction: a reply's is that of what it answers.
      boolean reply = reason == CtStatus.REPLY.code();
      direction(o, egressOf(t.source(), ends) != reply ? "EGRESS" : "INGRESS");
    }
    text(o, "trace_observation_point", HubbleNames.point(t.point()));
    if (reason < UNKNOWN) {
      text(o, "trace_reason", CtStatus.ofCode(reason).map(Enum::name).orElse(""));
      o.addProperty("is_reply", reason == CtStatus.REPLY.code());
    }
    if (t.ifindex() != 0) {
      JsonObject device = new JsonObject();
      device.addProperty("index", t.ifindex());
      o.add("interface", device);
    }
    if (t.point() == ObservationPoint.TO_PROXY.code()) {
      number(o, "proxy_port", t.dstId());
    }
    text(o, "Summary", summary(ends.view()));
    return o;
  }

  private JsonObject verdict(Notification.PolicyVerdict v, String time) {
    Ends ends = Ends.of(v.captured());
    boolean egress = v.direction() == 2;
    String word =
        v.verdict() < 0
            ? "DROPPED"
            : v.audited() ? "AUDIT" : v.verdict() > 0 ? "REDIRECTED" : "FORWARDED";
    int reason = v.verdict() < 0 ? -v.verdict() : 0;
    JsonObject o = opening(time, word, reason);
    packet(o, ends, IpAddress.ANY4, false);
    ends(o, ends, egress ? 0 : v.remoteLabel(), egress ? v.remoteLabel() : 0);
    type(o, 5, 0);
    direction(o, egress ? "EGRESS" : "INGRESS");
    number(o, "policy_match_type", v.matchType());
    text(o, "drop_reason_desc", HubbleNames.drop(reason));
    if (v.verdict() >= 0) {
      // A verdict that lets something by is told for the first packet of a connection alone.
      o.addProperty("is_reply", false);
    }
    text(o, "Summary", summary(ends.view()));
    return o;
  }

  private JsonObject capture(Notification.DebugCapture c, String time) {
    Ends ends = Ends.of(c.captured());
    JsonObject o = opening(time, "FORWARDED", 0);
    packet(o, ends, IpAddress.ANY4, false);
    ends(o, ends, 0, 0);
    type(o, 3, c.subtype());
    text(o, "debug_capture_point", HubbleNames.capture(c.subtype()));
    text(o, "Summary", summary(ends.view()));
    return o;
  }

  private static JsonObject opening(String time, String verdict, int dropReason) {
    JsonObject o = new JsonObject();
    o.addProperty("time", time);
    o.addProperty("verdict", verdict);
    number(o, "drop_reason", dropReason);
    return o;
  }

  /** The captured packet and its IP header, if it has one. */
  private record Ends(PacketView view, Optional<Layer.Ip> ip) {
    static Ends of(org.tailwalk.packet.Bytes captured) {
      PacketView view = PacketView.of(captured);
      return new Ends(view, view.ip());
    }
  }

  private static void packet(JsonObject o, Ends ends, IpAddress original, boolean encrypted) {
    Layer.Ethernet ethernet = ends.view().ethernet();
    if (ethernet != null) {
      JsonObject link = new JsonObject();
      link.addProperty("source", ethernet.src().toString());
      link.addProperty("destination", ethernet.dst().toString());
      o.add("ethernet", link);
    }
    if (ends.ip().isEmpty()) {
      return;
    }
    Layer.Ip ip = ends.ip().get();
    boolean translated =
        !original.isZero() && original.v6() == ip.src().v6() && !original.equals(ip.src());
    JsonObject network = new JsonObject();
    network.addProperty("source", (translated ? original : ip.src()).toString());
    if (translated) {
      network.addProperty("source_xlated", ip.src().toString());
    }
    network.addProperty("destination", ip.dst().toString());
    network.addProperty("ipVersion", ip instanceof Layer.Ipv4 ? "IPv4" : "IPv6");
    if (encrypted) {
      network.addProperty("encrypted", true);
    }
    o.add("IP", network);
    JsonObject l4 = l4(ends.view());
    if (!l4.isEmpty()) {
      o.add("l4", l4);
    }
  }

  private static JsonObject l4(PacketView view) {
    JsonObject l4 = new JsonObject();
    switch (view.transport()) {
      case Layer.Tcp t -> {
        JsonObject tcp = ports(t.srcPort(), t.dstPort());
        JsonObject flags = new JsonObject();
        for (int i = 0; i < FLAGS.length; i++) {
          if ((t.flags() >> i & 1) != 0) {
            flags.addProperty(FLAGS[i], true);
          }
        }
        tcp.add("flags", flags);
        l4.add("TCP", tcp);
      }
      case Layer.Udp u -> l4.add("UDP", ports(u.srcPort(), u.dstPort()));
      case Layer.Sctp s -> l4.add("SCTP", ports(s.srcPort(), s.dstPort()));
      case Layer.Icmp i -> {
        JsonObject icmp = new JsonObject();
        number(icmp, "type", i.type());
        number(icmp, "code", i.code());
        l4.add(i.v6() ? "ICMPv6" : "ICMPv4", icmp);
      }
      case null, default -> {}
    }
    return l4;
  }

  private static JsonObject ports(int source, int destination) {
    JsonObject o = new JsonObject();
    number(o, "source_port", source);
    number(o, "destination_port", destination);
    return o;
  }

  private void ends(JsonObject o, Ends ends, long sourceLabel, long destinationLabel) {
    ends.ip()
        .ifPresent(ip -> {
          o.add("source", end(ip.src(), sourceLabel));
          o.add("destination", end(ip.dst(), destinationLabel));
        });
    o.addProperty("Type", "L3_L4");
    o.addProperty("node_name", nodeName);
  }

  /** An endpoint of this node by its address, else what the datapath said, else the ipcache. */
  private JsonObject end(IpAddress address, long label) {
    Optional<EndpointConfig> local = node.endpoint(address);
    long identity =
        local
            .map(EndpointConfig::identity)
            .orElse(label != 0 ? label : NodeCompiler.identityOf(node, address, WORLD));
    List<String> labels = node.labels(identity);
    JsonObject o = new JsonObject();
    local.ifPresent(e -> number(o, "ID", e.id()));
    number(o, "identity", identity);
    labels.stream()
        .filter(l -> l.startsWith(NAMESPACE))
        .findFirst()
        .ifPresent(l -> o.addProperty("namespace", l.substring(NAMESPACE.length())));
    if (!labels.isEmpty()) {
      JsonArray array = new JsonArray();
      labels.forEach(array::add);
      o.add("labels", array);
    }
    local.ifPresent(e -> text(o, "pod_name", e.name()));
    return o;
  }

  /** Whether the packet left the endpoint whose program told of it. */
  private boolean egressOf(int endpoint, Ends ends) {
    return ends.ip()
        .flatMap(ip -> node.endpoint(ip.src()))
        .filter(e -> e.id() == endpoint)
        .isPresent();
  }

  private static String summary(PacketView view) {
    return switch (view.transport()) {
      case Layer.Tcp t -> "TCP Flags: " + t.flagNames().replace(",", ", ");
      case Layer.Udp _ -> "UDP";
      case Layer.Sctp _ -> "SCTP";
      case Layer.Icmp i -> (i.v6() ? "ICMPv6 " : "ICMPv4 ") + MonitorText.icmp(i);
      case null, default -> "";
    };
  }

  private static void type(JsonObject o, int type, int subtype) {
    JsonObject event = new JsonObject();
    event.addProperty("type", type);
    number(event, "sub_type", subtype);
    o.add("event_type", event);
  }

  private static void direction(JsonObject o, String direction) {
    o.addProperty("traffic_direction", direction);
  }

  /** The JSON of protocol buffers leaves zero and empty out. */
  private static void number(JsonObject o, String name, long value) {
    if (value != 0) {
      o.addProperty(name, value);
    }
  }

  private static void text(JsonObject o, String name, String value) {
    if (!value.isEmpty()) {
      o.addProperty(name, value);
    }
  }
}
