// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.filter;

import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/** A compiled expression. Holds no state: used by several threads. */
interface Test {
  /** The answer, as far as the subject knows its packet. */
  Truth test(Subject subject);

  /** Every packet. */
  record All() implements Test {
    @Override
    public Truth test(Subject subject) {
      return Truth.YES;
    }
  }

  record Word(String text) implements Test {
    @Override
    public Truth test(Subject subject) {
      return Truth.of(subject.words().contains(text));
    }
  }

  /** Values of a field, after slicing and masking. */
  record Operand(Level level, Field.Values values) {
    boolean known(Subject subject) {
      return subject.level().compareTo(level) >= 0;
    }
  }

  /** How many values of a field must pass. */
  enum Quantity {
    ANY,
    /** At least one value, and all pass. */
    ALL,
    /** At least one value, and none passes. */
    NONE
  }

  /** Counts the values that pass. */
  final class Tally {
    private int passed;
    private int seen;

    void add(boolean pass) {
      seen++;
      passed += pass ? 1 : 0;
    }

    Truth answer(Quantity quantity) {
      return Truth.of(
          switch (quantity) {
            case ANY -> passed > 0;
            case ALL -> seen > 0 && passed == seen;
            case NONE -> seen > 0 && passed == 0;
          });
    }
  }

  /** Each value by itself. */
  record Each(Operand of, Quantity quantity, Predicate<Object> passes) implements Test {
    @Override
    public Truth test(Subject subject) {
      if (!of.known(subject)) {
        return Truth.UNKNOWN;
      }
      Tally tally = new Tally();
      of.values.each(subject, value -> tally.add(passes.test(value)));
      return tally.answer(quantity);
    }
  }

  /** Each value of one field with each of another. */
  record Pairs(Operand left, Operand right, Quantity quantity, BiPredicate<Object, Object> passes)
      implements Test {
    @Override
    public Truth test(Subject subject) {
      if (!left.known(subject) || !right.known(subject)) {
        return Truth.UNKNOWN;
      }
      Tally tally = new Tally();
      left.values.each(subject, a -> right.values.each(subject, b -> tally.add(passes.test(a, b))));
      return tally.answer(quantity);
    }
  }

  record Not(Test of) implements Test {
    @Override
    public Truth test(Subject subject) {
      return of.test(subject).not();
    }
  }

  /** A part that says no decides, whatever is unknown. */
  record And(List<Test> parts) implements Test {
    @Override
    public Truth test(Subject subject) {
      Truth all = Truth.YES;
      for (Test part : parts) {
        switch (part.test(subject)) {
          case NO -> {
            return Truth.NO;
          }
          case UNKNOWN -> all = Truth.UNKNOWN;
          case YES -> {}
        }
      }
      return all;
    }
  }

  /** A part that says yes decides, whatever is unknown. */
  record Or(List<Test> parts) implements Test {
    @Override
    public Truth test(Subject subject) {
      Truth any = Truth.NO;
      for (Test part : parts) {
        switch (part.test(subject)) {
          case YES -> {
            return Truth.YES;
          }
          case UNKNOWN -> any = Truth.UNKNOWN;
          case NO -> {}
        }
      }
      return any;
    }
  }

  record Xor(Test left, Test right) implements Test {
    @Override
    public Truth test(Subject subject) {
      Truth a = left.test(subject);
      Truth b = right.test(subject);
      return a == Truth.UNKNOWN || b == Truth.UNKNOWN ? Truth.UNKNOWN : Truth.of(a != b);
    }
  }
}
