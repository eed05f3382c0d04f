// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.tailwalk.app.packets.PacketRow;
import org.tailwalk.app.transport.Strip;
import org.tailwalk.app.window.FakeEngine;
import org.tailwalk.app.window.Synthetic;
import org.tailwalk.datapath.ModelReplayEngine;
import org.tailwalk.event.CtStatus;
import org.tailwalk.replay.PacketReplay;

final class ReplayTest {
  private static final Lanes BOTH =
      new Lanes(_ -> new FakeEngine("kernel", true), "", "Kernel", new FakeEngine("model", false));

  private static Replay replay(int packets) throws Exception {
    OpenCapture capture = Synthetic.capture(packets);
    return Replay.run(capture, capture.scenario(), BOTH, (_, _) -> true);
  }

  @Test
  void sumsUpEveryPacket() throws Exception {
    try (Replay replay = replay(4000)) {
      Summaries all = replay.summaries();
      assertThat(all.counts().total()).isEqualTo(4000);
      assertThat(all.counts().dropped()).isEqualTo(400);
      assertThat(all.counts().unheard()).isEqualTo(100);
      assertThat(all.counts().differing()).isEqualTo(100);
      PacketRow gre = all.row(40);
      assertThat(gre.outcome()).isEqualTo(PacketRow.Outcome.UNHEARD);
      assertThat(gre.verdictWords()).isEqualTo("passes raw -137");
      assertThat(gre.differs()).isTrue();
      PacketRow denied = all.row(5);
      assertThat(denied.verdictWords()).isEqualTo("Policy denied");
      assertThat(denied.info()).isEqualTo("TCP 51122→8080 SYN");
      PacketRow syn = all.row(3991);
      assertThat(syn.ct()).isEqualTo(CtStatus.NEW);
      assertThat(syn.timeText()).isEqualTo("4.987500");
      assertThat(syn.way()).isEqualTo(PacketRow.Way.OUT);
      assertThat(all.flow(1)).isEqualTo(all.flow(2)).isNotEqualTo(all.flow(11));
      assertThat(all.signs()[39]).isEqualTo((byte) Strip.Sign.DIFFERS.ordinal());
    }
  }

  @Test
  void aPacketIsTheSameWhenItIsRunAgain() throws Exception {
    try (Replay replay = replay(3000)) {
      PacketReplay kept = replay.packet(2500, (_, _) -> true);
      replay.forget();
      PacketReplay again = replay.packet(2500, (_, _) -> true);
      assertThat(again).isNotSameAs(kept);
      assertThat(again.rows()).isEqualTo(kept.rows());
      assertThat(replay.packet(2501, (_, _) -> true).number())
          .as("its neighbours are there now as well")
          .isEqualTo(2501);
    }
  }

  @Test
  void keepsAllTracesOfAShortCaptureAndFewOfALongOne() throws Exception {
    Lanes model = Lanes.modelAlone("not in this test", new ModelReplayEngine());
    OpenCapture few = Synthetic.capture(1_000);
    try (Replay replay = Replay.run(few, few.scenario(), model, (_, _) -> true)) {
      assertThat(replay.kept()).isEqualTo(1_000);
    }
    OpenCapture many = Synthetic.capture(40_000);
    try (Replay replay = Replay.run(many, many.scenario(), model, (_, _) -> true)) {
      assertThat(replay.kept()).isBetween(256, 10_000);
      assertThat(replay.packet(39_999, (_, _) -> true).number()).isEqualTo(39_999);
    }
  }

  @Test
  void stopsWhenItIsTold() {
    OpenCapture capture = Synthetic.capture(100_000);
    assertThatThrownBy(
            () -> Replay.run(capture, capture.scenario(), BOTH, (done, _) -> done < 1000))
        .isInstanceOf(CancellationException.class);
  }

  @Test
  void oneLaneIsEnough() throws Exception {
    OpenCapture capture = Synthetic.capture(100);
    Lanes modelAlone = new Lanes(null, "no privilege", "Kernel", new FakeEngine("model", false));
    try (Replay replay = Replay.run(capture, capture.scenario(), modelAlone, (_, _) -> true)) {
      assertThat(replay.summaries().counts().differing()).isZero();
      assertThat(replay.summaries().row(40).verdictWords()).isEqualTo("CT: Unknown L4 protocol");
      assertThat(replay.ran()).containsExactly("model (fake)");
      assertThat(replay.figures().kernelNanos()).isZero();
    }
  }

  @Test
  void textsComeBackAsTheyWere() {
    TextStore store = new TextStore();
    String[] texts = {
      "", "a", "→ ü 漢", "x".repeat(1 << 18), "y".repeat(175_000), "z".repeat(175_000)
    };
    for (String text : texts) {
      store.add(text);
    }
    for (int i = 0; i < texts.length; i++) {
      assertThat(store.get(i)).isEqualTo(texts[i]);
    }
  }
}
