// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.filter;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a filter says. {@link #print} gives a text that parses to the same again. */
public sealed interface Expr {
  /** Every packet. */
  record All() implements Expr {}

  /**
   * A word or phrase that occurs in what the list says of a packet.
   *
   * @param text in lower case
   */
  record Word(String text, Span span) implements Expr {}

  /** A field is there; a field of yes and no says yes. */
  record Present(Operand operand) implements Expr {}

  /** A field against a value. */
  record Compare(Operand left, Relation relation, Value right) implements Expr {}

  /** A field against a field. */
  record CompareFields(Operand left, Relation relation, Operand right) implements Expr {}

  /** A field is one of these. */
  record In(Operand left, List<Item> items) implements Expr {
    /** Keeps its own copy. */
    public In {
      items = List.copyOf(items);
    }
  }

  /** Not so. */
  record Not(Expr of) implements Expr {}

  /** All of these; two or more. */
  record And(List<Expr> parts) implements Expr {
    /** Keeps its own copy. */
    public And {
      parts = List.copyOf(parts);
    }
  }

  /** One of these; two or more. */
  record Or(List<Expr> parts) implements Expr {
    /** Keeps its own copy. */
    public Or {
      parts = List.copyOf(parts);
    }
  }

  /** One or the other, not both. */
  record Xor(Expr left, Expr right) implements Expr {}

  /**
   * A field, perhaps something made of it, bytes of it or bits of it.
   *
   * @param field its name
   * @param slice which bytes; null for all
   * @param mask which bits; null for all
   * @param functions what is made of it, the innermost first
   * @param quantifier how many of its values must pass; null for what the relation says
   */
  record Operand(
      String field,
      Span span,
      @Nullable Slice slice,
      @Nullable Long mask,
      List<FilterFunction> functions,
      @Nullable Quantifier quantifier) {
    /** Keeps its own copy. */
    public Operand {
      functions = List.copyOf(functions);
    }
  }

  /** How many values of a field must pass, where that is written before it. */
  enum Quantifier {
    ANY,
    /** The field is there, and all its values pass. */
    ALL;

    /** As written. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }

    static @Nullable Quantifier of(String text) {
      return switch (text.toLowerCase(Locale.ROOT)) {
        case "any" -> ANY;
        case "all" -> ALL;
        default -> null;
      };
    }
  }

  /**
   * Bytes of a field, as Wireshark writes them: {@code [0:3]} three bytes from the first.
   *
   * @param from 0-based; below 0 from the end
   * @param length below 0 for all that follow
   */
  record Slice(int from, int length) {}

  /** A value as written. */
  record Value(String text, boolean quoted, Span span) {}

  /**
   * A member of a set.
   *
   * @param to the end of a range, inclusive; null for a single value
   */
  record Item(Value from, @Nullable Value to) {}

  /** How two things are compared. */
  enum Relation {
    /** Any value of the field is equal. */
    EQ("==", "eq"),
    /** The field is there and no value of it is equal. */
    NE("!=", "ne"),
    /** The field is there and all its values are equal. */
    ALL_EQ("===", "all_eq"),
    /** Any value of the field is unequal. */
    ANY_NE("~=", "any_ne"),
    GT(">", "gt"),
    LT("<", "lt"),
    GE(">=", "ge"),
    LE("<=", "le"),
    CONTAINS("contains", "contains"),
    MATCHES("matches", "matches");

    private final String sign;
    private final String word;

    Relation(String sign, String word) {
      this.sign = sign;
      this.word = word;
    }

    /** As printed. */
    public String sign() {
      return sign;
    }

    /** Written as a word. */
    public String word() {
      return word;
    }

    static @Nullable Relation of(String text) {
      String lower = text.toLowerCase(Locale.ROOT);
      for (Relation relation : values()) {
        if (relation.sign.equals(lower) || relation.word.equals(lower)) {
          return relation;
        }
      }
      return switch (lower) {
        case "!==" -> ANY_NE;
        case "~" -> MATCHES;
        case "all_ne" -> NE;
        case "any_eq" -> EQ;
        default -> null;
      };
    }
  }

  /** The expression as a text that parses to the same. */
  default String print() {
    return switch (this) {
      case All _ -> "";
      case Word w -> quote(w.text());
      case Present p -> operand(p.operand());
      case Compare c -> operand(c.left()) + " " + c.relation().sign() + " " + value(c.right());
      case CompareFields c ->
          operand(c.left()) + " " + c.relation().sign() + " " + operand(c.right());
      case In in ->
          in.items().stream()
              .map(i -> {
                Value to = i.to();
                return to == null ? value(i.from()) : value(i.from()) + " .. " + value(to);
              })
              .collect(Collectors.joining(", ", operand(in.left()) + " in {", "}"));
      case Not n -> "!" + inner(n.of());
      case And a -> a.parts().stream().map(Expr::inner).collect(Collectors.joining(" && "));
      case Or o -> o.parts().stream().map(Expr::inner).collect(Collectors.joining(" || "));
      case Xor x -> inner(x.left()) + " ^^ " + inner(x.right());
    };
  }

  private static String inner(Expr part) {
    return switch (part) {
      case And _, Or _, Xor _, Compare _, CompareFields _, In _ -> "(" + part.print() + ")";
      case All _, Word _, Present _, Not _ -> part.print();
    };
  }

  private static String operand(Operand o) {
    Quantifier quantifier = o.quantifier();
    StringBuilder text = new StringBuilder(quantifier == null ? "" : quantifier.label() + " ");
    o.functions().reversed().forEach(f -> text.append(f.label()).append('('));
    text.append(o.field()).append(")".repeat(o.functions().size()));
    Slice slice = o.slice();
    if (slice != null) {
      text.append('[').append(slice.from()).append(':');
      if (slice.length() >= 0) {
        text.append(slice.length());
      }
      text.append(']');
    }
    if (o.mask() != null) {
      text.append(" & 0x").append(Long.toHexString(o.mask()));
    }
    return text.toString();
  }

  private static String value(Value v) {
    return v.quoted() ? quote(v.text()) : v.text();
  }

  private static String quote(String text) {
    return '"'
        + text.replace("\\", "\\\\")
            .replace("\"", "\\\"")
            .replace("\n", "\\n")
            .replace("\t", "\\t")
            .replace("\r", "\\r")
        + '"';
  }
}
