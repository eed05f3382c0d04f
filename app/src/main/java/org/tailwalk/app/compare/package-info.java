// SPDX-License-Identifier: Apache-2.0

/**
 * The workspace for comparing: two packet lists in parallel rows, the paths of the selected pair on
 * one transport, where they first differ in words, and what differs as a table. What is compared is
 * {@link org.tailwalk.app.compare.core.ComparedPair}; {@link
 * org.tailwalk.app.compare.CompareViewModel} is tested with no window.
 */
@NullMarked
package org.tailwalk.app.compare;

import org.jspecify.annotations.NullMarked;
