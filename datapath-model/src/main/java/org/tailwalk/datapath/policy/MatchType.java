// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.datapath.policy;

/** Which kind of entry a policy lookup hit (section 4.1). */
public enum MatchType {
  NONE,
  L3_ONLY,
  L3_L4,
  L4_ONLY,
  ALL;

  /** 0 to 4. */
  public int code() {
    return ordinal();
  }
}
