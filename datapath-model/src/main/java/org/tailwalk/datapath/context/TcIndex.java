// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.datapath.context;

/** Bits of tc_index (section 8.3). */
public final class TcIndex {
  public static final int SKIP_INGRESS_PROXY = 1;
  public static final int SKIP_EGRESS_PROXY = 2;

  private TcIndex() {}
}
