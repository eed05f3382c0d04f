// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.whatif;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tailwalk.app.action.Edits;
import org.tailwalk.app.session.Focus;
import org.tailwalk.app.session.Lanes;
import org.tailwalk.app.session.OpenCapture;
import org.tailwalk.app.session.Replay;
import org.tailwalk.app.tasks.Work;
import org.tailwalk.app.window.Synthetic;
import org.tailwalk.datapath.ModelReplayEngine;
import org.tailwalk.engine.NodeSetup;
import org.tailwalk.engine.ReplayEngine;
import org.tailwalk.engine.ReplayException;
import org.tailwalk.engine.ReplaySession;
import org.tailwalk.event.MapKey;
import org.tailwalk.event.MapRef;
import org.tailwalk.event.MapRole;
import org.tailwalk.packet.Bytes;
import org.tailwalk.replay.whatif.Variant;
import org.tailwalk.scenario.DatapathOption;
import org.tailwalk.scenario.Fault;

final class WhatIfViewModelTest {
  private final Focus focus = new Focus();
  private final Lanes lanes =
      new Lanes(_ -> new ModelReplayEngine(), "", "Kernel", new ModelReplayEngine());
  private final Edits edits = new Edits();
  private final WhatIfViewModel whatIf = new WhatIfViewModel(focus, Work.here(), lanes, edits);
  private Replay replay;

  @BeforeEach
  void replay() throws Exception {
    OpenCapture capture = Synthetic.capture(60);
    replay = Replay.run(capture, capture.scenario(), lanes, (_, _) -> true);
    focus.show(replay);
    whatIf.activeProperty().set(true);
  }

  @AfterEach
  void close() {
    replay.close();
  }

  private void show(int packet) throws Exception {
    focus.show(replay.packet(packet, (_, _) -> true), 0);
  }

  private String text() {
    return whatIf.results().isEmpty() ? "" : whatIf.results().getFirst().text();
  }

  @Test
  void aPolicyThatDeniesStopsThePacketAndUndoLetsItPass() throws Exception {
    show(1);
    assertThat(whatIf.proposals()).isEmpty();
    whatIf.change(v ->
        Changes.policy(v, 42, new MapKey.PolicyKey(0, 80, 6, true), Changes.PolicyVerdict.DENY));
    assertThat(text()).isEqualTo("to stack → dropped: Policy denied by denylist");
    assertThat(whatIf.results().getFirst().kernel()).isNotNull();
    assertThat(whatIf.results().getFirst().model()).isNotNull();
    assertThat(whatIf.undo()).isTrue();
    assertThat(whatIf.results()).isEmpty();
    assertThat(whatIf.variantProperty().get().orElseThrow().changes()).isEmpty();
    assertThat(whatIf.undo()).isFalse();
  }

  @Test
  void changesAddUpAndStayWhileOneLooksElsewhere() throws Exception {
    show(1);
    whatIf.change(v -> Changes.add(v, new Fault.ConntrackFull()));
    whatIf.change(v -> Changes.option(v, DatapathOption.POLICY_AUDIT_MODE, true));
    show(3);
    assertThat(whatIf.elsewhereProperty().get()).isTrue();
    assertThat(whatIf.variantProperty().get().orElseThrow().packet()).isEqualTo(1);
    assertThat(whatIf.variantProperty().get().orElseThrow().changes()).hasSize(2);
    whatIf.reset();
    assertThat(whatIf.variantProperty().get().orElseThrow().changes()).isEmpty();
    whatIf.undo();
    assertThat(whatIf.variantProperty().get().orElseThrow().changes()).hasSize(2);
    whatIf.restart();
    assertThat(whatIf.variantProperty().get().orElseThrow().packet()).isEqualTo(3);
  }

  @Test
  void withoutItsEntryTheNextPacketIsNew() throws Exception {
    show(3);
    MapRef map = MapRef.shared(MapRole.CT_TCP4);
    MapKey key =
        replay
            .history()
            .primary()
            .entries(map, org.tailwalk.replay.history.Moment.found(3))
            .getFirst()
            .key();
    whatIf.without(map, key, "x");
    assertThat(whatIf.results()).isNotEmpty();
    assertThat(whatIf.results().getFirst().model().variant().model().reading().ctResult())
        .contains(org.tailwalk.event.CtStatus.NEW);
  }

