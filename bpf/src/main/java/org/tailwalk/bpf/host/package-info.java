// SPDX-License-Identifier: Apache-2.0
/**
 * Where programs live and run. A {@link org.tailwalk.bpf.host.KernelHost} takes a {@link
 * org.tailwalk.bpf.host.LoadPlan} and answers with a {@link org.tailwalk.bpf.host.RawSession} that
 * speaks of bytes alone: what is asked and answered could travel through a pipe. The in-process
 * host is the first kind; a worker process that keeps descriptors after it gave up its privileges,
 * or a guest with another kernel, fit behind the same two interfaces.
 *
 * <p>A test run uses its caller's network namespace and some helpers really send, so the in-process
 * host does everything on one platform thread that has a namespace of its own.
 */
@NullMarked
package org.tailwalk.bpf.host;

import org.jspecify.annotations.NullMarked;
