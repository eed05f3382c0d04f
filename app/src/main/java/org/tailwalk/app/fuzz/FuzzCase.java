// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.fuzz;

import java.util.ArrayList;
import java.util.List;
import org.tailwalk.packet.Frame;
import org.tailwalk.scenario.InjectionRule;
import org.tailwalk.scenario.ReplaySettings;
import org.tailwalk.scenario.Scenario;

/**
 * A scenario and packets.
 *
 * @param base without the rules that say where the packets enter
 */
public record FuzzCase(Scenario base, List<FuzzPacket> packets) {
  /** Capture time of the first packet. */
  private static final long EPOCH_NANOS = 1_767_603_600_000_000_000L;

  /** Keeps its own copy. */
  public FuzzCase {
    packets = List.copyOf(packets);
  }

  FuzzCase withBase(Scenario other) {
    return new FuzzCase(other, packets);
  }

  FuzzCase withPackets(List<FuzzPacket> others) {
    return new FuzzCase(base, others);
  }

  /** The scenario with a rule for each packet that has an entry. */
  Scenario scenario() {
    List<InjectionRule> rules = new ArrayList<>();
    for (int i = 0; i < packets.size(); i++) {
      InjectionRule.Entry entry = packets.get(i).entry();
      if (entry != null) {
        rules.add(new InjectionRule(i + 1, i + 1, null, null, entry));
      }
    }
    ReplaySettings s = base.settings();
    return base.withSettings(
        new ReplaySettings(
            s.gc(), s.clockBaseSeconds(), s.seed(), s.ctCapacity(), s.faults(), rules));
  }

  /** The packets as a capture holds them. */
  List<Frame> frames() {
    List<Frame> frames = new ArrayList<>(packets.size());
    long time = EPOCH_NANOS;
    for (FuzzPacket packet : packets) {
      time += frames.isEmpty() ? 0 : packet.gapNanos();
      frames.add(Frame.whole(packet.frame(), time));
    }
    return frames;
  }
}
