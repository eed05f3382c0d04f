// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.inspector;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tailwalk.packet.Bytes;

/** What pcap4j leaves closed is opened as Wireshark shows it, and never breaks the tree. */
class PacketTreeTest {
  private static final byte[] MACS = hex("0200000000020200000000010800");
  private static final byte[] INNER_UDP = hex("30390035000c000061626364");

  /** A frame, and its layers by name. */
  private record Case(String what, byte[] frame, List<String> layers) {
    @Override
    public String toString() {
      return what;
    }
  }

  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text);
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  private static byte[] ip(int protocol, byte[] payload) {
    byte[] header = hex("450000000001000040000000" + "0a00000b" + "0a000114");
    header[2] = (byte) (20 + payload.length >> 8);
    header[3] = (byte) (20 + payload.length);
    header[9] = (byte) protocol;
    return join(header, payload);
  }

  private static byte[] ip6(int next, byte[] payload) {
    byte[] header =
        hex(
            "60000000"
                + "0000"
                + "0040"
                + "fd00"
                + "00".repeat(13)
                + "01fd00"
                + "00".repeat(13)
                + "02");
    header[4] = (byte) (payload.length >> 8);
    header[5] = (byte) payload.length;
    header[6] = (byte) next;
    return join(header, payload);
  }

  private static byte[] udp(int port, byte[] payload) {
    byte[] header = hex("c000" + "%04x".formatted(port) + "00000000");
    header[4] = (byte) (8 + payload.length >> 8);
    header[5] = (byte) (8 + payload.length);
    return join(header, payload);
  }

  private static List<Case> cases() {
    byte[] inner = ip(17, INNER_UDP);
    byte[] ethernet = join(MACS, inner);
    List<String> rest = List.of("IPv4", "UDP", "Payload");
    return List.of(
        of("GRE", ip(47, join(hex("00000800"), inner)), List.of("GRE"), rest),
        of(
            "GRE with checksum, key and sequence number",
            ip(47, join(hex("b0000800" + "12340000" + "0000002a" + "00000007"), inner)),
            List.of("GRE"),
            rest),
        of(
            "GRE with Ethernet inside",
            ip(47, join(hex("00006558"), ethernet)),
            List.of("GRE", "Ethernet"),
            rest),
        of("IP in IP", ip(4, inner), List.of(), rest),
        of("IPv6 in IP", ip(41, ip6(17, INNER_UDP)), List.of("IPv6"), List.of("UDP", "Payload")),
        of(
            "VXLAN",
            ip(17, udp(8472, join(hex("0800000000002a00"), ethernet))),
            List.of("UDP", "VXLAN", "Ethernet"),
            rest),
        of(
            "Geneve with an option",
            ip(17, udp(6081, join(hex("0200655800002a00" + "0102800100000001"), ethernet))),
            List.of("UDP", "Geneve", "Ethernet"),
            rest),
        of("GRE of PPTP", ip(47, hex("3001880b00000000")), List.of("Payload"), List.of()),
        of("GRE cut off", ip(47, hex("b0000800")), List.of("Payload"), List.of()),
        of("GRE with nothing inside", ip(47, hex("00000800")), List.of("Payload"), List.of()),
        of("no VXLAN", ip(17, udp(4789, hex("00000000"))), List.of("UDP", "Payload"), List.of()));
  }

  private static Case of(String what, byte[] packet, List<String> outer, List<String> rest) {
    List<String> all = new java.util.ArrayList<>(List.of("Ethernet", "IPv4"));
    all.addAll(outer);
    all.addAll(rest);
    return new Case(what, join(MACS, packet), all);
  }

  private static List<String> names(List<PacketNode> layers) {
    return layers.stream().map(PacketNode::name).toList();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void aTunnelIsOpenedAndItsLayersCoverTheFrame(Case c) {
    List<PacketNode> layers = PacketTree.of(Bytes.copyOf(c.frame));
    assertThat(names(layers)).isEqualTo(c.layers);
    int at = 0;
    for (PacketNode layer : layers) {
      assertThat(layer.from()).isEqualTo(at);
      at = layer.to();
    }
    assertThat(at).isEqualTo(c.frame.length);
  }

  @Test
  void aTunnelTellsItsFields() {
    PacketNode gre =
        PacketTree.of(
                Bytes.copyOf(
                    join(MACS, ip(47, join(hex("20000800" + "0000002a"), ip(17, INNER_UDP))))))
            .get(2);
    assertThat(gre.text()).isEqualTo("GRE · 8 bytes");
    assertThat(gre.children())
        .extracting(PacketNode::text)
        .containsExactly(
            "Flags and version: 0x2000", "Protocol type: 0x0800 (IPv4)", "Key: 0x0000002a");
  }

  @Test
  void tunnelsInTunnelsEnd() {
    byte[] packet = ip(17, INNER_UDP);
    for (int i = 0; i < 100; i++) {
      packet = ip(4, packet);
    }
    assertThat(names(PacketTree.of(Bytes.copyOf(join(MACS, packet)))))
        .hasSize(11)
        .endsWith("IPv4", "Payload");
  }
}
