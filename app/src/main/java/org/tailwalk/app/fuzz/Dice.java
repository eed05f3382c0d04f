// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.fuzz;

import java.util.List;
import java.util.SplittableRandom;

/** Seeded choices. */
public final class Dice {
  private final SplittableRandom random;

  /** Dice that fall alike for the same seed. */
  public Dice(long seed) {
    this(new SplittableRandom(seed));
  }

  private Dice(SplittableRandom random) {
    this.random = random;
  }

  /** Dice of their own, so that more draws on one side don't change the other. */
  Dice split() {
    return new Dice(random.split());
  }

  /** 0 to n - 1. */
  int below(int n) {
    return random.nextInt(n);
  }

  /** {@code low} to {@code high}, both included. */
  long between(long low, long high) {
    return random.nextLong(low, high + 1);
  }

  /** True once in n. */
  boolean oneIn(int n) {
    return random.nextInt(n) == 0;
  }

  /** True {@code percent} times in a hundred. */
  boolean percent(int percent) {
    return random.nextInt(100) < percent;
  }

  /** 32 random bits as an unsigned number. */
  long word() {
    return random.nextInt() & 0xffffffffL;
  }

  /** One of these. */
  @SafeVarargs
  final <T> T of(T... choices) {
    return choices[random.nextInt(choices.length)];
  }

  /** One of these. */
  int of(int[] choices) {
    return choices[random.nextInt(choices.length)];
  }

  /** One of these. */
  <T> T of(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  /** Random bytes. */
  byte[] bytes(int length) {
    byte[] data = new byte[length];
    random.nextBytes(data);
    return data;
  }
}
