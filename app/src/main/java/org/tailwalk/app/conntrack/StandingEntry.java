// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.conntrack;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tailwalk.event.MapKey.CtTuple;
import org.tailwalk.event.MapValue.CtEntry;
import org.tailwalk.packet.FlowKey;
import org.tailwalk.packet.PacketView;
import org.tailwalk.replay.CtLife;
import org.tailwalk.replay.PacketReplay;
import org.tailwalk.replay.history.ConntrackHistory;
import org.tailwalk.replay.history.MapHistory;
import org.tailwalk.replay.history.Moment;
import org.tailwalk.replay.history.ReplayHistory;

/** The entry that a packet's flow has although the packet never asked for it. */
public final class StandingEntry {
  private @Nullable MapHistory known;
  private @Nullable ConntrackHistory flows;

  /** Of no replay yet. */
  public StandingEntry() {}

  /** Looks at what the packet left behind; takes long after a long capture. Any thread. */
  public Optional<EntryLife> of(PacketReplay packet, ReplayHistory history) {
    Optional<FlowKey> flow = FlowKey.of(PacketView.of(packet.frame().data()));
    if (flow.isEmpty()) {
      return Optional.empty();
    }
    Moment behind = Moment.after(packet.number());
    for (CtLife life : flows(history.primary()).of(flow.get())) {
      // What an ICMP error would find is not the flow's own.
      boolean own = (life.tuple().flags() & CtTuple.RELATED) == 0;
      if (own
          && history.primary().value(life.map(), life.tuple(), behind).orElse(null)
              instanceof CtEntry entry) {
        return Optional.of(
            EntryLife.standing(
                life.map(),
                life.tuple(),
                entry,
                history.clockNanos(packet.number()),
                history.scenario().constants(),
                history.nextSweepNanos(packet.number())));
      }
    }
    return Optional.empty();
  }

  /** What is known of the flows' entries is kept as long as the replay is the same. */
  private synchronized ConntrackHistory flows(MapHistory maps) {
    if (flows == null || known != maps) {
      known = maps;
      flows = new ConntrackHistory(maps);
    }
    return flows;
  }
}
