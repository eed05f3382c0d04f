// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.sys;

import java.io.IOException;
import org.tailwalk.text.Message;
import org.tailwalk.text.Told;

/**
 * The kernel refused a call. The message reads as a path: what was tried, the error's name, and why
 * or what to do where that is known.
 */
public final class SysException extends IOException implements Told {
  private static final long serialVersionUID = 1L;

  private final transient Message told;
  private final int errno;

  public SysException(String what, int errno, String why) {
    this(what, errno, Message.plain(why));
  }

  public SysException(String what, int errno, Message why) {
    this(
        why.english().isEmpty()
            ? Message.plain(what, ": ", Errno.name(errno))
            : Message.plain(what, ": ", Errno.name(errno), ": ", why),
        errno);
  }

  private SysException(Message told, int errno) {
    super(told.english());
    this.told = told;
    this.errno = errno;
  }

  @Override
  public Message told() {
    return told;
  }

  public int errno() {
    return errno;
  }

  /** Checks a result of {@link Syscall}: negative numbers are errors. */
  static long check(long result, String what, Capability... needed) throws SysException {
    if (result >= 0) {
      return result;
    }
    int errno = (int) -result;
    boolean privilege = errno == Errno.EPERM || errno == Errno.EACCES;
    throw new SysException(
        what, errno, privilege && needed.length > 0 ? Capability.explain(needed) : Message.plain());
  }
}
