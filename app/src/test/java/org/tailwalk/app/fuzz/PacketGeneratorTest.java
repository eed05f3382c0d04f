// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tailwalk.scenario.Era;

class PacketGeneratorTest {
  private static PacketGenerator generator(long seed) {
    Dice dice = new Dice(seed);
    return new PacketGenerator(
        dice, new ScenarioGenerator(dice).next("test", World.usual(Era.SEED)));
  }

  @Test
  void theSameSeedGivesTheSamePackets() {
    PacketGenerator first = generator(11);
    PacketGenerator second = generator(11);
    for (int i = 0; i < 500; i++) {
      assertThat(first.next()).isEqualTo(second.next());
    }
  }

  /** A generator that lost a kind of packet would make every later "no divergence" say less. */
  @Test
  void everyKindOfPacketIsThere() {
    Map<String, Integer> seen = new HashMap<>();
    for (int seed = 0; seed < 60; seed++) {
      PacketGenerator generator = generator(seed);
      for (int i = 0; i < 250; i++) {
        FuzzPacket packet = generator.next();
        for (String kind : kinds(packet)) {
          seen.merge(kind, 1, Integer::sum);
        }
      }
    }
    for (String kind :
        new String[] {
          "tcp", "udp", "icmp", "sctp", "other-protocol", "fragment", "ip-options", "short",
              "not-ipv4",
          "from-container", "policy", "to-container", "by-address", "over-a-day", "backwards",
              "syn", "rst", "fin",
          "ttl-1", "icmp-error", "over-1000-bytes"
        }) {
      assertThat(seen.getOrDefault(kind, 0)).as(kind + " of " + seen).isGreaterThan(20);
    }
  }

  private static java.util.List<String> kinds(FuzzPacket packet) {
    var kinds = new java.util.ArrayList<String>();
    var frame = packet.frame();
    kinds.add(packet.entry() == null ? "by-address" : packet.entry().hook().programId());
    if (packet.gapNanos() > 86_400_000_000_000L) {
      kinds.add("over-a-day");
    }
    if (packet.gapNanos() < 0) {
      kinds.add("backwards");
    }
    if (frame.length() > 1000) {
      kinds.add("over-1000-bytes");
    }
    if (frame.length() < 48) {
      kinds.add("short");
      return kinds;
    }
    if (frame.u16(12) != 0x0800) {
      kinds.add("not-ipv4");
      return kinds;
    }
    if ((frame.u16(20) & 0x3fff) != 0) {
      kinds.add("fragment");
    }
    if (frame.at(14) > 0x45) {
      kinds.add("ip-options");
    }
    if (frame.at(22) == 1) {
      kinds.add("ttl-1");
    }
    switch (frame.at(23)) {
      case 1 -> {
        kinds.add("icmp");
        if (frame.at(34) == 3 || frame.at(34) == 11) {
          kinds.add("icmp-error");
        }
      }
      case 6 -> {
        kinds.add("tcp");
        int flags = frame.at(47);
        if ((flags & 2) != 0) {
          kinds.add("syn");
        }
        if ((flags & 4) != 0) {
          kinds.add("rst");
        }
        if ((flags & 1) != 0) {
          kinds.add("fin");
        }
      }
      case 17 -> kinds.add("udp");
      case 132 -> kinds.add("sctp");
      default -> kinds.add("other-protocol");
    }
    return kinds;
  }
}
