// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tailwalk.app.capture.CapturedPacket.Direction;

final class LinkLayerTest {
  private static final String MADE_UP = "020000000002" + "020000000001";

  record Case(
      String title,
      LinkType type,
      String in,
      String out,
      Direction direction,
      long index,
      String note) {
    static Case good(String title, LinkType type, String in, String out) {
      return new Case(title, type, in, out, Direction.UNKNOWN, 0, "");
    }

    static Case unreadable(String title, LinkType type, String in, String note) {
      return new Case(title, type, in, "", Direction.UNKNOWN, 0, note);
    }

    @Override
    public String toString() {
      return title;
    }
  }

  static Stream<Case> cases() {
    return Stream.of(
        Case.good("Ethernet stays", LinkType.ETHERNET, "0102030405", "0102030405"),
        Case.good("raw IPv4", LinkType.RAW, "4500", MADE_UP + "0800" + "4500"),
        Case.good("raw IPv6", LinkType.RAW, "6000", MADE_UP + "86dd" + "6000"),
        Case.unreadable(
            "raw, other version",
            LinkType.RAW,
            "5000",
            "raw IP packet of version 5, neither 4 nor 6"),
        Case.unreadable("raw, empty", LinkType.RAW, "", "raw IP packet of no bytes"),
        Case.good(
            "loopback, little endian",
            LinkType.NULL,
            "02000000" + "4500",
            MADE_UP + "0800" + "4500"),
        Case.good(
            "loopback, big endian", LinkType.NULL, "00000002" + "4500", MADE_UP + "0800" + "4500"),
        Case.good(
            "loopback IPv6 of macOS", LinkType.NULL, "1e000000" + "60", MADE_UP + "86dd" + "60"),
        Case.good("OpenBSD loopback", LinkType.LOOP, "00000018" + "60", MADE_UP + "86dd" + "60"),
        Case.unreadable(
            "loopback, unknown family",
            LinkType.LOOP,
            "00000063",
            "loopback packet of address family 99"),
        Case.unreadable(
            "loopback, cut", LinkType.NULL, "020000", "loopback header cut at 3 of 4 bytes"),
        new Case(
            "cooked, received",
            LinkType.SLL,
            "0000" + "0001" + "0006" + "aabbccddeeff0000" + "0800" + "4500",
            "020000000002" + "aabbccddeeff" + "0800" + "4500",
            Direction.IN,
            0,
            ""),
        new Case(
            "cooked, sent without an address",
            LinkType.SLL,
            "0004" + "fffe" + "0000" + "0000000000000000" + "86dd" + "60",
            MADE_UP + "86dd" + "60",
            Direction.OUT,
            0,
            ""),
        new Case(
            "cooked, broadcast ARP",
            LinkType.SLL,
            "0001" + "0001" + "0006" + "aabbccddeeff0000" + "0806" + "0001",
            "ffffffffffff" + "aabbccddeeff" + "0806" + "0001",
            Direction.IN,
            0,
            ""),
        new Case(
            "cooked, 802.2",
            LinkType.SLL,
            "0000" + "0001" + "0006" + "aabbccddeeff0000" + "0004" + "424203",
            "020000000002" + "aabbccddeeff" + "0003" + "424203",
            Direction.IN,
            0,
            ""),
        Case.unreadable(
            "cooked, cut",
            LinkType.SLL,
            "000000010006",
            "Linux cooked header cut at 6 of 16 bytes"),
        Case.unreadable(
            "cooked, netlink",
            LinkType.SLL,
            "0004" + "0338" + "0000" + "0000000000000000" + "0000",
            "netlink message, not a packet"),
        new Case(
            "cooked v2 with its interface",
            LinkType.SLL2,
            "0800" + "0000" + "0000000c" + "0001" + "04" + "06" + "aabbccddeeff0000" + "4500",
            "020000000002" + "aabbccddeeff" + "0800" + "4500",
            Direction.OUT,
            12,
            ""),
        Case.unreadable(
            "cooked v2, cut", LinkType.SLL2, "0800", "Linux cooked header cut at 2 of 20 bytes"));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void becomesEthernet(Case row) {
    byte[] in = HexFormat.of().parseHex(row.in);
    LinkLayer.Ethernet made = LinkLayer.of(row.type, in);
    assertThat(made.ethernet().hex()).isEqualTo(row.out);
    assertThat(made.direction()).isEqualTo(row.direction);
    assertThat(made.interfaceIndex()).isEqualTo(row.index);
    assertThat(made.note()).isEqualTo(row.note);
    if (row.note.isEmpty()) {
      assertThat(made.added()).isEqualTo(made.ethernet().length() - in.length);
    }
  }
}
