// SPDX-License-Identifier: Apache-2.0

/**
 * The lower right pane: its tabs, and the first of them, the packet with its headers as a tree (by
 * pcap4j) and its bytes.
 *
 * <p>A tab of cards about the packet shown, such as policy or notifications, takes {@link
 * org.tailwalk.app.inspector.PacketReading} for its view-model and {@link
 * org.tailwalk.app.inspector.CardPage} for its view.
 */
@NullMarked
package org.tailwalk.app.inspector;

import org.jspecify.annotations.NullMarked;
