// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.host;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.tailwalk.bpf.btf.Btf;
import org.tailwalk.bpf.btf.BtfFormatException;

/**
 * The least BTF that lets a subprogram tail-call: {@code int f(void *ctx)} for each function. The
 * kernel refuses tail calls in subprograms of untyped code.
 */
final class WrapperTypes {
  /** Type ids of the functions, in the order of {@link #NAMES}. */
  static final int MAIN = 4;

  static final int ENTER = 5;
  static final int BURNER = 6;

  private static final String[] NAMES = {"main", "enter", "burner"};
  private static final int KIND_INT = 1 << 24;
  private static final int KIND_PTR = 2 << 24;
  private static final int KIND_FUNC = 12 << 24;
  private static final int KIND_FUNC_PROTO = 13 << 24;
  private static final int SIGNED_32 = 1 << 24 | 32;
  private static final int HEADER = 24;

  private WrapperTypes() {}

  static Btf btf() {
    StringBuilder strings = new StringBuilder("\0int\0ctx\0");
    ByteBuffer types = ByteBuffer.allocate(256).order(ByteOrder.LITTLE_ENDIAN);
    types.putInt(1).putInt(KIND_INT).putInt(4).putInt(SIGNED_32);
    types.putInt(0).putInt(KIND_PTR).putInt(0);
    types.putInt(0).putInt(KIND_FUNC_PROTO | 1).putInt(1).putInt(5).putInt(2);
    for (String name : NAMES) {
      types.putInt(strings.length()).putInt(KIND_FUNC).putInt(3);
      strings.append(name).append('\0');
    }
    int typeLength = types.position();
    byte[] text = strings.toString().getBytes(StandardCharsets.US_ASCII);
    ByteBuffer out =
        ByteBuffer.allocate(HEADER + typeLength + text.length).order(ByteOrder.LITTLE_ENDIAN);
    out.putShort((short) 0xeb9f).put((byte) 1).put((byte) 0).putInt(HEADER);
    out.putInt(0).putInt(typeLength).putInt(typeLength).putInt(text.length);
    out.put(types.array(), 0, typeLength).put(text);
    try {
      return Btf.parse(out.array());
    } catch (BtfFormatException e) {
      throw new IllegalStateException("our own BTF", e);
    }
  }
}
