// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.elf;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What section names say about the programs in them. */
final class SectionNames {
  private static final String NUMBER = "(0[xX][0-9a-fA-F]{1,8}|[0-9]{1,10})";
  private static final Pattern ID_KEY = Pattern.compile(NUMBER + "/" + NUMBER);

  private SectionNames() {}

  /** Legacy map id and slot of {@code ID/KEY}. */
  record IdKey(int id, int key) {}

  /** Reads {@code ID/KEY} as C's "%i/%i" does: 0x is hexadecimal, a leading 0 octal. */
  static Optional<IdKey> idKey(String section) {
    Matcher matcher = ID_KEY.matcher(section);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(new IdKey(number(matcher.group(1)), number(matcher.group(2))));
    } catch (NumberFormatException _) {
      return Optional.empty(); // an 8 or 9 in an octal number, or too large: not of this form
    }
  }

  private static int number(String text) {
    return Math.toIntExact(checked(Long.decode(text)));
  }

  private static long checked(long value) {
    if (value > Integer.MAX_VALUE) {
      throw new NumberFormatException("beyond 31 bits: " + value);
    }
    return value;
  }

  /** The program type, as far as a name tells; tc classifiers are the rule here. */
  static ProgramType type(String section) {
    String first = section.split("/", 2)[0];
    return switch (first) {
      case "xdp", "xdp.frags" -> ProgramType.XDP;
      case "action" -> ProgramType.SCHED_ACT;
      case "socket" -> ProgramType.SOCKET_FILTER;
      default -> ProgramType.SCHED_CLS;
    };
  }
}
