// SPDX-License-Identifier: Apache-2.0
/**
 * The rows of the facts as tests. To add one: a line in the class of its section, the section's
 * count in {@link org.tailwalk.facts.FactRowsTest}, and the page made anew.
 */
@NullMarked
package org.tailwalk.facts;

import org.jspecify.annotations.NullMarked;
