// SPDX-License-Identifier: Apache-2.0

/**
 * How the window looks: one palette (light and dark) that style sheet and canvases share, the two
 * type faces, the icons. Colour is never the only sign of anything: each verdict and each engine
 * has a shape of its own as well. To add a colour: name it in {@link
 * org.tailwalk.app.theme.Palette} and use it as {@code -tw-name} in the style sheet.
 */
@NullMarked
package org.tailwalk.app.theme;

import org.jspecify.annotations.NullMarked;
