// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.datapath.maps;

import java.util.List;
import org.tailwalk.datapath.header.Family;
import org.tailwalk.datapath.kernel.BpfMap;
import org.tailwalk.datapath.kernel.HashTable;
import org.tailwalk.datapath.kernel.ProgArray;
import org.tailwalk.event.MapKey;
import org.tailwalk.event.MapKey.IndexKey;
import org.tailwalk.event.MapRef;
import org.tailwalk.event.MapRole;
import org.tailwalk.event.MapValue;
import org.tailwalk.event.MapValue.CtBuffer;
import org.tailwalk.packet.IpAddress;

/** The maps that each endpoint has for itself. */
public final class EndpointMaps {
  /** The only slot of the hand-over buffers. */
  public static final IndexKey SLOT_0 = IndexKey.u32(0);

  private final HashTable<MapKey.PolicyKey, MapValue.PolicyEntry> policy;
  private final HashTable<IndexKey, CtBuffer> buffer4;
  private final HashTable<IndexKey, CtBuffer> buffer6;
  private final boolean bufferRefuses;
  private final ProgArray calls;
  private final ProgArray customCalls;

  /**
   * Empty maps.
   *
   * @param bufferRefuses whether the hand-over buffers are one-entry hashes that hold another key
   */
  public EndpointMaps(int endpoint, boolean bufferRefuses) {
    this.policy =
        new HashTable<>(
            MapRef.of(MapRole.POLICY, endpoint),
            MapKey.PolicyKey.class,
            MapValue.PolicyEntry.class);
    int room = bufferRefuses ? 0 : 1;
    this.buffer4 =
        new HashTable<>(
            MapRef.of(MapRole.CT_BUFFER4, endpoint), IndexKey.class, CtBuffer.class, room);
    this.buffer6 =
        new HashTable<>(
            MapRef.of(MapRole.CT_BUFFER6, endpoint), IndexKey.class, CtBuffer.class, room);
    this.bufferRefuses = bufferRefuses;
    this.calls = new ProgArray(MapRef.of(MapRole.CALLS, endpoint));
    this.customCalls = new ProgArray(MapRef.of(MapRole.CUSTOM_CALLS, endpoint));
    clear();
  }

  /** Back to empty maps, zeroed buffers and full program arrays. */
  public final void clear() {
    policy.clear();
    buffer4.clear();
    buffer6.clear();
    calls.fillAll();
    customCalls.fillAll();
    if (!bufferRefuses) {
      buffer4.put(SLOT_0, zero(IpAddress.ANY4));
      buffer6.put(SLOT_0, zero(IpAddress.ANY6));
    }
  }

  private static CtBuffer zero(IpAddress any) {
    return new CtBuffer(
        new MapKey.CtTuple(any, any, 0, 0, 0, 0),
        0,
        0,
        IpAddress.ANY4,
        IpAddress.ANY4,
        0,
        0,
        0,
        0,
        0);
  }

  /** Every map here that is not a program array. */
  public List<BpfMap<?, ?>> all() {
    return List.of(policy, buffer4, buffer6);
  }

  /** POLICY_MAP. */
  public HashTable<MapKey.PolicyKey, MapValue.PolicyEntry> policy() {
    return policy;
  }

  /** CT_TAIL_CALL_BUFFER4 or 6. */
  public HashTable<IndexKey, CtBuffer> buffer(Family family) {
    return family.v6() ? buffer6 : buffer4;
  }

  /** CALLS_MAP. */
  public ProgArray calls() {
    return calls;
  }

  /** CUSTOM_CALLS_MAP. */
  public ProgArray customCalls() {
    return customCalls;
  }
}
