// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.compare;

import java.util.List;
import org.tailwalk.replay.Reading;
import org.tailwalk.text.Message;

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
    Message why;
    if (repeats > 0) {
      why = Message.of("compare.alone.repeat", repeats, other);
    } else if (flowAlone) {
      why = Message.of("compare.alone.flow-of", flow, other);
    } else {
      why = Message.of("compare.alone.further", other, flow);
    }
    return new Difference(
        Difference.Kind.ALONE,
        0,
        Message.of("compare.alone", look.side(), why, look.outcome()),
        List.of(
            new Difference.Evidence(
                look.side(),
                look.number(),
                comparison.alignment().why(row),
                Reading.Evidence.INFERRED)));
  }
}
