// SPDX-License-Identifier: Apache-2.0

/** Work beside the UI thread: what the view-models hand their long jobs to. */
@NullMarked
package org.tailwalk.app.tasks;

import org.jspecify.annotations.NullMarked;
