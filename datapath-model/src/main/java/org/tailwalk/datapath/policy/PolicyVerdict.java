// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.datapath.policy;

import org.tailwalk.event.DropReason;

/**
 * What policy says of a packet.
 *
 * @param value 0 allow, above 0 the proxy port as stored (network order read little endian), below
 *     0 a drop code
 * @param match which kind of entry decided
 * @param audited whether audit mode turned a refusal into an allow
 */
public record PolicyVerdict(int value, MatchType match, boolean audited) {
  /** Allowed without a lookup. */
  public static final PolicyVerdict ALLOW = new PolicyVerdict(0, MatchType.NONE, false);

  /** To the proxy without a lookup, for the L7 load balancer. */
  public static PolicyVerdict proxy(int rawPort) {
    return new PolicyVerdict(rawPort, MatchType.NONE, false);
  }

  static PolicyVerdict of(int value, MatchType match) {
    return new PolicyVerdict(value, match, false);
  }

  static PolicyVerdict drop(DropReason reason) {
    return of(-reason.code(), MatchType.NONE);
  }

  /** Whether the packet may not pass. */
  public boolean refused() {
    return value < 0;
  }

  /** Whether the packet goes to the proxy. */
  public boolean toProxy() {
    return value > 0;
  }
}
