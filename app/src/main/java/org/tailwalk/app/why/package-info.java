// SPDX-License-Identifier: Apache-2.0
/**
 * The drawer's page "Why": from what became of the packet back to the branch, the lookup, the entry
 * and the packet that wrote it, each a step one can go to. What it says is {@code replay.why}'s.
 */
@NullMarked
package org.tailwalk.app.why;

import org.jspecify.annotations.NullMarked;
