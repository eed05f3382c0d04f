// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.sys;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.util.Locale;

/** A Linux system call by its number on x86-64 and arm64, made through libc's {@code syscall}. */
enum Syscall {
  BPF(321, 280),
  CLOSE(3, 57),
  GETPRIORITY(140, 141),
  IOCTL(16, 29),
  MMAP(9, 222),
  MUNMAP(11, 215),
  OPENAT(257, 56),
  PERF_EVENT_OPEN(298, 241),
  RECVFROM(45, 207),
  SCHED_SETAFFINITY(203, 122),
  SENDTO(44, 206),
  SETNS(308, 268),
  SETPRIORITY(141, 140),
  SOCKET(41, 198),
  UNSHARE(272, 97);

  private final int x86;
  private final int arm;

  Syscall(int x86, int arm) {
    this.x86 = x86;
    this.arm = arm;
  }

  private static final class Libc {
    static final StructLayout STATE = Linker.Option.captureStateLayout();
    static final VarHandle ERRNO = STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));
    static final boolean X86 = isX86();
    static final MethodHandle CALL = link();
    // A segment of its own for each thread: errno is captured right after the call returns.
    static final ThreadLocal<MemorySegment> CAPTURE =
        ThreadLocal.withInitial(() -> Arena.ofAuto().allocate(STATE));

    private static boolean isX86() {
      String arch = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
      return switch (arch) {
        case "amd64", "x86_64" -> true;
        case "aarch64", "arm64" -> false;
        default -> throw new IllegalStateException("no system call numbers for " + arch);
      };
    }

    private static MethodHandle link() {
      Linker linker = Linker.nativeLinker();
      MemorySegment symbol =
          linker
              .defaultLookup()
              .find("syscall")
              .orElseThrow(() -> new IllegalStateException("libc has no symbol syscall"));
      ValueLayout.OfLong word = ValueLayout.JAVA_LONG;
      return linker.downcallHandle(
          symbol,
          FunctionDescriptor.of(word, word, word, word, word, word, word, word),
          Linker.Option.firstVariadicArg(1),
          Linker.Option.captureCallState("errno"));
    }
  }

  /**
   * Makes the call; absent arguments are 0.
   *
   * @return the result, or the negated errno when the call failed
   */
  long call(long a, long b, long c, long d, long e, long f) {
    MemorySegment capture = Libc.CAPTURE.get();
    long result;
    try {
      result =
          (long) Libc.CALL.invokeExact(capture, (long) (Libc.X86 ? x86 : arm), a, b, c, d, e, f);
    } catch (Throwable t) {
      throw new IllegalStateException("system call " + name(), t);
    }
    return result == -1 ? -(int) Libc.ERRNO.get(capture, 0L) : result;
  }

  long call(long a, long b, long c) {
    return call(a, b, c, 0, 0, 0);
  }
}
