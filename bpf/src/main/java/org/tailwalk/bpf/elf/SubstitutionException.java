// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.elf;

/** A substitution that does not fit the object: unknown symbol, wrong length. */
public final class SubstitutionException extends Exception {
  private static final long serialVersionUID = 1;

  public SubstitutionException(String message) {
    super(message);
  }
}
