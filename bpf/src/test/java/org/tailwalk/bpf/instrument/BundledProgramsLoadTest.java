// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.instrument;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.tailwalk.bpf.Privilege;
import org.tailwalk.bpf.elf.CollectionSpec;
import org.tailwalk.bpf.load.Collection;

/** The bundled datapath, instrumented, before the verifier. */
@Tag("kernel")
@ExtendWith(Privilege.class)
class BundledProgramsLoadTest {
  @Test
  void theVerifierTakesEveryDetail() throws Exception {
    for (String families : List.of("dual", "v4", "v6")) {
      CollectionSpec spec = BundledProgramsTest.endpoint(families);
      for (TraceDetail detail : TraceDetail.values()) {
        Instrumented traced =
            Instrumenter.instrument(spec, InstrumentOptions.traced().withDetail(detail));
        try (Collection loaded = Collection.load(traced.spec(), Map.of())) {
          assertThat(loaded.mapNames()).hasSameSizeAs(traced.spec().maps());
        }
      }
    }
  }
}
