// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.instrument;

import java.util.List;
import java.util.Optional;
import org.tailwalk.bpf.insn.SourceLine;

/**
 * One trace point: how to read its records, and where in the program it stands.
 *
 * @param id the u64 that opens each record, unique in a session
 * @param program name of the {@code ProgramSpec}
 * @param event what happened when a record is there, and its fields
 * @param length of the record in bytes, a multiple of 8, the id included
 * @param instruction slot in the original program (before anything was added)
 * @param line source line of that instruction
 */
public record TraceSite(
    int id, String program, Event event, int length, int instruction, Optional<SourceLine> line) {

  /** What a record tells. Values are little endian as registers and memory held them. */
  public sealed interface Event {}

  /** The program began. {@code context}: see {@link ContextField}; empty if not recorded. */
  public record Entered(List<RecordedContext> context) implements Event {}

  /** Tail call about to be taken: {@code index} u64 (low 32 bits count). */
  public record TailCall(MapRef map, Field index) implements Event {}

  /** The tail call before this record fell through: empty slot or budget spent. */
  public record TailCallMissed(MapRef map) implements Event {}

  /** About to look up. */
  public record Lookup(MapRef map, Bytewise key) implements Event {}

  /** The lookup before this record found an entry. */
  public record LookupHit(MapRef map, Bytewise value) implements Event {}

  /** The lookup before this record found none. */
  public record LookupMissed(MapRef map) implements Event {}

  /** About to update; {@code flags} u64. */
  public record Update(MapRef map, Bytewise key, Bytewise value, Field flags) implements Event {}

  /** About to delete. */
  public record Delete(MapRef map, Bytewise key) implements Event {}

  /**
   * Helper returned; {@code result} s64. Recorded after update (2), delete (3), clone_redirect (13)
   * and perf_event_output (25); the k-th perf output into a map that returned 0 is the k-th event
   * of its ring. {@code map} is as far as it is known without the pointer.
   */
  public record Returned(int helper, MapRef map, Field result) implements Event {}

  /** About to call a redirecting helper; arguments u64 each, in the helper's order. */
  public record Redirect(int helper, Optional<MapRef> map, List<Argument> arguments)
      implements Event {}

  /** The program is about to exit; {@code returnCode} u64 (low 32 bits count, signed). */
  public record Exited(Field returnCode) implements Event {}

  /** A named helper argument. */
  public record Argument(String name, Field field) {}

  /** A context field and its u32. */
  public record RecordedContext(ContextField name, Field field) {}

  /** Bytes of a key or value: recorded, whole or cut, or not, with the reason. */
  public sealed interface Bytewise {
    /** {@code field} holds the first {@code field.size()} bytes of {@code wholeSize}. */
    record Recorded(Field field, int wholeSize) implements Bytewise {}

    record NotRecorded(String reason) implements Bytewise {}
  }

  /** Which map a helper call uses. */
  public sealed interface MapRef {
    record Known(String map) implements MapRef {}

    /** One of several: {@code pointer} u64 tells which, see {@link PointerProbe}. */
    record OneOf(List<String> maps, Field pointer) implements MapRef {}

    /** An inner map of this map in maps, by the lookup before. */
    record InnerOf(String outer) implements MapRef {}

    record Unknown(String reason) implements MapRef {}
  }
}
