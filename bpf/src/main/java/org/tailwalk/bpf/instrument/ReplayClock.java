// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.instrument;

import java.util.List;
import java.util.function.Consumer;
import org.tailwalk.bpf.insn.CodeElement;
import org.tailwalk.bpf.insn.CodeTransform;
import org.tailwalk.bpf.insn.Helper;
import org.tailwalk.bpf.insn.Instruction;
import org.tailwalk.bpf.insn.MemSize;
import org.tailwalk.bpf.insn.Register;

/** Replaces calls of clock and random helpers by reads of {@link ReplayClockMap}. */
final class ReplayClock implements CodeTransform {
  @Override
  public void accept(CodeElement element, Consumer<CodeElement> out) {
    if (element instanceof Instruction.HelperCall(int helper)) {
      replacement(helper, element).forEach(out);
    } else {
      out.accept(element);
    }
  }

  static boolean replaces(int helper) {
    return switch (helper) {
      case Helper.KTIME_GET_NS,
          Helper.KTIME_GET_BOOT_NS,
          Helper.KTIME_GET_COARSE_NS,
          Helper.JIFFIES64,
          Helper.GET_PRANDOM_U32 ->
          true;
      default -> false;
    };
  }

  private static List<CodeElement> replacement(int helper, CodeElement call) {
    return switch (helper) {
      case Helper.KTIME_GET_NS, Helper.KTIME_GET_BOOT_NS, Helper.KTIME_GET_COARSE_NS ->
          read(MemSize.DW, ReplayClockMap.NANOSECONDS);
      case Helper.JIFFIES64 -> read(MemSize.DW, ReplayClockMap.JIFFIES);
      case Helper.GET_PRANDOM_U32 -> read(MemSize.W, ReplayClockMap.RANDOM);
      default -> List.of(call);
    };
  }

  private static List<CodeElement> read(MemSize size, int offset) {
    return List.of(
        new Instruction.LoadMapValue(Register.R0, ReplayClockMap.MAP, 0),
        new Instruction.Load(size, Register.R0, Register.R0, offset));
  }
}
