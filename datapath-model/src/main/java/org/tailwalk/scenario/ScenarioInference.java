// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.scenario;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.tailwalk.packet.Bytes;
import org.tailwalk.packet.Frame;
import org.tailwalk.packet.IpAddress;
import org.tailwalk.packet.Layer;
import org.tailwalk.packet.MacAddress;
import org.tailwalk.packet.PacketView;
import org.tailwalk.packet.Prefix;
import org.tailwalk.text.Message;

/**
 * Guesses a node from a capture when nobody says what it was. The rules, in order:
 *
 * <ol>
 *   <li>A MAC that sends from one IPv4 address at most is a host's; one that sends from several is
 *       a router's, the node's side of a veth or a gateway.
 *   <li>Beside a router, every host with a private address is a pod. Between two hosts, the one
 *       that sends first with a private address is the pod, the other is the world.
 *   <li>Where only routers send, the capture is from the node's interface: the private addresses
 *       behind the router that has most of them are pods.
 *   <li>Else the private address (or any) that sends most is the pod; without any address, the MAC
 *       that sends first is, and is given one. There is always a pod.
 *   <li>A packet seen twice within a tenth of a second means a capture of all interfaces; otherwise
 *       it was taken on a pod's veth.
 *   <li>Everything else is the world, all policy allows, and an address that answers ARP from the
 *       node's side is the host's.
 * </ol>
 */
public final class ScenarioInference {
  /** How many frames are worth looking at. */
  public static final int SAMPLE = 20_000;

  private static final int MOST_ENDPOINTS = 16;
  private static final IpAddress MADE_UP = IpAddress.parse("10.0.0.1");
  private static final long TWICE_NANOS = 100_000_000L;
  private static final List<Prefix> PRIVATE =
      List.of(
          Prefix.parse("10.0.0.0/8"),
          Prefix.parse("172.16.0.0/12"),
          Prefix.parse("192.168.0.0/16"),
          Prefix.parse("100.64.0.0/10"),
          Prefix.parse("fc00::/7"));
  private static final List<Prefix> NO_PEER =
      List.of(
          Prefix.parse("0.0.0.0/8"),
          Prefix.parse("169.254.0.0/16"),
          Prefix.parse("224.0.0.0/3"),
          Prefix.parse("::/128"),
          Prefix.parse("fe80::/10"),
          Prefix.parse("ff00::/8"));

  /** What one MAC sent. */
  private static final class Station {
    final MacAddress mac;
    final Map<IpAddress, Long> addresses = new LinkedHashMap<>();
    final Map<MacAddress, Long> peers = new LinkedHashMap<>();

    Station(MacAddress mac) {
      this.mac = mac;
    }

    List<IpAddress> family(boolean v6) {
      return addresses.entrySet().stream()
          .filter(e -> e.getKey().v6() == v6)
          .sorted(Map.Entry.<IpAddress, Long>comparingByValue().reversed())
          .map(Map.Entry::getKey)
          .toList();
    }

    boolean host() {
      return family(false).size() <= 1 && family(true).size() <= 3 && mac.value() != 0;
    }

    boolean privateHost() {
      return host() && addresses.keySet().stream().anyMatch(ScenarioInference::isPrivate);
    }

    long frames() {
      return addresses.values().stream().mapToLong(Long::longValue).sum();
    }

    Optional<MacAddress> peer() {
      return peers.entrySet().stream()
          .max(Map.Entry.comparingByValue())
          .map(Map.Entry::getKey)
          .filter(m -> m.value() != 0);
    }
  }

  /** A guessed pod. */
  private record Pod(@Nullable IpAddress v4, @Nullable IpAddress v6, @Nullable Station station) {}

  private final Map<MacAddress, Station> stations = new LinkedHashMap<>();
  private final Map<IpAddress, MacAddress> arp = new LinkedHashMap<>();
  private final Map<Bytes, Long> seen = new HashMap<>();
  private final List<Message> notes = new ArrayList<>();
  private boolean twice;

  private ScenarioInference() {}

  /**
   * Guesses from a capture's first frames.
   *
   * @param name for people, such as the file's name
   * @param known where the tap was, when the file tells (a capture of {@code any}); else null
   */
  public static Scenario infer(String name, Iterable<Frame> frames, @Nullable CapturePoint known) {
    ScenarioInference inference = new ScenarioInference();
    int looked = 0;
    for (Frame frame : frames) {
      if (looked++ == SAMPLE) {
        break;
      }
      inference.look(frame);
    }
    return inference.scenario(name, known);
  }

