// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.packets;

import javafx.scene.control.Label;
import org.tailwalk.app.theme.Worn;
import org.tailwalk.event.CtStatus;

/** The status that a packet's last conntrack lookup had, in a list. */
public final class StatusPill extends Label {
  private final Worn dress = new Worn(this);

  /** Nothing yet. */
  public StatusPill() {
    getStyleClass().add("pill");
  }

  /** Shows a packet's. */
  public void show(PacketRow packet, CtStatus status) {
    boolean other = dress.wear(status.label());
    setText(packet.ctWord().orElse(""));
    if (other) {
      applyCss(); // see LongTable
    }
  }
}
