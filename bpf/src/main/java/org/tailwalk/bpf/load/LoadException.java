// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.load;

import java.io.IOException;
import org.tailwalk.bpf.sys.SysException;

/**
 * The kernel refused a map or a program. The message reads as a path, outermost first: {@code map
 * "cilium_ct4_global": BPF_MAP_CREATE: EINVAL: …}.
 */
public class LoadException extends IOException {
  private static final long serialVersionUID = 1L;

  private final int errno;

  public LoadException(String message, int errno) {
    super(message);
    this.errno = errno;
  }

  public LoadException(String where, SysException cause) {
    super(where + ": " + cause.getMessage(), cause);
    this.errno = cause.errno();
  }

  /** The kernel's error number, 0 when the refusal was ours. */
  public int errno() {
    return errno;
  }

  /** True when a capability is missing: never "unsupported". */
  public boolean privilege() {
    return errno == org.tailwalk.bpf.sys.Errno.EPERM;
  }
}
