// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tailwalk.packet.Packets.fromA;
import static org.tailwalk.packet.Packets.ipv4;
import static org.tailwalk.packet.Packets.tcp;
import static org.tailwalk.packet.Packets.toA;
import static org.tailwalk.packet.Packets.udp;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tailwalk.datapath.ModelReplayEngine;
import org.tailwalk.engine.ForwardingSession;
import org.tailwalk.engine.Injection;
import org.tailwalk.engine.NodeSetup;
import org.tailwalk.engine.Outcome;
import org.tailwalk.engine.ReplayEngine;
import org.tailwalk.engine.ReplayException;
import org.tailwalk.engine.ReplaySession;
import org.tailwalk.engine.Sweep;
import org.tailwalk.event.CtStatus;
import org.tailwalk.event.PathTrace;
import org.tailwalk.event.Verdict;
import org.tailwalk.packet.Frame;
import org.tailwalk.scenario.Era;
import org.tailwalk.scenario.Scenario;
import org.tailwalk.scenario.Scenarios;

/** Replays with the model in both lanes: at the seed commit as kernel, mended as model. */
@Timeout(60)
final class CaptureReplayTest {
  private static final String WORLD = "192.0.2.10";

  static List<PacketReplay> replay(Scenario scenario, List<Frame> frames) throws Exception {
    List<PacketReplay> seen = new ArrayList<>();
    try (CaptureReplay replay =
        CaptureReplay.open(scenario, new ModelReplayEngine(), new ModelReplayEngine())) {
      replay.run(FrameSource.of(frames), packet -> seen.add(packet));
    }
    return seen;
  }

  static Frame gre(long millis) {
    return fromA(millis, ipv4("10.0.0.1", WORLD, 47, new byte[60]));
  }

  static Frame syn(long millis, int port) {
    return fromA(millis, ipv4("10.0.0.1", "10.0.0.2", 6, tcp(40000, port, 2, "")));
  }

  @Test
  void lanesOfOneEraAgree() throws Exception {
    List<PacketReplay> seen = replay(Scenarios.twoPods(), List.of(syn(0, 80), syn(5, 81), gre(10)));
    assertThat(seen).extracting(PacketReplay::number).containsExactly(1L, 2L, 3L);
    assertThat(seen).allSatisfy(p -> assertThat(p.divergence()).isNull());
    assertThat(seen.getFirst().rows()).isNotEmpty().allMatch(AlignedStep::same);
    assertThat(seen.get(0).kernel().reading().verdict()).isEqualTo(new Verdict.Redirected(12, 0));
    assertThat(seen.get(1).kernel().reading().verdict()).isEqualTo(new Verdict.Dropped());
    assertThat(seen.get(1).kernel().reading().dropReason())
        .isEqualTo(new Reading.Reason(133, "DROP_POLICY"));
    assertThat(seen.get(1).kernel().reading().notified()).isTrue();
    assertThat(seen.get(1).kernel().reading().metricCounted()).isTrue();
  }

  @Test
  void dropNobodyHeardIsExplained() throws Exception {
    PacketReplay gre =
        replay(Scenarios.twoPods().withModel(Era.PR33551), List.of(gre(0))).getFirst();
    Reading kernel = gre.kernel().reading();
    assertThat(kernel.verdict()).isEqualTo(new Verdict.PassedUnpoliced(-137));
    assertThat(kernel.dropReason()).isEqualTo(new Reading.Reason(137, "DROP_CT_UNKNOWN_PROTO"));
    assertThat(kernel.notified()).isFalse();
    assertThat(kernel.unheard()).isTrue();
    Reading model = gre.model().reading();
    assertThat(model.verdict()).isEqualTo(new Verdict.Dropped());
    assertThat(model.notified()).isTrue();
    assertThat(model.unheard()).isFalse();
    Divergence divergence = gre.divergence();
    assertThat(divergence.code()).isEqualTo("raw-code-vs-notified-drop");
    assertThat(divergence.kind()).isEqualTo(Divergence.Kind.PATH);
    assertThat(divergence.explanation())
        .contains("The loaded program is the build before #22527")
        .contains("tail_ipv4_ct_egress returns the lookup error as it is")
        .contains("TC takes \u2212137 for \"no verdict\" and lets the packet through");
    AlignedStep first = gre.rows().get(divergence.step() - 1);
    assertThat(first.same()).isFalse();
    assertThat(gre.rows().subList(0, divergence.step() - 1)).allMatch(AlignedStep::same);
    assertThat(EventText.line(first.kernel().event()))
        .isEqualTo("return -137 raw (CT: Unknown L4 protocol)");
    AlignedStep last = gre.rows().getLast();
    assertThat(EventText.line(last.kernel().event())).isEqualTo("passes unpoliced on raw -137");
    assertThat(EventText.line(last.model().event())).isEqualTo("dropped");
  }

