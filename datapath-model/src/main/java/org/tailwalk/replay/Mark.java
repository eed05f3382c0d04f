// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.replay;

import java.util.Locale;
import org.tailwalk.text.Message;

/** What was done to a frame, or is odd about it, before it went in. */
public enum Mark {
  /** The snap length had cut it: zeros fill it up to its original length. */
  PADDED,
  /** It was longer than a run carries: cut at the limit. */
  TRUNCATED,
  /** Its capture time lies before an earlier frame's: the clock stood still. */
  BACKWARD_TIME,
  /** A fault of the scenario cut it. */
  CUT_BY_FAULT,
  /** Its VLAN tag was taken off, as the kernel does before TC. */
  VLAN_STRIPPED;

  /** For people. */
  public Message message() {
    return Message.of("mark." + label());
  }

  /** The word in JSON: lower-case kebab. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
