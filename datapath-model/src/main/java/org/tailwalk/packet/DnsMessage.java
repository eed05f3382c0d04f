// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.packet;

import java.util.Optional;

/**
 * A DNS message's header and its only question.
 *
 * @param responseCode 0 for well; of no meaning in a query
 * @param name without the closing dot; empty for the root
 * @param type number of the type asked for
 */
public record DnsMessage(int id, boolean response, int responseCode, String name, int type) {
  /**
   * Reads the message at {@code at}; empty when it is cut, compressed where none compresses, or has
   * another number of questions than one.
   */
  public static Optional<DnsMessage> of(Bytes b, int at) {
    if (b.length() < at + 12 || b.u16(at + 4) != 1) {
      return Optional.empty();
    }
    int flags = b.u16(at + 2);
    StringBuilder name = new StringBuilder();
    int pos = at + 12;
    while (pos < b.length() && b.at(pos) != 0) {
      int length = b.at(pos);
      if (length > 63 || pos + 1 + length > b.length() || name.length() > 255) {
        return Optional.empty();
      }
      if (!name.isEmpty()) {
        name.append('.');
      }
      for (int i = 0; i < length; i++) {
        int c = b.at(pos + 1 + i);
        name.append(c > 32 && c < 127 ? (char) c : '?');
      }
      pos += 1 + length;
    }
    if (pos + 3 > b.length()) {
      return Optional.empty();
    }
    return Optional.of(
        new DnsMessage(
            b.u16(at), (flags & 0x8000) != 0, flags & 15, name.toString(), b.u16(pos + 1)));
  }
}
