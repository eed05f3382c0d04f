// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.insn;

import java.util.List;

/** Which registers' values may still be read, before each element of the code. */
public final class Liveness {
  private final int[] before;
  private final ControlFlow flow;

  private Liveness(ControlFlow flow) {
    this.flow = flow;
    before = new int[flow.code().size()];
  }

  public static Liveness of(ControlFlow flow) {
    Liveness result = new Liveness(flow);
    result.solve();
    return result;
  }

  private void solve() {
    List<CodeElement> code = flow.code();
    boolean changed = true;
    while (changed) {
      changed = false;
      for (int at = before.length - 1; at >= 0; at--) {
        int live = after(at);
        if (code.get(at) instanceof Instruction instruction) {
          live = live & ~RegisterUse.writes(instruction) | RegisterUse.reads(instruction);
        }
        if (live != before[at]) {
          before[at] = live;
          changed = true;
        }
      }
    }
  }

  /** Registers alive just before the element, as bits. */
  public int before(int at) {
    return before[at];
  }

  /** Registers alive just after the element. */
  public int after(int at) {
    int live = 0;
    for (int next : flow.next(at)) {
      live |= before[next];
    }
    return live;
  }
}
