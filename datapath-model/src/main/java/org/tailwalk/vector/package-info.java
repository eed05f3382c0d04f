// SPDX-License-Identifier: Apache-2.0

/**
 * Recorded vectors: what real programs did with packets, and whether an engine does the same. The
 * one reader of them, for {@code tailwalk verify} and for the tests of all modules.
 *
 * <p>{@link org.tailwalk.vector.VectorFile} reads sessions, {@link org.tailwalk.vector.Verifier}
 * runs them in an engine, {@link org.tailwalk.vector.Outcome} lays recording and trace side by side
 * as flat tables whose differing rows are the findings. {@link org.tailwalk.vector.Gap} lists what
 * an engine is not held to yet, each with its reason; taking a line out there is how a gap is
 * closed. The format is described beside the files, in {@code
 * datapath-model/src/test/resources/vectors/README.md}.
 */
@NullMarked
package org.tailwalk.vector;

import org.jspecify.annotations.NullMarked;
