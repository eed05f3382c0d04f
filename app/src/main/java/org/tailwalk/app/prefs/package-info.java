// SPDX-License-Identifier: Apache-2.0
/**
 * What the window remembers from one start to the next, in {@code preferences.json} in the user's
 * configuration folder. To add a preference: a component of {@link
 * org.tailwalk.app.prefs.Preferences}, a line in its reader and writer, and where a user sets it, a
 * row of the page.
 */
@NullMarked
package org.tailwalk.app.prefs;

import org.jspecify.annotations.NullMarked;
