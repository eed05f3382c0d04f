// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.sys;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Shared mappings of map values and perf rings. */
public final class Mmap {
  private static final int PROT_READ_WRITE = 3;
  private static final int MAP_SHARED = 1;

  /** Size of a page, bytes: 4,096 wherever the supported architectures are built as usual. */
  public static final int PAGE = 4096;

  private Mmap() {}

  /** Maps {@code size} bytes (rounded up to pages) of {@code fd}, readable and writable. */
  public static NativeBuffer shared(Fd fd, long size) throws SysException {
    long length = (size + PAGE - 1) / PAGE * PAGE;
    long address =
        SysException.check(
            Syscall.MMAP.call(0, length, PROT_READ_WRITE, MAP_SHARED, fd.number(), 0),
            "mmap " + length + " bytes");
    // The arena keeps other threads from touching the memory after it was unmapped.
    Arena arena = Arena.ofShared();
    MemorySegment segment =
        MemorySegment.ofAddress(address)
            .reinterpret(length, arena, s -> Syscall.MUNMAP.call(s.address(), length, 0));
    return new NativeBuffer(segment, arena::close);
  }
}
