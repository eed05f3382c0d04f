// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.compare;

import org.jspecify.annotations.Nullable;
import org.tailwalk.event.Step;

/**
 * A row of two packets' steps.
 *
 * @param index 1-based
 * @param a null where A has nothing here
 * @param b null where B has nothing here
 * @param same whether they tell the same, but for what legitimately differs
 */
public record PairRow(int index, @Nullable Step a, @Nullable Step b, boolean same) {}
