// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.packets;

import java.util.EnumMap;
import java.util.Map;
import javafx.scene.Node;
import javafx.scene.control.Label;
import org.tailwalk.app.packets.PacketRow.Outcome;
import org.tailwalk.app.theme.Worn;

/** What became of a packet, in a list: its sign and its words. */
public final class VerdictLabel extends Label {
  private static final double SIGN = 11;

  private final Map<Outcome, Node> signs = new EnumMap<>(Outcome.class);
  private final Worn dress = new Worn(this);

  /** Nothing yet. */
  public VerdictLabel() {
    getStyleClass().add("verdict");
  }

  /** Shows a packet's. */
  public void show(PacketRow packet) {
    boolean other = dress.wear(VerdictLook.styleClass(packet.outcome()));
    setGraphic(signs.computeIfAbsent(packet.outcome(), o -> VerdictLook.icon(o).node(SIGN)));
    setText(packet.verdictWords());
    if (other) {
      applyCss(); // see LongTable
    }
  }
}
