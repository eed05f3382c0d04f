// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.datapath.context;

/** The control-block slots by the names this program uses them under (section 8.2). */
public final class Cb {
  /** CB_SRC_LABEL, also CB_PROXY_MAGIC. */
  public static final int SRC_LABEL = 0;

  /** CB_IFINDEX. */
  public static final int IFINDEX = 1;

  /** CB_POLICY, also CB_BACKEND_ID: read as the one and as the other by different programs. */
  public static final int POLICY = 2;

  /** CB_BACKEND_ID. */
  public static final int BACKEND_ID = 2;

  /** CB_NAT, CB_FROM_HOST. */
  public static final int FROM_HOST = 3;

  /** CB_CT_STATE. */
  public static final int CT_STATE = 4;

  /** CB_CUSTOM_CALLS. */
  public static final int CUSTOM_CALLS = 4;

  /** What cb[3] holds for a packet that comes from the L7 load balancer. */
  public static final long FROM_L7LB_MAGIC = 0xFACADE42L;

  private Cb() {}
}
