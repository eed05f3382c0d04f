// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.packets;

/**
 * What the user has put on a row.
 *
 * @param reference packet from which the time is counted; 0 for the first of the capture
 * @param note empty without one
 * @param colour a style class; empty for none
 * @param sign stands for the colour in words
 * @param why the name of the rule that gave the colour; empty for none
 */
public record RowDress(
    boolean marked, int reference, String note, String colour, String sign, String why) {
  /** Nothing at all. */
  public static final RowDress NONE = new RowDress(false, 0, "", "", "", "");

  /** Knows the dress of rows; asked for what is on the screen alone. */
  @FunctionalInterface
  public interface Wardrobe {
    /** A packet's. */
    RowDress of(int number);
  }
}
