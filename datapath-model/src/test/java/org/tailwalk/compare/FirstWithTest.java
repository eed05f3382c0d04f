// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class FirstWithTest {
  @Test
  void tellsThePacketThatHadTheNumberFirst() {
    FirstWith first = new FirstWith();
    Map<Long, Integer> told = new HashMap<>();
    Random dice = new Random(7);
    for (int packet = 1; packet <= 20_000; packet++) {
      long number = dice.nextBoolean() ? dice.nextInt(5_000) : dice.nextLong();
      Integer before = told.putIfAbsent(number, packet);
      assertThat(first.before(packet, number)).isEqualTo(before == null ? 0 : before);
    }
  }

  @Test
  void zeroIsANumberLikeAnyOther() {
    FirstWith first = new FirstWith();
    assertThat(first.before(1, 0)).isZero();
    assertThat(first.before(2, 0)).isEqualTo(1);
  }
}
