// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.datapath.header;

/** An address family as the programs are compiled for it: the same shape twice. */
public enum Family {
  IPV4(false, 0x0800, 34),
  IPV6(true, 0x86dd, 54);

  private final boolean v6;
  private final int etherType;
  private final int headersEnd;

  Family(boolean v6, int etherType, int headersEnd) {
    this.v6 = v6;
    this.etherType = etherType;
    this.headersEnd = headersEnd;
  }

  /** Whether this is IPv6. */
  public boolean v6() {
    return v6;
  }

  /** The family's EtherType. */
  public int etherType() {
    return etherType;
  }

  /** Where the fixed header ends: the length a program validates. */
  public int headersEnd() {
    return headersEnd;
  }
}
