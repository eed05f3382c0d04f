// SPDX-License-Identifier: Apache-2.0

/**
 * The desktop program and the command line: {@link org.tailwalk.app.Main} is where both begin. Here
 * stands only what puts the parts together: the engines there are, and who opens the window.
 * Commands are in {@code cli}, the window's wiring is in {@code window}.
 */
@NullMarked
package org.tailwalk.app;

import org.jspecify.annotations.NullMarked;
