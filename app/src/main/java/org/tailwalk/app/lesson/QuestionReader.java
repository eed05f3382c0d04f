// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.lesson;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the block of a question:
 *
 * <pre>
 *   The question, over one line or more.
 *   ( ) a wrong answer -- why it is wrong
 *   (x) the right one
 *   = 21600 | 21,600        accepted (a number or words)
 *   ! 60 -- why it is wrong
 *   ! * -- why anything else is wrong
 *   ? packet 3 entry.left   what proves it in the replay
 * </pre>
 *
 * A line that begins with blanks goes on with the line before.
 */
final class QuestionReader {
  private static final String WHY = " -- ";

  private final String file;
  private final int firstLine;
  private final StringBuilder text = new StringBuilder();
  private final List<Question.Option> options = new ArrayList<>();
  private final List<String> accepted = new ArrayList<>();
  private final List<Question.Wrong> wrong = new ArrayList<>();
  private Question.@Nullable Proof proof;

  private QuestionReader(String file, int firstLine) {
    this.file = file;
    this.firstLine = firstLine;
  }

  /**
   * Reads a block.
   *
   * @param kind the word behind {@code ask}
   * @param line of the block's fence
   */
  static Question read(String file, int line, String kind, String block) throws LessonException {
    QuestionReader reader = new QuestionReader(file, line);
    List<String> joined = new ArrayList<>();
    List<Integer> lines = new ArrayList<>();
    int at = line;
    for (String each : block.split("\n", -1)) {
      at++;
      if (each.isBlank()) {
        continue;
      }
      if (Character.isWhitespace(each.charAt(0)) && !joined.isEmpty()) {
        joined.set(joined.size() - 1, SoftBreak.join(joined.getLast(), each.strip()));
      } else {
        joined.add(each.strip());
        lines.add(at);
      }
    }
    for (int i = 0; i < joined.size(); i++) {
      reader.line(lines.get(i), joined.get(i));
    }
    return reader.question(kind);
  }

  private void line(int line, String words) throws LessonException {
    if (words.startsWith("( )") || words.startsWith("(x)")) {
      option(line, words);
    } else if (words.startsWith("= ")) {
      for (String each : words.substring(2).split("\\|", -1)) {
        if (each.isBlank()) {
          throw bad(line, "an accepted answer is empty");
        }
        accepted.add(each.strip());
      }
    } else if (words.startsWith("! ")) {
      int why = words.indexOf(WHY);
      if (why < 0) {
        throw bad(line, "a wrong answer needs a reason: ! ANSWER -- REASON");
      }
      wrong.add(
          new Question.Wrong(
              words.substring(2, why).strip(), words.substring(why + WHY.length()).strip()));
    } else if (words.startsWith("? ")) {
      if (proof != null) {
        throw bad(line, "a question has one proof");
      }
      proof = CheckReader.proof(file, line, words.substring(2));
    } else if (options.isEmpty() && accepted.isEmpty() && wrong.isEmpty() && proof == null) {
      text.append(SoftBreak.between(text, words)).append(words);
    } else {
      throw bad(
          line,
          "expected ( ), (x), = , ! or ? in front, or blanks to go on with the line before; here is"
              + " \""
              + words
              + "\"");
    }
  }

  private void option(int line, String words) throws LessonException {
    boolean right = words.startsWith("(x)");
    String rest = words.substring(3).strip();
    int why = rest.indexOf(WHY);
    if (why < 0 && !right) {
      throw bad(line, "a wrong answer needs a reason: ( ) ANSWER -- REASON");
    }
    String answer = why < 0 ? rest : rest.substring(0, why).strip();
    if (answer.isEmpty()) {
      throw bad(line, "an answer to choose is empty");
    }
    options.add(
        new Question.Option(
            answer, right, why < 0 ? "" : rest.substring(why + WHY.length()).strip()));
  }

  private Question question(String kind) throws LessonException {
    String asked = text.toString();
    if (asked.isEmpty()) {
      throw bad(firstLine, "the question itself is missing");
    }
    Question.Proof proven = proof;
    if (proven == null) {
      throw bad(firstLine, "the question needs a line that proves its answer: ? CHECK");
    }
    boolean choice = kind.equals("choice");
    if (choice != accepted.isEmpty() || choice && !wrong.isEmpty()) {
      throw bad(firstLine, "a choice has ( ) and (x) lines, the other questions = and ! lines");
    }
    if (choice != !options.isEmpty()) {
      throw bad(firstLine, "only a choice has ( ) and (x) lines");
    }
    if (choice) {
      long right = options.stream().filter(Question.Option::right).count();
      if (right != 1 || options.size() < 2) {
        throw bad(firstLine, "a choice has two answers or more, and one (x); here are " + right);
      }
      if (proven.check() == null) {
        throw bad(firstLine, "what proves a choice is a whole check, with a value");
      }
      return new Question.Choice(asked, options, proven);
    }
    if (wrong.stream().noneMatch(w -> w.answer().equals("*"))) {
      throw bad(firstLine, "the question needs a reason for any other answer: ! * -- REASON");
    }
    if (!kind.equals("number")) {
      return new Question.Words(asked, accepted, wrong, proven);
    }
    for (String each : accepted) {
      if (Question.number(each).isEmpty()) {
        throw bad(firstLine, "\"" + each + "\" is not a number");
      }
    }
    return new Question.Numeric(asked, accepted, wrong, proven);
  }

  private LessonException bad(int line, String cause) {
    return new LessonException(file, line, "question: " + cause);
  }
}
