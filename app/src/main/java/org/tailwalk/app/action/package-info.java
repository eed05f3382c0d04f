// SPDX-License-Identifier: Apache-2.0
/**
 * What a user can do in the window, each with a name and its keys: shortcuts, the help and the
 * command palette all come from one list. To add one: hand it in with the feature it belongs to
 * (class {@code Features} in the window's package) and name it in the feature's texts.
 */
@NullMarked
package org.tailwalk.app.action;

import org.jspecify.annotations.NullMarked;
