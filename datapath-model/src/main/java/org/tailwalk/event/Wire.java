// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.event;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.tailwalk.packet.Bytes;
import org.tailwalk.packet.IpAddress;

/** Little-endian reading and writing of the structs that user space and datapath share. */
final class Wire {
  private final ByteBuffer buffer;

  private Wire(ByteBuffer buffer) {
    this.buffer = buffer;
  }

  /** A zeroed struct of {@code size} bytes. */
  static Wire ofSize(int size) {
    return new Wire(ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN));
  }

  /** A struct to read; fails when it is shorter than {@code size}. */
  static Wire of(Bytes bytes, int size) {
    if (bytes.length() < size) {
      throw new IllegalArgumentException(
          "struct of " + size + " bytes expected, there are " + bytes.length());
    }
    return new Wire(ByteBuffer.wrap(bytes.toArray()).order(ByteOrder.LITTLE_ENDIAN));
  }

  Wire u8(int at, int value) {
    buffer.put(at, (byte) value);
    return this;
  }

  Wire u16(int at, int value) {
    buffer.putShort(at, (short) value);
    return this;
  }

  Wire be16(int at, int value) {
    buffer.putShort(at, Short.reverseBytes((short) value));
    return this;
  }

  Wire u32(int at, long value) {
    buffer.putInt(at, (int) value);
    return this;
  }

  Wire u64(int at, long value) {
    buffer.putLong(at, value);
    return this;
  }

  Wire address(int at, IpAddress address) {
    buffer.put(at, address.toBytes());
    return this;
  }

  Wire bytes(int at, byte[] data) {
    buffer.put(at, data);
    return this;
  }

  int u8(int at) {
    return buffer.get(at) & 0xff;
  }

  int u16(int at) {
    return buffer.getShort(at) & 0xffff;
  }

  int be16(int at) {
    return Short.reverseBytes(buffer.getShort(at)) & 0xffff;
  }

  long u32(int at) {
    return buffer.getInt(at) & 0xffffffffL;
  }

  long u64(int at) {
    return buffer.getLong(at);
  }

  IpAddress v4(int at) {
    return IpAddress.v4(buffer.array(), at);
  }

  IpAddress v6(int at) {
    return IpAddress.v6(buffer.array(), at);
  }

  byte[] bytes(int at, int length) {
    byte[] data = new byte[length];
    buffer.get(at, data);
    return data;
  }

  Bytes done() {
    return Bytes.copyOf(buffer.array());
  }
}
