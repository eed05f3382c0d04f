// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.conntrack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.tailwalk.app.session.Focus;
import org.tailwalk.app.session.Lanes;
import org.tailwalk.app.session.OpenCapture;
import org.tailwalk.app.session.Replay;
import org.tailwalk.app.window.Later;
import org.tailwalk.app.window.Synthetic;
import org.tailwalk.datapath.ModelReplayEngine;
import org.tailwalk.replay.PacketReplay;

final class FlowTimelineTest {
  private final Later jobs = new Later();
  private final Focus focus = new Focus();
  private final ConntrackViewModel panel = new ConntrackViewModel();
  private final FlowTimeline timeline = new FlowTimeline(focus, jobs.work(), panel);
  private final List<Integer> went = new ArrayList<>();

  private static Replay replay() throws Exception {
    OpenCapture capture = Synthetic.capture(20);
    Lanes lanes = Lanes.modelAlone("not in this test", new ModelReplayEngine());
    return Replay.run(capture, capture.scenario(), lanes, (_, _) -> true);
  }

  @Test
  void leadsToThePacketThatSetAFieldUnlessAnotherReplayIsShownByThen() throws Exception {
    focus.navigator((packet, _) -> went.add(packet));
    try (Replay replay = replay();
        Replay other = replay()) {
      PacketReplay packet = replay.packet(3, (_, _) -> true);
      focus.show(replay);
      panel.show(packet, replay.scenario().constants(), Optional.empty());
      focus.show(packet, 0);
      timeline.whoSet("tx_packets");
      jobs.all();
      assertThat(went).hasSize(1);

      timeline.whoSet("tx_packets");
      focus.show(other);
      jobs.all();
      assertThat(went).hasSize(1);
    }
  }
}
