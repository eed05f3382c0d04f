// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.facts;

import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.tailwalk.engine.ReplayException;

/**
 * A row of one of the facts' tables, or a sentence of one of its lists.
 *
 * @param section of the facts
 * @param name the row in our own words
 * @param witness a recorded packet for which the row's condition held, and its consequence
 * @param check what is asked of the model where nothing was recorded, else null
 * @param remark for the page
 */
record FactRow(
    String section,
    String name,
    Predicate<Recorded> witness,
    @Nullable Check check,
    String remark) {
  /** A question to the model. */
  interface Check {
    void run() throws ReplayException;
  }

  FactRow(String section, String name, Predicate<Recorded> witness) {
    this(section, name, witness, null, "");
  }

  /** A row that no recorded packet witnesses. */
  static FactRow inTheModel(String section, String name, String remark, Check check) {
    return new FactRow(section, name, _ -> false, check, remark);
  }

  @Override
  public String toString() {
    return section + " " + name;
  }
}
