// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.compare;

import java.util.Locale;
import org.tailwalk.text.Message;

/** How packets of two captures are brought together. */
public enum AlignBy {
  /** Flows first, then the order inside each flow and direction. */
  FLOW,
  /** What the packets carry, in capture order, whatever flow they belong to. */
  CONTENT,
  /** Packet n with packet n: one capture replayed twice. */
  NUMBER;

  /** In a few words of English. */
  public String about() {
    return message().english();
  }

  /** In a few words. */
  public Message message() {
    return Message.of("compare.by." + label());
  }

  /** The word in JSON and on the command line. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
