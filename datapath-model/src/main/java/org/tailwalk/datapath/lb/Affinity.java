// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.datapath.lb;

import org.tailwalk.datapath.header.Family;
import org.tailwalk.datapath.kernel.HashTable;
import org.tailwalk.datapath.kernel.Run;
import org.tailwalk.datapath.maps.NodeMaps;
import org.tailwalk.event.MapKey.AffinityKey;
import org.tailwalk.event.MapKey.AffinityMatchKey;
import org.tailwalk.event.MapValue.AffinityEntry;
import org.tailwalk.packet.IpAddress;
import org.tailwalk.scenario.DatapathConfig;
import org.tailwalk.scenario.Era;

/** Session affinity: the backend a client came to before. */
final class Affinity {
  private final NodeMaps maps;
  private final long grace;

  Affinity(DatapathConfig config, NodeMaps maps) {
    this.maps = maps;
    // In 2020 a binding held one second longer.
    this.grace = config.era() == Era.WALKTHROUGH2020 ? 1 : 0;
  }

  private HashTable<AffinityKey, AffinityEntry> map(Family family) {
    return maps.lb(family).affinity();
  }

  /** The client's backend, 0 for none; an entry that is too old or stale is deleted. */
  long backend(Run run, Family family, Service service, IpAddress client) {
    int revNatIndex = service.entry().revNatIndex();
    AffinityKey key = new AffinityKey(client, revNatIndex, false);
    AffinityEntry entry = run.lookup(map(family), key);
    if (entry == null) {
      return 0;
    }
    long end = entry.lastUsed() + service.entry().word0() + grace;
    boolean expired = end <= run.nowSeconds();
    if (expired
        || run.lookup(maps.affinityMatch(), new AffinityMatchKey(entry.backendId(), revNatIndex))
            == null) {
      run.delete(map(family), key);
      return 0;
    }
    run.store(map(family), key, new AffinityEntry(run.nowSeconds(), entry.backendId()));
    return entry.backendId();
  }

  /** Binds the client to the backend in use. */
  void update(Run run, Family family, Service service, IpAddress client, long backendId) {
    run.update(
        map(family),
        new AffinityKey(client, service.entry().revNatIndex(), false),
        new AffinityEntry(run.nowSeconds(), backendId));
  }
}
