// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tailwalk.app.session.Forgetting;
import org.tailwalk.app.session.Lanes;
import org.tailwalk.app.session.OpenCapture;
import org.tailwalk.app.session.Replay;
import org.tailwalk.app.status.StatusViewModel;
import org.tailwalk.app.tasks.Work;
import org.tailwalk.replay.FrameSource;

/** Looking packets up, with the jobs done when the test says so. */
final class PacketLookupTest {
  private final Queue<Runnable> jobs = new ArrayDeque<>();
  private final StatusViewModel status = new StatusViewModel();
  private final BooleanProperty settled = new SimpleBooleanProperty();
  private final List<Long> found = new ArrayList<>();
  private final PacketLookup lookup =
      new PacketLookup(
          new Work(jobs::add, Runnable::run),
          status,
          new FaultReport(status),
          settled,
          (scene, _) -> found.add(scene.packet().number()));
  private Replay replay;

  /** What happens when the capture is read once more. */
  private Reading reading = () -> {};

  private interface Reading {
    void begins() throws IOException;
  }

  @BeforeEach
  void replay() throws Exception {
    OpenCapture c = Synthetic.capture(60);
    OpenCapture capture =
        new OpenCapture(
            c.name(), c.size(), this::frames, c.scenario(), c.choices(), c.warnings(), () -> {});
    Lanes model = new Lanes(null, "", "", new FakeEngine("model", false));
    replay = Replay.run(capture, c.scenario(), model, (_, _) -> true);
    Forgetting.forget(replay);
    lookup.in(replay);
  }

  private FrameSource frames() throws IOException {
    reading.begins();
    return Synthetic.capture(60).frames().open();
  }

  @AfterEach
  void close() {
    replay.close();
  }

  private void drain() {
    for (Runnable job = jobs.poll(); job != null; job = jobs.poll()) {
      job.run();
    }
  }

  @Test
  void onlyTheLastPacketWantedIsHandedOver() {
    lookup.want(5);
    lookup.want(9);
    drain();
    assertThat(found).containsExactly(9L);
  }

  @Test
  void aSearchThatAnotherEndedSettlesNothing() throws Exception {
    reading =
        () -> {
          reading = () -> {};
          lookup.want(9);
          throw new CancellationException("another is wanted");
        };
    lookup.want(5);
    jobs.remove().run();
    assertThat(settled.get()).as("packet 9 is still looked for").isFalse();
    drain();
    assertThat(found).containsExactly(9L);
    assertThat(status.errorProperty().get()).isEmpty();
  }

  @Test
  void aPacketThatCannotBeHadIsToldAndThatIsAll() {
    reading =
        () -> {
          throw new IOException("read capture: 60.pcap: it is gone");
        };
    lookup.want(5);
    drain();
    assertThat(found).isEmpty();
    assertThat(settled.get()).isTrue();
    assertThat(status.errorProperty().get()).isEqualTo("read capture: 60.pcap: it is gone");
  }
}
