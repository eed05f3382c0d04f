// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DatapathSpecTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          bundled:seed                      | bundled:seed
          bundled:seed/dual                 | bundled:seed
          bundled:notified/v4               | bundled:pr33551/v4
          bundled:seed,+DEBUG,-drop-notify  | bundled:seed,-drop-notify,+debug
          bundled:seed,+have-change-tail    | bundled:seed,+change-tail
          dir/a,b.o                         | dir/a,b.o
          ../lxc-x.o,+sctp                  | ../lxc-x.o,+sctp
          """)
  void nameIsReadAndWritten(String name, String written) {
    DatapathSpec spec = DatapathSpec.parse(name);
    assertThat(spec).hasToString(written);
    assertThat(DatapathSpec.parse(written)).isEqualTo(spec);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "bundled:", "bundled:seed/v5", "bundled:seed,+x", "a.o,-ENABLE_"})
  void nonsenseIsRefused(String name) {
    assertThatThrownBy(() -> DatapathSpec.parse(name)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void familiesAndOptionsMakeTheBuild() {
    DatapathConfig v6 =
        DatapathSpec.parse("bundled:seed/v6,-trace-notify")
            .config(DatapathConstants.AGENT_DEFAULTS);
    assertThat(v6.has(DatapathOption.ENABLE_IPV4)).isFalse();
    assertThat(v6.has(DatapathOption.ENABLE_IPV6)).isTrue();
    assertThat(v6.has(DatapathOption.TRACE_NOTIFY)).isFalse();
    assertThat(v6.dual()).isFalse();
  }

  @Test
  void passthroughTakesTheArpResponderOut() {
    DatapathConfig config =
        DatapathSpec.parse("bundled:seed,+arp-passthrough")
            .config(DatapathConstants.AGENT_DEFAULTS);
    assertThat(config.has(DatapathOption.ENABLE_ARP_RESPONDER)).isFalse();
  }

  @Test
  void shortNamesAreUnique() {
    Set<String> labels = new HashSet<>();
    for (DatapathOption option : DatapathOption.values()) {
      assertThat(labels.add(option.label())).as(option.label()).isTrue();
      assertThat(DatapathOption.parse(option.label())).isEqualTo(option);
      assertThat(DatapathOption.parse(option.name())).isEqualTo(option);
    }
  }

  @Test
  void objectFileIsTakenForTheSeedCommits() {
    DatapathSpec spec = DatapathSpec.parse("bpf_lxc.o");
    assertThat(spec.source()).isEqualTo(new DatapathSpec.ObjectFile("bpf_lxc.o"));
    assertThat(spec.options()).isEqualTo(Map.of());
    assertThat(spec.era()).isEqualTo(Era.SEED);
  }
}
