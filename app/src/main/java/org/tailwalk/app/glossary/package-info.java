// SPDX-License-Identifier: Apache-2.0
/**
 * The terms of the datapath, told in one place: tooltips and lessons take them from here. To add a
 * term: a constant of {@link org.tailwalk.app.glossary.Term}, its text under the same name in each
 * language, and in {@code Term} the names of fields and maps that stand for it, if any do.
 */
@NullMarked
package org.tailwalk.app.glossary;

import org.jspecify.annotations.NullMarked;
