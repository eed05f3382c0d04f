// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.engine;

import org.tailwalk.event.ContextState;
import org.tailwalk.event.Hook;
import org.tailwalk.packet.Bytes;

/**
 * One packet on its way into one hook.
 *
 * @param packet 1-based number in the capture, for messages
 * @param frame from the destination MAC on
 * @param endpoint whose program is entered
 * @param context what the socket buffer carries
 * @param ifindex interface of the context; 1 = loopback
 * @param ingressIfindex interface it came in by, 0 for none
 * @param timeNanos virtual monotonic time
 * @param random what every random draw of this packet gives, 32 bits
 */
public record Injection(
    long packet,
    Bytes frame,
    int endpoint,
    Hook hook,
    ContextState context,
    long ifindex,
    long ingressIfindex,
    long timeNanos,
    long random) {}
