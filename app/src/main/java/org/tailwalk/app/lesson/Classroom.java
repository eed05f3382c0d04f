// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.lesson;

/** What a lesson needs of the window around it. UI thread. */
public interface Classroom {
  /**
   * Opens a page's capture against its scenario and shows the beginning of a packet; soon.
   *
   * @param packet 1-based
   */
  void open(LessonScene scene, int packet);

  /**
   * Plays the shown packet on, or back, to a row and stops there.
   *
   * @param row 0-based
   */
  void play(int row);

  /** Ends what is being played at once; false when nothing was. */
  boolean hurry();
}