  @Test
  void wrongReasonOf2023IsExplained() throws Exception {
    Scenario scenario =
        Scenarios.parse(Scenarios.TWO_PODS.replace("bundled:seed", "bundled:pr25426"));
    PacketReplay gre = replay(scenario.withModel(Era.PR33551), List.of(gre(0))).getFirst();
    assertThat(gre.kernel().reading().dropReason()).isEqualTo(new Reading.Reason(119, "119"));
    assertThat(gre.divergence().code()).isEqualTo("wrong-reason-unsigned");
    assertThat(gre.divergence().explanation())
        .contains("reports 119 in place of 137 (CT: Unknown L4 protocol)")
        .contains("counts the packet as forwarded");
  }

  @Test
  void missedTailCallInsideConntrackIsExplained() throws Exception {
    Scenario scenario =
        Scenarios.parse(
            Scenarios.TWO_PODS.replace(
                "\"version\": 1,",
                "\"version\": 1, \"faults\": [{\"emptySlot\": {\"endpoint\": 100, \"index\":"
                    + " 25}}],"));
    PacketReplay packet = replay(scenario.withModel(Era.PR33551), List.of(syn(0, 80))).getFirst();
    assertThat(packet.divergence().code()).isEqualTo("missed-tail-call-silent");
    assertThat(packet.divergence().explanation()).contains("in tail_ipv4_ct_egress a tail call");
  }

  @Test
  void replyAfterTheSweepIsNew() throws Exception {
    Scenario scenario =
        Scenarios.parse(
            """
            {"version": 1, "endpoints": [{"id": 100, "ipv4": "10.0.0.1", "identity": 1000,
             "mac": "02:00:00:00:00:0a"}],
             "policy": {"filters": [{"endpoint": 100, "ingress": []}]}}
            """);
    Frame question = fromA(0, ipv4("10.0.0.1", WORLD, 17, udp(4000, 53, new byte[4])));
    Frame expired = toA(200_000, ipv4(WORLD, "10.0.0.1", 17, udp(53, 4000, new byte[4])));
    Frame late = toA(600_000, ipv4(WORLD, "10.0.0.1", 17, udp(53, 4000, new byte[4])));
    List<PacketReplay> seen = replay(scenario, List.of(question, expired, late));
    assertThat(seen.get(0).model().reading().ctResult()).contains(CtStatus.NEW);
    assertThat(seen.get(1).model().reading().ctResult())
        .as("expired after 60 s, still matching before the sweep at 300 s")
        .contains(CtStatus.REPLY);
    assertThat(seen.get(1).model().sweeps()).isEmpty();
    PacketReplay last = seen.get(2);
    assertThat(last.model().reading().ctResult()).contains(CtStatus.NEW);
    assertThat(last.model().reading().dropReason().code()).isEqualTo(133);
    assertThat(last.model().sweeps())
        .flatExtracting(Sweep::deleted)
        .as("the entry and its related entry")
        .hasSize(2);
    assertThat(last.model().sweeps()).isEqualTo(last.kernel().sweeps());
    assertThat(seen.get(0).model().sweeps())
        .extracting(Sweep::cause)
        .containsExactly(Sweep.Cause.START);
  }

  @Test
  void orderIsKeptUnderLoadAndASecondRunGivesTheSame() throws Exception {
    List<Frame> frames = new ArrayList<>();
    for (int i = 0; i < 3000; i++) {
      frames.add(i % 7 == 0 ? gre(i) : syn(i, 80 + i % 3));
    }
    List<PathTrace> first = new ArrayList<>();
    List<PathTrace> second = new ArrayList<>();
    List<Long> numbers = new ArrayList<>();
    try (CaptureReplay replay =
        CaptureReplay.open(Scenarios.twoPods(), new ModelReplayEngine(), new ModelReplayEngine())) {
      long delivered =
          replay.run(
              FrameSource.of(frames),
              p -> {
                numbers.add(p.number());
                return first.add(p.model().trace());
              });
      assertThat(delivered).isEqualTo(3000);
      replay.run(FrameSource.of(frames), p -> second.add(p.model().trace()));
    }
    assertThat(numbers).isSorted().hasSize(3000);
    assertThat(second).isEqualTo(first);
  }

