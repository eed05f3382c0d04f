// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.insn;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Where each element of a program's code can go on, by position in the list. */
public final class ControlFlow {
  private static final int[] NOWHERE = {};

  private final List<CodeElement> code;
  private final Map<Label, Integer> places = new HashMap<>();

  private ControlFlow(List<CodeElement> code) {
    this.code = code;
  }

  /**
   * Finds the labels.
   *
   * @throws CodeException when a jump's label is missing
   */
  public static ControlFlow of(List<CodeElement> code) throws CodeException {
    ControlFlow flow = new ControlFlow(code);
    for (int i = 0; i < code.size(); i++) {
      switch (code.get(i)) {
        case LabelTarget(Label label) -> flow.places.put(label, i);
        case FunctionStart start -> flow.places.put(start.label(), i);
        case SourceLine _, Instruction _ -> {}
      }
    }
    for (CodeElement element : code) {
      Label target =
          switch (element) {
            case Instruction.Jump jump -> jump.target();
            case Instruction.Goto jump -> jump.target();
            case Instruction.Call call -> call.function();
            case Instruction.LoadFunction load -> load.function();
            default -> null;
          };
      if (target != null && !flow.places.containsKey(target)) {
        throw new CodeException("no label \"" + target + "\"");
      }
    }
    return flow;
  }

  public List<CodeElement> code() {
    return code;
  }

  /** Position of a label or function; it exists, as {@link #of} saw to it. */
  public int place(Label label) {
    Integer place = places.get(label);
    if (place == null) {
      throw new IllegalArgumentException("no label " + label);
    }
    return place;
  }

  /** Positions that may follow within the function; a call goes on behind itself. */
  public int[] next(int at) {
    return switch (code.get(at)) {
      case Instruction.Exit _ -> NOWHERE;
      case Instruction.Goto jump -> new int[] {place(jump.target())};
      case Instruction.Jump jump -> withNext(at, place(jump.target()));
      case Instruction _, LabelTarget _, SourceLine _, FunctionStart _ -> behind(at);
    };
  }

  private int[] withNext(int at, int target) {
    int[] behind = behind(at);
    return behind.length == 0 ? new int[] {target} : new int[] {behind[0], target};
  }

  private int[] behind(int at) {
    return at + 1 < code.size() && !(code.get(at + 1) instanceof FunctionStart)
        ? new int[] {at + 1}
        : NOWHERE;
  }
}
