// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.tailwalk.app.KernelPrivilege;
import org.tailwalk.bpf.engine.BundledObjects;
import org.tailwalk.bpf.engine.KernelReplayEngine;
import org.tailwalk.engine.ReplayEngine;
import org.tailwalk.event.PathEvent;
import org.tailwalk.event.ProgramRef;
import org.tailwalk.replay.LaneTrace;
import org.tailwalk.replay.PacketReplay;
import org.tailwalk.scenario.Scenario;
import org.tailwalk.scenario.ScenarioJson;

/** The looper loaded for two endpoints: one object, so both loads find one program array. */
class SharedSlotTest {
  private static PacketReplay first(@Nullable ReplayEngine kernel) throws Exception {
    String one = Files.readString(SampleReplay.SAMPLES.resolve("looper/scenario.json"));
    int end = one.lastIndexOf(']');
    String two =
        one.substring(0, end)
            + """
            , {"id": 43, "name": "other", "ipv4": "10.0.0.12", "mac": "02:00:00:00:00:2b",
               "nodeMac": "02:00:00:00:01:2b", "ifindex": 13, "identity": 1003}
            """
            + one.substring(end);
    Scenario scenario = ScenarioJson.parse("two loads", two);
    return SampleReplay.of("looper", _ -> scenario, kernel).getFirst();
  }

  private static List<ProgramRef> entered(@Nullable LaneTrace lane) {
    return Objects.requireNonNull(lane).trace().events().stream()
        .filter(PathEvent.Entered.class::isInstance)
        .map(e -> ((PathEvent.Entered) e).program())
        .toList();
  }

  @Test
  void slotLeadsToTheProgramThatWasLoadedLast() throws Exception {
    List<ProgramRef> entered = entered(first(null).model());
    assertThat(entered).hasSize(34).startsWith(new ProgramRef(42, "classifier"));
    assertThat(entered.subList(1, 34)).containsOnly(new ProgramRef(43, "42/0"));
  }

  @Test
  @Tag("kernel")
  @ExtendWith(KernelPrivilege.class)
  void kernelLaneGoesTheSameWay(@TempDir Path cache) throws Exception {
    try (KernelReplayEngine kernel = new KernelReplayEngine(new BundledObjects(cache, "clang"))) {
      PacketReplay packet = first(kernel);
      assertThat(entered(packet.kernel())).isEqualTo(entered(packet.model()));
      assertThat(packet.divergence()).isNull();
    }
  }
}
