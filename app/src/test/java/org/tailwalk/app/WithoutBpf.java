// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app;

import java.lang.foreign.AddressLayout;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/** The program behind a seccomp filter that refuses bpf(2) alone, as containers' runtimes do. */
final class WithoutBpf {
  private static final int PR_SET_SECCOMP = 22;
  private static final int PR_SET_NO_NEW_PRIVS = 38;
  private static final long SECCOMP_MODE_FILTER = 2;
  private static final int LOAD_WORD = 0x20;
  private static final int JUMP_IF_EQUAL = 0x15;
  private static final int RETURN = 0x06;
  private static final int ERRNO_EPERM = 0x0005_0001;
  private static final int ALLOW = 0x7fff_0000;

  private WithoutBpf() {}

  /** Threads that are started from here on are behind the filter as well. */
  public static void main(String[] args) throws Throwable {
    MethodHandle prctl =
        Linker.nativeLinker()
            .downcallHandle(
                Linker.nativeLinker().defaultLookup().findOrThrow("prctl"),
                FunctionDescriptor.of(
                    ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_LONG,
                    ValueLayout.ADDRESS,
                    ValueLayout.JAVA_LONG,
                    ValueLayout.JAVA_LONG));
    int bpf = System.getProperty("os.arch").equals("aarch64") ? 280 : 321;
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment code = arena.allocate(4 * 8L, 8);
      put(code, 0, LOAD_WORD, 0, 0, 0);
      put(code, 1, JUMP_IF_EQUAL, 0, 1, bpf);
      put(code, 2, RETURN, 0, 0, ERRNO_EPERM);
      put(code, 3, RETURN, 0, 0, ALLOW);
      MemorySegment filter = arena.allocate(16, 8);
      filter.set(ValueLayout.JAVA_SHORT, 0, (short) 4);
      filter.set(AddressLayout.ADDRESS, 8, code);
      int alone = (int) prctl.invoke(PR_SET_NO_NEW_PRIVS, 1L, MemorySegment.NULL, 0L, 0L);
      int set = (int) prctl.invoke(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, filter, 0L, 0L);
      if (alone != 0 || set != 0) {
        throw new AssertionError("no seccomp filter here");
      }
    }
    Main.main(args);
  }

  private static void put(MemorySegment code, int at, int op, int yes, int no, int k) {
    code.set(ValueLayout.JAVA_SHORT, at * 8L, (short) op);
    code.set(ValueLayout.JAVA_BYTE, at * 8L + 2, (byte) yes);
    code.set(ValueLayout.JAVA_BYTE, at * 8L + 3, (byte) no);
    code.set(ValueLayout.JAVA_INT, at * 8L + 4, k);
  }
}
