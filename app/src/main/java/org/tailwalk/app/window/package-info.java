// SPDX-License-Identifier: Apache-2.0

/**
 * The main window: puts the features' views side by side, and their view-models on one capture and
 * one position. {@link org.tailwalk.app.window.Desktop} is the door; {@link
 * org.tailwalk.app.window.MainViewModel} is tested with no window.
 */
@NullMarked
package org.tailwalk.app.window;

import org.jspecify.annotations.NullMarked;
