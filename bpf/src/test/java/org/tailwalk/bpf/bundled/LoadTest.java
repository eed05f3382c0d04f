// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.bundled;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tailwalk.bpf.Privilege;
import org.tailwalk.bpf.elf.CollectionSpec;
import org.tailwalk.bpf.elf.DataFolding;
import org.tailwalk.bpf.elf.Substitution;
import org.tailwalk.bpf.load.Collection;

/** The verifier takes builds that differ much from one another. */
@Tag("kernel")
@ExtendWith(Privilege.class)
class LoadTest {
  static Stream<Build> builds() {
    List<String> everything =
        List.of(
            "ENABLE_SESSION_AFFINITY",
            "ENABLE_IPV4_FRAGMENTS",
            "ENABLE_ICMP_RULE",
            "ALLOW_ICMP_FRAG_NEEDED",
            "ENABLE_SCTP",
            "ENABLE_L7_LB",
            "ENABLE_HOST_FIREWALL",
            "ENABLE_CUSTOM_CALLS",
            "DEBUG");
    return Stream.of("PR33551", "WALKTHROUGH2020")
        .flatMap(era ->
            Stream.of(
                new Build(era, "dual", List.of()),
                new Build(era, "dual", everything),
                new Build(era, "v4", List.of("ENABLE_IPV4_FRAGMENTS", "-DROP_NOTIFY")),
                new Build(era, "v6", List.of("ENABLE_SOCKET_LB_FULL", "POLICY_AUDIT_MODE")),
                new Build(era, "v6", List.of("-HAVE_CHANGE_TAIL", "-ENABLE_ROUTING"))));
  }

  @ParameterizedTest
  @MethodSource("builds")
  void theVerifierTakesIt(Build build) throws Exception {
    CollectionSpec template = build.spec();
    Substitution own = Substitution.none().withSection("1/0xffff", "1/0x002a");
    if (template.programs().stream().anyMatch(p -> p.section().equals("4/0xffff"))) {
      own = own.withSection("4/0xffff", "4/0x002a");
    }
    CollectionSpec spec = DataFolding.foldTemplates(own.apply(template)).clamped(1024);
    try (Collection loaded = Collection.load(spec, Map.of())) {
      assertThat(loaded.mapNames()).hasSameSizeAs(spec.maps());
    }
  }
}
