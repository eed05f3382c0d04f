// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.host;

import java.util.Arrays;

/**
 * Fields of {@code struct __sk_buff} that go in and come out. Unsigned 32-bit numbers in an int.
 *
 * @param cb five slots
 * @param tcIndex settable and visible with the wrapper only
 * @param queueMapping as tcIndex
 * @param packetType PACKET_HOST 0 … PACKET_OTHERHOST 3; out only, as tcIndex
 */
@SuppressWarnings("ArrayRecordComponent") // equality is by content, below
public record SkbContext(
    int mark,
    int[] cb,
    int ifindex,
    int ingressIfindex,
    int tcIndex,
    int queueMapping,
    int packetType) {
  static final int PKT_TYPE_AT = 4;
  static final int MARK_AT = 8;
  static final int QUEUE_MAPPING_AT = 12;
  static final int INGRESS_IFINDEX_AT = 36;
  static final int IFINDEX_AT = 40;
  static final int TC_INDEX_AT = 44;
  static final int CB_AT = 48;

  @Override
  public boolean equals(Object o) {
    return o instanceof SkbContext c
        && mark == c.mark
        && Arrays.equals(cb, c.cb)
        && ifindex == c.ifindex
        && ingressIfindex == c.ingressIfindex
        && tcIndex == c.tcIndex
        && queueMapping == c.queueMapping
        && packetType == c.packetType;
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(cb) * 31 + mark;
  }

  @Override
  public String toString() {
    return "mark=0x%x cb=%s ifindex=%d ingress=%d tc_index=%d queue_mapping=%d pkt_type=%d"
        .formatted(
            mark, Arrays.toString(cb), ifindex, ingressIfindex, tcIndex, queueMapping, packetType);
  }
}