  private static boolean isPrivate(IpAddress address) {
    return PRIVATE.stream().anyMatch(p -> p.contains(address));
  }

  private static boolean peer(IpAddress address) {
    return NO_PEER.stream().noneMatch(p -> p.contains(address));
  }

  private void look(Frame frame) {
    PacketView view = PacketView.of(frame.data());
    Layer.Ethernet ethernet = view.ethernet();
    if (ethernet == null) {
      return;
    }
    Station station = stations.computeIfAbsent(ethernet.src(), Station::new);
    boolean unicast = (ethernet.dst().value() >>> 40 & 1) == 0;
    switch (view.network()) {
      case Layer.Ip ip when peer(ip.src()) -> {
        station.addresses.merge(ip.src(), 1L, Long::sum);
        if (unicast) {
          station.peers.merge(ethernet.dst(), 1L, Long::sum);
        }
        twice(frame, view, ip);
      }
      case Layer.Arp a when peer(a.senderIp()) -> arp.putIfAbsent(a.senderIp(), a.senderMac());
      case null, default -> {}
    }
  }

  /** The same packet at another hop: all but the MACs, TTL and header checksum is equal. */
  private void twice(Frame frame, PacketView view, Layer.Ip ip) {
    byte[] packet = view.bytes().slice(ip.offset(), view.bytes().length()).toArray();
    if (ip instanceof Layer.Ipv4) {
      packet[8] = 0;
      packet[10] = 0;
      packet[11] = 0;
    } else {
      packet[7] = 0;
    }
    Bytes key = Bytes.copyOf(packet, 0, Math.min(packet.length, 96));
    Bytes place = view.bytes().slice(0, 14);
    byte[] all = java.util.Arrays.copyOf(place.toArray(), 15);
    all[14] = (byte) ip.ttl();
    Long before = seen.put(key, frame.timeNanos());
    Long samePlace = seen.put(Bytes.copyOf(concat(all, key.toArray())), frame.timeNanos());
    if (before != null
        && samePlace == null
        && Math.abs(frame.timeNanos() - before) <= TWICE_NANOS) {
      twice = true;
    }
  }

