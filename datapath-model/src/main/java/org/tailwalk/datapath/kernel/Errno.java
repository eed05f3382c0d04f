// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.datapath.kernel;

/** Error numbers that helpers return, negative. */
public final class Errno {
  /** A map holds as many entries as it may. */
  public static final int E2BIG = -7;

  /** An offset or length outside the packet. */
  public static final int EFAULT = -14;

  /** No such entry. */
  public static final int ENOENT = -2;

  private Errno() {}
}
