// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tailwalk.replay.history.MapStates.dump;
import static org.tailwalk.replay.history.MapStates.known;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.tailwalk.app.KernelPrivilege;
import org.tailwalk.app.platform.UserFolders;
import org.tailwalk.bpf.engine.BundledObjects;
import org.tailwalk.bpf.engine.KernelReplayEngine;
import org.tailwalk.datapath.ModelReplayEngine;
import org.tailwalk.engine.ReplayEngine;
import org.tailwalk.packet.Frame;
import org.tailwalk.replay.CaptureReplay;
import org.tailwalk.replay.FrameSource;
import org.tailwalk.replay.PacketReplay;
import org.tailwalk.replay.history.Moment;
import org.tailwalk.replay.history.ReplayHistory;
import org.tailwalk.scenario.Era;
import org.tailwalk.scenario.Scenario;

/**
 * Generated nodes and packets of every kind, faults included: the maps are known at every packet,
 * and going on from any of them gives the same traces.
 */
final class TimeTravelOverCasesTest {
  private static void check(FuzzCase c, ReplayEngine kernel, Dice dice) throws Exception {
    Scenario scenario = c.scenario();
    List<Frame> frames = c.frames();
    try (CaptureReplay replay = CaptureReplay.open(scenario, kernel, new ModelReplayEngine())) {
      ReplayHistory history = ReplayHistory.of(scenario, replay);
      List<PacketReplay> packets = new ArrayList<>();
      replay.run(
          FrameSource.of(frames),
          p -> {
            history.add(p);
            return packets.add(p);
          });
      assertThat(history.exact()).as(scenario.name()).isTrue();
      same(history, replay, packets.size());
      for (int i = 0; i < 4; i++) {
        int from = 1 + dice.below(frames.size());
        int count = Math.min(1 + dice.below(5), frames.size() - from + 1);
        List<PacketReplay> again = new ArrayList<>();
        replay.resume(
            history.resumeAt(from),
            FrameSource.of(frames.subList(from - 1, from - 1 + count)),
            again::add);
        assertThat(again)
            .as("%s: %d packets from %d", scenario.name(), count, from)
            .isEqualTo(packets.subList(from - 1, from - 1 + count));
        same(history, replay, from - 1L + count);
      }
    }
  }

  private static void same(ReplayHistory history, CaptureReplay replay, long packet)
      throws Exception {
    assertThat(known(history.kernel().orElseThrow(), Moment.after(packet)))
        .as("kernel lane's maps behind packet %d", packet)
        .isEqualTo(dump(replay.kernelSession().orElseThrow()));
    assertThat(known(history.model().orElseThrow(), Moment.after(packet)))
        .as("model's maps behind packet %d", packet)
        .isEqualTo(dump(replay.modelSession().orElseThrow()));
  }

  @Test
  void holdsInTheModel() throws Exception {
    Dice dice = new Dice(11);
    List<World> worlds = new ArrayList<>(World.pairwise(Era.SEED, Era.PR33551, dice));
    worlds.addAll(World.broken(Era.SEED, dice));
    int number = 0;
    for (World world : worlds) {
      check(Campaign.generate(world, dice.split(), ++number), new ModelReplayEngine(), dice);
    }
  }

  @Test
  @Tag("kernel")
  @ExtendWith(KernelPrivilege.class)
  void holdsInTheKernel() throws Exception {
    Dice dice = new Dice(12);
    List<World> worlds = new ArrayList<>(World.broken(Era.SEED, dice));
    worlds.add(World.usual(Era.PR33551));
    int number = 0;
    for (World world : worlds) {
      FuzzCase c = Campaign.generate(world, dice.split(), ++number);
      try (KernelReplayEngine kernel =
          new KernelReplayEngine(new BundledObjects(UserFolders.cache(), "clang"))) {
        check(c, kernel, dice);
      }
    }
  }
}
