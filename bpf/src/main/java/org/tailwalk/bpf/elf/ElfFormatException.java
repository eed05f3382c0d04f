// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.elf;

/** An object that cannot be read: the message is a path, outermost first. */
public final class ElfFormatException extends Exception {
  private static final long serialVersionUID = 1;

  public ElfFormatException(String message) {
    super(message);
  }

  public ElfFormatException(String message, Throwable cause) {
    super(message, cause);
  }
}
