// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.replay.history;

import org.tailwalk.engine.Sweep;

/**
 * The collector's sweeps between two packets, in short.
 *
 * @param packet that they came before; what the packet itself called for comes behind it
 * @param firstNanos virtual time of the first
 * @param sweeps how many there were
 * @param removed how many entries they took
 */
public record SweepNote(
    long packet, long firstNanos, long sweeps, int removed, Sweep.Cause cause) {}
