// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.insn;

/** Whether arithmetic or a comparison looks at 32 or 64 bits. */
public enum Width {
  W32,
  W64
}
