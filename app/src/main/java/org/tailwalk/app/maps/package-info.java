// SPDX-License-Identifier: Apache-2.0
/**
 * The inspector's tab of maps: every map as it stood at the step shown, in both lanes; who wrote a
 * field and which lookups found an entry. To give a map columns of its own: a case in {@code
 * MapColumns}.
 */
@NullMarked
package org.tailwalk.app.maps;

import org.jspecify.annotations.NullMarked;
