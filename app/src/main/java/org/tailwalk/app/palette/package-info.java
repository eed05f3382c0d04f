// SPDX-License-Identifier: Apache-2.0
/**
 * The command palette: every action of the window by a few letters of its name. It shows what
 * {@code app.action} lists and has no commands of its own.
 */
@NullMarked
package org.tailwalk.app.palette;

import org.jspecify.annotations.NullMarked;
