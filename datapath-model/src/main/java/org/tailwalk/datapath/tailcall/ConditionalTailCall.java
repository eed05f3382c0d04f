// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.datapath.tailcall;

import org.tailwalk.datapath.context.Returns;
import org.tailwalk.datapath.kernel.ProgArray;
import org.tailwalk.datapath.kernel.Program;
import org.tailwalk.datapath.kernel.Run;
import org.tailwalk.event.DropReason;
import org.tailwalk.scenario.Era;

/**
 * {@code invoke_tailcall_if} (section 1.2): a tail call where the callee is a program of its own,
 * else the callee's code in place.
 *
 * <p>Up to PR 26118 the code in place was a {@code return} of the callee's value out of the
 * enclosing function, past its error handling; {@link #leavesCaller} tells a caller whether that
 * happens.
 */
public final class ConditionalTailCall {
  private final boolean separate;
  private final ProgArray calls;
  private final int slot;
  private final Program callee;
  private final boolean expression;

  /**
   * A call from one function to another.
   *
   * @param separate whether the callee is a program of its own, in this slot
   */
  public ConditionalTailCall(boolean separate, ProgArray calls, int slot, Program callee, Era era) {
    this.separate = separate;
    this.calls = calls;
    this.slot = slot;
    this.callee = callee;
    this.expression = era.atLeast(Era.PR26118);
  }

  /** The callee's value, {@link Program#TAKEN}, or the code of a missed tail call. */
  public int invoke(Run run) {
    if (!separate) {
      return callee.run(run);
    }
    return run.tailCall(calls, slot)
        ? Program.TAKEN
        : Returns.drop(DropReason.DROP_MISSED_TAIL_CALL);
  }

  /** Whether the value of {@link #invoke} is the enclosing function's, whatever it is. */
  public boolean leavesCaller() {
    return !separate && !expression;
  }
}
