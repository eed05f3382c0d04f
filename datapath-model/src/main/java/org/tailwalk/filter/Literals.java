// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.filter;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.tailwalk.packet.Bytes;
import org.tailwalk.packet.IpAddress;
import org.tailwalk.packet.MacAddress;

/** Reads the values that are written in a filter; null for what is none of its kind. */
final class Literals {
  private static final BigDecimal NANOS = BigDecimal.valueOf(1_000_000_000);

  private Literals() {}

  /** A whole number: decimal, 0x, 0b, with a sign. */
  static @Nullable Long whole(String text) {
    String digits = text.startsWith("-") ? text.substring(1) : text;
    String lower = digits.toLowerCase(Locale.ROOT);
    int radix = lower.startsWith("0x") ? 16 : lower.startsWith("0b") ? 2 : 10;
    String bare = radix == 10 ? lower : lower.substring(2);
    if (bare.isEmpty() || bare.length() > 64 || !bare.chars().allMatch(Literals::alphanumeric)) {
      return null;
    }
    try {
      long value = Long.parseLong(bare, radix);
      return text.startsWith("-") ? -value : value;
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static boolean alphanumeric(int c) {
    return c >= '0' && c <= '9' || c >= 'a' && c <= 'f';
  }

  /** Seconds, or with ms, us, ns behind them; in nanoseconds. */
  static @Nullable Long nanos(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    long unit = 1_000_000_000L;
    String number = lower;
    if (lower.endsWith("ms")) {
      unit = 1_000_000;
      number = lower.substring(0, lower.length() - 2);
    } else if (lower.endsWith("us") || lower.endsWith("µs")) {
      unit = 1_000;
      number = lower.substring(0, lower.length() - 2);
    } else if (lower.endsWith("ns")) {
      unit = 1;
      number = lower.substring(0, lower.length() - 2);
    } else if (lower.endsWith("s")) {
      number = lower.substring(0, lower.length() - 1);
    }
    if (!number.matches("-?\\d{1,12}(\\.\\d{1,18})?")) {
      return null;
    }
    BigDecimal nanos = new BigDecimal(number).multiply(BigDecimal.valueOf(unit));
    return nanos.abs().compareTo(NANOS.multiply(NANOS).multiply(BigDecimal.valueOf(9))) > 0
        ? null
        : nanos.longValue();
  }

  static @Nullable IpAddress address(String text, boolean six) {
    try {
      IpAddress address = IpAddress.parse(text);
      return address.v6() == six ? address : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  static @Nullable MacAddress mac(String text) {
    String colons = text.replace('-', ':');
    if (!colons.matches("[0-9a-fA-F]{2}(:[0-9a-fA-F]{2}){5}")) {
      return null;
    }
    return MacAddress.parse(colons);
  }

  /**
   * {@code 02:00:ff}, {@code 02-00-ff}, {@code 0x0200ff}, a quoted text, or one byte {@code ff}.
   */
  static @Nullable Bytes bytes(Expr.Value value) {
    if (value.quoted()) {
      return Bytes.copyOf(value.text().getBytes(StandardCharsets.UTF_8));
    }
    String hex = value.text();
    if (hex.startsWith("0x") || hex.startsWith("0X")) {
      hex = hex.substring(2);
    } else if (hex.matches("[0-9a-fA-F]{2}([:.-][0-9a-fA-F]{2})*")) {
      hex = hex.replaceAll("[:.-]", "");
    }
    if (hex.isEmpty() || hex.length() % 2 != 0 || !hex.matches("[0-9a-fA-F]+")) {
      return null;
    }
    return Bytes.copyOf(HexFormat.of().parseHex(hex));
  }

  static @Nullable Long bool(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "1", "true", "yes" -> 1L;
      case "0", "false", "no" -> 0L;
      default -> null;
    };
  }

  /** What stands in {@code [ ]}: {@code 0:3}, {@code 0-2}, {@code 2}. */
  static Expr.@Nullable Slice slice(String text) {
    if (!text.matches("-?\\d{0,6}(:\\d{0,6}|-\\d{1,6})?") || text.isEmpty() || text.equals("-")) {
      return null;
    }
    int colon = text.indexOf(':');
    int dash = text.indexOf('-', 1);
    if (colon >= 0) {
      String from = text.substring(0, colon);
      String count = text.substring(colon + 1);
      if (from.equals("-") || count.equals("0") || from.isEmpty() && count.isEmpty()) {
        return null;
      }
      return new Expr.Slice(
          from.isEmpty() ? 0 : Integer.parseInt(from),
          count.isEmpty() ? -1 : Integer.parseInt(count));
    }
    if (dash > 0) {
      int from = Integer.parseInt(text.substring(0, dash));
      int to = Integer.parseInt(text.substring(dash + 1));
      return to < from || from < 0 ? null : new Expr.Slice(from, to - from + 1);
    }
    return new Expr.Slice(Integer.parseInt(text), 1);
  }
}
