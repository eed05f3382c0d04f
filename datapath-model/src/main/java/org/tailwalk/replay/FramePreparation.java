// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.replay;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tailwalk.packet.Bytes;
import org.tailwalk.packet.Frame;
import org.tailwalk.packet.Protocols;
import org.tailwalk.scenario.Fault;
import org.tailwalk.scenario.Scenario;

/** Makes what goes into the datapath of what was captured. */
final class FramePreparation {
  private final Map<Long, Integer> cuts = new HashMap<>();

  /** As a scenario's faults have it. */
  FramePreparation(Scenario scenario) {
    for (Fault fault : scenario.settings().faults()) {
      if (fault instanceof Fault.Truncate(long packet, int length)) {
        cuts.put(packet, length);
      }
    }
  }

  /**
   * The bytes that go in: tag off, filled up or cut.
   *
   * @param number of the packet, 1-based
   * @param marks hears what was done to them
   */
  Bytes prepare(long number, Frame frame, Set<Mark> marks) {
    @Nullable Integer cut = cuts.get(number);
    if (cut == null
        && frame.originalLength() == frame.data().length()
        && frame.data().u16(12) != Protocols.ETH_VLAN) {
      return frame.data();
    }
    byte[] data = frame.data().toArray();
    if (frame.originalLength() > data.length) {
      int length =
          Math.min(frame.originalLength(), Math.max(InjectionPlanner.LONGEST, data.length));
      marks.add(Mark.PADDED);
      data = Arrays.copyOf(data, length);
    }
    if (frame.originalLength() > InjectionPlanner.LONGEST) {
      marks.remove(Mark.PADDED);
      marks.add(Mark.TRUNCATED);
      data = Arrays.copyOf(data, InjectionPlanner.LONGEST);
    }
    int type = (data[12] & 0xff) << 8 | data[13] & 0xff;
    if (type == Protocols.ETH_VLAN && data.length >= 18) {
      marks.add(Mark.VLAN_STRIPPED);
      byte[] stripped = new byte[data.length - 4];
      System.arraycopy(data, 0, stripped, 0, 12);
      System.arraycopy(data, 16, stripped, 12, data.length - 16);
      data = stripped;
    }
    if (cut != null && cut < data.length) {
      marks.add(Mark.CUT_BY_FAULT);
      data = Arrays.copyOf(data, Math.max(cut, InjectionPlanner.SHORTEST));
    }
    return Bytes.copyOf(data);
  }
}
