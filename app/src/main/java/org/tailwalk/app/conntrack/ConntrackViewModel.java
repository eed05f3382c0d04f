// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.conntrack;

import java.util.Optional;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import org.tailwalk.app.text.Texts;
import org.tailwalk.replay.PacketReplay;
import org.tailwalk.scenario.DatapathConstants;

/** The conntrack panel of the packet that is looked at. */
public final class ConntrackViewModel {
  private final ReadOnlyObjectWrapper<Optional<EntryLife>> life =
      new ReadOnlyObjectWrapper<>(Optional.empty());
  private final ReadOnlyStringWrapper about = new ReadOnlyStringWrapper("");
  private final ReadOnlyStringWrapper nothing = new ReadOnlyStringWrapper("");

  /** Shows no packet. */
  public void clear() {
    life.set(Optional.empty());
    about.set("");
    nothing.set(word("nothing"));
  }

  /** Shows a packet's entry. */
  public void show(
      PacketReplay packet, DatapathConstants constants, Optional<Long> nextSweepNanos) {
    Optional<EntryLife> now = EntryLife.of(packet, constants, nextSweepNanos);
    life.set(now);
    about.set(now.map(l -> word("about", l.flow(), packet.number())).orElse(""));
    nothing.set(
        now.isPresent()
            ? ""
            : packet.primary().isEmpty()
                ? word("not-run", packet.number())
                : word("before", packet.number()));
  }

  /** What is shown; empty when the packet made no lookup. */
  public ReadOnlyObjectProperty<Optional<EntryLife>> lifeProperty() {
    return life.getReadOnlyProperty();
  }

  /** The header's second part. */
  public ReadOnlyStringProperty aboutProperty() {
    return about.getReadOnlyProperty();
  }

  /** Why there is nothing; empty when there is something. */
  public ReadOnlyStringProperty nothingProperty() {
    return nothing.getReadOnlyProperty();
  }

  private static String word(String key, Object... values) {
    Texts texts = Texts.of(ConntrackViewModel.class);
    return values.length == 0 ? texts.get(key) : texts.get(key, values);
  }
}
