// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.replay.whatif;

import org.tailwalk.event.Verdict;
import org.tailwalk.text.Message;

/**
 * A change that was tried in the model and lets the packet pass.
 *
 * @param kind what is changed
 * @param variant the packet with that change
 * @param verdict what becomes of the packet then
 */
public record Proposal(Kind kind, Variant variant, Verdict verdict) {
  /** What is changed; the least first. */
  public enum Kind {
    FAULT,
    POLICY,
    SERVICE,
    CONNTRACK,
    IDENTITY,
    PACKET,
    OPTION
  }

  /** The change. */
  public Message message() {
    return variant.message();
  }

  /** The change in English. */
  public String text() {
    return variant.text();
  }
}
