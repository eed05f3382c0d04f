// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.session;

import java.util.Optional;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;
import org.tailwalk.app.text.Texts;
import org.tailwalk.replay.PacketReplay;

/**
 * What the window looks at: a replay, one of its packets, one of the packet's rows. Features
 * observe it and ask it to go elsewhere; only the main view-model moves it. UI thread.
 *
 * <p>The packet changes after the replay, the row after the packet, so that who hears of a row
 * finds its packet here.
 */
public final class Focus {
  /** Takes the window to a packet and row. */
  @FunctionalInterface
  public interface Navigator {
    /**
     * Goes there, soon.
     *
     * @param packet 1-based; out of range does nothing
     * @param row 0-based aligned step; −1 for the packet's last
     */
    void go(int packet, int row);
  }

  private final ReadOnlyObjectWrapper<@Nullable Replay> replay = new ReadOnlyObjectWrapper<>();
  private final ReadOnlyObjectWrapper<@Nullable PacketReplay> packet =
      new ReadOnlyObjectWrapper<>();
  private final ReadOnlyIntegerWrapper row = new ReadOnlyIntegerWrapper();
  private final ReadOnlyIntegerWrapper veiledFrom = new ReadOnlyIntegerWrapper();
  private Navigator navigator = (_, _) -> {};

  /** The replay shown; holds null when there is none. */
  public ReadOnlyObjectProperty<@Nullable Replay> replayProperty() {
    return replay.getReadOnlyProperty();
  }

  /** The packet shown, of {@link #replayProperty}; holds null while there is none. */
  public ReadOnlyObjectProperty<@Nullable PacketReplay> packetProperty() {
    return packet.getReadOnlyProperty();
  }

  /** The 0-based aligned row of the packet that has happened last. */
  public ReadOnlyIntegerProperty rowProperty() {
    return row.getReadOnlyProperty();
  }

  /** The replay shown. */
  public Optional<Replay> replay() {
    return Optional.ofNullable(replay.get());
  }

  /** The packet shown. */
  public Optional<PacketReplay> packet() {
    return Optional.ofNullable(packet.get());
  }

  /** That the capture shown holds no packets, in the user's words; empty when that is not why. */
  public Optional<String> packetless() {
    return replay()
        .filter(shown -> shown.summaries().size() == 0)
        .map(_ -> Texts.of(Focus.class).get("packetless"));
  }

  /** Asks to go elsewhere; see {@link Navigator#go}. */
  public void go(int toPacket, int toRow) {
    navigator.go(toPacket, toRow);
  }

  /**
   * From which packet on the window keeps to itself what becomes of packets, because a lesson asks
   * the learner first; 0 for none.
   */
  public ReadOnlyIntegerProperty veiledFromProperty() {
    return veiledFrom.getReadOnlyProperty();
  }

  /** Veils the packets from this one on, see {@link #veiledFromProperty}; 0 unveils all. */
  public void veil(int from) {
    veiledFrom.set(from);
  }

  /** Who moves the window. */
  public void navigator(Navigator by) {
    navigator = by;
  }

  /** Another replay is shown, and none of its packets yet. */
  public void show(@Nullable Replay now) {
    packet.set(null);
    row.set(0);
    replay.set(now);
  }

  /** Another packet is shown. */
  public void show(@Nullable PacketReplay now, int atRow) {
    if (now != packet.get()) {
      // Nobody may see the new packet with the old one's row.
      row.set(Math.min(atRow, row.get()));
      packet.set(now);
    }
    row.set(atRow);
  }
}
