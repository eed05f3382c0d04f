// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.datapath.header;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tailwalk.datapath.PacketBuilder;
import org.tailwalk.datapath.kernel.SkBuff;
import org.tailwalk.event.ContextState;
import org.tailwalk.packet.Bytes;

/** The header walk of section 2.2. */
final class Ipv6HeaderWalkTest {
  private record Case(String name, Bytes frame, Ipv6HeaderWalk expected) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Bytes frame(int... extensions) {
    return PacketBuilder.from("fd00::1", "fd00::2").udp(1, 2).extensions(extensions).build();
  }

  private static Bytes cut(Bytes frame, int length) {
    return frame.slice(0, length);
  }

  static Stream<Case> cases() {
    return Stream.of(
        new Case("no extension", frame(), new Ipv6HeaderWalk(0, 40, 17)),
        new Case("hop by hop", frame(0), new Ipv6HeaderWalk(0, 48, 17)),
        new Case("three in a row", frame(0, 43, 60), new Ipv6HeaderWalk(0, 64, 17)),
        new Case("four in a row", frame(0, 43, 60, 60), new Ipv6HeaderWalk(-156, 0, 0)),
        new Case("fragment", frame(44), new Ipv6HeaderWalk(-157, 0, 0)),
        new Case("fragment behind another", frame(0, 44), new Ipv6HeaderWalk(-157, 0, 0)),
        new Case("none", frame(59), new Ipv6HeaderWalk(-156, 0, 0)),
        new Case("cut in the extension", cut(frame(0), 55), new Ipv6HeaderWalk(-134, 0, 0)),
        new Case("cut behind its first bytes", cut(frame(0), 56), new Ipv6HeaderWalk(0, 48, 17)),
        // (0 + 2) * 4 for the header in front of AUTH, (0 + 1) * 8 for AUTH itself.
        new Case("AUTH follows", frame(60, 51), new Ipv6HeaderWalk(0, 56, 17)));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void walks(Case c) {
    SkBuff skb = new SkBuff(c.frame, ContextState.ZERO, 1, 0);
    IpHeader ip = IpHeader.read(skb, Family.IPV6);
    assertThat(ip).isNotNull();
    assertThat(Ipv6HeaderWalk.of(skb, ip)).isEqualTo(c.expected);
  }
}
