// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.datapath.metrics;

import org.tailwalk.datapath.kernel.HashTable;
import org.tailwalk.datapath.kernel.Run;
import org.tailwalk.event.DropReason;
import org.tailwalk.event.MapKey.MetricsKey;
import org.tailwalk.event.MapValue.MetricsEntry;
import org.tailwalk.event.MetricDirection;

/** Counts packets and bytes by reason and direction. */
public final class Metrics {
  private final HashTable<MetricsKey, MetricsEntry> map;

  /** Counts into this map. */
  public Metrics(HashTable<MetricsKey, MetricsEntry> map) {
    this.map = map;
  }

  /** Counts the packet with its full length. */
  public void update(Run run, int reason, MetricDirection direction) {
    MetricsKey key = new MetricsKey(reason, direction);
    int length = run.skb().length();
    MetricsEntry found = run.lookup(map, key);
    if (found == null) {
      run.update(map, key, new MetricsEntry(1, length));
    } else {
      run.store(map, key, new MetricsEntry(found.count() + 1, found.bytes() + length));
    }
  }

  /** Counts the packet under a named reason. */
  public void update(Run run, DropReason reason, MetricDirection direction) {
    update(run, reason.code(), direction);
  }
}
