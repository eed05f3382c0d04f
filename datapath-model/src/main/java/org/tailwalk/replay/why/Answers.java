// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.replay.why;

import java.util.Optional;
import java.util.Set;
import org.tailwalk.event.PathEvent;
import org.tailwalk.text.Message;

/** Packets that the datapath answers by itself, in the node's place. */
final class Answers {
  private static final Set<String> BY_PROGRAM = Set.of("2/3", "2/4", "2/5", "2/6");

  private Answers() {}

  /** What was answered; empty when nothing was. */
  static Optional<Message> of(Rows rows) {
    return rows.rows().stream()
        .map(Rows.Row::event)
        .filter(PathEvent.RedirectCalled.class::isInstance)
        .map(e -> ((PathEvent.RedirectCalled) e).program().id())
        .filter(BY_PROGRAM::contains)
        .map(id -> Message.of("why.answers." + id.substring(2)))
        .findFirst();
  }
}
