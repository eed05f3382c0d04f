// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.replay.why;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tailwalk.event.CtStatus;
import org.tailwalk.replay.Reading;
import org.tailwalk.text.Message;

/**
 * What one endpoint's programs asked before they let a packet by: conntrack, then policy.
 *
 * @param ct null where conntrack was not asked
 * @param policy null where no policy was asked (hairpin, or the run ended before)
 */
record Gate(
    int endpoint,
    Reading.Direction direction,
    Reading.@Nullable CtLookup ct,
    Reading.@Nullable PolicyDecision policy) {
  /** The gates of a reading, in order. */
  static List<Gate> of(Reading reading) {
    List<Gate> gates = new ArrayList<>();
    List<Reading.PolicyDecision> open = new ArrayList<>(reading.policy());
    for (Reading.CtLookup ct : reading.ct()) {
      if (ct.direction() == Reading.Direction.SERVICE) {
        continue;
      }
      Reading.PolicyDecision mine = null;
      for (Reading.PolicyDecision decision : open) {
        if (decision.endpoint() == ct.endpoint() && decision.direction() == ct.direction()) {
          mine = decision;
          break;
        }
      }
      if (mine != null) {
        open.remove(mine);
      }
      gates.add(new Gate(ct.endpoint(), ct.direction(), ct, mine));
    }
    for (Reading.PolicyDecision decision : open) {
      gates.add(new Gate(decision.endpoint(), decision.direction(), null, decision));
    }
    return gates;
  }

  /** Replies and related errors pass whatever policy says: conntrack lets them. */
  boolean byConntrack() {
    return ct != null && (ct.status() == CtStatus.REPLY || ct.status() == CtStatus.RELATED);
  }

  Message name(Words words) {
    return Message.of(
        direction == Reading.Direction.INGRESS ? "why.ingress" : "why.egress",
        words.endpoint(endpoint));
  }
}
