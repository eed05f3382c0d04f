// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.filter;

import org.tailwalk.text.Message;

/** A filter that was understood. Immutable; used by several threads. */
public final class Filter {
  /** Lets every packet pass. */
  public static final Filter ALL =
      new Filter("", new Expr.All(), new Test.All(), Level.SUMMARY, false);

  /** So many bytes of a segment's payload do the fields of HTTP look at. */
  public static final int HTTP_BYTES = 2048;

  private static final int LONGEST = 20_000;

  private final String text;
  private final Expr expression;
  private final Test test;
  private final Level level;
  private final boolean asksBytes;

  private Filter(String text, Expr expression, Test test, Level level, boolean asksBytes) {
    this.text = text;
    this.expression = expression;
    this.test = test;
    this.level = level;
    this.asksBytes = asksBytes;
  }

  /**
   * Understands a text; a blank one lets every packet pass.
   *
   * @throws FilterException with the place and, where there is one, what may have been meant
   */
  public static Filter parse(String text) throws FilterException {
    if (text.isBlank()) {
      return ALL;
    }
    if (text.length() > LONGEST) {
      throw new FilterException(
          text, new Span(LONGEST, text.length()), Message.of("filter.wrong.long", LONGEST), "");
    }
    Expr expression = new Parser(text).parse();
    Compiler compiler = new Compiler(text);
    Test test = compiler.compile(expression);
    return new Filter(text.strip(), expression, test, compiler.level(), compiler.asksBytes());
  }

  /** As it was written, without blanks around it. */
  public String text() {
    return text;
  }

  /** What it says. */
  public Expr expression() {
    return expression;
  }

  /** Whether it lets every packet pass. */
  public boolean all() {
    return expression instanceof Expr.All;
  }

  /** How much of a packet it may need to know; many packets are decided with less. */
  public Level level() {
    return level;
  }

  /** Whether it asks for what stands in a packet's bytes: with those some are decided. */
  public boolean asksBytes() {
    return asksBytes;
  }

  /** Whether a packet passes, as far as the subject knows it. */
  public Truth test(Subject subject) {
    return test.test(subject);
  }

  @Override
  public String toString() {
    return text;
  }
}