  @Test
  void whatCannotBeReadIsSaid() throws Exception {
    show(1);
    whatIf.change(
        v -> v.withFrame(Bytes.empty(), Long.toString(Changes.number("70000", 0xffff, "port"))));
    assertThat(whatIf.messageProperty().get())
        .isEqualTo("port: “70000” is not a number from 0 to 65535");
    assertThat(whatIf.variantProperty().get().map(Variant::changes)).contains(List.of());
  }

  @Test
  void fieldsAreReadAndWrittenWithTheirChecksums() {
    Bytes frame = Synthetic.frame(0).data();
    List<PacketFields.PacketField> fields = PacketFields.of(frame);
    assertThat(fields)
        .extracting(PacketFields.PacketField::name)
        .containsExactly(
            "eth.dst",
            "eth.src",
            "ip.src",
            "ip.dst",
            "ip.ttl",
            "ip.proto",
            "tcp.srcport",
            "tcp.dstport",
            "tcp.flags");
    for (PacketFields.PacketField field : fields) {
      assertThat(PacketFields.set(frame, field, field.text()).slice(0, 24))
          .as(field.name())
          .isEqualTo(frame.slice(0, 24));
    }
    PacketFields.PacketField flags = fields.getLast();
    Bytes closed = PacketFields.set(frame, flags, "FIN,ACK");
    assertThat(closed.at(flags.offset())).isEqualTo(0x11);
    assertThat(sum(closed, 14, 34, 0)).as("IPv4 header").isEqualTo(0xffff);
    long pseudo = closed.u16(26) + closed.u16(28) + closed.u16(30) + closed.u16(32) + 6 + 20;
    assertThat(sum(closed, 34, 54, pseudo)).as("TCP").isEqualTo(0xffff);
  }

  private static long sum(Bytes bytes, int from, int to, long start) {
    long sum = start;
    for (int i = from; i < to; i += 2) {
      sum += bytes.u16(i);
    }
    while (sum >> 16 != 0) {
      sum = (sum & 0xffff) + (sum >> 16);
    }
    return sum;
  }

  @Test
  void whatIsCancelledWhileItsObjectIsCompiledIsNotRun() throws Exception {
    List<String> opened = new ArrayList<>();
    WhatIfViewModel[] model = new WhatIfViewModel[1];
    ReplayEngine watched =
        new ReplayEngine() {
          @Override
          public String name() {
            return "kernel";
          }

          @Override
          public ReplaySession open(NodeSetup setup) throws ReplayException {
            opened.add("session");
            return new ModelReplayEngine().open(setup);
          }
        };
    Lanes compiling =
        new Lanes(
            _ -> {
              opened.add("engine");
              model[0].cancel();
              return watched;
            },
            "",
            "Kernel",
            new ModelReplayEngine());
    model[0] = new WhatIfViewModel(focus, Work.here(), compiling, new Edits());
    model[0].activeProperty().set(true);
    show(1);
    model[0].change(v -> Changes.option(v, DatapathOption.POLICY_AUDIT_MODE, true));
    assertThat(opened).containsExactly("engine");
    assertThat(model[0].busyProperty().get()).isFalse();
  }

  @Test
  void changesAreTakenBackInTheOrderOfAllThatWasDone() throws Exception {
    List<String> elsewhere = new ArrayList<>();
    show(1);
    whatIf.change(v -> Changes.add(v, new Fault.ConntrackFull()));
    edits.did("a mark", () -> elsewhere.add("undone"), () -> elsewhere.add("redone"));
    whatIf.change(v -> Changes.option(v, DatapathOption.POLICY_AUDIT_MODE, true));
    edits.undo();
    assertThat(changes()).as("the last change, not the mark before it").isEqualTo(1);
    edits.redo();
    assertThat(changes()).as("doing again brings it back").isEqualTo(2);
    edits.undo();
    edits.undo();
    assertThat(elsewhere).containsExactly("undone");
    assertThat(changes()).isEqualTo(1);
  }

  @Test
  void thePagesOwnButtonTakesBackWhatThePageDid() throws Exception {
    show(1);
    whatIf.change(v -> Changes.add(v, new Fault.ConntrackFull()));
    edits.did("a mark", () -> {}, () -> {});
    assertThat(whatIf.undo()).isTrue();
    assertThat(changes()).isZero();
    assertThat(edits.undoable()).contains("a mark");
    whatIf.change(v -> Changes.add(v, new Fault.ConntrackFull()));
    whatIf.restart();
    assertThat(whatIf.canUndo()).as("another packet").isFalse();
    assertThat(edits.undoable()).as("what others did stays").contains("a mark");
  }

  private int changes() {
    return whatIf.variantProperty().get().orElseThrow().changes().size();
  }
}
