// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.host;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one run left, as bytes: decoding may happen later and on another thread.
 *
 * @param errno 0, or why the kernel refused the run; then the rest is empty
 * @param returnCode signed
 * @param frame afterwards
 * @param context afterwards; hidden fields are 0 without the wrapper
 * @param packetTypeBefore what the kernel made of the destination address; 0 without the wrapper
 * @param missed true when the wrapper's own tail call fell through: nothing ran
 * @param log trace records, without the header
 * @param overflow true when records overwrote each other: the log is cut and cannot be read to its
 *     end
 * @param events records of the perf ring in order, each with the ring's padding
 * @param lost events that found no room in the ring
 * @param cells values of the cells that the reader asked for, as they are after the run
 */
@SuppressWarnings("ArrayRecordComponent") // raw material, never compared
public record RawRun(
    int errno,
    int returnCode,
    byte[] frame,
    SkbContext context,
    int packetTypeBefore,
    boolean missed,
    byte[] log,
    boolean overflow,
    List<byte[]> events,
    long lost,
    List<Cell> cells) {

  /** A run that the kernel did not take. */
  static RawRun refused(int errno) {
    SkbContext nothing = new SkbContext(0, new int[5], 0, 0, 0, 0, 0);
    return new RawRun(
        errno, 0, new byte[0], nothing, 0, false, new byte[0], false, List.of(), 0, List.of());
  }

  /** The same run with cells read. */
  RawRun with(List<Cell> cells) {
    return new RawRun(
        errno,
        returnCode,
        frame,
        context,
        packetTypeBefore,
        missed,
        log,
        overflow,
        events,
        lost,
        cells);
  }

  /**
   * One map element.
   *
   * @param value null when there is none; of a per-CPU map the values of all CPUs
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record Cell(LoadPlan.MapId map, byte[] key, byte @Nullable [] value) {}

  /** Says which elements are worth reading again after a run. */
  @FunctionalInterface
  public interface TouchReader {
    /** Cells with no value yet. */
    List<Cell> touched(byte[] log);

    /** Reads nothing again. */
    TouchReader NONE = _ -> List.of();
  }
}