  private static byte[] concat(byte[] a, byte[] b) {
    byte[] all = java.util.Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, all, a.length, b.length);
    return all;
  }

  private Scenario scenario(String name, @Nullable CapturePoint known) {
    CapturePoint point = known != null ? known : CapturePoint.POD_VETH;
    List<Station> talking = stations.values().stream().filter(s -> !s.addresses.isEmpty()).toList();
    List<Pod> pods = hosts(talking);
    if (pods.isEmpty()) {
      pods = behindRouter(talking);
      if (!pods.isEmpty() && known == null) {
        point = CapturePoint.NODE_INTERFACE;
        notes.add(Message.of("inferred.node-interface"));
      }
    }
    if (pods.isEmpty()) {
      pods = loudest(talking);
    }
    if (pods.isEmpty()) {
      pods = anybody();
    }
    if (known == null && point == CapturePoint.POD_VETH) {
      point = twice ? CapturePoint.ANY : CapturePoint.POD_VETH;
      notes.add(Message.of(twice ? "inferred.all-interfaces" : "inferred.pod-veth"));
    }
    notes.add(Message.of("inferred.no-policy"));
    return new Scenario(
        name,
        true,
        notes,
        point,
        DatapathSpec.DEFAULT,
        DatapathConstants.AGENT_DEFAULTS,
        null,
        node(pods),
        ReplaySettings.DEFAULT);
  }

  private List<Pod> hosts(List<Station> talking) {
    List<Station> hosts =
        talking.stream()
            .filter(Station::privateHost)
            .sorted(Comparator.comparingLong(Station::frames).reversed())
            .toList();
    boolean router = talking.stream().anyMatch(s -> !s.host());
    if (hosts.isEmpty()) {
      return List.of();
    }
    if (!router && talking.size() <= 2) {
      Station first =
          talking.stream().filter(Station::privateHost).findFirst().orElse(hosts.getFirst());
      notes.add(Message.of("inferred.two-hosts"));
      return List.of(pod(first));
    }
    if (hosts.size() > MOST_ENDPOINTS) {
      notes.add(Message.of("inferred.many-hosts", hosts.size(), MOST_ENDPOINTS));
    }
    return hosts.stream().limit(MOST_ENDPOINTS).map(ScenarioInference::pod).toList();
  }

  private static Pod pod(Station station) {
    List<IpAddress> v4 = station.family(false);
    List<IpAddress> v6 = station.family(true);
    return new Pod(
        v4.isEmpty() ? null : v4.getFirst(), v6.isEmpty() ? null : v6.getFirst(), station);
  }

  private List<Pod> behindRouter(List<Station> talking) {
    return talking.stream()
        .filter(s -> s.mac.value() != 0 && !s.host())
        .map(s -> s.addresses.keySet().stream().filter(ScenarioInference::isPrivate).toList())
        .filter(addresses -> !addresses.isEmpty())
        .max(Comparator.comparingInt(List::size))
        .map(addresses ->
            addresses.stream()
                .limit(MOST_ENDPOINTS)
                .map(a -> a.v6() ? new Pod(null, a, null) : new Pod(a, null, null))
                .toList())
        .orElse(List.of());
  }

  private List<Pod> loudest(List<Station> talking) {
    record Sender(Station station, IpAddress address, long frames) {}
    List<Sender> senders = new ArrayList<>();
    for (Station station : talking) {
      station.addresses.forEach((a, n) -> senders.add(new Sender(station, a, n)));
    }
    Optional<Sender> loudest =
        senders.stream()
            .max(
                Comparator.comparing((Sender s) -> isPrivate(s.address()))
                    .thenComparingLong(Sender::frames));
    loudest.ifPresent(s -> notes.add(Message.of("inferred.loudest")));
    return loudest
        .map(s ->
            s.address().v6()
                ? new Pod(null, s.address(), s.station())
                : new Pod(s.address(), null, s.station()))
        .map(List::of)
        .orElse(List.of());
  }

  /** Nobody has an address of use: the MAC that sends first gets one, so that its frames run. */
  private List<Pod> anybody() {
    notes.add(Message.of("inferred.made-up", MADE_UP));
    Station first =
        stations.values().stream().filter(s -> s.mac.value() != 0).findFirst().orElse(null);
    return List.of(new Pod(MADE_UP, null, first));
  }

  private NodeState node(List<Pod> pods) {
    List<EndpointConfig> endpoints = new ArrayList<>();
    List<SecurityIdentity> identities = new ArrayList<>();
    Set<MacAddress> nodeMacs = new LinkedHashSet<>();
    Set<IpAddress> used = new TreeSet<>();
    for (Pod guess : pods) {
      // An address that two MACs send from belongs to the first.
      IpAddress v4 = guess.v4();
      IpAddress v6 = guess.v6();
      Pod pod =
          new Pod(
              v4 != null && used.add(v4) ? v4 : null,
              v6 != null && used.add(v6) ? v6 : null,
              guess.station());
      if (pod.v4() == null && pod.v6() == null) {
        continue;
      }
      int id = 100 + endpoints.size();
      long identity = 1000 + endpoints.size();
      String podName = "pod-" + (endpoints.size() + 1);
      Station station = pod.station();
      MacAddress mac =
          station == null || station.mac.value() == 0 ? ScenarioReader.podMac(id) : station.mac;
      MacAddress nodeMac =
          station == null
              ? ScenarioReader.nodeMac(id)
              : station.peer().orElse(ScenarioReader.nodeMac(id));
      nodeMacs.add(nodeMac);
      endpoints.add(
          new EndpointConfig(
              id,
              podName,
              pod.v4(),
              pod.v6(),
              mac,
              nodeMac,
              11L + endpoints.size(),
              identity,
              3,
              false));
      identities.add(new SecurityIdentity(identity, List.of("k8s:inferred=" + podName)));
      notes.add(
          Message.of(
              "inferred.pod", podName, String.valueOf(pod.v4() != null ? pod.v4() : pod.v6())));
    }
    List<IpAddress> host =
        arp.entrySet().stream()
            .filter(e -> nodeMacs.contains(e.getValue()) && used.add(e.getKey()))
            .map(Map.Entry::getKey)
            .toList();
    return new NodeState(
        endpoints,
        host,
        identities,
        List.of(
            IpcacheMapping.of(Prefix.parse("0.0.0.0/0"), 2),
            IpcacheMapping.of(Prefix.parse("::/0"), 2)),
        Policy.ALLOW_ALL,
        List.of(),
        List.of());
  }
}
