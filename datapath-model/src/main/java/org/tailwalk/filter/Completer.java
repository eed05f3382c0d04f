// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.filter;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.tailwalk.filter.Field.Type;
import org.tailwalk.text.Message;

/** Says how a filter may go on at the caret: fields, operators, values. */
public final class Completer {
  private static final int MOST = 60;

  private final Function<Field, List<String>> seen;

  /**
   * With what a capture holds.
   *
   * @param seen values of a field that occur, most useful first; empty where it isn't known
   */
  public Completer(Function<Field, List<String>> seen) {
    this.seen = seen;
  }

  /** Knows no capture. */
  public static Completer ofNothing() {
    return new Completer(_ -> List.of());
  }

  /**
   * What may stand at the caret.
   *
   * @param caret 0 to the text's length
   */
  public List<Completion> complete(String text, int caret) {
    int from = caret;
    while (from > 0 && partOfWord(text.charAt(from - 1))) {
      from--;
    }
    int to = caret;
    while (to < text.length() && partOfWord(text.charAt(to))) {
      to++;
    }
    List<Token> before;
    try {
      before = new Lexer(text.substring(0, from)).tokens();
    } catch (FilterException e) {
      // Inside of a text in quotes nothing can be guessed.
      return List.of();
    }
    String typed = text.substring(from, caret);
    Token last = before.size() < 2 ? null : before.get(before.size() - 2);
    Field field = compared(before);
    List<Completion> found = new ArrayList<>();
    if (field != null) {
      values(field, typed, from, to, found);
    } else if (last != null && argument(before) instanceof FilterFunction function) {
      fields(typed, from, to, f -> function.takes(f.type()), true, found);
    } else if (last != null
        && operand(before, before.size() - 2) instanceof Field left
        && from > last.span().to()) {
      operators(left, typed, from, to, found);
      fields(typed, from, to, _ -> true, false, found);
    } else {
      fields(typed, from, to, _ -> true, false, found);
      functions(typed, from, to, found);
    }
    return found.size() > MOST ? List.copyOf(found.subList(0, MOST)) : List.copyOf(found);
  }

  private static boolean partOfWord(char c) {
    return !Character.isWhitespace(c) && "\"(){}[]<>!=&|,~^".indexOf(c) < 0;
  }

  private static @Nullable Field operand(Token token) {
    return token.kind() == Token.Kind.WORD ? Fields.find(token.text()) : null;
  }

  /** The field, or function of one, that ends at a token. */
  private static @Nullable Field operand(List<Token> tokens, int at) {
    if (tokens.get(at).kind() != Token.Kind.RIGHT_PAREN || at < 3) {
      return operand(tokens.get(at));
    }
    Field of = operand(tokens, at - 1);
    int name = at;
    int open = 1;
    while (name > 0 && open > 0) {
      name--;
      open += tokens.get(name).kind() == Token.Kind.RIGHT_PAREN ? 1 : 0;
      open -= tokens.get(name).kind() == Token.Kind.LEFT_PAREN ? 1 : 0;
    }
    FilterFunction function = name > 0 ? FilterFunction.of(tokens.get(name - 1).text()) : null;
    return of == null || function == null || !function.takes(of.type()) ? null : function.of(of);
  }

  /** The function whose bracket has just been opened; null when none has. */
  private static @Nullable FilterFunction argument(List<Token> before) {
    int last = before.size() - 2;
    return last >= 1 && before.get(last).kind() == Token.Kind.LEFT_PAREN
        ? FilterFunction.of(before.get(last - 1).text())
        : null;
  }

  private static void functions(String typed, int from, int to, List<Completion> found) {
    String lower = typed.toLowerCase(Locale.ROOT);
    if (lower.isEmpty()) {
      return;
    }
    for (FilterFunction function : FilterFunction.values()) {
      if (function.label().startsWith(lower)) {
        found.add(new Completion(from, to, function.label() + "(", function.about()));
      }
    }
    for (Expr.Quantifier quantifier : Expr.Quantifier.values()) {
      if (quantifier.label().startsWith(lower)) {
        found.add(
            new Completion(
                from,
                to,
                quantifier.label() + " ",
                Message.of("filter.quantifier." + quantifier.label())));
      }
    }
  }

