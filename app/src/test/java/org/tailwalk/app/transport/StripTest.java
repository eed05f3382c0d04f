// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class StripTest {
  private static byte[] signs(int count, Strip.Sign most) {
    byte[] signs = new byte[count];
    java.util.Arrays.fill(signs, (byte) most.ordinal());
    return signs;
  }

  @Test
  void aTickShowsTheGravestOfItsPackets() {
    byte[] signs = signs(1_000_000, Strip.Sign.FORWARDED);
    signs[500_000] = (byte) Strip.Sign.DIFFERS.ordinal();
    Strip strip = Strip.of(signs, 1000);
    int graver = 0;
    for (int i = 0; i < strip.size(); i++) {
      graver += strip.sign(i) == Strip.Sign.DIFFERS ? 1 : 0;
    }
    assertThat(strip.size()).isEqualTo(500);
    assertThat(graver).isEqualTo(1);
    assertThat(strip.sign(250)).isEqualTo(Strip.Sign.DIFFERS);
  }

  @Test
  void aTickOfManySaysHowManyOfWhatKind() {
    byte[] signs = signs(100_000, Strip.Sign.FORWARDED);
    for (int i = 0; i < signs.length; i += 20) {
      signs[i] = (byte) Strip.Sign.DIFFERS.ordinal();
      signs[i + 1] = (byte) Strip.Sign.DROPPED.ordinal();
      signs[i + 2] = (byte) Strip.Sign.UNHEARD.ordinal();
    }
    Strip strip = Strip.of(signs, 500);
    assertThat(strip.grave(100)).isCloseTo(0.15, within(1e-3));
    assertThat(strip.differs(100)).isCloseTo(0.05, within(1e-3));
  }

  @Test
  void pointingWhereAPacketStandsFindsIt() {
    for (int count : new int[] {1, 2, 9, 170, 1284, 1_000_000}) {
      Strip strip = Strip.of(signs(count, Strip.Sign.FORWARDED), 1380);
      for (int number : new int[] {1, (count + 1) / 2, count}) {
        assertThat(strip.packetAt(strip.place(number)))
            .as("%d of %d", number, count)
            .isEqualTo(number);
      }
    }
  }

  @Test
  void pointingBesideTheStripFindsItsEnds() {
    Strip strip = Strip.of(signs(20, Strip.Sign.FORWARDED), 1380);
    assertThat(strip.packetAt(-5)).isEqualTo(1);
    assertThat(strip.packetAt(1379)).isEqualTo(20);
  }

  @Test
  void noPacketsNoTicks() {
    Strip strip = Strip.of(new byte[0], 800);
    assertThat(strip.size()).isZero();
    assertThat(strip.packetAt(10)).isZero();
  }
}
