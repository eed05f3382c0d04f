// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.instrument;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.tailwalk.bpf.insn.Frame;
import org.tailwalk.bpf.insn.Helper;
import org.tailwalk.bpf.insn.Instruction;
import org.tailwalk.bpf.insn.JumpOp;
import org.tailwalk.bpf.insn.Label;
import org.tailwalk.bpf.insn.LabelTarget;
import org.tailwalk.bpf.insn.Operand;
import org.tailwalk.bpf.insn.Origin;
import org.tailwalk.bpf.insn.Register;

/**
 * Records around helper calls. Before a call its arguments are alive; after it r1 to r5 are free.
 */
final class CallTracer {
  /** Keys are what a step is about: whole, unless they are absurdly long. */
  private static final int KEY_LIMIT = 256;

  private final ProgramTracer out;
  private final MapTraits maps;
  private final TraceDetail detail;
  private final int valueLimit;

  CallTracer(ProgramTracer out, MapTraits maps, TraceDetail detail, int valueLimit) {
    this.out = out;
    this.maps = maps;
    this.detail = detail;
    this.valueLimit = valueLimit;
  }

  void before(int helper, Frame frame, int alive) {
    switch (helper) {
      case Helper.TAIL_CALL ->
          out.record(
              alive,
              "tail call",
              r -> {
                Field index = r.register(Register.R3);
                return new TraceSite.TailCall(map(frame, Register.R2, r), index);
              });
      case Helper.MAP_LOOKUP_ELEM -> {
        if (detail.covers(TraceDetail.CALLS)) {
          out.record(
              alive,
              "lookup",
              r -> {
                TraceSite.MapRef map = map(frame, Register.R1, r);
                return new TraceSite.Lookup(map, key(frame, r));
              });
        }
      }
      case Helper.MAP_DELETE_ELEM -> {
        if (detail.covers(TraceDetail.CALLS)) {
          out.record(
              alive,
              "delete",
              r -> {
                TraceSite.MapRef map = map(frame, Register.R1, r);
                return new TraceSite.Delete(map, key(frame, r));
              });
        }
      }
      case Helper.MAP_UPDATE_ELEM -> {
        if (detail.covers(TraceDetail.CALLS)) {
          out.record(
              alive,
              "update",
              r -> {
                TraceSite.MapRef map = map(frame, Register.R1, r);
                Field flags = r.register(Register.R4);
                TraceSite.Bytewise key = key(frame, r);
                return new TraceSite.Update(map, key, newValue(frame, r), flags);
              });
        }
      }
      default -> redirect(helper, frame, alive);
    }
  }

  void after(int helper, Frame frame, int alive) {
    switch (helper) {
      case Helper.TAIL_CALL ->
          // The kernel leaves r0 undefined here, but a program may not read it either.
          out.record(
              alive,
              "missed tail call",
              _ -> new TraceSite.TailCallMissed(mapWithoutPointer(frame, Register.R2)));
      case Helper.MAP_LOOKUP_ELEM -> {
        if (detail.covers(TraceDetail.CALLS)) {
          found(frame, alive);
        }
      }
      case Helper.MAP_UPDATE_ELEM, Helper.MAP_DELETE_ELEM ->
          returned(helper, mapWithoutPointer(frame, Register.R1), alive);
      case Helper.PERF_EVENT_OUTPUT ->
          returned(helper, mapWithoutPointer(frame, Register.R2), alive);
      case Helper.CLONE_REDIRECT ->
          returned(helper, new TraceSite.MapRef.Unknown("takes no map"), alive);
      default -> {}
    }
  }

  private void returned(int helper, TraceSite.MapRef map, int alive) {
    if (detail.covers(TraceDetail.CALLS)) {
      out.record(
          alive,
          "result of " + Helper.name(helper),
          r -> new TraceSite.Returned(helper, map, r.register(Register.R0)));
    }
  }

  /**
   * Hit and miss have records of their own, so that no kernel address needs to go into the log: the
   * program's own null check, made once more.
   */
  private void found(Frame frame, int alive) {
    Label missed = new Label("%trace:missed:" + out.nextId());
    Label end = new Label("%trace:end:" + out.nextId());
    TraceSite.MapRef map = mapWithoutPointer(frame, Register.R1);
    out.add(new Instruction.Jump(JumpOp.EQ, Register.R0, Operand.of(0), missed));
    out.record(alive, "found value", r -> new TraceSite.LookupHit(map, foundValue(frame, r)));
    out.add(new Instruction.Goto(end, false));
    out.add(new LabelTarget(missed));
    out.record(alive, "missed lookup", _ -> new TraceSite.LookupMissed(map));
    out.add(new LabelTarget(end));
  }

