// SPDX-License-Identifier: Apache-2.0
/**
 * The {@code bench} command: figures of the hot paths as ratios to a named limit. To add one: a
 * method of {@link org.tailwalk.app.bench.Bench} and its line in the {@code bench} command of
 * {@code app.cli}.
 */
@NullMarked
package org.tailwalk.app.bench;

import org.jspecify.annotations.NullMarked;
