// SPDX-License-Identifier: Apache-2.0

/**
 * The filter bar: what is typed, whether it is a filter, what is wrong with it and how it may go
 * on. The language itself is {@code org.tailwalk.filter}; what passes is found by the packet list.
 */
@NullMarked
package org.tailwalk.app.filter;

import org.jspecify.annotations.NullMarked;
