// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.cli;

import java.util.HashMap;
import java.util.Map;
import org.tailwalk.app.session.RowMaker;
import org.tailwalk.filter.Filter;
import org.tailwalk.filter.TraceSubject;
import org.tailwalk.filter.Truth;
import org.tailwalk.packet.FlowKey;
import org.tailwalk.packet.PacketView;
import org.tailwalk.replay.PacketReplay;
import org.tailwalk.scenario.Scenario;

/** Asks a filter about packets in capture order: numbers connections as the window does. */
final class PacketFilter {
  private final Filter filter;
  private final RowMaker rows;
  private final Map<FlowKey, Integer> flows = new HashMap<>();
  private final boolean asksForFlows;
  private long first;
  private long previous;
  private boolean begun;

  PacketFilter(Filter filter, Scenario scenario) {
    this.filter = filter;
    this.rows = new RowMaker(scenario.node());
    this.asksForFlows = filter.text().matches("(?is).*\\bflow\\b.*");
  }

  /** Whether the next packet passes. */
  boolean passes(PacketReplay packet) {
    if (filter.all()) {
      return true;
    }
    long time = packet.frame().timeNanos();
    if (!begun) {
      begun = true;
      first = time;
      previous = time;
    }
    // Connections cost memory: they are numbered when the filter may ask for them alone.
    int flow =
        asksForFlows
            ? FlowKey.of(PacketView.of(packet.frame().data()))
                .map(k -> flows.computeIfAbsent(k, _ -> flows.size() + 1))
                .orElse(0)
            : 0;
    TraceSubject subject =
        new TraceSubject(packet, first, previous, flow, p -> rows.row(p, first).searchText());
    previous = time;
    return filter.test(subject) == Truth.YES;
  }
}
