// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.datapath.rewrite;

import org.tailwalk.datapath.header.IpProto;
import org.tailwalk.datapath.kernel.SkBuff;

/**
 * Where a transport protocol keeps its checksum, and how it takes changes.
 *
 * @param offset in the transport header, 0 for none that follows changes
 * @param flags {@link SkBuff#MARK_MANGLED_0} for UDP
 */
record L4Checksum(int offset, int flags) {
  private static final L4Checksum NONE = new L4Checksum(0, 0);
  private static final L4Checksum TCP = new L4Checksum(16, 0);
  private static final L4Checksum UDP = new L4Checksum(6, SkBuff.MARK_MANGLED_0);
  private static final L4Checksum ICMPV6 = new L4Checksum(2, 0);

  static L4Checksum of(int protocol) {
    return switch (protocol) {
      case IpProto.TCP -> TCP;
      case IpProto.UDP -> UDP;
      case IpProto.ICMPV6 -> ICMPV6;
      default -> NONE;
    };
  }

  boolean present() {
    return offset != 0;
  }
}
