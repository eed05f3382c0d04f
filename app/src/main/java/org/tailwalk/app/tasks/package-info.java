// SPDX-License-Identifier: Apache-2.0

/**
 * Work beside the UI thread: what the view-models hand their long jobs to. What a job found or why
 * it failed comes back on the UI thread. A view-model takes a {@link org.tailwalk.app.tasks.Work}
 * by its constructor and starts no thread, so that a test runs it on the calling one.
 */
@NullMarked
package org.tailwalk.app.tasks;

import org.jspecify.annotations.NullMarked;
