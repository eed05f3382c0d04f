// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.load;

/** Numbers of {@code enum bpf_map_type} that need different handling from user space. */
public final class MapType {
  public static final int HASH = 1;
  public static final int ARRAY = 2;
  public static final int PROG_ARRAY = 3;
  public static final int PERF_EVENT_ARRAY = 4;
  public static final int PERCPU_HASH = 5;
  public static final int PERCPU_ARRAY = 6;
  public static final int LRU_HASH = 9;
  public static final int LRU_PERCPU_HASH = 10;
  public static final int LPM_TRIE = 11;
  public static final int ARRAY_OF_MAPS = 12;
  public static final int HASH_OF_MAPS = 13;
  public static final int PERCPU_CGROUP_STORAGE = 21;

  private MapType() {}

  /** True when user space reads and writes one value for each possible CPU. */
  public static boolean perCpu(int type) {
    return type == PERCPU_HASH
        || type == PERCPU_ARRAY
        || type == LRU_PERCPU_HASH
        || type == PERCPU_CGROUP_STORAGE;
  }

  /** True when values are descriptors, which cannot be read back as what was written. */
  public static boolean ofDescriptors(int type) {
    return type == PROG_ARRAY
        || type == PERF_EVENT_ARRAY
        || type == ARRAY_OF_MAPS
        || type == HASH_OF_MAPS;
  }

  /** True when every index exists from the start and none can be deleted. */
  public static boolean fixedSlots(int type) {
    return type == ARRAY || type == PERCPU_ARRAY;
  }
}
