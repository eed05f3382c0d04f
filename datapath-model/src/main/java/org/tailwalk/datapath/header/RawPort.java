// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.datapath.header;

/** Ports as the programs keep them: network order, loaded into a little-endian 16-bit number. */
public final class RawPort {
  private RawPort() {}

  /** Host order to raw, and back. */
  public static int swap(int port) {
    return (port & 0xff) << 8 | port >> 8 & 0xff;
  }
}
