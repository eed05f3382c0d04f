// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.lesson;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the learner is asked before it is shown. */
public sealed interface Question {
  /** The question itself, Markdown of a paragraph. */
  String text();

  /** What proves the right answer in the replay. */
  Proof proof();

  /**
   * One of several answers.
   *
   * @param options two or more, one of them right
   */
  record Choice(String text, List<Option> options, Proof proof) implements Question {
    /** Keeps its own copy. */
    public Choice {
      options = List.copyOf(options);
    }

    /** The right one's place, from 0. */
    public int right() {
      for (int i = 0; i < options.size(); i++) {
        if (options.get(i).right()) {
          return i;
        }
      }
      throw new IllegalStateException("a choice has a right answer");
    }
  }

  /**
   * An answer to choose.
   *
   * @param reason why it is wrong; for the right one a word more, or empty
   */
  record Option(String text, boolean right, String reason) {}

  /** A number. */
  record Numeric(String text, List<String> accepted, List<Wrong> wrong, Proof proof)
      implements Question {
    /** Keeps its own copies. */
    public Numeric {
      accepted = List.copyOf(accepted);
      wrong = List.copyOf(wrong);
    }
  }

  /** A few words. */
  record Words(String text, List<String> accepted, List<Wrong> wrong, Proof proof)
      implements Question {
    /** Keeps its own copies. */
    public Words {
      accepted = List.copyOf(accepted);
      wrong = List.copyOf(wrong);
    }
  }

  /**
   * A wrong answer and its reason.
   *
   * @param answer {@code *} for any other
   */
  record Wrong(String answer, String reason) {}

  /**
   * What the replay must say: a check that holds, or for numbers and words a path whose value is
   * among the accepted answers.
   */
  record Proof(@Nullable Check check, @Nullable Path path) {}

  /**
   * A path into the replay without a comparison.
   *
   * @param packet 1-based; 0 for the capture
   */
  record Path(Check.Lane lane, int packet, String path, int line) {}

  /**
   * How an answer fared.
   *
   * @param reason why, or what there is to add; may be empty
   */
  record Verdict(boolean right, String reason) {}

  /** Judges an answer: the chosen option's place from 0, a number, or words. */
  default Verdict judge(String answer) {
    return switch (this) {
      case Choice choice -> {
        int index = number(answer).map(BigDecimal::intValue).orElse(-1);
        if (index < 0 || index >= choice.options().size()) {
          yield new Verdict(false, "");
        }
        Option option = choice.options().get(index);
        yield new Verdict(option.right(), option.reason());
      }
      case Numeric numeric -> {
        Optional<BigDecimal> given = number(answer);
        boolean right =
            given.isPresent()
                && numeric.accepted().stream()
                    .anyMatch(
                        a -> number(a).filter(n -> n.compareTo(given.get()) == 0).isPresent());
        yield right
            ? new Verdict(true, "")
            : new Verdict(
                false,
                reason(
                    numeric.wrong(),
                    w ->
                        given.isPresent()
                            && number(w).filter(n -> n.compareTo(given.get()) == 0).isPresent()));
      }
      case Words words -> {
        boolean right = words.accepted().stream().anyMatch(a -> fold(a).equals(fold(answer)));
        yield right
            ? new Verdict(true, "")
            : new Verdict(false, reason(words.wrong(), w -> fold(w).equals(fold(answer))));
      }
    };
  }

  /** The right answer, for people. */
  default String answer() {
    return switch (this) {
      case Choice choice -> choice.options().get(choice.right()).text();
      case Numeric numeric -> numeric.accepted().getFirst();
      case Words words -> words.accepted().getFirst();
    };
  }

  private static String reason(List<Wrong> wrong, java.util.function.Predicate<String> is) {
    return wrong.stream()
        .filter(w -> !w.answer().equals("*") && is.test(w.answer()))
        .findFirst()
        .or(() -> wrong.stream().filter(w -> w.answer().equals("*")).findFirst())
        .map(Wrong::reason)
        .orElse("");
  }

  /** Case, blanks and dashes make no difference to an answer in words. */
  static String fold(String text) {
    return text.strip()
        .toLowerCase(Locale.ROOT)
        .replaceAll("[\\s_-]+", " ")
        .replaceAll("[.!`\"]", "")
        .strip();
  }

  /** Reads a number, with a sign of either kind and with blanks or commas between thousands. */
  static Optional<BigDecimal> number(String text) {
    String digits = text.strip().replace('−', '-').replaceAll("(?<=\\d)[,   ](?=\\d{3})", "");
    if (!digits.matches("[+-]?\\d{1,18}(\\.\\d{1,9})?")) {
      return Optional.empty();
    }
    return Optional.of(new BigDecimal(digits));
  }
}
