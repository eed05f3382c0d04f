// SPDX-License-Identifier: Apache-2.0
/**
 * Maps, programs and collections in the kernel. Everything here is {@link AutoCloseable} and
 * nothing is pinned: what is closed, or whose process ends, is gone.
 *
 * <p>Specs come in from {@code org.tailwalk.bpf.elf} (read purely, anywhere); only this package
 * turns them into kernel objects. A refusal is a {@link org.tailwalk.bpf.load.LoadException} whose
 * message reads as a path, a refusal by the verifier a {@link
 * org.tailwalk.bpf.load.VerifierException} with the telling lines first.
 */
@NullMarked
package org.tailwalk.bpf.load;

import org.jspecify.annotations.NullMarked;
