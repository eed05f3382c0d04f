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
    return DnsMessage.of(b, at).map(DnsText::words);
  }

  private static String words(DnsMessage message) {
    String name = message.name();
    int type = message.type();
    String question =
        TYPES.getOrDefault(type, "type " + type) + " " + (name.isEmpty() ? "." : name);
    if (!message.response()) {
      return "query " + question;
    }
    int code = message.responseCode();
    String answer = code == 0 ? "" : ": " + (code < CODES.length ? CODES[code] : "error " + code);
    return "response " + question + answer;
  }
}
