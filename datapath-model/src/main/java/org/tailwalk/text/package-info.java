// SPDX-License-Identifier: Apache-2.0
/**
 * What the core says to people, as keys and values: {@link org.tailwalk.text.Message}. The words
 * stand in {@code core.properties} (English) and one file for each language beside it.
 */
@NullMarked
package org.tailwalk.text;

import org.jspecify.annotations.NullMarked;
