// SPDX-License-Identifier: Apache-2.0
/**
 * The only package that speaks native: bpf(2), mmap, perf events, namespaces, a little rtnetlink.
 *
 * <p>Everything here is a thin, typed skin over one system call each; policy (what to load, in
 * which order, what an error means to the user) lives in {@code org.tailwalk.bpf.load} and above.
 * Other packages see {@link org.tailwalk.bpf.sys.NativeBuffer} and {@link org.tailwalk.bpf.sys.Fd},
 * never a {@code MemorySegment}. All multi-byte values are little endian; a big-endian host is
 * refused.
 *
 * <p>To add a system call: its number per architecture in {@code Syscall}, a static method that
 * builds the arguments, a {@link org.tailwalk.bpf.sys.SysException} that names the operation.
 */
@NullMarked
package org.tailwalk.bpf.sys;

import org.jspecify.annotations.NullMarked;
