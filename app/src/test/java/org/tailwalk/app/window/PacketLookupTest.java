// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
import org.tailwalk.engine.ForwardingSession;
import org.tailwalk.engine.ReplayEngine;
import org.tailwalk.event.MapRef;
import org.tailwalk.event.MapRole;
import org.tailwalk.replay.FrameSource;

/** Looking packets up, with the jobs done when the test says so. */
final class PacketLookupTest {
  /** Its packets can only be had by running all before them again. */
  private static final ReplayEngine FULL =
      new WrappedEngine(
          new FakeEngine("model", false),
          session ->
              new ForwardingSession(session) {
                @Override
                public Map<MapRef, Integer> evicting() {
                  return Map.of(MapRef.shared(MapRole.CT_TCP4), 1);
                }
              });

  private final Later jobs = new Later();
  private final StatusViewModel status = new StatusViewModel();
  private final BooleanProperty settled = new SimpleBooleanProperty();
  private boolean opening;
  private final List<Long> found = new ArrayList<>();
  private final PacketLookup lookup =
      new PacketLookup(
          jobs.work(),
          status,
          new FaultReport(status),
          settled,
          () -> opening,
          (scene, _) -> found.add(scene.packet().number()));
  private Replay replay;

  /** What happens when the capture is read once more. */
  private Reading reading = () -> {};

  private interface Reading {
    void begins() throws IOException;
  }

  @BeforeEach
  void replay() throws Exception {
    OpenCapture capture = Synthetic.read(Synthetic.capture(60), this::frames);
    Lanes model = new Lanes(null, "", "", new FakeEngine("model", false));
    replay = Replay.run(capture, capture.scenario(), model, (_, _) -> true);
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

  @Test
  void onlyTheLastPacketWantedIsHandedOver() {
    lookup.want(5);
    lookup.want(9);
    jobs.all();
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
    jobs.next();
    assertThat(settled.get()).as("packet 9 is still looked for").isFalse();
    jobs.all();
    assertThat(found).containsExactly(9L);
    assertThat(status.errorProperty().get()).isEmpty();
  }

  @Test
  void aSearchThatWasEndedDoesNotEndALaterOneOfItsPacket() {
    reading =
        () -> {
          reading = () -> {};
          lookup.want(9);
          lookup.want(5);
          status.begin("of somebody else", () -> {});
          throw new CancellationException("another is wanted");
        };
    lookup.want(5);
    jobs.next();
    assertThat(settled.get()).as("packet 5 is looked for again").isFalse();
    assertThat(status.progressProperty().get()).isNotNaN();
    jobs.all();
    assertThat(found).containsExactly(5L);
    assertThat(settled.get()).isFalse();
  }

  /** The two may want a packet of the same number. */
  @Test
  void aSearchInAReplayThatIsNoLongerShownEnds() throws Exception {
    replay.close();
    int last = 40_000;
    long[] read = new long[1];
    OpenCapture capture =
        Synthetic.read(
            Synthetic.capture(last),
            () -> {
              reading.begins();
              FrameSource frames = Synthetic.capture(last).frames().open();
              return () -> {
                read[0]++;
                return frames.next();
              };
            });
    replay = Replay.run(capture, capture.scenario(), new Lanes(null, "", "", FULL), (_, _) -> true);
    Forgetting.forget(replay);
    lookup.in(replay);
    read[0] = 0;
    reading =
        () -> {
          reading = () -> {};
          lookup.in(replay);
          lookup.want(last);
        };
    lookup.want(last);
    jobs.next();
    assertThat(read[0]).as("frames read for nobody").isLessThan(last / 2);
    jobs.all();
    assertThat(found).containsExactly((long) last);
  }

  @Test
  void whileAnotherReplayIsOnItsWayStatusBarAndWaitingAreIts() {
    reading =
        () -> {
          throw new IOException("read capture: 60.pcap: it is gone");
        };
    lookup.want(5);
    opening = true;
    status.begin("Opening…", () -> {});
    jobs.all();
    assertThat(status.errorProperty().get()).contains("it is gone");
    assertThat(settled.get()).isFalse();
    assertThat(status.progressProperty().get()).isNotNaN();
  }

  @Test
  void aPacketThatCannotBeHadIsToldAndThatIsAll() {
    reading =
        () -> {
          throw new IOException("read capture: 60.pcap: it is gone");
        };
    lookup.want(5);
    jobs.all();
    assertThat(found).isEmpty();
    assertThat(settled.get()).isTrue();
    assertThat(status.errorProperty().get()).isEqualTo("read capture: 60.pcap: it is gone");
  }
}
