// SPDX-License-Identifier: Apache-2.0
/**
 * Changes to the frame that several programs share: addresses, ports and checksums, the hop limit
 * and MAC addresses of routing, the identity in the flow label.
 */
@NullMarked
package org.tailwalk.datapath.rewrite;

import org.jspecify.annotations.NullMarked;
