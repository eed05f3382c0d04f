// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.sys;

import static org.tailwalk.bpf.sys.Capability.CAP_SYS_ADMIN;

/** What one platform thread can have for itself: a processor, a network namespace. */
public final class Threads {
  private static final long CLONE_NEWNET = 0x40000000;

  private Threads() {}

  /** Binds the calling thread to one CPU. */
  public static void pin(int cpu) throws SysException {
    try (NativeBuffer mask = NativeBuffer.scratch(128)) {
      mask.putByte(cpu / 8, 1 << (cpu % 8));
      SysException.check(
          Syscall.SCHED_SETAFFINITY.call(0, 128, mask.address()), "pin thread to CPU " + cpu);
    }
  }

  /** Moves the calling thread into a new, empty network namespace, which ends with the thread. */
  public static void unshareNetwork() throws SysException {
    SysException.check(
        Syscall.UNSHARE.call(CLONE_NEWNET, 0, 0), "unshare network namespace", CAP_SYS_ADMIN);
  }
}
