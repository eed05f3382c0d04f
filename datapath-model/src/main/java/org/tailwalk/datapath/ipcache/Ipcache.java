// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.datapath.ipcache;

import org.jspecify.annotations.Nullable;
import org.tailwalk.datapath.kernel.LpmTrie;
import org.tailwalk.datapath.kernel.Run;
import org.tailwalk.event.MapKey.IpcacheKey;
import org.tailwalk.event.MapValue.IpcacheEntry;
import org.tailwalk.packet.IpAddress;

/** Looks up what is known of a remote address. */
public final class Ipcache {
  private final LpmTrie map;

  /** Looks into this map. */
  public Ipcache(LpmTrie map) {
    this.map = map;
  }

  /** The entry of the longest prefix that holds the address, null when none does. */
  public @Nullable IpcacheEntry lookup(Run run, IpAddress address) {
    return run.lookup(map, new IpcacheKey(address, address.v6() ? 128 : 32));
  }
}
