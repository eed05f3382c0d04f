// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.datapath.conntrack;

/** What a packet asks of the entry it hits. */
enum CtAction {
  UNSPEC,
  CREATE,
  CLOSE
}
