// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.inspector;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tailwalk.app.capture.Capture;
import org.tailwalk.app.capture.CaptureProgress;
import org.tailwalk.packet.Bytes;

/** What the packet tree says of checksums, and that a message of ICMP is one layer. */
class PacketChecksumsTest {
  private static final int IP = 14;

  private static List<PacketNode> tree(byte[] frame) {
    return PacketTree.of(Bytes.copyOf(frame));
  }

  private static boolean has(byte[] frame, String layer) {
    return tree(frame).stream().anyMatch(node -> node.name().equals(layer));
  }

  /** The first frame of a sample with such a layer. */
  private static byte[] frame(String sample, String layer) throws Exception {
    String file = "../samples/" + sample + "/capture.pcap";
    try (Capture capture = Capture.open(file, CaptureProgress.NONE)) {
      for (long n = 1; n <= capture.size(); n++) {
        byte[] data = capture.packet(n).frame().data().toArray();
        if (has(data, layer)) {
          return data;
        }
      }
    }
    throw new AssertionError("no " + layer + " in " + sample);
  }

  private static PacketNode checksum(byte[] frame, String layer) {
    return tree(frame).stream()
        .filter(node -> node.name().equals(layer))
        .flatMap(node -> node.children().stream())
        .filter(node -> node.name().toLowerCase(Locale.ROOT).endsWith("checksum"))
        .findFirst()
        .orElseThrow();
  }

  private static String remark(byte[] frame, String layer) {
    String text = checksum(frame, layer).text();
    return text.substring(text.indexOf('(') + 1, text.length() - 1);
  }

  @ParameterizedTest
  @CsvSource({
    "pod-to-pod, TCP",
    "ping-traceroute, UDP",
    "pod-to-pod, IPv4",
    "ping-traceroute, ICMPv4",
    "ipv6, TCP",
    "ipv6, UDP",
    "ipv6, ICMPv6"
  })
  void rightAndWrongOnesAreTold(String sample, String layer) throws Exception {
    byte[] frame = frame(sample, layer);
    PacketNode right = checksum(frame, layer);
    assertThat(remark(frame, layer)).isEqualTo("correct");
    assertThat(right.text()).isEqualTo(right.name() + ": " + right.value() + " (correct)");
    assertThat(right.value()).matches("0x[0-9a-f]{4}([0-9a-f]{4})?");
    if (!right.filter().isEmpty()) {
      assertThat(right.filter()).endsWith(" == " + right.value());
    }
    byte[] other = frame.clone();
    other[right.from()] ^= 0x55;
    assertThat(remark(other, layer)).isEqualTo("wrong, should be " + right.value());
  }

  /** The right one reckoned by hand, bit by bit, from the polynomial of RFC 9260. */
  @Test
  void sctpHasACrcItsLowestByteFirst() throws Exception {
    byte[] frame = frame("gre", "SCTP");
    PacketNode field = checksum(frame, "SCTP");
    assertThat(field.text()).isEqualTo("Checksum: 0x00000000 (wrong, should be 0x3e6b3a34)");
    ByteBuffer.wrap(frame).putInt(field.from(), 0x3e6b3a34);
    assertThat(remark(frame, "SCTP")).isEqualTo("correct");
  }

  @Test
  void aFirstFragmentShowsItsHeaderButNothingIsClaimedOfItsChecksum() throws Exception {
    byte[] four = frame("ping-traceroute", "UDP");
    four[IP + 6] |= 0x20; // more fragments
    assertThat(remark(four, "UDP")).isEqualTo("not verified: the packet is a fragment");
    four[IP + 7] = 2; // a later one
    assertThat(has(four, "UDP")).isFalse();

    byte[] whole = frame("ipv6", "UDP");
    byte[] six = new byte[whole.length + 8];
    int payload = IP + 40;
    System.arraycopy(whole, 0, six, 0, payload);
    System.arraycopy(whole, payload, six, payload + 8, whole.length - payload);
    ByteBuffer.wrap(six).putShort(IP + 4, (short) (six.length - payload));
    six[IP + 6] = 44; // a fragment header follows, and behind it UDP
    six[payload] = 17;
    assertThat(remark(six, "UDP")).as("one that is whole all the same").isEqualTo("correct");
    six[payload + 3] = 1; // more fragments
    assertThat(remark(six, "UDP")).isEqualTo("not verified: the packet is a fragment");
  }

