// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.filter;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import org.tailwalk.filter.Field.Type;
import org.tailwalk.packet.Bytes;
import org.tailwalk.packet.IpAddress;
import org.tailwalk.packet.MacAddress;
import org.tailwalk.text.Message;

/** Reads the values that stand beside one field, and says what of the field they let pass. */
final class Values {
  private final String text;
  private final Field field;
  private final Type type;

  /**
   * Beside a field.
   *
   * @param text the filter, for messages
   * @param type of what is compared: bytes for a slice
   */
  Values(String text, Field field, Type type) {
    this.text = text;
    this.field = field;
    this.type = type;
  }

  private FilterException wrong(Expr.Value value, Message needs, String suggestion) {
    return new FilterException(
        text,
        value.span(),
        Message.of("filter.wrong.value", field.name(), needs, value.text()),
        suggestion);
  }

  private FilterException operator(Expr.Value value, String operator) {
    Message better =
        field.type() == Type.PROTOCOL
            ? Message.of("filter.wrong.protocol", field.name())
            : Message.of("filter.wrong.operator", field.name(), type.label(), operator);
    return new FilterException(text, value.span(), better, "");
  }

  /** Those equal to a value, or inside a prefix. */
  Predicate<Object> equal(Expr.Value value) throws FilterException {
    if (type == Type.IPV4 || type == Type.IPV6) {
      int slash = value.text().indexOf('/');
      if (slash > 0) {
        return prefix(value, slash);
      }
    }
    Object wanted = single(value);
    if (type == Type.TEXT && !field.names().isEmpty()) {
      return v -> v.toString().equalsIgnoreCase(wanted.toString());
    }
    return wanted::equals;
  }

  /** The value as the field's extractor gives them. */
  Object single(Expr.Value value) throws FilterException {
    String written = value.text();
    return switch (type) {
      case BOOL -> orElse(Literals.bool(written), value, Message.of("filter.needs.bool"));
      case NUMBER -> number(value);
      case TIME -> orElse(Literals.nanos(written), value, Message.of("filter.needs.time"));
      case IPV4 -> orElse(Literals.address(written, false), value, Message.of("filter.needs.ipv4"));
      case IPV6 -> orElse(Literals.address(written, true), value, Message.of("filter.needs.ipv6"));
      case MAC -> orElse(Literals.mac(written), value, Message.of("filter.needs.mac"));
      case TEXT -> written;
      case BYTES -> orElse(Literals.bytes(value), value, Message.of("filter.needs.bytes"));
      case WORD -> word(value);
      case PROTOCOL -> throw operator(value, "a value");
    };
  }

  private <T> T orElse(@Nullable T found, Expr.Value value, Message needs) throws FilterException {
    if (found == null) {
      boolean family =
          type == Type.IPV4 && Literals.address(value.text(), true) != null
              || type == Type.IPV6 && Literals.address(value.text(), false) != null;
      if (family) {
        String better =
            type == Type.IPV4
                ? field.name().replaceFirst("^ip\\.", "ipv6.")
                : field.name().replaceFirst("^ipv6\\.", "ip.");
        throw wrong(value, Message.of("filter.needs.others", needs, better), "");
      }
      throw wrong(value, needs, "");
    }
    return found;
  }

  private Long number(Expr.Value value) throws FilterException {
    String name = value.text().toLowerCase(Locale.ROOT);
    Long named = field.names().get(name);
    if (named == null) {
      named = field.names().get(name.replace('_', '-'));
    }
    if (named == null && field.name().endsWith("drop.reason")) {
      named = field.names().get("drop_" + name.replace('-', '_'));
    }
    if (named != null) {
      return named;
    }
    Long number = Literals.whole(value.text());
    if (number == null) {
      boolean names = !field.names().isEmpty();
      throw wrong(
          value,
          names
              ? Message.of("filter.needs.name", field.words().getFirst())
              : Message.of("filter.needs.number"),
          names ? Nearest.of(name, field.names().keySet()) : "");
    }
    // A program returns minus the reason's code; both are written.
    return field.name().endsWith("drop.reason") ? (Long) Math.abs(number) : number;
  }

