// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.host;

/**
 * One test run.
 *
 * @param program whose first instruction is entered
 * @param entry directly, or through the wrapper
 * @param frame 14 bytes up to the kernel's limit
 * @param length bytes of the frame that the program shall see; less or more than the frame's own
 *     only with the wrapper, which cuts the tail or grows it with zeros
 * @param burn tail calls that the wrapper spends before the entry, its own included; 0 for none
 * @param context what the socket buffer carries
 * @param timeNanos what clock helpers read
 * @param random what random draws give
 */
@SuppressWarnings("ArrayRecordComponent") // handed to the system call, never compared
public record RunRequest(
    LoadPlan.ProgramId program,
    Entry entry,
    byte[] frame,
    int length,
    int burn,
    SkbContext context,
    long timeNanos,
    int random) {

  /** How the program is entered. */
  public enum Entry {
    DIRECT,
    /** Costs one of the 33 tail calls; shows and sets fields that a test run hides. */
    WRAPPED
  }
}
