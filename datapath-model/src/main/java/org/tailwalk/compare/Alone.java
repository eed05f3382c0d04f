// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.compare;

import java.util.List;
import org.tailwalk.replay.Reading;

/** Says why a packet may stand alone. */
final class Alone {
  private Alone() {}

  static Difference tell(Comparison comparison, int row, Look look) {
    boolean inA = look.side().equals("A");
    String other = inA ? "B" : "A";
    CapturePrints prints = look.record().prints();
    int repeats = prints.repeats(look.number());
    int pair = comparison.alignment().flowPair(row);
    boolean flowAlone = false;
    if (pair >= 0) {
      FlowPair flows = comparison.alignment().flows().get(pair);
      flowAlone = (inA ? flows.b() : flows.a()) < 0;
    }
    String flow = prints.flowOf(look.number()).text();
    String why;
    if (repeats > 0) {
      why = "it is a retransmission of packet %d, which %s does not have".formatted(repeats, other);
    } else if (flowAlone) {
      why = "its flow, %s, does not occur in %s".formatted(flow, other);
    } else {
      why = "%s has no further packet like it in %s".formatted(other, flow);
    }
    return new Difference(
        Difference.Kind.ALONE,
        0,
        "Only %s has this packet: %s. There it ends so: %s."
            .formatted(look.side(), why, look.outcome()),
        List.of(
            new Difference.Evidence(
                look.side(),
                look.number(),
                comparison.alignment().reason(row),
                Reading.Evidence.INFERRED)));
  }
}
