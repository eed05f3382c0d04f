// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.conntrack;

import java.util.Optional;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import org.jspecify.annotations.Nullable;
import org.tailwalk.app.text.Texts;
import org.tailwalk.replay.PacketReplay;
import org.tailwalk.scenario.DatapathConstants;

/** The conntrack panel of the packet that is looked at. */
public final class ConntrackViewModel {
  private final ReadOnlyObjectWrapper<Optional<EntryLife>> life =
      new ReadOnlyObjectWrapper<>(Optional.empty());
  private final ReadOnlyStringWrapper about = new ReadOnlyStringWrapper("");
  private final ReadOnlyStringWrapper flow = new ReadOnlyStringWrapper("");
  private final ReadOnlyStringWrapper when = new ReadOnlyStringWrapper("");
  private final ReadOnlyStringWrapper nothing = new ReadOnlyStringWrapper("");
  private final ReadOnlyStringWrapper note = new ReadOnlyStringWrapper("");
  private @Nullable PacketReplay shown;

  /** Shows no packet. */
  public void clear() {
    shown = null;
    note.set("");
    life.set(Optional.empty());
    tell("", 0);
    nothing.set(word("nothing"));
  }

  /** What is said while no packet is shown: that there is none, or that one is on its way. */
  public void waiting(boolean now) {
    nothing.set(word(now ? "waiting" : "nothing"));
  }

  /** Why no packet is shown, where it is neither that nothing is open nor that one will come. */
  public void lacks(String why) {
    nothing.set(why);
  }

  /** Shows a packet's entry. */
  public void show(
      PacketReplay packet, DatapathConstants constants, Optional<Long> nextSweepNanos) {
    shown = packet;
    note.set("");
    Optional<EntryLife> now = EntryLife.of(packet, constants, nextSweepNanos);
    life.set(now);
    tell(now.map(EntryLife::flow).orElse(""), packet.number());
    nothing.set(
        now.isPresent()
            ? ""
            : packet.primary().isEmpty()
                ? word("not-run", packet.number())
                : word("before", packet.number()));
  }

  /**
   * Shows the entry that stands, though the packet made no lookup; nothing when another packet is
   * shown by now, be it one of the same number out of another replay.
   */
  public void stands(PacketReplay packet, EntryLife entry) {
    if (packet != shown || life.get().isPresent()) {
      return;
    }
    nothing.set("");
    note.set(word("stands", packet.number()));
    tell(entry.flow(), packet.number());
    life.set(Optional.of(entry));
  }

  /** What is shown; empty when the packet made no lookup and its flow has no entry. */
  public ReadOnlyObjectProperty<Optional<EntryLife>> lifeProperty() {
    return life.getReadOnlyProperty();
  }

  private void tell(String whose, long packet) {
    flow.set(whose);
    when.set(whose.isEmpty() ? "" : word("when", packet));
    about.set(whose.isEmpty() ? "" : word("about", whose, packet));
  }

  /** Whose entry it is and as of which packet. */
  public ReadOnlyStringProperty aboutProperty() {
    return about.getReadOnlyProperty();
  }

  /** Whose entry it is. */
  public ReadOnlyStringProperty flowProperty() {
    return flow.getReadOnlyProperty();
  }

  /** As of which packet. */
  public ReadOnlyStringProperty whenProperty() {
    return when.getReadOnlyProperty();
  }

  /** Why there is nothing; empty when there is something. */
  public ReadOnlyStringProperty nothingProperty() {
    return nothing.getReadOnlyProperty();
  }

  /** That the packet itself did not look; empty when it did, or nothing is shown. */
  public ReadOnlyStringProperty noteProperty() {
    return note.getReadOnlyProperty();
  }

  private static String word(String key, Object... values) {
    Texts texts = Texts.of(ConntrackViewModel.class);
    return values.length == 0 ? texts.get(key) : texts.get(key, values);
  }
}
