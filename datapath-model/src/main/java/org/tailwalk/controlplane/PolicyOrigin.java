// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.controlplane;

import org.tailwalk.scenario.Policy;

/** Where an entry of a policy map came from. */
public sealed interface PolicyOrigin {
  /**
   * A rule of a filter.
   *
   * @param filter as the agent keeps it: one for each port and protocol of a direction
   */
  record Rule(boolean egress, Policy.L4Filter filter, Policy.SelectorRule rule)
      implements PolicyOrigin {}

  /** No filter says anything of this direction: everything is allowed. */
  record NotEnforced(boolean egress) implements PolicyOrigin {}

  /** The host may always talk to its pods. */
  record Host() implements PolicyOrigin {}

  /**
   * An identity that is denied altogether is denied here too, where a port is open to everybody.
   */
  record Denied(long identity) implements PolicyOrigin {}

  /** The scenario names the entry itself. */
  record Raw() implements PolicyOrigin {}
}
