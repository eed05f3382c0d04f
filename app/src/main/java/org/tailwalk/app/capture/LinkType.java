// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.capture;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The link types that Tailwalk reads; numbers as in the registry of tcpdump.org. */
public enum LinkType {
  /** Ethernet. */
  ETHERNET("Ethernet", 1),
  /** BSD loopback, family in the byte order of the capturing machine. */
  NULL("BSD loopback", 0),
  /** OpenBSD loopback, family in network order. */
  LOOP("OpenBSD loopback", 108),
  /** An IPv4 or IPv6 packet alone; 12 and 14 stand in files of old systems. */
  RAW("raw IP", 101, 12, 14, 228, 229),
  /** Linux cooked capture, {@code tcpdump -i any}. */
  SLL("Linux cooked v1", 113),
  /** Linux cooked capture with the interface index. */
  SLL2("Linux cooked v2", 276);

  private static final Map<Integer, String> REFUSED =
      Map.ofEntries(
          Map.entry(6, "Token Ring"),
          Map.entry(9, "PPP"),
          Map.entry(10, "FDDI"),
          Map.entry(50, "PPP with HDLC framing"),
          Map.entry(51, "PPPoE"),
          Map.entry(104, "Cisco HDLC"),
          Map.entry(105, "IEEE 802.11"),
          Map.entry(107, "frame relay"),
          Map.entry(119, "Prism header and IEEE 802.11"),
          Map.entry(127, "radiotap header and IEEE 802.11"),
          Map.entry(147, "USER0"),
          Map.entry(187, "Bluetooth HCI H4"),
          Map.entry(189, "Linux USB"),
          Map.entry(192, "PPI header"),
          Map.entry(195, "IEEE 802.15.4"),
          Map.entry(201, "Bluetooth HCI H4 with direction"),
          Map.entry(220, "Linux USB, padded"),
          Map.entry(227, "Linux SocketCAN"),
          Map.entry(239, "Linux netfilter log"),
          Map.entry(249, "USBPcap"),
          Map.entry(253, "Linux netlink"));

  private final String text;
  private final int[] numbers;

  LinkType(String text, int... numbers) {
    this.text = text;
    this.numbers = numbers;
  }

  /** The type that a file's number stands for; empty for those that Tailwalk doesn't read. */
  static Optional<LinkType> ofNumber(int number) {
    return Arrays.stream(values())
        .filter(type -> Arrays.stream(type.numbers).anyMatch(n -> n == number))
        .findFirst();
  }

  /** Any number with its name, for messages: {@code 105 (IEEE 802.11)}. */
  static String describe(int number) {
    return ofNumber(number)
        .map(type -> number + " (" + type.text + ")")
        .orElseGet(() ->
            REFUSED.containsKey(number) ? number + " (" + REFUSED.get(number) + ")" : "" + number);
  }

  /** The names of all types that are read, for messages. */
  static String allNames() {
    return Arrays.stream(values()).map(LinkType::toString).collect(Collectors.joining(", "));
  }

  @Override
  public String toString() {
    return text;
  }
}
