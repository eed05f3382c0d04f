// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.instrument;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tailwalk.bpf.elf.CollectionSpec;
import org.tailwalk.bpf.elf.ProgramSpec;
import org.tailwalk.bpf.insn.CodeElement;
import org.tailwalk.bpf.insn.CodeException;
import org.tailwalk.bpf.insn.ControlFlow;
import org.tailwalk.bpf.insn.Frame;
import org.tailwalk.bpf.insn.FunctionStart;
import org.tailwalk.bpf.insn.Instruction;
import org.tailwalk.bpf.insn.LabelTarget;
import org.tailwalk.bpf.insn.Liveness;
import org.tailwalk.bpf.insn.Origins;
import org.tailwalk.bpf.insn.Register;
import org.tailwalk.bpf.insn.RegisterUse;
import org.tailwalk.bpf.insn.SourceLine;

/** One program's trace points: walks its code and puts records around what is worth telling. */
final class ProgramTracer {
  private static final int CALLER_SAVED =
      Register.R1.bit()
          | Register.R2.bit()
          | Register.R3.bit()
          | Register.R4.bit()
          | Register.R5.bit();

  private final ProgramSpec program;
  private final InstrumentOptions options;
  private final TraceDetail detail;
  private final Sites sites;
  private final List<String> remarks;
  private final Liveness liveness;
  private final Origins origins;
  private final CallTracer calls;

  // Where the walk is.
  private List<CodeElement> out = new ArrayList<>();
  private int slot;
  private boolean inMain;
  private @Nullable SourceLine line;

  ProgramTracer(
      CollectionSpec spec,
      ProgramSpec program,
      InstrumentOptions options,
      TraceDetail detail,
      Sites sites,
      List<String> remarks)
      throws CodeException {
    this.program = program;
    this.options = options;
    this.detail = detail;
    this.sites = sites;
    this.remarks = remarks;
    ControlFlow flow = ControlFlow.of(program.code());
    liveness = Liveness.of(flow);
    origins = Origins.of(flow);
    int limit = detail == TraceDetail.SHORT_VALUES ? TraceDetail.SHORT : options.valueLimit();
    calls = new CallTracer(this, new MapTraits(spec), detail, limit);
  }

  void trace(List<CodeElement> result) {
    out = result;
    List<CodeElement> code = program.code();
    for (int at = 0; at < code.size(); at++) {
      switch (code.get(at)) {
        case FunctionStart start -> {
          inMain = at == 0;
          line = null;
          out.add(start);
          if (inMain) {
            entry(code);
          }
        }
        case LabelTarget label -> out.add(label);
        case SourceLine next -> {
          line = next;
          out.add(next);
        }
        case Instruction instruction -> {
          Frame before = origins.before(at);
          if (before == null) {
            out.add(instruction); // cannot be reached
          } else {
            around(at, instruction, before);
          }
          slot += instruction.slots();
        }
      }
    }
  }

  private void around(int at, Instruction instruction, Frame before) {
    switch (instruction) {
      case Instruction.HelperCall(int helper) -> {
        int alive = liveness.before(at) | RegisterUse.reads(instruction);
        // A call leaves r1 to r5 unreadable. They look alive behind it where the next instruction
        // is
        // also jumped to, from where they were set; what we add stands before that label.
        int aliveAfter = liveness.after(at) & ~CALLER_SAVED | Register.R0.bit();
        calls.before(helper, before, alive);
        out.add(instruction);
        calls.after(helper, before, aliveAfter);
      }
      case Instruction.Exit _ when inMain -> {
        record(Register.R0.bit(), "exit", r -> new TraceSite.Exited(r.register(Register.R0)));
        out.add(instruction);
      }
      default -> out.add(instruction);
    }
  }

  /** Before the first instruction's label: a jump back to it is no second entry. */
  private void entry(List<CodeElement> code) {
    for (CodeElement element : code) {
      if (element instanceof SourceLine first) {
        line = first;
        out.add(first); // the kernel wants a line at each function's first instruction
        break;
      }
      if (element instanceof Instruction) {
        break;
      }
    }
    boolean context = options.context() && program.type().hasSocketBuffer();
    record(
        Register.R1.bit(),
        "entry",
        r -> {
          List<TraceSite.RecordedContext> fields = new ArrayList<>();
          if (context) {
            for (ContextField field : ContextField.values()) {
              fields.add(
                  new TraceSite.RecordedContext(field, r.contextWord(Register.R1, field.offset())));
            }
          }
          return new TraceSite.Entered(fields);
        });
  }

  /** What a record holds: copies are asked of the builder, the event says where they are. */
  interface Content {
    TraceSite.Event in(RecordBuilder record);
  }

  /** Adds a record here, if two registers are free. */
  void record(int alive, String what, Content content) {
    Optional<FreeRegisters> free = FreeRegisters.among(alive);
    if (free.isEmpty()) {
      remarks.add(
          "program \"%s\", instruction %d: %s is not traced, no two registers are free"
              .formatted(program.name(), slot, what));
      return;
    }
    RecordBuilder record = new RecordBuilder(free.get());
    TraceSite.Event event = content.in(record);
    int id = sites.nextId();
    sites.add(
        new TraceSite(id, program.name(), event, record.length(), slot, Optional.ofNullable(line)));
    out.addAll(record.build(id));
  }

  void add(CodeElement element) {
    out.add(element);
  }

  int nextId() {
    return sites.nextId();
  }

  boolean covers(TraceDetail wanted) {
    return detail.covers(wanted);
  }
}
