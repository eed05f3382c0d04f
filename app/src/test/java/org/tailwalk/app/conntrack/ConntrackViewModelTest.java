// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.conntrack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.tailwalk.app.window.Synthetic;
import org.tailwalk.datapath.ModelReplayEngine;
import org.tailwalk.replay.CaptureReplay;
import org.tailwalk.replay.FrameSource;
import org.tailwalk.replay.PacketReplay;
import org.tailwalk.scenario.DatapathConstants;

final class ConntrackViewModelTest {
  private static final DatapathConstants CONSTANTS = DatapathConstants.AGENT_DEFAULTS;

  private final ConntrackViewModel panel = new ConntrackViewModel();

  /** A SYN, and GRE that looks nothing up. */
  private static List<PacketReplay> replay() throws Exception {
    List<PacketReplay> packets = new ArrayList<>();
    try (CaptureReplay replay =
        CaptureReplay.open(Synthetic.scenario(), null, new ModelReplayEngine())) {
      replay.run(FrameSource.of(List.of(Synthetic.frame(0), Synthetic.frame(39))), packets::add);
    }
    return packets;
  }

  private static EntryLife entry(List<PacketReplay> packets) {
    return EntryLife.of(packets.getFirst(), CONSTANTS, Optional.empty()).orElseThrow();
  }

  @Test
  void anEntryThatStandsIsShownOfThePacketAskedFor() throws Exception {
    List<PacketReplay> packets = replay();
    panel.show(packets.get(1), CONSTANTS, Optional.empty());
    panel.stands(packets.get(1), entry(packets));
    assertThat(panel.lifeProperty().get()).contains(entry(packets));
    assertThat(panel.noteProperty().get()).isNotEmpty();
  }

  @Test
  void anAnswerOutOfAnotherReplayIsNotShown() throws Exception {
    List<PacketReplay> before = replay();
    List<PacketReplay> now = replay();
    panel.show(before.get(1), CONSTANTS, Optional.empty());
    panel.show(now.get(1), CONSTANTS, Optional.empty());
    panel.stands(before.get(1), entry(before));
    assertThat(panel.lifeProperty().get()).isEmpty();
  }
}
