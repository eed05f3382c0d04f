// SPDX-License-Identifier: Apache-2.0

/**
 * Recorded vectors: what real programs did with packets, and whether an engine does the same.
 *
 * <p>{@link org.tailwalk.app.verify.VectorFile} reads sessions, {@link
 * org.tailwalk.app.verify.Verifier} runs them in an engine, {@link org.tailwalk.app.verify.Outcome}
 * lays recording and trace side by side as flat tables whose differing rows are the findings.
 * {@link org.tailwalk.app.verify.Gap} lists what an engine is not held to yet, each with its
 * reason; taking a line out there is how a gap is closed. The format is described beside the files,
 * in {@code datapath-model/src/test/resources/vectors/README.md}.
 */
@NullMarked
package org.tailwalk.app.verify;

import org.jspecify.annotations.NullMarked;
