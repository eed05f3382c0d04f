// SPDX-License-Identifier: Apache-2.0
/**
 * Collection to collection: trace points and the replay clock put into the bytecode, so that
 * programs which never heard of Tailwalk tell what they do. Pure; what is added is a few
 * instructions before or after an original one, two maps, and a table of {@link
 * org.tailwalk.bpf.instrument.TraceSite}s that says how to read the log.
 *
 * <p>To trace one more helper: its row in HelperTraces, its kind in TraceSite, its reading in
 * {@code org.tailwalk.bpf.decode}.
 */
@NullMarked
package org.tailwalk.bpf.instrument;

import org.jspecify.annotations.NullMarked;
