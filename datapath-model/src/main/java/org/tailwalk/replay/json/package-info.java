// SPDX-License-Identifier: Apache-2.0
/**
 * Replays as JSON lines, after {@code docs/schema/replay.schema.json}: times and 64-bit numbers are
 * decimal strings, addresses text, ports host integers, bytes lower-case hex. To add a kind of
 * event: a case in {@code EventJson}, both ways, and in the schema.
 */
@NullMarked
package org.tailwalk.replay.json;

import org.jspecify.annotations.NullMarked;
