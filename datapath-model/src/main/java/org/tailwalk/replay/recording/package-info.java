// SPDX-License-Identifier: Apache-2.0

/**
 * Traces of a lane written down, and read back as a lane: {@link
 * org.tailwalk.replay.recording.BlockWriter} and {@link org.tailwalk.replay.recording.BlockReader}
 * for blocks of packets, {@link org.tailwalk.replay.recording.RecordedEngine} for what stands in
 * the kernel engine's place. The bytes are told in {@code docs/session-format.md}. The events need
 * no code here: every record and enum of the vocabulary is written by the names of its components,
 * so that a new event is recorded as soon as it exists, and one that changed its shape is refused
 * in words. To add a type that no sealed interface of the vocabulary permits: list it in {@link
 * org.tailwalk.replay.recording.RecordTypes}.
 */
@NullMarked
package org.tailwalk.replay.recording;

import org.jspecify.annotations.NullMarked;
