// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.action;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * What was done and can be taken back, in order. Features hand in what they did, with how to undo
 * and to do it again; what happens while either runs is no edit of its own. UI thread.
 */
public final class Edits {
  private static final int MOST = 200;

  private record Edit(String title, Runnable undo, Runnable redo) {}

  private final Deque<Edit> done = new ArrayDeque<>();
  private final Deque<Edit> undone = new ArrayDeque<>();
  private boolean replaying;

  /**
   * Something was done.
   *
   * @param title in the user's language, short
   */
  public void did(String title, Runnable undo, Runnable redo) {
    if (replaying) {
      return;
    }
    done.push(new Edit(title, undo, redo));
    undone.clear();
    if (done.size() > MOST) {
      done.removeLast();
    }
  }

  /** Takes back what was done last; nothing when nothing was. */
  public void undo() {
    move(done, undone, true);
  }

  /** Does again what was taken back last. */
  public void redo() {
    move(undone, done, false);
  }

  private void move(Deque<Edit> from, Deque<Edit> to, boolean back) {
    Edit edit = from.poll();
    if (edit == null) {
      return;
    }
    replaying = true;
    try {
      (back ? edit.undo : edit.redo).run();
    } finally {
      replaying = false;
    }
    to.push(edit);
  }

  /** What {@link #undo} would take back. */
  public Optional<String> undoable() {
    return Optional.ofNullable(done.peek()).map(Edit::title);
  }

  /** What {@link #redo} would do again. */
  public Optional<String> redoable() {
    return Optional.ofNullable(undone.peek()).map(Edit::title);
  }

  /** Nothing can be taken back any more: another capture is open. */
  public void clear() {
    done.clear();
    undone.clear();
  }
}
