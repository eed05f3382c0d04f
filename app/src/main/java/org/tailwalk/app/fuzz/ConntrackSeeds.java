// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.fuzz;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tailwalk.event.MapKey;
import org.tailwalk.event.MapRole;
import org.tailwalk.event.MapValue;
import org.tailwalk.scenario.ConntrackSeed;
import org.tailwalk.scenario.ReplaySettings;

/**
 * Conntrack entries that are there before the first packet of a flow: also such as no packet could
 * have made in this build, because another program or another version of it may have.
 */
final class ConntrackSeeds {
  private static final int[] BITS = {0, 1, 2, 3, 8, 16, 16, 32, 64, 128, 256, 19, 0x1ff, 0xffff};

  private final Dice dice;

  ConntrackSeeds(Dice dice) {
    this.dice = dice;
  }

  /** Entries for some of these flows. */
  List<ConntrackSeed> of(List<Flow> flows) {
    Map<List<Object>, ConntrackSeed> seeds = new LinkedHashMap<>();
    for (Flow flow : flows) {
      if (dice.oneIn(4)) {
        ConntrackSeed seed = seed(flow);
        seeds.put(List.of(seed.map(), seed.tuple()), seed);
      }
    }
    return List.copyOf(seeds.values());
  }

  private ConntrackSeed seed(Flow flow) {
    boolean tcp = flow.protocol() == FrameBuilder.TCP;
    MapRole map =
        flow.v6()
            ? (tcp ? MapRole.CT_TCP6 : MapRole.CT_ANY6)
            : (tcp ? MapRole.CT_TCP4 : MapRole.CT_ANY4);
    return new ConntrackSeed(map, tuple(flow), entry());
  }

  private MapKey.CtTuple tuple(Flow flow) {
    int protocol = flow.protocol();
    if (!flow.peer().equals(flow.answers()) && dice.oneIn(2)) {
      return new MapKey.CtTuple(
          flow.peer(),
          flow.own(),
          flow.podPort(),
          flow.peerPort(),
          protocol,
          MapKey.CtTuple.SERVICE);
    }
    if (protocol == FrameBuilder.ICMP || protocol == FrameBuilder.ICMPV6) {
      return new MapKey.CtTuple(
          flow.own(), flow.answers(), 0, flow.podPort(), protocol, MapKey.CtTuple.OUT);
    }
    return flow.podBegan()
        ? new MapKey.CtTuple(
            flow.own(),
            flow.answers(),
            flow.answerPort(),
            flow.podPort(),
            protocol,
            MapKey.CtTuple.OUT)
        : new MapKey.CtTuple(
            flow.peer(), flow.own(), flow.podPort(), flow.peerPort(), protocol, MapKey.CtTuple.IN);
  }

  private MapValue.CtEntry entry() {
    long base = ReplaySettings.DEFAULT_CLOCK_BASE;
    return new MapValue.CtEntry(
        dice.below(1000),
        dice.oneIn(2) ? dice.below(40) : dice.below(100_000),
        dice.below(1000),
        dice.below(100_000),
        dice.of(base - 1, base, base + 60, base + 21_600, 0L, 0xffffffffL),
        dice.of(BITS),
        dice.of(0, 0, 1, 2, 3, 9),
        dice.of(0, 11, 65535),
        dice.of(0, 2, 0x12, 0xff),
        dice.of(0, 2, 0x12, 0xff),
        dice.of(Universe.IDENTITIES),
        dice.of(0L, base - 5, base, 0xffffffffL),
        dice.of(0L, base - 5, base, 0xffffffffL));
  }
}
