// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.datapath.header;

/**
 * Where a packet's transport header is.
 *
 * @param protocol behind all extension headers
 * @param offset from the destination MAC; may lie beyond the frame
 * @param present false in later fragments: what stands at the offset is payload
 */
public record Transport(int protocol, int offset, boolean present) {}
