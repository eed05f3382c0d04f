// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.annotation;

import javafx.scene.control.Label;
import org.tailwalk.app.text.Texts;
import org.tailwalk.filter.Filter;
import org.tailwalk.filter.FilterException;

/**
 * What is wrong with a filter in a form. Its room is kept while nothing is, so that the field under
 * the user's hands doesn't move when it appears.
 */
public final class FilterTrouble extends Label {
  /** The filter, the carets below it, a sentence. */
  private static final int LINES = 3;

  /** Nothing is wrong yet. */
  public FilterTrouble() {
    getStyleClass().addAll("filter-caret", "mono", "small");
    setMinHeight(USE_PREF_SIZE);
    clear();
  }

  /** Says what is wrong with a filter, if anything is; whether it is none. */
  public boolean check(String filter) {
    try {
      Filter.parse(filter);
      clear();
      return true;
    } catch (FilterException e) {
      say(e.caret() + "\n" + Texts.say(e.told()));
      return false;
    }
  }

  /** Says that something else is wrong. */
  public void say(String what) {
    room(what);
    setVisible(true);
  }

  private void clear() {
    room(" ");
    setVisible(false);
  }

  /** Lines with nothing in them take no room at the end of a text: each has a space. */
  private void room(String what) {
    int lines = (int) what.lines().count();
    setText(what + "\n ".repeat(Math.max(0, LINES - lines)));
  }
}
