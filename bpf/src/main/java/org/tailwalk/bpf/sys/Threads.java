// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.sys;

import static org.tailwalk.bpf.sys.Capability.CAP_SYS_ADMIN;

/** What one platform thread can have for itself: a processor, a network namespace, a rank. */
public final class Threads {
  private static final long CLONE_NEWNET = 0x40000000;
  private static final long PRIO_PROCESS = 0;
  private static final long KERNEL_NICE = 20;
  private static final long LAST = 19;

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

  /**
   * Lets others go before the calling thread, and before those that it starts from now on. There is
   * no way back without a privilege.
   *
   * @param steps how much nicer than it is it becomes, 19 being the last of all; setpriority(2)
   */
  public static void giveWay(int steps) throws SysException {
    // The system call, unlike the library's function, answers 20 less what it is.
    long now =
        KERNEL_NICE
            - SysException.check(
                Syscall.GETPRIORITY.call(PRIO_PROCESS, 0, 0), "ask for a thread's priority");
    long nice = Math.min(LAST, now + steps);
    SysException.check(
        Syscall.SETPRIORITY.call(PRIO_PROCESS, 0, nice), "set a thread's priority to " + nice);
  }
}
