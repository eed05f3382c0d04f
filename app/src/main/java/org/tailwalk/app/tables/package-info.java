// SPDX-License-Identifier: Apache-2.0
/**
 * Every diagram once more as a table: stage, conntrack life, strip. For keyboards, screen readers
 * and whoever wants figures. A new diagram needs a case in {@link org.tailwalk.app.tables.Diagram}.
 */
@NullMarked
package org.tailwalk.app.tables;

import org.jspecify.annotations.NullMarked;
