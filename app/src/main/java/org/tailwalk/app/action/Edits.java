// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.action;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What was done and can be taken back, in order. Features hand in what they did, with how to undo
 * and to do it again; what happens while either runs is no edit of its own. UI thread.
 */
public final class Edits {
  private static final int MOST = 200;

  /** By {@code owner}: whoever can also take back its own alone; null: nobody. */
  private record Edit(String title, @Nullable Object owner, Runnable undo, Runnable redo) {}

  private final Deque<Edit> done = new ArrayDeque<>();
  private final Deque<Edit> undone = new ArrayDeque<>();
  private boolean replaying;

  /**
   * Something was done.
   *
   * @param title in the user's language, short
   */
  public void did(String title, Runnable undo, Runnable redo) {
    push(new Edit(title, null, undo, redo));
  }

  /** Something was done by {@code owner}, which may take it back before what others did since. */
  public void did(Object owner, String title, Runnable undo, Runnable redo) {
    push(new Edit(title, owner, undo, redo));
  }

  private void push(Edit edit) {
    if (replaying) {
      return;
    }
    done.push(edit);
    undone.clear();
    if (done.size() > MOST) {
      done.removeLast();
    }
  }

  /** Takes back what was done last; nothing when nothing was. */
  public void undo() {
    move(done.peek(), done, undone, true);
  }

  /** Takes back what {@code owner} did last, whatever was done since; whether there was such. */
  public boolean undo(Object owner) {
    Edit last = done.stream().filter(e -> e.owner == owner).findFirst().orElse(null);
    move(last, done, undone, true);
    return last != null;
  }

  /** Does again what was taken back last. */
  public void redo() {
    move(undone.peek(), undone, done, false);
  }

  private void move(@Nullable Edit edit, Deque<Edit> from, Deque<Edit> to, boolean back) {
    if (edit == null) {
      return;
    }
    from.remove(edit);
    to.push(edit);
    replaying = true;
    try {
      (back ? edit.undo : edit.redo).run();
    } finally {
      replaying = false;
    }
  }

  /** What {@link #undo} would take back. */
  public Optional<String> undoable() {
    return Optional.ofNullable(done.peek()).map(Edit::title);
  }

  /** Whether {@code owner} did something that can be taken back. */
  public boolean undoable(Object owner) {
    return done.stream().anyMatch(e -> e.owner == owner);
  }

  /** What {@code owner} did cannot be taken back any more, nor done again. */
  public void forget(Object owner) {
    done.removeIf(e -> e.owner == owner);
    undone.removeIf(e -> e.owner == owner);
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
