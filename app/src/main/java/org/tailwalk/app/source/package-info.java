// SPDX-License-Identifier: Apache-2.0
/**
 * Source and bytecode of the loaded programs, with what the packet shown did there and how often
 * the capture came by: {@link org.tailwalk.app.source.CodeBook} for a replay, {@link
 * org.tailwalk.app.source.PacketCode} for a packet, {@link org.tailwalk.app.source.SourcePage} for
 * what stands in the lists.
 */
@NullMarked
package org.tailwalk.app.source;

import org.jspecify.annotations.NullMarked;
