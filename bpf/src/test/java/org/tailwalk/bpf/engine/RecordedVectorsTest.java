// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tailwalk.bpf.Privilege;
import org.tailwalk.engine.EngineUnavailableException;
import org.tailwalk.vector.VectorSession;
import org.tailwalk.vector.Verifier;

/** The bundled programs, loaded and traced, do what Cilium's did when the vectors were recorded. */
@Tag("kernel")
@ExtendWith(Privilege.class)
class RecordedVectorsTest {
  private static final int SMALL = 4096;
  private static final int KEEP = 6;

  @ParameterizedTest
  @ValueSource(strings = {"fact-13", "services", "policy-identity"})
  void programsDoWhatWasRecorded(String file) throws EngineUnavailableException {
    check(file);
  }

  @Tag("full")
  @ParameterizedTest
  @ValueSource(strings = {"tcp", "udp-icmp", "headers", "truncated", "fact-12", "random"})
  void programsDoWhatWasRecordedAtLength(String file) throws EngineUnavailableException {
    check(file);
  }

  private static void check(String file) throws EngineUnavailableException {
    List<VectorSession> sessions = Vectors.read(file);
    List<Verifier.Result> results = new ArrayList<>();
    try (KernelReplayEngine engine =
            new KernelReplayEngine(Objects.bundled(), LoadMode.TRACED, SMALL, KEEP);
        Verifier verifier = new Verifier(engine, List.of())) {
      verifier.run(sessions, results::add);
    }
    assertThat(results)
        .hasSameSizeAs(sessions)
        .allSatisfy(result -> assertThat(result).isInstanceOf(Verifier.Passed.class));
  }
}
