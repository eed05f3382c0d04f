// SPDX-License-Identifier: Apache-2.0
/**
 * Captured frames and views of their headers: plain values, no I/O, and numbers in host order. One
 * more header is a {@link org.tailwalk.packet.Layer}, read by {@link
 * org.tailwalk.packet.PacketView}, which stops quietly where a frame is cut.
 */
@NullMarked
package org.tailwalk.packet;

import org.jspecify.annotations.NullMarked;
