// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.replay;

import java.util.List;
import java.util.Optional;
import org.tailwalk.event.CtStatus;
import org.tailwalk.event.DropReason;
import org.tailwalk.event.Notification;
import org.tailwalk.event.ObservationPoint;
import org.tailwalk.event.PathEvent;
import org.tailwalk.event.PathTrace;
import org.tailwalk.packet.Bytes;
import org.tailwalk.packet.Layer;
import org.tailwalk.packet.PacketView;
import org.tailwalk.packet.Protocols;

/** Notifications in the words of {@code cilium monitor -v} (section 6 of the datapath facts). */
public final class MonitorText {
  private static final String[] MATCHES = {"none", "L3-Only", "L3-L4", "L4-Only", "all"};
  private static final String[] RESERVED = {
    "unknown",
    "host",
    "world",
    "unmanaged",
    "health",
    "init",
    "remote-node",
    "kube-apiserver",
    "ingress"
  };

  private MonitorText() {}

  /**
   * The lines of a packet's notifications in order, of the kernel lane, or of the model's where
   * there is no kernel lane; none for a packet that no program told of.
   */
  public static List<String> lines(PacketReplay packet) {
    return packet.primary().stream()
        .flatMap(lane ->
            lane.trace().events().stream()
                .filter(PathEvent.Notified.class::isInstance)
                .map(event -> line(lane.trace(), (PathEvent.Notified) event)))
        .toList();
  }

  /** An event of a trace in one line; a drop tells the name of its file, where that is known. */
  public static String line(PathTrace trace, PathEvent.Notified event) {
    return line(event.notification(), DropFile.of(trace, event));
  }

  /**
   * A notification in one line; the flow hash is 0, as a test run has none. A drop tells the number
   * of its file, which alone it carries.
   */
  public static String line(Notification notification) {
    return line(notification, Optional.empty());
  }

  private static String line(Notification notification, Optional<String> file) {
    return switch (notification) {
      case Notification.Drop d ->
          "xx drop (%s) flow 0x0 to endpoint %d, ifindex %d, file %s:%d, identity %s->%s: %s"
              .formatted(
                  DropReason.describe(d.reason(), d.extError()),
                  d.dstId(),
                  d.ifindex(),
                  file.orElse(Integer.toString(d.file())),
                  d.line(),
                  identity(d.srcLabel()),
                  identity(d.dstLabel()),
                  packet(d.captured()));
      case Notification.Trace t -> trace(t);
      case Notification.PolicyVerdict v ->
          ("Policy verdict log: flow 0x0 local EP ID %d, remote ID %s, proto %d, %s, action %s,"
                  + " match %s, %s")
              .formatted(
                  v.source(),
                  identity(v.remoteLabel()),
                  v.proto(),
                  v.direction() == 2 ? "egress" : "ingress",
                  action(v),
                  v.matchType() < MATCHES.length ? MATCHES[v.matchType()] : "unknown",
                  packet(v.captured()));
      case Notification.Debug d ->
          "CPU 00: MARK 0x0 FROM %d DEBUG: message %d, args 0x%x 0x%x 0x%x"
              .formatted(d.source(), d.subtype(), d.arg1(), d.arg2(), d.arg3());
      case Notification.DebugCapture c ->
          "CPU 00: MARK 0x0 FROM %d DEBUG: %d bytes, capture %d, args 0x%x 0x%x: %s"
              .formatted(
                  c.source(),
                  c.originalLength(),
                  c.subtype(),
                  c.arg1(),
                  c.arg2(),
                  packet(c.captured()));
      case Notification.Signal s ->
          "signal: %s map full (%s)"
              .formatted(
                  switch (s.number()) {
                    case 0 -> "NAT";
                    case 1 -> "CT";
                    default -> "number " + s.number() + ",";
                  },
                  s.proto() == 0 ? "IPv4" : "IPv6");
      case Notification.Unknown u -> "unknown event, " + u.raw().length() + " bytes: " + u.raw();
    };
  }

  private static String trace(Notification.Trace t) {
    String state =
        CtStatus.ofCode(t.reason() & 0x7f)
            .map(CtStatus::label)
            .orElse((t.reason() & 0x7f) == 5 ? "unknown" : Integer.toString(t.reason() & 0x7f));
    String encrypted = (t.reason() & 0x80) != 0 ? "encrypted " : "";
    return "%s flow 0x0 , identity %s->%s state %s%s ifindex %d orig-ip %s: %s"
        .formatted(
            point(t),
            identity(t.srcLabel()),
            identity(t.dstLabel()),
            encrypted,
            state,
            t.ifindex(),
            t.origIp(),
            packet(t.captured()));
  }

