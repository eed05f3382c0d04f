// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.filter;

/**
 * A text that may be looked at only so often: a pattern such as {@code (a+)+$} would look at it
 * longer than anyone waits.
 */
final class Patience implements CharSequence {
  /** Looks a character; what finds its match in one pass needs a few. */
  private static final int LOOKS = 1_000;

  private static final int LEAST = 200_000;
  private static final int MOST = 20_000_000;

  private final String text;
  private final int[] left;

  /** The text was looked at too often. */
  static final class Spent extends RuntimeException {
    private static final long serialVersionUID = 1;

    Spent() {
      super("a pattern that tries too much", null, false, false);
    }
  }

  Patience(String text) {
    this(text, new int[] {Math.clamp((long) LOOKS * text.length(), LEAST, MOST)});
  }

  private Patience(String text, int[] left) {
    this.text = text;
    this.left = left;
  }

  @Override
  public int length() {
    return text.length();
  }

  @Override
  public char charAt(int index) {
    if (--left[0] < 0) {
      throw new Spent();
    }
    return text.charAt(index);
  }

  @Override
  public CharSequence subSequence(int start, int end) {
    return new Patience(text.substring(start, end), left);
  }

  @Override
  public String toString() {
    return text;
  }
}
