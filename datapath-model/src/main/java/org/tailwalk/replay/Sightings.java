// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.replay;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tailwalk.packet.Bytes;
import org.tailwalk.packet.Layer;
import org.tailwalk.packet.PacketView;
import org.tailwalk.scenario.CapturePoint;

/**
 * The same packet seen at several places, within a short time. Asked in capture order, by one
 * thread.
 */
final class Sightings {
  private static final long WINDOW_NANOS = 1_000_000_000L;

  /** Below the shortest retransmission timer: an identical frame later is another packet. */
  private static final long IDENTICAL_WINDOW_NANOS = 100_000_000L;

  private record First(long number, long timeNanos, Bytes link) {}

  private final CapturePoint point;
  private final Map<Bytes, First> recent = new HashMap<>();
  private final List<Map.Entry<Bytes, First>> order = new ArrayList<>();
  private int head;

  Sightings(CapturePoint point) {
    this.point = point;
  }

  /** The number of the first sighting, unless this is it. */
  Optional<Long> seen(long number, long timeNanos, PacketView view, boolean podToPod) {
    if (!(view.network() instanceof Layer.Ip ip) || !(podToPod || point == CapturePoint.ANY)) {
      return Optional.empty();
    }
    forget(timeNanos);
    Bytes link = view.bytes().slice(0, 14);
    Bytes key = identity(view.bytes(), ip);
    int hops = ip.ttl();
    Bytes place = Bytes.copyOf(concat(link, hops));
    First first = recent.get(key);
    if (first != null) {
      boolean elsewhere = !first.link().equals(place);
      boolean again =
          point == CapturePoint.ANY && timeNanos - first.timeNanos() <= IDENTICAL_WINDOW_NANOS;
      if (elsewhere || again) {
        return Optional.of(first.number());
      }
    }
    First now = new First(number, timeNanos, place);
    recent.put(key, now);
    order.add(Map.entry(key, now));
    return Optional.empty();
  }

  private static byte[] concat(Bytes link, int hops) {
    byte[] all = Arrays.copyOf(link.toArray(), 15);
    all[14] = (byte) hops;
    return all;
  }

  private void forget(long timeNanos) {
    while (head < order.size()
        && timeNanos - order.get(head).getValue().timeNanos() > WINDOW_NANOS) {
      Map.Entry<Bytes, First> old = order.get(head++);
      recent.remove(old.getKey(), old.getValue());
    }
    if (head > 1024 && head * 2 > order.size()) {
      order.subList(0, head).clear();
      head = 0;
    }
  }

  /** What forwarding leaves alone: not the MACs, not TTL and header checksum, not padding. */
  private static Bytes identity(Bytes bytes, Layer.Ip ip) {
    byte[] packet = bytes.slice(ip.offset(), bytes.length()).toArray();
    int total =
        switch (ip) {
          case Layer.Ipv4 v4 -> v4.totalLength();
          case Layer.Ipv6 v6 -> v6.totalPayload() + 40;
        };
    if (total >= 20 && total < packet.length) {
      packet = Arrays.copyOf(packet, total);
    }
    switch (ip) {
      case Layer.Ipv4 _ -> {
        packet[8] = 0;
        packet[10] = 0;
        packet[11] = 0;
      }
      case Layer.Ipv6 _ -> packet[7] = 0;
    }
    return Bytes.copyOf(packet);
  }
}
