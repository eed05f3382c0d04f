// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.notification;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tailwalk.app.notification.NotificationFields.Part;
import org.tailwalk.app.notification.NotificationViewModel.Letter;
import org.tailwalk.app.session.Focus;
import org.tailwalk.app.session.Lanes;
import org.tailwalk.app.session.OpenCapture;
import org.tailwalk.app.session.Replay;
import org.tailwalk.app.steps.StepRow;
import org.tailwalk.app.steps.StepsViewModel;
import org.tailwalk.app.tasks.Work;
import org.tailwalk.app.window.Synthetic;
import org.tailwalk.datapath.ModelReplayEngine;
import org.tailwalk.event.Notification;
import org.tailwalk.event.PathEvent;
import org.tailwalk.event.PathTrace;
import org.tailwalk.event.ProgramRef;
import org.tailwalk.event.SourceRef;
import org.tailwalk.event.Step;
import org.tailwalk.packet.Bytes;
import org.tailwalk.packet.IpAddress;
import org.tailwalk.replay.LaneTrace;
import org.tailwalk.replay.PacketReplay;
import org.tailwalk.replay.TraceDiff;
import org.tailwalk.scenario.Era;

final class NotificationsTest {
  private final Focus focus = new Focus();
  private final NotificationViewModel model = new NotificationViewModel(focus, Work.here());
  private Replay replay;

  /** The model in both lanes, of eras that differ on GRE. */
  @BeforeEach
  void replay() throws Exception {
    OpenCapture capture = Synthetic.capture(200);
    Lanes lanes = new Lanes(_ -> new ModelReplayEngine(), "", "Kernel", new ModelReplayEngine());
    replay = Replay.run(capture, capture.scenario().withModel(Era.PR33551), lanes, (_, _) -> true);
    focus.show(replay);
    model.shownProperty().set(true);
  }

  @AfterEach
  void close() {
    replay.close();
  }

  private PacketReplay first(java.util.function.Predicate<PacketReplay> wanted) throws Exception {
    for (int i = 1; i <= 200; i++) {
      PacketReplay packet = replay.packet(i, (_, _) -> true);
      if (wanted.test(packet)) {
        return packet;
      }
    }
    throw new AssertionError("no such packet");
  }

  @Test
  void everyByteOfEveryStructIsTold() {
    Bytes frame = Bytes.ofHex("020000000001020000000002080045");
    for (Notification each :
        List.of(
            new Notification.Drop(42, 133, 60, 2, 1002, 42, 1899, 2, 0, 12, frame),
            new Notification.Trace(
                42, 5, 60, 1002, 0, 0, 0x81, false, 0, IpAddress.parse("10.0.0.1"), frame),
            new Notification.PolicyVerdict(42, 60, 2, -133, 80, 6, 1, false, 0, false, frame),
            new Notification.Debug(42, 8, 1, 2, 3),
            new Notification.DebugCapture(42, 4, 60, 1, 2, frame),
            new Notification.Signal(1, 0),
            new Notification.Unknown(Bytes.ofHex("630000")))) {
      int at = 0;
      for (Part part : NotificationFields.of(each, replay.scenario().node(), Optional.empty())) {
        assertThat(part.offset()).as("%s: %s", each, part.name()).isEqualTo(at);
        assertThat(part.raw()).isEqualTo(each.toBytes().slice(at, at + part.raw().length()));
        at += part.raw().length();
      }
      assertThat(at).as("%s", each).isEqualTo(each.toBytes().length());
    }
  }

  @Test
  void theLetterThatNeverLeavesSaysWhyAndTheOtherLaneSentIt() throws Exception {
    PacketReplay packet = first(p -> p.divergence() != null);
    focus.show(packet, packet.rows().size() - 1);
    List<Letter> letters = model.contentProperty().get().letters();
    assertThat(letters.getFirst().missing()).isTrue();
    assertThat(letters.getFirst().line())
        .contains("returned -137", "no call that sends a drop event", "22527");
    assertThat(letters)
        .anySatisfy(l -> {
          assertThat(l.title()).startsWith("Drop at P");
          assertThat(l.lanes()).isEqualTo("model alone");
          assertThat(l.differs()).isTrue();
          assertThat(l.line()).startsWith("xx drop (CT: Unknown L4 protocol)");
        });
  }

  @Test
  void aLetterThatNeitherLaneSentIsToldOnce() throws Exception {
    PacketReplay one = first(p -> p.divergence() != null);
    PacketReplay both =
        new PacketReplay(
            one.number(),
            one.frame(),
            one.placement(),
            one.kernel(),
            one.kernel(),
            List.of(),
            null);
    List<Letter> letters = NotificationViewModel.read(both, replay.scenario().node()).letters();
    assertThat(letters.stream().filter(Letter::missing))
        .singleElement()
        .satisfies(l -> assertThat(l.lanes()).isEqualTo("kernel and model: the same"));
  }

  @Test
  void aDropsFileIsTheOneOfTheProgramThatDropped() throws Exception {
    PacketReplay model = first(p -> p.divergence() != null);
    LaneTrace lane = Objects.requireNonNull(model.model());
    List<Step> steps = lane.trace().steps().stream().map(NotificationsTest::withLines).toList();
    PathTrace trace =
        new PathTrace(
            steps,
            lane.trace().returnCode(),
            lane.trace().frame(),
            lane.trace().context(),
            lane.trace().notes());
    PacketReplay packet =
        new PacketReplay(
            model.number(),
            model.frame(),
            model.placement(),
            new LaneTrace(trace, lane.reading(), lane.sweeps()),
            null,
            TraceDiff.single(trace, true),
            null);
    Letter letter =
        NotificationViewModel.read(packet, replay.scenario().node()).letters().getLast();
    assertThat(letter.line()).contains("file lxc/ours.h:52,");
    assertThat(letter.fields())
        .filteredOn(f -> f.name().equals("file"))
        .singleElement()
        .satisfies(f -> {
          assertThat(f.value()).isEqualTo("2");
          assertThat(f.meaning()).isEqualTo("lxc/ours.h");
        });
    StepsViewModel shown = new StepsViewModel();
    shown.show(packet);
    assertThat(shown.rows())
        .filteredOn(row -> row.kind() == StepRow.Kind.DROP_LETTER)
        .singleElement()
        .satisfies(row -> assertThat(row.kernel()).contains("file lxc/ours.h:52,"));
  }

  private static Step withLines(Step step) {
    return switch (step.event()) {
      case PathEvent.Entered _ ->
          new Step(step.event(), new SourceRef("f", 0, "./lxc/ours.h", 26, ""));
      case PathEvent.Notified(ProgramRef by, Notification.Drop d) ->
          new Step(
              new PathEvent.Notified(
                  by,
                  new Notification.Drop(
                      d.source(),
                      d.reason(),
                      d.originalLength(),
                      d.srcLabel(),
                      d.dstLabel(),
                      d.dstId(),
                      52,
                      2,
                      d.extError(),
                      d.ifindex(),
                      d.captured())),
              null);
      default -> step;
    };
  }

  @Test
  void whatBothLanesSentIsTheSame() throws Exception {
    PacketReplay packet = first(p -> p.divergence() == null && !p.rows().isEmpty());
    focus.show(packet, 0);
    assertThat(model.contentProperty().get().letters())
        .isNotEmpty()
        .allSatisfy(l -> {
          assertThat(l.differs()).isFalse();
          assertThat(l.fields()).allSatisfy(f -> assertThat(f.other()).isEmpty());
        });
  }
}