  @Test
  void whatIsLeftToTheNetworkCardIsToldApart() throws Exception {
    byte[] frame = frame("pod-to-pod", "TCP");
    PacketNode field = checksum(frame, "TCP");
    int length = (frame[IP + 2] & 0xff) << 8 | frame[IP + 3] & 0xff;
    int sum = 6 + length - 20;
    for (int i = IP + 12; i < IP + 20; i += 2) {
      sum += (frame[i] & 0xff) << 8 | frame[i + 1] & 0xff;
    }
    while (sum > 0xffff) {
      sum = (sum & 0xffff) + (sum >> 16);
    }
    byte[] partial = frame.clone();
    ByteBuffer.wrap(partial).putShort(field.from(), (short) sum);
    assertThat(remark(partial, "TCP"))
        .startsWith("of the pseudo-header alone, should be " + field.value())
        .endsWith("checksum offload");
    byte[] unset = frame.clone();
    unset[IP + 10] = 0;
    unset[IP + 11] = 0;
    assertThat(remark(unset, "IPv4"))
        .startsWith("wrong, should be " + checksum(frame, "IPv4").value())
        .endsWith("checksum offload");
  }

  @Test
  void oneOfUdpNeedNotBeThereInIpv4() throws Exception {
    for (String sample : List.of("ping-traceroute", "ipv6")) {
      byte[] frame = frame(sample, "UDP");
      PacketNode field = checksum(frame, "UDP");
      frame[field.from()] = 0;
      frame[field.from() + 1] = 0;
      assertThat(remark(frame, "UDP"))
          .isEqualTo(sample.equals("ipv6") ? "wrong, should be " + field.value() : "none");
    }
  }

  @Test
  void ofWhatIsCutOffNothingIsClaimed() throws Exception {
    byte[] frame = frame("ping-traceroute", "UDP");
    byte[] cut = Arrays.copyOf(frame, frame.length - 1);
    assertThat(remark(cut, "UDP")).isEqualTo("not verified: the packet is cut off");
    assertThat(remark(cut, "IPv4")).isEqualTo("correct");
  }

  @Test
  void paddingBehindThePacketDoesNotCount() throws Exception {
    byte[] frame = frame("ping-traceroute", "UDP");
    byte[] padded = Arrays.copyOf(frame, frame.length + 5);
    Arrays.fill(padded, frame.length, padded.length, (byte) 0x77);
    assertThat(remark(padded, "UDP")).isEqualTo("correct");
  }

  @Test
  void bytesThatAreWrongBreakNothing() throws Exception {
    Random random = new Random(11);
    List<byte[]> frames =
        List.of(
            frame("pod-to-pod", "TCP"),
            frame("ping-traceroute", "UDP"),
            frame("ping-traceroute", "ICMPv4"),
            frame("ipv6", "UDP"),
            frame("ipv6", "ICMPv6"),
            frame("ipv6-headers", "IPv6"),
            frame("gre", "SCTP"));
    for (int i = 0; i < 1400; i++) {
      byte[] whole = frames.get(i % frames.size());
      byte[] frame = Arrays.copyOf(whole, whole.length - random.nextInt(2) * random.nextInt(40));
      for (int changes = random.nextInt(6); changes >= 0; changes--) {
        frame[IP + random.nextInt(Math.min(80, frame.length - IP))] = (byte) random.nextInt();
      }
      assertThat(tree(frame)).as(HexFormat.of().formatHex(frame)).isNotEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({"ping-traceroute, ICMPv4, IPv4", "ipv6, ICMPv6, IPv6"})
  void anEchoIsOneLayer(String sample, String layer, String network) throws Exception {
    List<PacketNode> layers = List.of();
    String file = "../samples/" + sample + "/capture.pcap";
    try (Capture capture = Capture.open(file, CaptureProgress.NONE)) {
      for (long n = 1; n <= capture.size(); n++) {
        List<PacketNode> read = tree(capture.packet(n).frame().data().toArray());
        assertThat(read)
            .extracting(PacketNode::name)
            .noneMatch(name -> name.startsWith(layer + " "));
        if (read.size() == 4 && read.get(2).text().contains("seq ")) {
          layers = read;
        }
      }
    }
    assertThat(layers)
        .extracting(PacketNode::name)
        .containsExactly("Ethernet", network, layer, "Payload");
    PacketNode icmp = layers.get(2);
    assertThat(icmp.text()).containsPattern("Echo.*  id \\d+, seq \\d+");
    assertThat(icmp.to() - icmp.from()).isEqualTo(8);
    assertThat(icmp.children())
        .extracting(PacketNode::name)
        .containsExactly("Type", "Code", "Checksum", "Identifier", "Sequence number");
  }
}