  /** The field whose value is being written; null when none is. */
  private static @Nullable Field compared(List<Token> before) {
    int last = before.size() - 2;
    int open = last;
    // Back to the brace of a set that is being written.
    while (open >= 0
        && (before.get(open).kind() == Token.Kind.COMMA
            || before.get(open).kind() == Token.Kind.WORD
            || before.get(open).kind() == Token.Kind.STRING)) {
      open--;
    }
    if (open >= 2
        && before.get(open).kind() == Token.Kind.LEFT_BRACE
        && before.get(open - 1).text().equalsIgnoreCase("in")) {
      int at = before.get(open - 2).text().equalsIgnoreCase("not") ? open - 3 : open - 2;
      return at >= 0 ? operand(before, at) : null;
    }
    if (last < 1) {
      return null;
    }
    Token sign = before.get(last);
    boolean relation =
        sign.kind() == Token.Kind.RELATION
            || sign.kind() == Token.Kind.WORD && Expr.Relation.of(sign.text()) != null;
    return relation ? operand(before, last - 1) : null;
  }

  private void values(Field field, String typed, int from, int to, List<Completion> found) {
    List<String> values = new ArrayList<>(seen.apply(field));
    if (field.type() == Type.BOOL) {
      values.addAll(List.of("true", "false"));
    }
    for (String word : field.words()) {
      if (!values.contains(word)) {
        values.add(word);
      }
    }
    String lower = typed.toLowerCase(Locale.ROOT);
    for (boolean first : new boolean[] {true, false}) {
      for (String value : values) {
        String other = value.toLowerCase(Locale.ROOT);
        boolean begins = other.startsWith(lower);
        if (begins == first && (begins || other.contains(lower))) {
          String written = needsQuotes(value) ? '"' + value + '"' : value;
          found.add(new Completion(from, to, written));
        }
      }
    }
  }

  private static boolean needsQuotes(String value) {
    return value.isEmpty() || !value.chars().allMatch(c -> partOfWord((char) c));
  }

  private static void operators(
      @Nullable Field field, String typed, int from, int to, List<Completion> found) {
    if (field == null) {
      return;
    }
    List<String> signs =
        switch (field.type()) {
          case PROTOCOL -> List.of();
          case BOOL, MAC, WORD -> List.of("==", "!=", "in {");
          case NUMBER, TIME, IPV4, IPV6 -> List.of("==", "!=", "<", "<=", ">", ">=", "in {");
          case TEXT -> List.of("==", "!=", "contains", "matches", "in {");
          case BYTES -> List.of("contains", "matches", "==", "!=");
        };
    for (String sign : signs) {
      if (sign.startsWith(typed.toLowerCase(Locale.ROOT))) {
        found.add(new Completion(from, to, sign.endsWith("{") ? sign : sign + " ", about(sign)));
      }
    }
    for (String word : List.of("and", "or")) {
      if (!typed.isEmpty() && word.startsWith(typed.toLowerCase(Locale.ROOT))) {
        found.add(new Completion(from, to, word + " "));
      }
    }
  }

  private static Message about(String sign) {
    return switch (sign) {
      case "==" -> Message.of("filter.sign.eq");
      case "!=" -> Message.of("filter.sign.ne");
      case "contains" -> Message.of("filter.sign.contains");
      case "matches" -> Message.of("filter.sign.matches");
      case "in {" -> Message.of("filter.sign.in", "{80, 443, 8000..8080}");
      default -> Message.plain();
    };
  }

  private static void fields(
      String typed,
      int from,
      int to,
      Predicate<Field> fits,
      boolean closed,
      List<Completion> found) {
    String lower = typed.toLowerCase(Locale.ROOT);
    List<Field> later = new ArrayList<>();
    for (Field field : Fields.all()) {
      if (!fits.test(field)) {
        continue;
      }
      boolean laneOfItsOwn =
          field.name().startsWith("kernel.") || field.name().startsWith("model.");
      if (field.name().startsWith(lower) && (!laneOfItsOwn || !lower.isEmpty())) {
        found.add(completion(field, from, to, closed));
      } else if (lower.length() >= 2 && field.name().contains(lower)) {
        later.add(field);
      }
    }
    later.stream()
        .sorted(
            java.util.Comparator.comparingInt(
                f -> f.name().startsWith("kernel.") || f.name().startsWith("model.") ? 1 : 0))
        .forEach(f -> found.add(completion(f, from, to, closed)));
  }

  private static Completion completion(Field field, int from, int to, boolean closed) {
    if (closed) {
      return new Completion(from, to, field.name() + ") ", field.about());
    }
    boolean alone = field.type() == Type.PROTOCOL || field.type() == Type.BOOL;
    return new Completion(from, to, alone ? field.name() : field.name() + " ", field.about());
  }
}