  private void redirect(int helper, Frame frame, int alive) {
    if (!detail.covers(TraceDetail.CALLS)) {
      return;
    }
    record Source(String name, Register register) {}
    List<Source> sources =
        switch (helper) {
          case Helper.REDIRECT, Helper.REDIRECT_PEER ->
              List.of(new Source("ifindex", Register.R1), new Source("flags", Register.R2));
          case Helper.REDIRECT_NEIGH ->
              List.of(new Source("ifindex", Register.R1), new Source("flags", Register.R4));
          case Helper.CLONE_REDIRECT ->
              List.of(new Source("ifindex", Register.R2), new Source("flags", Register.R3));
          case Helper.REDIRECT_MAP ->
              List.of(new Source("key", Register.R2), new Source("flags", Register.R3));
          default -> List.of();
        };
    if (sources.isEmpty()) {
      return;
    }
    out.record(
        alive,
        "redirect",
        r -> {
          List<TraceSite.Argument> arguments = new ArrayList<>();
          for (Source source : sources) {
            arguments.add(new TraceSite.Argument(source.name(), r.register(source.register())));
          }
          Optional<TraceSite.MapRef> map =
              helper == Helper.REDIRECT_MAP
                  ? Optional.of(map(frame, Register.R1, r))
                  : Optional.empty();
          return new TraceSite.Redirect(helper, map, arguments);
        });
  }

  /** The map a register holds; where several are possible its pointer is recorded. */
  private static TraceSite.MapRef map(Frame frame, Register register, RecordBuilder record) {
    return frame.get(register) instanceof Origin.MapPointer(Set<String> names) && names.size() > 1
        ? new TraceSite.MapRef.OneOf(names.stream().sorted().toList(), record.register(register))
        : mapWithoutPointer(frame, register);
  }

  private static TraceSite.MapRef mapWithoutPointer(Frame frame, Register register) {
    return switch (frame.get(register)) {
      case Origin.MapPointer(Set<String> names) when names.size() == 1 ->
          new TraceSite.MapRef.Known(names.iterator().next());
      case Origin.MapPointer _ -> new TraceSite.MapRef.Unknown("the map of the call before");
      case Origin.Found(Set<String> outers, int offset) when offset == 0 && outers.size() == 1 ->
          new TraceSite.MapRef.InnerOf(outers.iterator().next());
      case Origin.Unknown _, Origin.Stack _, Origin.MapValueAddress _, Origin.Found _ ->
          new TraceSite.MapRef.Unknown("the map was chosen at run time");
    };
  }

  private TraceSite.Bytewise key(Frame frame, RecordBuilder record) {
    return bytes(maps.keySize(frame.get(Register.R1)), KEY_LIMIT, frame, Register.R2, record);
  }

  private TraceSite.Bytewise newValue(Frame frame, RecordBuilder record) {
    return value(frame, Register.R3, record);
  }

  private TraceSite.Bytewise foundValue(Frame frame, RecordBuilder record) {
    return value(frame, Register.R0, record);
  }

  private TraceSite.Bytewise value(Frame frame, Register pointer, RecordBuilder record) {
    if (!detail.covers(TraceDetail.SHORT_VALUES)) {
      return new TraceSite.Bytewise.NotRecorded("values are not traced at this detail");
    }
    return bytes(maps.valueSize(frame.get(Register.R1)), valueLimit, frame, pointer, record);
  }

  private TraceSite.Bytewise bytes(
      MapTraits.Size size, int most, Frame frame, Register pointer, RecordBuilder record) {
    if (!size.known()) {
      return new TraceSite.Bytewise.NotRecorded(size.reason());
    }
    int limit = Math.min(most, TraceLog.MAX_PAYLOAD - record.length() - 16);
    int recorded = Math.min(size.bytes(), limit);
    int misalignment =
        pointer == Register.R0
            ? 0 // a map value begins at a multiple of eight
            : switch (frame.get(pointer)) {
              case Origin.Stack(int offset) -> Math.floorMod(offset, 8);
              case Origin.Found(Set<String> _, int offset) -> Math.floorMod(offset, 8);
              case Origin.Unknown _, Origin.MapPointer _, Origin.MapValueAddress _ ->
                  RecordBuilder.BYTE_BY_BYTE;
            };
    return new TraceSite.Bytewise.Recorded(
        record.memory(pointer, recorded, misalignment), size.bytes());
  }
}
