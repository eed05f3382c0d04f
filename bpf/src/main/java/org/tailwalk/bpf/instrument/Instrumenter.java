// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.instrument;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tailwalk.bpf.elf.CollectionSpec;
import org.tailwalk.bpf.elf.ProgramSpec;
import org.tailwalk.bpf.insn.CodeElement;
import org.tailwalk.bpf.insn.CodeException;
import org.tailwalk.bpf.insn.Codec;
import org.tailwalk.bpf.insn.Instruction;
import org.tailwalk.bpf.insn.JumpOutOfRangeException;

/** Puts trace points and the replay clock into a collection. */
public final class Instrumenter {
  private Instrumenter() {}

  /**
   * Instruments every program; one whose jumps no longer reach gets less detail, with a remark.
   *
   * @throws CodeException when a program's code is malformed, or too long even for the clock alone
   */
  public static Instrumented instrument(CollectionSpec spec, InstrumentOptions options)
      throws CodeException {
    Sites sites = new Sites(options.firstSiteId());
    List<String> remarks = new ArrayList<>();
    Map<String, TraceDetail> details = new HashMap<>();
    List<ProgramSpec> programs = new ArrayList<>();
    for (ProgramSpec program : spec.programs()) {
      try {
        programs.add(instrument(spec, program, options, sites, remarks, details));
      } catch (CodeException e) {
        throw new CodeException("instrument program \"" + program.name() + "\": " + e.getMessage());
      }
    }
    return new Instrumented(
        withMaps(spec.withPrograms(programs)), sites.all(), details, options, remarks);
  }

  /**
   * The same collection once more after the verifier refused a program, with that program a step
   * lower; empty if it is at the bottom. Site ids change: use the new table.
   */
  public static Optional<Instrumented> stepDown(
      CollectionSpec original, Instrumented refused, String program, String why)
      throws CodeException {
    TraceDetail now = refused.details().getOrDefault(program, TraceDetail.NONE);
    Optional<TraceDetail> lower = now.lower();
    if (lower.isEmpty()) {
      return Optional.empty();
    }
    Instrumented again =
        instrument(original, refused.options().withProgramDetail(program, lower.get()));
    List<String> remarks = new ArrayList<>(again.remarks());
    remarks.add(
        "program \"%s\" is traced with %s instead of %s: %s"
            .formatted(program, lower.get(), now, why));
    return Optional.of(
        new Instrumented(again.spec(), again.sites(), again.details(), again.options(), remarks));
  }

  private static ProgramSpec instrument(
      CollectionSpec spec,
      ProgramSpec program,
      InstrumentOptions options,
      Sites sites,
      List<String> remarks,
      Map<String, TraceDetail> details)
      throws CodeException {
    TraceDetail detail = options.detailOf(program.name());
    int firstId = sites.nextId();
    while (true) {
      List<String> found = new ArrayList<>();
      List<CodeElement> code = new ArrayList<>();
      if (detail == TraceDetail.NONE) {
        code.addAll(program.code());
      } else {
        new ProgramTracer(spec, program, options, detail, sites, found).trace(code);
      }
      if (options.clock()) {
        code = new ReplayClock().apply(code);
      }
      Optional<JumpOutOfRangeException> tooFar = Codec.tooFar(code);
      if (tooFar.isEmpty()) {
        details.put(program.name(), detail);
        remarks.addAll(found);
        return program.withCode(code);
      }
      sites.truncate(firstId);
      TraceDetail before = detail;
      detail = before.lower().orElseThrow(tooFar::get);
      remarks.add(
          "program \"%s\" is traced with %s instead of %s: %s"
              .formatted(program.name(), detail, before, tooFar.get().getMessage()));
    }
  }

  /** Adds the log and the clock where some program refers to them. */
  private static CollectionSpec withMaps(CollectionSpec spec) {
    CollectionSpec result = spec;
    if (uses(spec, TraceLog.MAP)) {
      result = result.withMap(TraceLog.map());
    }
    if (uses(spec, ReplayClockMap.MAP)) {
      result = result.withMap(ReplayClockMap.map());
    }
    return result;
  }

  private static boolean uses(CollectionSpec spec, String map) {
    return spec.programs().stream()
        .flatMap(p -> p.code().stream())
        .anyMatch(e -> e instanceof Instruction.LoadMapValue load && load.map().equals(map));
  }
}
