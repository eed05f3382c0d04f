// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.elf;

/**
 * What BPF_MAP_CREATE needs at least.
 *
 * @param type number of {@link MapType}
 * @param keySize bytes
 * @param valueSize bytes
 * @param maxEntries 0 for PERF_EVENT_ARRAY means the number of CPUs
 * @param flags BPF_F_…
 */
public record MapShape(int type, int keySize, int valueSize, int maxEntries, int flags) {
  public static final int NO_PREALLOC = 1;
  public static final int READ_ONLY_PROGRAM = 0x80;
  public static final int MMAPABLE = 0x400;

  public MapShape withMaxEntries(int maxEntries) {
    return new MapShape(type, keySize, valueSize, maxEntries, flags);
  }

  public MapShape withType(int type, int flags) {
    return new MapShape(type, keySize, valueSize, maxEntries, flags);
  }

  public MapShape withSizes(int keySize, int valueSize) {
    return new MapShape(type, keySize, valueSize, maxEntries, flags);
  }
}
