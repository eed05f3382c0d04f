// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.insn;

/** Finds the file descriptor of a map by its symbol. */
@FunctionalInterface
public interface MapFds {
  /**
   * The descriptor of the map.
   *
   * @throws CodeException when there is no such map
   */
  int of(String map) throws CodeException;
}
