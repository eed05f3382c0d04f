// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.lesson;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tailwalk.app.lesson.Check.Lane;
import org.tailwalk.app.lesson.Check.Operator;
import org.tailwalk.filter.Filter;
import org.tailwalk.filter.FilterException;

/**
 * Reads checks:
 *
 * <pre>
 *   check   = [lane ":"] subject path operator value
 *           | [lane ":"] subject ("has" | "lacks") words
 *           | subject ("passes" | "fails") filter
 *   lane    = "kernel" | "model"
 *   subject = "packet" N | "packets" A "-" B | "capture"
 * </pre>
 */
final class CheckReader {
  private static final Pattern LINE =
      Pattern.compile(
          "(?:(kernel|model):\\s*)?(?:packets?\\s+(\\d{1,7})(?:-(\\d{1,7}))?|(capture))\\s+(.+)");
  private static final Pattern COMPARED =
      Pattern.compile("([A-Za-z0-9_.\\[\\]]+)\\s*(==|!=|>=|<=|>|<|\\bcontains\\b)\\s*(.+)");
  private static final Pattern FILTERED = Pattern.compile("(passes|fails)\\s+(.+)");
  private static final Pattern SAID = Pattern.compile("(has|lacks)\\s+(.+)");

  private CheckReader() {}

  private record Subject(Lane lane, int first, int last, String rest) {}

  /** Reads a check. */
  static Check read(String file, int line, String text) throws LessonException {
    Subject subject = subject(file, line, text);
    Matcher said = SAID.matcher(subject.rest);
    if (said.matches()) {
      Operator operator = said.group(1).equals("has") ? Operator.HAS : Operator.LACKS;
      if (subject.first == 0) {
        throw bad(file, line, text, "only a packet has steps to look for words in");
      }
      return new Check(
          subject.lane,
          subject.first,
          subject.last,
          "steps",
          operator,
          unquoted(said.group(2)),
          text.strip(),
          line);
    }
    Matcher filtered = FILTERED.matcher(subject.rest);
    if (filtered.matches()) {
      return filter(file, line, text, subject, filtered);
    }
    Matcher compared = COMPARED.matcher(subject.rest);
    if (!compared.matches()) {
      throw bad(
          file,
          line,
          text,
          "expected a path, one of == != >= <= > < contains, and a value; or has or lacks and"
              + " words");
    }
    String path = compared.group(1);
    if (!Facts.known(path, subject.first == 0)) {
      throw bad(file, line, text, Facts.unknown(path, subject.first == 0));
    }
    String sign = compared.group(2);
    for (Operator operator : Operator.values()) {
      if (operator.sign().equals(sign)) {
        return new Check(
            subject.lane,
            subject.first,
            subject.last,
            path,
            operator,
            unquoted(compared.group(3)),
            text.strip(),
            line);
      }
    }
    throw bad(file, line, text, "unknown sign " + sign);
  }

  private static Check filter(String file, int line, String text, Subject subject, Matcher filtered)
      throws LessonException {
    if (subject.first == 0 || subject.lane != Lane.EACH) {
      throw bad(
          file,
          line,
          text,
          "a filter is asked of packets; its fields name the lane: kernel.verdict");
    }
    try {
      Filter.parse(filtered.group(2));
    } catch (FilterException e) {
      throw bad(file, line, text, String.valueOf(e.getMessage()));
    }
    return new Check(
        Lane.EACH,
        subject.first,
        subject.last,
        "filter",
        filtered.group(1).equals("passes") ? Operator.PASSES : Operator.FAILS,
        filtered.group(2).strip(),
        text.strip(),
        line);
  }

  /** Reads what proves an answer: a check, or a path alone. */
  static Question.Proof proof(String file, int line, String text) throws LessonException {
    Subject subject = subject(file, line, text);
    if (subject.rest.matches("[A-Za-z0-9_.\\[\\]]+")) {
      if (!Facts.known(subject.rest, subject.first == 0)) {
        throw bad(file, line, text, Facts.unknown(subject.rest, subject.first == 0));
      }
      return new Question.Proof(
          null, new Question.Path(subject.lane, subject.first, subject.rest, line));
    }
    return new Question.Proof(read(file, line, text), null);
  }

  private static Subject subject(String file, int line, String text) throws LessonException {
    Matcher matcher = LINE.matcher(text.strip());
    if (!matcher.matches()) {
      throw bad(file, line, text, "a check begins with packet N, packets A-B or capture");
    }
    String lane = matcher.group(1);
    Lane where = lane == null ? Lane.EACH : lane.equals("kernel") ? Lane.KERNEL : Lane.MODEL;
    if (matcher.group(4) != null) {
      return new Subject(where, 0, 0, matcher.group(5).strip());
    }
    int first = Integer.parseInt(matcher.group(2));
    int last = matcher.group(3) == null ? first : Integer.parseInt(matcher.group(3));
    if (first < 1 || last < first) {
      throw bad(file, line, text, "packets count from 1, and a range goes up");
    }
    return new Subject(where, first, last, matcher.group(5).strip());
  }

  private static String unquoted(String value) {
    String text = value.strip();
    boolean quoted = text.length() > 1 && text.startsWith("\"") && text.endsWith("\"");
    return quoted ? text.substring(1, text.length() - 1) : text;
  }

  private static LessonException bad(String file, int line, String text, String why) {
    return new LessonException(file, line, "check \"" + text.strip() + "\": " + why);
  }
}
