// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.instrument;

import org.tailwalk.bpf.elf.MapShape;
import org.tailwalk.bpf.elf.MapSpec;
import org.tailwalk.bpf.elf.MapType;

/**
 * The log that all traced programs of a session share: an array map of one mmapable value.
 *
 * <pre>
 * offset 0    u64 write position, in bytes from offset 64; user space stores 0 before each run
 * offset 64   records: u64 site id, then what {@link TraceSite} says; each a multiple of 8 bytes
 * </pre>
 *
 * <p>All integers little endian. A position beyond {@link #CAPACITY} means that records overwrote
 * each other: the log overflowed.
 */
public final class TraceLog {
  public static final String MAP = "tailwalk_log";
  public static final int POSITION = 0;
  public static final int HEADER = 64;
  public static final int CAPACITY = 65536;

  /** Longest payload of one record. */
  public static final int MAX_PAYLOAD = 960;

  public static final int VALUE_SIZE = HEADER + CAPACITY + 1024;

  private TraceLog() {}

  public static MapSpec map() {
    return MapSpec.added(MAP, new MapShape(MapType.ARRAY, 4, VALUE_SIZE, 1, MapShape.MMAPABLE));
  }
}
