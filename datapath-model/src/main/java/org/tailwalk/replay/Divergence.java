// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.replay;

import java.util.Locale;
import org.tailwalk.text.Message;

/**
 * Where two traces first disagree.
 *
 * @param step 1-based index of the row; 0 when the traces can't be compared
 * @param kind what differs
 * @param code a stable word for the cause, such as {@code raw-code-vs-notified-drop}
 * @param message sentences for people; they may improve
 */
public record Divergence(int step, Kind kind, String code, Message message) {
  /** The sentences in English. */
  public String explanation() {
    return message.english();
  }

  /** What differs. */
  public enum Kind {
    PATH,
    MAP,
    BYTES,
    EVENT,
    VERDICT,
    /** One lane did not run the packet, or agreement can't be claimed any more. */
    INCOMPARABLE;

    /** The word in JSON. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
