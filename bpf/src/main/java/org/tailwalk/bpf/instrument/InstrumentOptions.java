// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.instrument;

import java.util.HashMap;
import java.util.Map;

/**
 * What to put in.
 *
 * @param clock replace the clock and random helpers
 * @param detail for programs that {@code lowered} does not name
 * @param lowered programs (by name) with less
 * @param context record {@link ContextField}s at entries
 * @param firstSiteId of this collection; several endpoints share one log
 * @param valueLimit most bytes of a key or value to record
 */
public record InstrumentOptions(
    boolean clock,
    TraceDetail detail,
    Map<String, TraceDetail> lowered,
    boolean context,
    int firstSiteId,
    int valueLimit) {
  public InstrumentOptions {
    lowered = Map.copyOf(lowered);
  }

  /** The programs as they are. */
  public static InstrumentOptions untouched() {
    return new InstrumentOptions(false, TraceDetail.NONE, Map.of(), false, 0, 0);
  }

  /** Only clock and random. */
  public static InstrumentOptions clocked() {
    return new InstrumentOptions(true, TraceDetail.NONE, Map.of(), false, 0, 0);
  }

  /** Clock, random and every trace point. */
  public static InstrumentOptions traced() {
    return new InstrumentOptions(true, TraceDetail.VALUES, Map.of(), true, 1, 256);
  }

  public InstrumentOptions withFirstSiteId(int firstSiteId) {
    return new InstrumentOptions(clock, detail, lowered, context, firstSiteId, valueLimit);
  }

  public InstrumentOptions withDetail(TraceDetail detail) {
    return new InstrumentOptions(clock, detail, lowered, context, firstSiteId, valueLimit);
  }

  /** The same with one program traced at another detail. */
  public InstrumentOptions withProgramDetail(String program, TraceDetail detail) {
    Map<String, TraceDetail> changed = new HashMap<>(lowered);
    changed.put(program, detail);
    return new InstrumentOptions(clock, this.detail, changed, context, firstSiteId, valueLimit);
  }

  public TraceDetail detailOf(String program) {
    return lowered.getOrDefault(program, detail);
  }
}