  @Test
  void sinkThatHasEnoughEndsTheReplay() throws Exception {
    List<Long> seen = new ArrayList<>();
    try (CaptureReplay replay =
        CaptureReplay.open(Scenarios.twoPods(), null, new ModelReplayEngine())) {
      FrameSource endless = () -> gre(0);
      long delivered =
          replay.run(
              endless,
              p -> {
                seen.add(p.number());
                return p.number() < 100;
              });
      assertThat(delivered).isEqualTo(100);
      assertThat(seen).hasSize(100);
    }
  }

  @Test
  void cancellingEndsTheReplay() throws Exception {
    try (CaptureReplay replay =
        CaptureReplay.open(Scenarios.twoPods(), null, new ModelReplayEngine())) {
      FrameSource endless = () -> gre(0);
      long delivered =
          replay.run(
              endless,
              p -> {
                if (p.number() == 10) {
                  replay.cancel();
                }
                return true;
              });
      assertThat(delivered).isEqualTo(10);
    }
  }

  @Test
  void unreadableCaptureIsToldAfterThePacketsBefore() throws Exception {
    List<Long> seen = new ArrayList<>();
    try (CaptureReplay replay =
        CaptureReplay.open(Scenarios.twoPods(), null, new ModelReplayEngine())) {
      FrameSource breaking =
          new FrameSource() {
            private int left = 5;

            @Override
            public Frame next() throws IOException {
              if (left-- == 0) {
                throw new IOException("c.pcap: record 6: cut short");
              }
              return gre(0);
            }
          };
      assertThatThrownBy(() -> replay.run(breaking, p -> seen.add(p.number())))
          .isInstanceOf(IOException.class)
          .hasMessage("c.pcap: record 6: cut short");
      assertThat(seen).hasSize(5);
    }
  }

  /** What an engine does at a packet in place of running it. */
  private interface Failure {
    void happen() throws ReplayException;
  }

  /** An engine that fails at its third packet. */
  private static ReplayEngine failing(Failure failure) {
    return new ReplayEngine() {
      @Override
      public String name() {
        return "kernel";
      }

      @Override
      public ReplaySession open(NodeSetup setup) throws ReplayException {
        return new ForwardingSession(new ModelReplayEngine().open(setup)) {
          @Override
          public Outcome run(Injection injection) throws ReplayException {
            if (injection.packet() == 3) {
              failure.happen();
            }
            return super.run(injection);
          }
        };
      }
    };
  }

  private static void endsBeforeThePacketThatFails(
      Failure failure, Class<? extends Throwable> kind, String message) throws Exception {
    List<Long> seen = new ArrayList<>();
    List<Frame> frames = new ArrayList<>();
    // More than travel together: batches behind the failure must not be waited for.
    for (int i = 0; i < 500; i++) {
      frames.add(gre(i));
    }
    try (CaptureReplay replay =
        CaptureReplay.open(Scenarios.twoPods(), failing(failure), new ModelReplayEngine())) {
      assertThatThrownBy(() -> replay.run(FrameSource.of(frames), p -> seen.add(p.number())))
          .isInstanceOf(kind)
          .hasMessage(message);
      assertThat(seen).containsExactly(1L, 2L);
    }
  }

  @Test
  void engineThatFailsIsNamedWithItsPacket() throws Exception {
    endsBeforeThePacketThatFails(
        () -> {
          throw new ReplayException("bpf(PROG_TEST_RUN): EFAULT");
        },
        ReplayException.class,
        "packet 3: kernel: bpf(PROG_TEST_RUN): EFAULT");
  }

  @Test
  void whatAnEngineDidNotForeseeIsNoRefusal() throws Exception {
    endsBeforeThePacketThatFails(
        () -> {
          throw new ArrayIndexOutOfBoundsException("index 7");
        },
        IllegalStateException.class,
        "packet 3: kernel: java.lang.ArrayIndexOutOfBoundsException: index 7");
  }

  @Test
  void anErrorInAnEngineEndsTheReplayToo() throws Exception {
    endsBeforeThePacketThatFails(
        () -> {
          throw new StackOverflowError();
        },
        IllegalStateException.class,
        "packet 3: kernel: java.lang.StackOverflowError");
  }

  @Test
  void anErrorInTheReaderIsTold() throws Exception {
    try (CaptureReplay replay =
        CaptureReplay.open(Scenarios.twoPods(), null, new ModelReplayEngine())) {
      FrameSource breaking =
          () -> {
            throw new StackOverflowError("too deep");
          };
      assertThatThrownBy(() -> replay.run(breaking, _ -> true))
          .isInstanceOf(StackOverflowError.class)
          .hasMessage("too deep");
    }
  }
}
