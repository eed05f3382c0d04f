// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.datapath;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tailwalk.datapath.vector.VectorSession;
import org.tailwalk.engine.ReplayException;

/** The model against what Cilium's own programs did, field by field, all recorded sessions. */
final class VectorModelTest {
  @ParameterizedTest
  @CsvSource({
    "fact-12, 97, 6881",
    "fact-13, 12, 92",
    "tcp, 106, 1728",
    "udp-icmp, 42, 1661",
    "truncated, 8, 1656",
    "headers, 13, 662",
    "services, 8, 224",
    "policy-identity, 16, 470",
    "random, 88, 4132",
  })
  void modelDoesWhatThePrograms(String file, int sessions, int packets) throws ReplayException {
    List<String> differences = new ArrayList<>();
    int ran = 0;
    int read = 0;
    for (VectorSession session : VectorSession.read(file)) {
      VectorSession.Outcome outcome = session.run(new ModelReplayEngine());
      ran += outcome.packets();
      read++;
      differences.addAll(outcome.differences());
    }
    assertThat(differences).isEmpty();
    assertThat(read).isEqualTo(sessions);
    assertThat(ran).isEqualTo(packets);
  }
}
