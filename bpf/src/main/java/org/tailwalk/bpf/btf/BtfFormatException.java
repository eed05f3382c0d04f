// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.btf;

/** Malformed BTF: what, where and why. */
public final class BtfFormatException extends Exception {
  private static final long serialVersionUID = 1;

  public BtfFormatException(String message) {
    super(message);
  }
}
