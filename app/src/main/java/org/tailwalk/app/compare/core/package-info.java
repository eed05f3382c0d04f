// SPDX-License-Identifier: Apache-2.0

/**
 * Two replays brought together: who runs them, and who looks a pair up. Knows nothing of JavaFX, so
 * that command line, report and window all work with it.
 */
@NullMarked
package org.tailwalk.app.compare.core;

import org.jspecify.annotations.NullMarked;
