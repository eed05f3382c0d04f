// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.host;

import org.tailwalk.bpf.load.LoadException;

/** A place where programs are loaded and run, apart from the machine's own network. */
public interface KernelHost extends AutoCloseable {
  /** For people: kernel release and where it runs, {@code 6.18.1, in this process}. */
  String description();

  /**
   * Loads everything that the plan names.
   *
   * @throws LoadException when the kernel refuses a map or a program; nothing stays behind then
   */
  RawSession load(LoadPlan plan) throws LoadException;

  /** Ends every session that is still open and leaves nothing in the kernel. */
  @Override
  void close();
}
