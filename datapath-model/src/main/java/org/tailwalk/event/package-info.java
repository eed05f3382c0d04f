// SPDX-License-Identifier: Apache-2.0
/**
 * The one vocabulary both engines speak: map roles with their keys and values, notifications, path
 * events, verdicts. The types are sealed: one more event, key or value is taken up wherever the
 * compiler says that a switch lacks it, and by name in the recordings ({@code
 * replay.recording.RecordTypes}).
 */
@NullMarked
package org.tailwalk.event;

import org.jspecify.annotations.NullMarked;
