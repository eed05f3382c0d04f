// SPDX-License-Identifier: Apache-2.0
/**
 * What the kernel gives a tc program: the socket buffer, helpers, maps, program arrays, and one
 * run's bookkeeping. Nothing here knows what Cilium does with it.
 *
 * <p>A program is a function from a {@link org.tailwalk.datapath.kernel.Run} to a return code. A
 * tail call that succeeds never comes back to its caller: {@link
 * org.tailwalk.datapath.kernel.Run#tailCall} then remembers the target and the caller returns
 * {@link org.tailwalk.datapath.kernel.Program#TAKEN} at once, which travels up unchanged to the
 * loop that starts the target. {@code TAKEN} is no error, so checks for errors let it through.
 */
@NullMarked
package org.tailwalk.datapath.kernel;

import org.jspecify.annotations.NullMarked;
