// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tailwalk.bpf.Privilege;
import org.tailwalk.engine.ReplayException;

/** The bundled programs, loaded and traced, do what Cilium's did when the vectors were recorded. */
@Tag("kernel")
@ExtendWith(Privilege.class)
class RecordedVectorsTest {
  private static final int SMALL = 4096;
  private static final int KEEP = 6;

  @ParameterizedTest
  @ValueSource(strings = {"fact-13", "services", "policy-identity"})
  void programsDoWhatWasRecorded(String file) throws IOException, ReplayException {
    check(file);
  }

  @Tag("full")
  @ParameterizedTest
  @ValueSource(strings = {"tcp", "udp-icmp", "headers", "truncated", "fact-12", "random"})
  void programsDoWhatWasRecordedAtLength(String file) throws IOException, ReplayException {
    check(file);
  }

  private static void check(String file) throws IOException, ReplayException {
    List<String> failures = new ArrayList<>();
    int packets = 0;
    try (KernelReplayEngine engine =
        new KernelReplayEngine(Objects.bundled(), LoadMode.TRACED, SMALL, KEEP)) {
      for (VectorSession session : VectorSession.read(file)) {
        packets += run(engine, session, failures);
      }
    }
    assertThat(failures.stream().limit(8)).as("sessions that differ").isEmpty();
    assertThat(packets).isPositive();
  }

  private static int run(KernelReplayEngine engine, VectorSession session, List<String> failures)
      throws ReplayException {
    int packet = 0;
    try (KernelReplaySession replay = engine.open(session.setup())) {
      for (JsonObject step : session.steps()) {
        if (step.has("edit")) {
          replay.apply(VectorSession.edits(step));
          continue;
        }
        packet++;
        List<String> differences =
            VectorComparison.differences(step, replay.send(VectorSession.injection(packet, step)));
        if (!differences.isEmpty()) {
          failures.add(
              "%s packet %d (%s):\n%s"
                  .formatted(
                      session.id(),
                      packet,
                      step.get("desc").getAsString(),
                      String.join("\n", differences)));
          return packet;
        }
      }
    } catch (ReplayException e) {
      failures.add(session.id() + ": " + e.getMessage());
    }
    return packet;
  }
}
