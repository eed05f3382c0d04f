// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.datapath.conntrack;

/** TCP flag bits, in the byte that conntrack looks at. */
final class TcpFlags {
  static final int FIN = 0x01;
  static final int SYN = 0x02;
  static final int RST = 0x04;

  private TcpFlags() {}
}
