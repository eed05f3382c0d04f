// SPDX-License-Identifier: Apache-2.0

/**
 * Captures: opening, indexing and reading them.
 *
 * <p>A capture may be larger than memory. {@link org.tailwalk.app.capture.Capture} therefore keeps
 * one file offset per packet and reads a packet when it is asked for. pcap and pcapng are indexed
 * here ({@code PcapFormat}, {@code PcapngFormat}); the older variants that only libpcap knows are
 * copied through libpcap (pcap4j) into a plain pcap file first. What can't be read in place
 * (standard input, a FIFO, gzip) is spooled to a temporary file that has no name any more once it
 * is open.
 *
 * <p>Every packet comes out as an Ethernet frame; {@code LinkLayer} makes one of what other link
 * types carry. To read one more link type, add it to {@link org.tailwalk.app.capture.LinkType} and
 * {@code LinkLayer}, with a row in {@code LinkLayerTest}.
 */
@NullMarked
package org.tailwalk.app.capture;

import org.jspecify.annotations.NullMarked;
