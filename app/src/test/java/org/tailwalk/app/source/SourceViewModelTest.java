// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.tailwalk.app.KernelPrivilege;
import org.tailwalk.app.capture.Capture;
import org.tailwalk.app.capture.CaptureFrames;
import org.tailwalk.app.capture.CaptureProgress;
import org.tailwalk.app.capture.CaptureScenario;
import org.tailwalk.app.platform.UserFolders;
import org.tailwalk.app.session.Focus;
import org.tailwalk.app.session.Lanes;
import org.tailwalk.app.session.OpenCapture;
import org.tailwalk.app.session.Replay;
import org.tailwalk.app.source.SourcePage.LineRow;
import org.tailwalk.app.tasks.Work;
import org.tailwalk.bpf.engine.BundledObjects;
import org.tailwalk.bpf.engine.KernelReplayEngine;
import org.tailwalk.bpf.engine.ObjectSource;
import org.tailwalk.datapath.ModelReplayEngine;
import org.tailwalk.event.PathEvent;
import org.tailwalk.replay.PacketReplay;
import org.tailwalk.scenario.Scenario;

/** The first sample, walked by the real programs: where the packet is in their source. */
final class SourceViewModelTest {
  private static final int GRE = 9;

  private final Focus focus = new Focus();
  private final SourceViewModel source = new SourceViewModel(focus, Work.here());
  private final List<String> went = new ArrayList<>();
  private Replay replay;
  private Capture capture;

  private void open(boolean kernel, boolean withSources) throws Exception {
    Path sample = Path.of("../samples/nobody-heard/capture.pcap");
    capture = Capture.open(sample.toString(), CaptureProgress.NONE);
    Scenario scenario = CaptureScenario.find(capture, null).scenario();
    OpenCapture opened =
        new OpenCapture(
            "capture",
            (int) capture.size(),
            () -> new CaptureFrames(capture),
            scenario,
            List.of(),
            List.of(),
            () -> {});
    BundledObjects bundled = new BundledObjects(UserFolders.cache(), "clang");
    ObjectSource objects =
        withSources ? bundled : ObjectSource.ofFile(bundled.file(scenario.kernelConfig()));
    Lanes lanes =
        new Lanes(
            kernel ? _ -> new KernelReplayEngine(objects) : null,
            kernel ? "" : "no privilege",
            "Kernel",
            new ModelReplayEngine());
    replay = Replay.run(opened, scenario, lanes, (_, _) -> true);
    focus.navigator((packet, row) -> {
      went.add("P" + packet + ".S" + (row + 1));
      focus.show(focus.packet().orElseThrow(), row);
    });
    focus.show(replay);
    source.shownProperty().set(true);
  }

  @AfterEach
  void close() {
    if (replay != null) {
      replay.close();
      capture.close();
    }
  }

  private PacketReplay show(int packet) throws Exception {
    PacketReplay shown = replay.packet(packet, (_, _) -> true);
    focus.show(shown, shown.rows().size() - 1);
    return shown;
  }

  private LineRow current() {
    return source.pageProperty().get().lines().get(source.currentLineProperty().get());
  }

  @Test
  @Tag("kernel")
  @ExtendWith(KernelPrivilege.class)
  void theDropNobodyHeardIsMarkedWhereItWasDecided() throws Exception {
    open(true, true);
    show(GRE);
    assertThat(source.pageProperty().get().program()).isEqualTo("2/29");
    assertThat(current().decided()).isTrue();
    assertThat(current().remark()).contains("-137").contains("unheard");
    assertThat(current().mark()).isEqualTo(Mark.OBSERVED);
    assertThat(source.pageProperty().get().lines())
        .as("the whole file, comments too")
        .anySatisfy(l -> assertThat(l.text()).startsWith("/*"))
        .noneSatisfy(l -> assertThat(l.number()).isZero());
    assertThat(source.nothingProperty().get()).isEmpty();
  }

  @Test
  @Tag("kernel")
  @ExtendWith(KernelPrivilege.class)
  void aLineLeadsToItsStepsAndAStepToItsLine() throws Exception {
    open(true, true);
    PacketReplay packet = show(1);
    int lookup = -1;
    for (int i = 0; i < packet.rows().size() && lookup < 0; i++) {
      var step = packet.rows().get(i).kernel();
      lookup = step != null && step.event() instanceof PathEvent.LookedUp ? i : -1;
    }
    focus.show(packet, lookup);
    assertThat(source.pageProperty().get().file()).startsWith("lib/");
    assertThat(current().text()).contains("map_lookup_elem");
    assertThat(current().remark()).isEqualTo("miss");
    assertThat(source.about(current()).rows()).contains(lookup);
    source.goToNext(List.of(0, lookup));
    assertThat(went).containsExactly("P1.S1");
  }

  @Test
  @Tag("kernel")
  @ExtendWith(KernelPrivilege.class)
  void registersStandAtTracePointsAndHeatCountsTheCapture() throws Exception {
    open(true, true);
    show(GRE);
    assertThat(source.pageProperty().get().code())
        .filteredOn(r -> !r.registers().isEmpty())
        .anySatisfy(r -> assertThat(r.registers()).isEqualTo("r0 = -137 (0xffffff77)"))
        .anySatisfy(r -> assertThat(r.registers()).startsWith("r1 = ctx"));
    SourcePage.CodeRow entry =
        source.pageProperty().get().code().stream().filter(r -> r.index() == 0).findFirst().get();
    assertThat(entry.heat().atLeast()).isEqualTo(replay.tally().entered(true, "2/29"));
    assertThat(entry.heat().atMost()).isEqualTo(entry.heat().atLeast());
    assertThat(source.pageProperty().get().code())
        .allSatisfy(r -> assertThat(r.heat().atLeast()).isLessThanOrEqualTo(r.heat().atMost()));
  }

  @Test
  @Tag("kernel")
  @ExtendWith(KernelPrivilege.class)
  void anObjectOfOnesOwnShowsTheLinesItQuotes() throws Exception {
    open(true, false);
    show(GRE);
    assertThat(current().decided()).isTrue();
    assertThat(source.pageProperty().get().lines())
        .as("gaps between quoted lines")
        .anySatisfy(l -> assertThat(l.number()).isZero());
  }

  @Test
  void theModelAloneSaysWhyThereIsNoSource() throws Exception {
    open(false, true);
    show(GRE);
    assertThat(source.pageProperty().get().lines()).isEmpty();
    assertThat(source.nothingProperty().get()).startsWith("The model is Java");
  }

  @Test
  void nothingIsReadWhileNobodyLooks() throws Exception {
    open(false, true);
    source.shownProperty().set(false);
    show(GRE);
    assertThat(source.nothingProperty().get()).contains("Source and bytecode");
  }
}
