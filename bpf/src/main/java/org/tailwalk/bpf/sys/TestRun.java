// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.sys;

/**
 * BPF_PROG_TEST_RUN of tc programs with reusable buffers: for one thread at a time. The caller
 * fills {@link #input()} and {@link #context()} ({@code struct __sk_buff}, 192 bytes) and reads
 * {@link #output()} and {@link #contextOut()} after a run.
 */
public final class TestRun implements AutoCloseable {
  /** Largest frame that a test run takes in one piece. */
  public static final int MAX_INPUT = 3712;

  /** Largest frame that a program can make of it: SKB_MAX_ALLOC without headroom. */
  public static final int MAX_GROWN = 16_064;

  /** Room for what programs add in front or behind. */
  public static final int MAX_OUTPUT = 65_536;

  /** Bytes of {@code struct __sk_buff}. */
  public static final int CONTEXT_SIZE = 192;

  private final NativeBuffer attr = NativeBuffer.allocate(80);
  private final NativeBuffer input = NativeBuffer.allocate(MAX_OUTPUT);
  private final NativeBuffer output = NativeBuffer.allocate(MAX_OUTPUT);
  private final NativeBuffer context = NativeBuffer.allocate(CONTEXT_SIZE);
  private final NativeBuffer contextOut = NativeBuffer.allocate(CONTEXT_SIZE);

  public NativeBuffer input() {
    return input;
  }

  public NativeBuffer output() {
    return output;
  }

  public NativeBuffer context() {
    return context;
  }

  public NativeBuffer contextOut() {
    return contextOut;
  }

  /**
   * Runs the program once on the first {@code length} bytes of the input.
   *
   * @return 0, or the errno: {@code EINVAL} for a refused length or context field, {@code ENODEV}
   *     for an interface that is not in the caller's network namespace
   */
  public int run(Fd program, int length) {
    attr.putInt(0, program.number())
        .putInt(4, 0)
        .putInt(8, length)
        .putInt(12, MAX_OUTPUT)
        .putLong(16, input.address())
        .putLong(24, output.address())
        .putInt(32, 1)
        .putInt(36, 0)
        .putInt(40, CONTEXT_SIZE)
        .putInt(44, CONTEXT_SIZE)
        .putLong(48, context.address())
        .putLong(56, contextOut.address())
        .putLong(64, 0)
        .putInt(72, 0);
    long result = Bpf.bpf(Bpf.PROG_TEST_RUN, attr, 80);
    return result < 0 ? (int) -result : 0;
  }

  /** The program's return code, signed, after a run that gave 0. */
  public int returnCode() {
    return attr.getInt(4);
  }

  /** Length of the frame in {@link #output()}, bytes. */
  public int outputLength() {
    return attr.getInt(12);
  }

  @Override
  public void close() {
    attr.close();
    input.close();
    output.close();
    context.close();
    contextOut.close();
  }
}
