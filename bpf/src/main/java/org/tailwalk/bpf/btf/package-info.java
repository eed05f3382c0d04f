// SPDX-License-Identifier: Apache-2.0
/**
 * BTF, the type format of eBPF objects (kernel: Documentation/bpf/btf.rst): types, their encoding,
 * func and line info, and values printed by type. Depends on nothing else of Tailwalk.
 */
@NullMarked
package org.tailwalk.bpf.btf;

import org.jspecify.annotations.NullMarked;
