// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.replay.whatif;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tailwalk.packet.Packets.fromA;
import static org.tailwalk.packet.Packets.ipv4;
import static org.tailwalk.packet.Packets.tcp;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tailwalk.datapath.ModelReplayEngine;
import org.tailwalk.engine.ForwardingSession;
import org.tailwalk.engine.Injection;
import org.tailwalk.engine.NodeSetup;
import org.tailwalk.engine.Outcome;
import org.tailwalk.engine.ReplayEngine;
import org.tailwalk.engine.ReplayException;
import org.tailwalk.engine.ReplaySession;
import org.tailwalk.event.PathTrace;
import org.tailwalk.packet.Frame;
import org.tailwalk.replay.CaptureReplay;
import org.tailwalk.replay.FrameSource;
import org.tailwalk.replay.PacketReplay;
import org.tailwalk.replay.history.ReplayHistory;
import org.tailwalk.scenario.Fault;
import org.tailwalk.scenario.ReplaySettings;
import org.tailwalk.scenario.Scenario;
import org.tailwalk.scenario.Scenarios;
import org.tailwalk.text.Message;

/** What-ifs over two lanes that hold different maps. */
final class WhatIfTest {
  private static final int PACKETS = 6;

  private final Scenario scenario = Scenarios.twoPods();
  private final List<Frame> frames = new ArrayList<>();

  WhatIfTest() {
    for (int i = 0; i < PACKETS; i++) {
      frames.add(fromA(i, ipv4("10.0.0.1", "10.0.0.2", 6, tcp(40000 + i, 80, 2, ""))));
    }
  }

  /** Runs one packet and refuses the others, so that its conntrack holds less. */
  private static final class OnePacketEngine implements ReplayEngine {
    @Override
    public String name() {
      return "kernel";
    }

    @Override
    public ReplaySession open(NodeSetup setup) throws ReplayException {
      return new ForwardingSession(new ModelReplayEngine().open(setup)) {
        @Override
        public Outcome run(Injection injection) throws ReplayException {
          return injection.packet() == 1
              ? super.run(injection)
              : Outcome.of(
                  PathTrace.notRun("no", "not here", injection.frame(), injection.context()));
        }
      };
    }
  }

  private ReplayHistory history(ReplayEngine kernel) throws Exception {
    try (CaptureReplay replay = CaptureReplay.open(scenario, kernel, new ModelReplayEngine())) {
      ReplayHistory history = ReplayHistory.of(scenario, replay);
      replay.run(
          FrameSource.of(frames),
          p -> {
            history.add(p);
            return true;
          });
      return history;
    }
  }

  private WhatIf.Frames from() {
    return packet -> FrameSource.of(frames.subList((int) packet - 1, frames.size()));
  }

  private Variant conntrackFull() {
    ReplaySettings s = scenario.settings();
    return Variant.of(PACKETS, scenario)
        .withScenario(
            scenario.withSettings(
                new ReplaySettings(
                    s.gc(),
                    s.clockBaseSeconds(),
                    s.seed(),
                    s.ctCapacity(),
                    List.of(new Fault.ConntrackFull()),
                    s.rules())),
            Message.plain("conntrack is full"));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void fullConntrackHoldsWhatTheFullerLaneHeld(boolean kernelLaneToo) throws Exception {
    ReplayEngine kernel = new OnePacketEngine();
    WhatIf whatIf =
        new WhatIf(history(kernel), from(), kernelLaneToo ? kernel : null, new ModelReplayEngine());
    PacketReplay last = whatIf.run(conntrackFull(), 1).getFirst();
    assertThat(last.number()).isEqualTo(PACKETS);
    assertThat(last.model().reading().dropReason().code())
        .as("no room for its entry")
        .isEqualTo(155);
  }

  @Test
  void withoutAFaultTheSixthIsLetBy() throws Exception {
    WhatIf whatIf =
        new WhatIf(history(new ModelReplayEngine()), from(), null, new ModelReplayEngine());
    PacketReplay last = whatIf.run(Variant.of(PACKETS, scenario), 1).getFirst();
    assertThat(last.model().reading().dropReason()).isNull();
  }
}