  private String word(Expr.Value value) throws FilterException {
    String word = Shapes.word(value.text());
    // As the packet list shortens it.
    if (word.equals("est") && field.names().containsKey("established")) {
      word = "established";
    }
    if (!field.names().containsKey(word)) {
      throw wrong(
          value,
          Message.of("filter.needs.one-of", String.join(", ", field.words())),
          Nearest.of(word, field.names().keySet()));
    }
    return word;
  }

  private Predicate<Object> prefix(Expr.Value value, int slash) throws FilterException {
    String length = value.text().substring(slash + 1);
    Expr.Value front =
        new Expr.Value(
            value.text().substring(0, slash),
            false,
            new Span(value.span().from(), value.span().from() + slash));
    IpAddress address = (IpAddress) single(front);
    int most = type == Type.IPV6 ? 128 : 32;
    int bits = length.matches("\\d{1,3}") ? Integer.parseInt(length) : -1;
    if (bits < 0 || bits > most) {
      throw new FilterException(
          text,
          new Span(value.span().from() + slash + 1, value.span().to()),
          Message.of("filter.wrong.prefix", most, length),
          "");
    }
    if (type == Type.IPV4) {
      long mask = bits == 0 ? 0 : -1L << (32 - bits);
      return v -> v instanceof IpAddress a && ((a.lo() ^ address.lo()) & mask) == 0;
    }
    long high = bits == 0 ? 0 : bits >= 64 ? -1L : -1L << (64 - bits);
    long low = bits <= 64 ? 0 : -1L << (128 - bits);
    return v ->
        v instanceof IpAddress a
            && ((a.hi() ^ address.hi()) & high) == 0
            && ((a.lo() ^ address.lo()) & low) == 0;
  }

  /** Those that a text, or bytes, occur in. */
  Predicate<Object> contains(Expr.Value value) throws FilterException {
    switch (type) {
      case TEXT, WORD -> {
        String wanted = value.text();
        return v -> v.toString().contains(wanted);
      }
      case BYTES, MAC -> {
        Bytes wanted = Literals.bytes(value);
        if (wanted == null) {
          throw wrong(value, Message.of("filter.needs.bytes"), "");
        }
        return v -> holds(v, wanted);
      }
      case BOOL, NUMBER, TIME, IPV4, IPV6, PROTOCOL -> throw operator(value, "contains");
    }
    throw new IllegalStateException("the switch above knows every type");
  }

  private static boolean holds(Object value, Bytes wanted) {
    Bytes in = value instanceof MacAddress m ? Bytes.copyOf(m.toBytes()) : (Bytes) value;
    outer:
    for (int i = 0; i + wanted.length() <= in.length(); i++) {
      for (int j = 0; j < wanted.length(); j++) {
        if (in.at(i + j) != wanted.at(j)) {
          continue outer;
        }
      }
      return true;
    }
    return false;
  }

  /** Those that a regular expression is found in, in any case. */
  Predicate<Object> matches(Expr.Value value) throws FilterException {
    if (type != Type.TEXT && type != Type.WORD && type != Type.BYTES) {
      throw operator(value, "matches");
    }
    Pattern pattern;
    try {
      pattern = Pattern.compile(value.text(), Pattern.CASE_INSENSITIVE);
    } catch (PatternSyntaxException e) {
      int at = value.span().from() + (value.quoted() ? 1 : 0) + Math.max(0, e.getIndex());
      at = Math.min(at, Math.max(value.span().from(), value.span().to() - 1));
      throw new FilterException(
          text,
          new Span(at, at + 1),
          Message.of(
              "filter.wrong.regex", String.valueOf(e.getDescription()).toLowerCase(Locale.ROOT)),
          "");
    }
    return v -> {
      String in =
          v instanceof Bytes b
              ? new String(b.toArray(), StandardCharsets.ISO_8859_1)
              : v.toString();
      try {
        return pattern.matcher(new Patience(in)).find();
      } catch (StackOverflowError | Patience.Spent e) {
        // Nested repetitions over a long text: such a pattern finds nothing.
        return false;
      }
    };
  }
}
