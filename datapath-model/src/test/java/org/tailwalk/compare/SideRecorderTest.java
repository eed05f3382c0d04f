// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.tailwalk.event.ContextState;
import org.tailwalk.event.PathTrace;
import org.tailwalk.packet.Bytes;
import org.tailwalk.packet.Frame;
import org.tailwalk.replay.LaneTrace;
import org.tailwalk.replay.PacketReplay;
import org.tailwalk.replay.Placement;
import org.tailwalk.replay.Reading;
import org.tailwalk.scenario.ScenarioJson;
import org.tailwalk.text.Message;

/** What is kept of a side, at its limits. */
class SideRecorderTest {
  private static final String NODE =
      """
      {
        "version": 1, "name": "one pod", "capturePoint": "pod-veth", "datapath": "bundled:seed",
        "endpoints": [{"id": 42, "name": "web", "ipv4": "10.0.0.11", "mac": "02:00:00:00:00:2a",
          "nodeMac": "02:00:00:00:01:2a", "ifindex": 12, "identity": 1002}]
      }
      """;

  @Test
  void eachPacketKeepsItsOwnEndHoweverManyEndsThereAre() throws Exception {
    SideRecorder recorder = new SideRecorder(ScenarioJson.parse("test", NODE), false);
    Frame frame = Frame.whole(Bytes.copyOf(new byte[60]), 1);
    int packets = 70_000;
    for (int i = 1; i <= packets; i++) {
      PathTrace trace = PathTrace.notRun("odd", "end " + i, frame.data(), ContextState.ZERO);
      Reading reading = new Reading(trace.verdict(), 0, null, null, false, List.of(), List.of());
      recorder.add(
          new PacketReplay(
              i,
              frame,
              new Placement.NotRun("odd", Message.plain("odd"), Set.of()),
              null,
              new LaneTrace(trace, reading, List.of()),
              List.of(),
              null));
    }
    SideRecord record = recorder.done();
    for (int i : new int[] {1, 32_767, 32_768, 32_769, 65_536, 65_537, packets}) {
      assertThat(record.outcome(i)).endsWith("end " + i);
    }
  }
}
