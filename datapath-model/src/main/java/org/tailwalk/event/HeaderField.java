// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.event;

import org.tailwalk.packet.Bytes;
import org.tailwalk.packet.IpAddress;
import org.tailwalk.packet.MacAddress;

/** Values of the header fields that {@link PathEvent.Rewritten} names, as people write them. */
public final class HeaderField {
  private HeaderField() {}

  /**
   * An address, a decimal number, or hex digits in the order of the wire.
   *
   * @param field Wireshark's name of it
   * @param value its bytes; a field that the frame's end cuts off is hex digits
   */
  public static String text(String field, Bytes value) {
    String last = field.substring(field.lastIndexOf('.') + 1);
    return switch (last) {
      case "src", "dst", "proto_ipv4", "hw_mac" -> address(value);
      case "ttl", "hlim", "nxt" -> value.length() == 1 ? "" + value.at(0) : value.hex();
      case "srcport", "dstport", "opcode" -> value.length() == 2 ? "" + value.u16(0) : value.hex();
      case "type", "checksum", "tclass_flow" -> "0x" + value.hex();
      default -> value.hex();
    };
  }

  private static String address(Bytes value) {
    byte[] data = value.toArray();
    return switch (data.length) {
      case 4 -> IpAddress.v4(data, 0).toString();
      case 6 -> MacAddress.of(data, 0).toString();
      case 16 -> IpAddress.v6(data, 0).toString();
      default -> value.hex();
    };
  }
}