  private static String point(Notification.Trace t) {
    Optional<ObservationPoint> point = ObservationPoint.ofCode(t.point());
    if (point.isEmpty()) {
      return "?? point " + t.point();
    }
    return switch (point.get()) {
      case TO_LXC -> "-> endpoint " + t.dstId();
      case TO_PROXY -> t.dstId() == 0 ? "-> proxy" : "-> proxy port " + t.dstId();
      case TO_HOST -> "-> host from";
      case TO_STACK -> "-> stack";
      case TO_OVERLAY -> "-> overlay";
      case TO_NETWORK -> "-> network";
      case FROM_LXC -> "<- endpoint " + t.source();
      case FROM_PROXY -> "<- proxy";
      case FROM_HOST -> "<- host";
      case FROM_STACK -> "<- stack";
      case FROM_OVERLAY -> "<- overlay";
      case FROM_NETWORK -> "<- network";
    };
  }

  private static String action(Notification.PolicyVerdict v) {
    String action =
        v.verdict() < 0
            ? "deny"
            : v.verdict() > 0
                ? "redirect to proxy port " + ((v.verdict() & 0xff) << 8 | v.verdict() >> 8 & 0xff)
                : "allow";
    return v.audited() ? "audit" : action;
  }

  /** An identity as the monitor writes it: by name where it is reserved. */
  public static String identity(long id) {
    return id >= 0 && id < RESERVED.length ? RESERVED[(int) id] : Long.toString(id);
  }

  /** The captured packet as the monitor sums it up. */
  public static String packet(Bytes captured) {
    PacketView view = PacketView.of(captured);
    if (view.network() instanceof Layer.Arp arp) {
      return arp.senderMac() + " -> " + arp.targetMac() + " ARP";
    }
    if (!(view.network() instanceof Layer.Ip ip)) {
      Layer.Ethernet ethernet = view.ethernet();
      return ethernet == null
          ? captured.length() + " bytes"
          : ethernet.src()
              + " -> "
              + ethernet.dst()
              + " ethertype 0x%04x".formatted(ethernet.etherType());
    }
    return switch (view.transport()) {
      case Layer.Tcp t ->
          socket(ip.src(), t.srcPort())
              + " -> "
              + socket(ip.dst(), t.dstPort())
              + " tcp "
              + t.flagNames().replace(",", ", ");
      case Layer.Udp u ->
          socket(ip.src(), u.srcPort()) + " -> " + socket(ip.dst(), u.dstPort()) + " udp";
      case Layer.Sctp s ->
          socket(ip.src(), s.srcPort()) + " -> " + socket(ip.dst(), s.dstPort()) + " sctp";
      case Layer.Icmp i -> ip.src() + " -> " + ip.dst() + " " + icmp(i);
      case null, default ->
          ip.src()
              + " -> "
              + ip.dst()
              + " "
              + Protocols.name(ip.protocol()).toLowerCase(java.util.Locale.ROOT);
    };
  }

  /** The message's name in one word, as the monitor writes it: {@code EchoRequest}. */
  public static String icmp(Layer.Icmp icmp) {
    if (icmp.echo()) {
      return icmp.request() ? "EchoRequest" : "EchoReply";
    }
    if (icmp.v6()) {
      return switch (icmp.type()) {
        case 1 -> "DestinationUnreachable(" + icmp.code() + ")";
        case 2 -> "PacketTooBig";
        case 3 -> "TimeExceeded(" + icmp.code() + ")";
        case 135 -> "NeighborSolicitation";
        case 136 -> "NeighborAdvertisement";
        default -> "icmpv6 type " + icmp.type();
      };
    }
    return switch (icmp.type()) {
      case 3 -> "DestinationUnreachable(" + icmp.code() + ")";
      case 11 -> "TimeExceeded(" + icmp.code() + ")";
      default -> "icmp type " + icmp.type();
    };
  }

  private static String socket(org.tailwalk.packet.IpAddress address, int port) {
    return (address.v6() ? "[" + address + "]" : address.toString()) + ":" + port;
  }
}
