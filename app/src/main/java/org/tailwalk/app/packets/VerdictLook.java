// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.packets;

import org.tailwalk.app.packets.PacketRow.Outcome;
import org.tailwalk.app.theme.Icon;

/** Icon and style class of an outcome: shape beside colour. */
public final class VerdictLook {
  private VerdictLook() {}

  /** The icon. */
  public static Icon icon(Outcome outcome) {
    return switch (outcome) {
      case FORWARDED, DELIVERED -> Icon.CHECK;
      case REDIRECTED -> Icon.REDIRECT;
      case PROXIED -> Icon.PROXY;
      case DROPPED -> Icon.CROSS;
      case UNHEARD -> Icon.WARNING;
      case NOT_RUN -> Icon.NONE;
    };
  }

  /** The style class beside {@code verdict}. */
  public static String styleClass(Outcome outcome) {
    return switch (outcome) {
      case FORWARDED, DELIVERED, REDIRECTED, PROXIED -> "forwarded";
      case DROPPED -> "dropped";
      case UNHEARD -> "unheard";
      case NOT_RUN -> "not-run";
    };
  }
}
