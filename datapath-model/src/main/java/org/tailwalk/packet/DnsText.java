// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.packet;

import java.util.Map;
import java.util.Optional;

/** A DNS message in few words: its kind and its first question. */
final class DnsText {
  private static final Map<Integer, String> TYPES =
      Map.ofEntries(
          Map.entry(1, "A"),
          Map.entry(2, "NS"),
          Map.entry(5, "CNAME"),
          Map.entry(6, "SOA"),
          Map.entry(12, "PTR"),
          Map.entry(15, "MX"),
          Map.entry(16, "TXT"),
          Map.entry(28, "AAAA"),
          Map.entry(33, "SRV"),
          Map.entry(41, "OPT"),
          Map.entry(65, "HTTPS"),
          Map.entry(255, "ANY"));
  private static final String[] CODES = {
    "", "format error", "server failure", "no such name", "not implemented", "refused"
  };

  private DnsText() {}

  static Optional<String> of(Bytes b, int at) {
    if (b.length() < at + 12 || b.u16(at + 4) != 1) {
      return Optional.empty();
    }
    int flags = b.u16(at + 2);
    boolean response = (flags & 0x8000) != 0;
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
    int type = b.u16(pos + 1);
    String question =
        TYPES.getOrDefault(type, "type " + type) + " " + (name.isEmpty() ? "." : name);
    if (!response) {
      return Optional.of("query " + question);
    }
    int code = flags & 15;
    String answer = code == 0 ? "" : ": " + (code < CODES.length ? CODES[code] : "error " + code);
    return Optional.of("response " + question + answer);
  }
}
