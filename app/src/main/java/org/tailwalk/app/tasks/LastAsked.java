// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.tasks;

import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * Questions that may be answered late or never, as by a disk behind a network that is gone. They
 * are asked in the background, one at a time: however many there are, they keep one thread. Of
 * those that come meanwhile only the last is asked. UI thread.
 */
public final class LastAsked<Q, A> {
  private final Work work;
  private final Function<Q, A> answer;
  private final BiConsumer<Q, A> done;
  private Optional<Q> next = Optional.empty();
  private boolean asking;

  /**
   * Questions of one kind.
   *
   * @param answer finds it out, in the background
   * @param done hears of it on the UI thread
   */
  public LastAsked(Work work, Function<Q, A> answer, BiConsumer<Q, A> done) {
    this.work = work;
    this.answer = answer;
    this.done = done;
  }

  /** Asks this, when what is asked now is answered. */
  public void ask(Q question) {
    next = Optional.of(question);
    begin();
  }

  private void begin() {
    if (asking || next.isEmpty()) {
      return;
    }
    Q question = next.get();
    next = Optional.empty();
    asking = true;
    work.run(
        () -> answer.apply(question),
        found -> {
          asking = false;
          done.accept(question, found);
          begin();
        },
        _ -> {
          asking = false;
          begin();
        });
  }
}
