// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.cli;

/** The exit codes. When several apply, the one that stands first here is given. */
public enum ExitCode {
  /** Interrupted by the user. */
  INTERRUPTED(130),
  /** Bad usage or input. */
  BAD_INPUT(1),
  /** An engine that was asked for is not available. */
  UNAVAILABLE(3),
  /** A fault of ours. */
  FAULT(4),
  /** Engines or captures differ. */
  DIFFERENT(2),
  /** Done, and the engines agree. */
  OK(0);

  private final int code;

  ExitCode(int code) {
    this.code = code;
  }

  /** The process's exit code. */
  public int code() {
    return code;
  }

  /** Of two that apply, the one to give. */
  public ExitCode and(ExitCode other) {
    return compareTo(other) <= 0 ? this : other;
  }
}
