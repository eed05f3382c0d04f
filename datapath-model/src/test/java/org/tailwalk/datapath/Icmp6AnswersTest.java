// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.datapath;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.tailwalk.datapath.kernel.Checksum;
import org.tailwalk.engine.ReplayException;
import org.tailwalk.engine.ReplaySession;
import org.tailwalk.event.Hook;
import org.tailwalk.event.PathTrace;
import org.tailwalk.packet.Bytes;
import org.tailwalk.packet.IpAddress;
import org.tailwalk.scenario.DatapathConfig;
import org.tailwalk.scenario.Era;

/** Lab note "ICMPv6 answers trust the header", point by point. */
final class Icmp6AnswersTest {
  private static final DatapathConfig DUAL = DatapathConfig.dual(Era.SEED);
  private static final String ROUTER = "fd00:10::a0f";

  private static Bytes expiring(int payloadLength) {
    byte[] frame =
        PacketBuilder.from("fd00::1", "2001:db8::1").hopLimit(1).tcp(5, 6, 16).build().toArray();
    frame[19] = (byte) payloadLength;
    return Bytes.copyOf(frame);
  }

  private static PathTrace send(Bytes frame) throws ReplayException {
    return new TestNode(DUAL).allowAll().send(Hook.FROM_CONTAINER, TestNode.A, frame);
  }

  @Test
  void timeExceededQuotesHeaderAndTransport() throws ReplayException {
    PathTrace trace = send(expiring(20));
    assertThat(trace.returnCode()).isEqualTo(7);
    assertThat(trace.frame().length()).isEqualTo(54 + 68);
    assertThat(trace.frame().slice(62, 122)).isEqualTo(expiring(20).slice(14, 74));
    assertThat(checksumHolds(trace.frame(), 68)).isTrue();
  }

  private static boolean checksumHolds(Bytes frame, int payload) {
    int sum = Checksum.partial(frame.toArray(), 22, 32 + payload, 0);
    sum = Checksum.add(sum, Integer.reverseBytes(payload) >>> 16);
    return Checksum.fold(Checksum.add(sum, 58 << 8)) == 0;
  }

  @Test
  void timeExceededCutsTheFrameByAPayloadLengthTooLong() throws ReplayException {
    PathTrace trace = send(expiring(126));
    assertThat(TestNode.dropReason(trace)).isEqualTo(141);
    assertThat(trace.frame().length()).isEqualTo(16);
    PathTrace beyond = send(expiring(129));
    assertThat(TestNode.dropReason(beyond)).isEqualTo(141);
    assertThat(beyond.frame().length()).isEqualTo(74);
    assertThat(beyond.frame().at(20)).isEqualTo(58);
  }

  @Test
  void timeExceededHasATailByAPayloadLengthTooShort() throws ReplayException {
    PathTrace trace = send(expiring(10));
    assertThat(trace.returnCode()).isEqualTo(7);
    assertThat(trace.frame().length()).isEqualTo(132);
    assertThat(trace.frame().slice(122, 132).hex()).isEqualTo("0".repeat(20));
  }

  @Test
  void echoReplyClearsTheCode() throws ReplayException {
    PathTrace trace = send(PacketBuilder.from("fd00::1", ROUTER).icmp(128, 3, 9).build());
    assertThat(trace.frame().slice(54, 56).hex()).isEqualTo("8100");
    assertThat(trace.frame().u16(58)).isEqualTo(9);
    assertThat(checksumHolds(trace.frame(), 8)).isTrue();
  }

  @Test
  void advertisementClearsReservedBits() throws ReplayException {
    byte[] message = new byte[32];
    message[0] = (byte) 135;
    message[5] = 0x42;
    System.arraycopy(IpAddress.parse(ROUTER).toBytes(), 0, message, 8, 16);
    PathTrace trace = send(PacketBuilder.from("fd00::1", "ff02::1").payload(58, message).build());
    assertThat(trace.frame().slice(58, 62).hex()).isEqualTo("c0000000");
    assertThat(trace.frame().slice(78, 86).hex()).isEqualTo("02010e0000000001");
  }

  @Test
  void reverseNatDoesNotStepOverExtensionHeaders() throws ReplayException {
    TestNode node = new TestNode(DUAL).allowAll().service("fd00:96::1", 80, 0, 0, 8080, "fd00::2");
    try (ReplaySession session = node.open()) {
      TestNode.send(
          session,
          Hook.FROM_CONTAINER,
          TestNode.A,
          PacketBuilder.from("fd00::1", "fd00:96::1").udp(5, 80).build(),
          1_000_000);
      Bytes reply = PacketBuilder.from("fd00::2", "fd00::1").udp(8080, 5).extensions(60).build();
      PathTrace trace = TestNode.send(session, Hook.HANDLE_POLICY, TestNode.A, reply, 1_000_001);
      assertThat(trace.frame().u16(54)).isEqualTo(80);
      assertThat(trace.frame().u16(62)).isEqualTo(8080);
      assertThat(trace.frame().slice(22, 38).hex()).startsWith("fd000096");
    }
  }
}
