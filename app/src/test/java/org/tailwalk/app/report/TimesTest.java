// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class TimesTest {
  @Test
  void aTimeBeforeTheFirstPacketHasOneSign() {
    assertThat(Times.since(0)).isEqualTo("+0.000000000");
    assertThat(Times.since(1_500_000_000L)).isEqualTo("+1.500000000");
    assertThat(Times.since(-3_500_000_000L)).isEqualTo("-3.500000000");
    assertThat(Times.since(Long.MIN_VALUE)).isEqualTo("-9223372036.854775808");
  }
}
