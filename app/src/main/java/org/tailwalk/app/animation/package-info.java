// SPDX-License-Identifier: Apache-2.0
/**
 * The stage as a film: packets of a replay, walked in animation time and written as an animated GIF
 * or as numbered PNG pictures. Nothing is recorded from the screen: each frame is the stage's state
 * at its moment, painted into a picture that no window shows. The same packets give the same bytes.
 *
 * <p>To add a format: a {@link org.tailwalk.app.animation.FilmSink}.
 */
@NullMarked
package org.tailwalk.app.animation;

import org.jspecify.annotations.NullMarked;
