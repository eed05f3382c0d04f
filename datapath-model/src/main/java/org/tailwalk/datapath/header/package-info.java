// SPDX-License-Identifier: Apache-2.0
/**
 * Families, and what the programs read of a packet's headers. What differs between IPv4 and IPv6
 * only in offsets and widths belongs to {@link org.tailwalk.datapath.header.Family}, so that a
 * program is written once for both.
 */
@NullMarked
package org.tailwalk.datapath.header;

import org.jspecify.annotations.NullMarked;
