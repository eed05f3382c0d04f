// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.datapath.ipcache;

/** Reserved security identities (section 9). */
public final class Identity {
  public static final long UNKNOWN = 0;
  public static final long HOST = 1;
  public static final long WORLD = 2;
  public static final long REMOTE_NODE = 6;
  public static final long KUBE_APISERVER = 7;

  private Identity() {}

  /** The datapath's test for reserved identities. */
  public static boolean isReserved(long identity) {
    return identity < 3 || identity == REMOTE_NODE || identity == KUBE_APISERVER;
  }
}
