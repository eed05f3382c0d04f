// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.inspector;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.tailwalk.app.capture.Capture;
import org.tailwalk.app.capture.CaptureFrames;
import org.tailwalk.app.capture.CaptureProgress;
import org.tailwalk.app.capture.CaptureScenario;
import org.tailwalk.app.inspector.InspectorViewModel.Span;
import org.tailwalk.app.tasks.Work;
import org.tailwalk.datapath.ModelReplayEngine;
import org.tailwalk.filter.Filter;
import org.tailwalk.filter.FrameSubject;
import org.tailwalk.filter.Truth;
import org.tailwalk.packet.Bytes;
import org.tailwalk.replay.CaptureReplay;
import org.tailwalk.replay.PacketReplay;

/** A packet before the datapath and after it: its marks, and the filters its fields offer. */
final class InspectorViewModelTest {
  private final InspectorViewModel model = new InspectorViewModel(Work.here());

  static List<PacketReplay> packets(String sample) throws Exception {
    List<PacketReplay> packets = new ArrayList<>();
    Path file = Path.of("../samples", sample, "capture.pcap");
    try (Capture capture = Capture.open(file.toString(), CaptureProgress.NONE);
        CaptureReplay replay =
            CaptureReplay.open(
                CaptureScenario.find(capture, null).scenario(), null, new ModelReplayEngine())) {
      replay.run(new CaptureFrames(capture), packets::add);
    }
    return packets;
  }

  private static Bytes after(PacketReplay packet) {
    return packet.primary().orElseThrow().trace().frame();
  }

  private Stream<PacketNode> fields() {
    return model.contentProperty().get().tree().stream()
        .filter(layer -> !layer.name().equals(InspectorViewModel.CHANGED))
        .flatMap(InspectorViewModelTest::all);
  }

  private static Stream<PacketNode> all(PacketNode node) {
    return Stream.concat(
        Stream.of(node), node.children().stream().flatMap(InspectorViewModelTest::all));
  }

  @Test
  void whatADatapathWroteIsNoFilterForThePacketThatCameIn() throws Exception {
    model.afterProperty().set(true);
    int rewritten = 0;
    int kept = 0;
    for (PacketReplay packet : packets("services")) {
      model.show(packet);
      for (PacketNode field : fields().filter(f -> !f.filter().isEmpty()).toList()) {
        assertThat(
                Filter.parse(field.filter())
                    .test(FrameSubject.of((int) packet.number(), packet.frame())))
            .as("packet %s: %s", packet.number(), field.filter())
            .isEqualTo(Truth.YES);
        kept++;
      }
      Bytes before = packet.frame().data();
      if (!after(packet).slice(30, 34).equals(before.slice(30, 34))) {
        rewritten++;
        assertThat(fields())
            .filteredOn(f -> f.name().equals("Destination") && f.from() == 30)
            .singleElement()
            .satisfies(f -> assertThat(f.value()).isNotEmpty())
            .satisfies(f -> assertThat(f.filter()).isEmpty());
      }
    }
    assertThat(rewritten).as("a test of nothing proves nothing").isPositive();
    assertThat(kept).isGreaterThan(rewritten);
  }

  @Test
  void theMarkedFieldStaysMarkedWhereNothingElseIsShown() throws Exception {
    PacketReplay same =
        packets("nobody-heard").stream()
            .filter(p -> after(p).equals(p.frame().data()))
            .findFirst()
            .orElseThrow();
    model.show(same);
    model.mark(22, 23);
    model.afterProperty().set(true);
    assertThat(model.markedProperty().get()).isEqualTo(new Span(22, 23));
    model.clear();
    assertThat(model.markedProperty().get()).isEqualTo(Span.NONE);
  }
}
