// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.replay.why;

import java.util.Map;
import java.util.Optional;
import org.tailwalk.event.PathEvent;

/** Packets that the datapath answers by itself, in the node's place. */
final class Answers {
  private static final Map<String, String> BY_PROGRAM =
      Map.of(
          "2/3", "the router's address was pinged: an echo reply, without conntrack or policy",
          "2/4", "whose MAC is asked for is the node's to say: a neighbour advertisement",
          "2/5",
              "the hop limit ends here: \"time exceeded\" goes back to the sender in the packet's"
                  + " place",
          "2/6", "whose MAC is asked for is the node's to say: an ARP reply");

  private Answers() {}

  /** What was answered; empty when nothing was. */
  static Optional<String> of(Rows rows) {
    return rows.rows().stream()
        .map(Rows.Row::event)
        .filter(PathEvent.RedirectCalled.class::isInstance)
        .map(e -> BY_PROGRAM.get(((PathEvent.RedirectCalled) e).program().id()))
        .filter(java.util.Objects::nonNull)
        .findFirst();
  }
}
