// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Which packets are printed: {@code A-B}, {@code A-}, {@code -B} or {@code A}.
 *
 * @param from 1-based, included
 * @param to included
 */
record PacketRange(long from, long to) {
  static final PacketRange ALL = new PacketRange(1, Long.MAX_VALUE);

  private static final Pattern FORM = Pattern.compile("(\\d{0,18})(-?)(\\d{0,18})");

  boolean contains(long number) {
    return number >= from && number <= to;
  }

  /** Reads the words of {@code --packets}. */
  static final class Converter implements ITypeConverter<PacketRange> {
    @Override
    public PacketRange convert(String text) {
      Matcher m = FORM.matcher(text);
      if (!m.matches() || (m.group(1).isEmpty() && m.group(3).isEmpty())) {
        throw new TypeConversionException(
            "'" + text + "' is not a range such as 3-17, 3-, -17 or 3");
      }
      long from = m.group(1).isEmpty() ? 1 : Long.parseLong(m.group(1));
      long to =
          m.group(2).isEmpty()
              ? from
              : m.group(3).isEmpty() ? Long.MAX_VALUE : Long.parseLong(m.group(3));
      if (from < 1 || to < from) {
        throw new TypeConversionException(
            "'"
                + text
                + "' is no range of packets: they count from 1, and the second is not below the"
                + " first");
      }
      return new PacketRange(from, to);
    }
  }
}
