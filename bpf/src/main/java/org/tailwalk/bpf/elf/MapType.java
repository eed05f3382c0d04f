// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.elf;

/** Kernel map types by number (enum bpf_map_type); any other number is passed on as it is. */
public final class MapType {
  public static final int HASH = 1;
  public static final int ARRAY = 2;
  public static final int PROG_ARRAY = 3;
  public static final int PERF_EVENT_ARRAY = 4;
  public static final int PERCPU_HASH = 5;
  public static final int PERCPU_ARRAY = 6;
  public static final int CGROUP_ARRAY = 8;
  public static final int LRU_HASH = 9;
  public static final int LRU_PERCPU_HASH = 10;
  public static final int LPM_TRIE = 11;
  public static final int ARRAY_OF_MAPS = 12;
  public static final int HASH_OF_MAPS = 13;

  private static final String[] NAMES = {
    "unspec",
    "hash",
    "array",
    "prog_array",
    "perf_event_array",
    "percpu_hash",
    "percpu_array",
    "stack_trace",
    "cgroup_array",
    "lru_hash",
    "lru_percpu_hash",
    "lpm_trie",
    "array_of_maps",
    "hash_of_maps",
    "devmap",
    "sockmap",
    "cpumap",
    "xskmap",
    "sockhash"
  };

  private MapType() {}

  /** The name as bpftool prints it, or the number. */
  public static String name(int type) {
    return type >= 0 && type < NAMES.length ? NAMES[type] : "type " + type;
  }

  /** Whether a lookup gives a pointer to plain bytes of the value's size. */
  public static boolean holdsPlainValues(int type) {
    return switch (type) {
      case HASH, ARRAY, PERCPU_HASH, PERCPU_ARRAY, LRU_HASH, LRU_PERCPU_HASH, LPM_TRIE -> true;
      default -> false;
    };
  }

  /** Whether fewer max_entries only mean less room: keys are free, not indices. */
  public static boolean entriesAreRoom(int type) {
    return switch (type) {
      case HASH, PERCPU_HASH, LRU_HASH, LRU_PERCPU_HASH, LPM_TRIE, HASH_OF_MAPS -> true;
      default -> false;
    };
  }

  public static boolean isPerCpu(int type) {
    return type == PERCPU_HASH || type == PERCPU_ARRAY || type == LRU_PERCPU_HASH;
  }

  /** The kernel refuses BTF key and value types for these. */
  public static boolean takesBtf(int type) {
    return switch (type) {
      case PROG_ARRAY, PERF_EVENT_ARRAY, ARRAY_OF_MAPS, HASH_OF_MAPS -> false;
      default -> true;
    };
  }
}
