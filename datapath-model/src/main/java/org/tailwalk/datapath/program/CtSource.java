// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.datapath.program;

import org.tailwalk.datapath.conntrack.CtLookup;
import org.tailwalk.datapath.header.IpHeader;
import org.tailwalk.datapath.kernel.Run;
import org.tailwalk.packet.IpAddress;

/** Where a policy function has its conntrack result from. */
sealed interface CtSource permits HandOver, InlineCt {
  /** The result, or a failed one. */
  CtLookup lookup(Run run, IpHeader ip);

  /** Reverse translation wrote a new source address. */
  void sourceTranslated(Run run, IpAddress source);
}
