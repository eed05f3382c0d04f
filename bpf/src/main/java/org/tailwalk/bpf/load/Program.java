// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.load;

import org.jspecify.annotations.Nullable;
import org.tailwalk.bpf.sys.Bpf;
import org.tailwalk.bpf.sys.Errno;
import org.tailwalk.bpf.sys.Fd;
import org.tailwalk.bpf.sys.SysException;

/** A verified program in the kernel. */
public final class Program implements AutoCloseable {
  /** BPF_PROG_TYPE_SCHED_CLS: a tc classifier. */
  public static final int SCHED_CLS = 3;

  private static final int FIRST_LOG = 4 << 20;
  private static final int LOG_FACTOR = 4;
  private static final int LOG_ATTEMPTS = 5;
  private static final int LOG_MAX = 1 << 30;

  private final String name;
  private final Fd fd;

  private Program(String name, Fd fd) {
    this.name = name;
    this.fd = fd;
  }

  /**
   * Loads a program without a log, and once more with one when it is refused: verifying with a log
   * is several times slower. The log starts at 4 MiB and grows fourfold while it does not fit.
   *
   * @throws VerifierException when the verifier refuses it
   * @throws LoadException when a capability is missing
   */
  public static Program load(Bpf.ProgAttr prog) throws LoadException {
    try {
      Bpf.LoadResult result = Bpf.loadProgram(prog, 0, 0);
      if (result.fd() == null) {
        result = explain(prog);
      }
      @Nullable Fd fd = result.fd();
      if (fd == null) {
        throw new VerifierException(prog.name(), result.errno(), result.log());
      }
      return new Program(prog.name(), fd);
    } catch (SysException e) {
      throw new LoadException("program \"" + prog.name() + "\"", e);
    }
  }

  private static Bpf.LoadResult explain(Bpf.ProgAttr prog) throws SysException {
    int size = FIRST_LOG;
    Bpf.LoadResult result = Bpf.loadProgram(prog, 1, size);
    for (int i = 1; i < LOG_ATTEMPTS && result.errno() == Errno.ENOSPC; i++) {
      size = (int) Math.min((long) size * LOG_FACTOR, LOG_MAX);
      result = Bpf.loadProgram(prog, 1, size);
    }
    return result;
  }

  public String name() {
    return name;
  }

  public Fd fd() {
    return fd;
  }

  public int id() throws SysException {
    return Bpf.id(Bpf.Kind.PROG, fd);
  }

  @Override
  public void close() {
    fd.close();
  }
}
