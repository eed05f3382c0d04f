// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.btf;

/** The types of an object. */
public final class Btf {
  private final byte[] bytes;

  private Btf(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Reads section {@code .BTF}. */
  public static Btf parse(byte[] section) throws BtfFormatException {
    if (section.length < 24) {
      throw new BtfFormatException("BTF: " + section.length + " bytes, the header has 24");
    }
    return new Btf(section.clone());
  }

  /** The bytes that BTF_LOAD takes. */
  public byte[] encode() {
    return bytes.clone();
  }
}
