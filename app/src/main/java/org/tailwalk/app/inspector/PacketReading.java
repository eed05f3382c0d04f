// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.inspector;

import java.util.function.BiFunction;
import java.util.function.Supplier;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import org.jspecify.annotations.Nullable;
import org.tailwalk.app.session.Focus;
import org.tailwalk.app.session.Replay;
import org.tailwalk.app.tasks.Work;
import org.tailwalk.replay.PacketReplay;
import org.tailwalk.scenario.NodeState;

/**
 * What a tab makes of the packet shown: read in the background, once for each packet, and only
 * while somebody looks at the tab. UI thread.
 *
 * @param <C> what stands in the tab
 */
public final class PacketReading<C> {
  private final Focus focus;
  private final Work work;
  private final Supplier<C> empty;
  private final BiFunction<PacketReplay, NodeState, C> reader;
  private final BooleanProperty shown = new SimpleBooleanProperty();
  private final ReadOnlyObjectWrapper<C> content;
  private @Nullable PacketReplay of;
  private int asked;

  /**
   * Looks at what {@code focus} looks at, once {@link #shownProperty} says so.
   *
   * @param empty what stands there without a packet
   * @param reader called off the UI thread, with the node that the packet was replayed on
   */
  public PacketReading(
      Focus focus, Work work, Supplier<C> empty, BiFunction<PacketReplay, NodeState, C> reader) {
    this.focus = focus;
    this.work = work;
    this.empty = empty;
    this.reader = reader;
    this.content = new ReadOnlyObjectWrapper<>(empty.get());
    shown.addListener((_, _, _) -> follow());
    focus.packetProperty().addListener((_, _, _) -> follow());
    focus.replayProperty().addListener((_, _, _) -> follow());
  }

  private void follow() {
    PacketReplay packet = focus.packet().orElse(null);
    Replay replay = focus.replay().orElse(null);
    if (!shown.get() || packet == of && packet != null) {
      return;
    }
    int mine = ++asked;
    of = packet;
    if (packet == null || replay == null) {
      content.set(empty.get());
      return;
    }
    NodeState node = replay.scenario().node();
    work.run(
        () -> reader.apply(packet, node),
        found -> {
          if (mine == asked) {
            content.set(found);
          }
        });
  }

  /** Whether somebody looks. */
  public BooleanProperty shownProperty() {
    return shown;
  }

  /** What stands in the tab. */
  public ReadOnlyObjectProperty<C> contentProperty() {
    return content.getReadOnlyProperty();
  }
}
