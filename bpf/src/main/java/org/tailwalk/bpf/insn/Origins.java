// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.insn;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Forward dataflow over a program: for each instruction that can be reached, where its registers'
 * values came from. Follows moves, constant offsets, spills to the stack, and arguments into
 * subprograms.
 */
public final class Origins {
  /** Sees each reachable instruction with what is known just before it. */
  @FunctionalInterface
  public interface Visitor {
    void visit(int at, Instruction instruction, Frame before);
  }

  private final ControlFlow flow;
  private final @Nullable Frame[] before;

  private Origins(ControlFlow flow) {
    this.flow = flow;
    before = new Frame[flow.code().size()];
  }

  public static Origins of(ControlFlow flow) {
    Origins result = new Origins(flow);
    result.solve();
    return result;
  }

  private void solve() {
    Deque<Integer> work = new ArrayDeque<>();
    before[0] = Frame.ENTRY;
    work.add(0);
    while (!work.isEmpty()) {
      int at = work.pop();
      Frame state = before[at];
      if (state == null) {
        continue;
      }
      CodeElement element = flow.code().get(at);
      if (element instanceof Instruction instruction) {
        Label entered =
            switch (instruction) {
              case Instruction.Call call -> call.function();
              case Instruction.LoadFunction load -> load.function();
              default -> null;
            };
        if (entered != null) {
          Frame callee = instruction instanceof Instruction.Call ? state.forCallee() : Frame.ENTRY;
          reach(flow.place(entered), callee, work);
        }
        state = state.after(instruction);
      }
      for (int next : flow.next(at)) {
        reach(next, state, work);
      }
    }
  }

  private void reach(int at, Frame state, Deque<Integer> work) {
    Frame known = before[at];
    Frame joined = known == null ? state : known.join(state);
    if (!joined.equals(known)) {
      before[at] = joined;
      work.push(at);
    }
  }

  /** What is known before the element; null if it cannot be reached. */
  public @Nullable Frame before(int at) {
    return before[at];
  }

  public void forEach(Visitor visitor) {
    List<CodeElement> code = flow.code();
    for (int at = 0; at < before.length; at++) {
      Frame state = before[at];
      if (state != null && code.get(at) instanceof Instruction instruction) {
        visitor.visit(at, instruction, state);
      }
    }
  }
}
