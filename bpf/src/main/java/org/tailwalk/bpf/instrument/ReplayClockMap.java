// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.instrument;

import org.tailwalk.bpf.elf.MapShape;
import org.tailwalk.bpf.elf.MapSpec;
import org.tailwalk.bpf.elf.MapType;

/**
 * The map that clock and random helpers read instead: an array map of one mmapable value. Not
 * frozen: the verifier would fold a read-only value to a constant.
 */
public final class ReplayClockMap {
  public static final String MAP = "tailwalk_clock";

  /** u64 nanoseconds: ktime_get_ns (5), ktime_get_boot_ns (125), ktime_get_coarse_ns (160). */
  public static final int NANOSECONDS = 0;

  /** u64 jiffies: jiffies64 (118). */
  public static final int JIFFIES = 8;

  /** u32: get_prandom_u32 (7). */
  public static final int RANDOM = 16;

  public static final int VALUE_SIZE = 64;

  private ReplayClockMap() {}

  public static MapSpec map() {
    return MapSpec.added(MAP, new MapShape(MapType.ARRAY, 4, VALUE_SIZE, 1, MapShape.MMAPABLE));
  }
}
