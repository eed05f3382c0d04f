// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.sys;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * Memory outside the heap with a fixed address: arguments of system calls, mapped maps, rings.
 * Offsets are bytes, values little endian, access need not be aligned. Bounds are checked.
 */
public final class NativeBuffer implements AutoCloseable {
  private final MemorySegment segment;
  private final AutoCloseable owner;

  static {
    if (ByteOrder.nativeOrder() != ByteOrder.LITTLE_ENDIAN) {
      throw new IllegalStateException("only little-endian hosts are supported");
    }
  }

  NativeBuffer(MemorySegment segment, AutoCloseable owner) {
    this.segment = segment;
    this.owner = owner;
  }

  /** Zeroed memory that any thread may use, 8-byte aligned. */
  public static NativeBuffer allocate(long size) {
    Arena arena = Arena.ofShared();
    return new NativeBuffer(arena.allocate(size, 8), arena::close);
  }

  /** Zeroed memory for the calling thread alone; cheap to close. */
  public static NativeBuffer scratch(long size) {
    Arena arena = Arena.ofConfined();
    return new NativeBuffer(arena.allocate(size, 8), arena::close);
  }

  /** As {@link #scratch}, holding a copy of the bytes. */
  public static NativeBuffer copyOf(byte[] bytes) {
    NativeBuffer buffer = scratch(Math.max(bytes.length, 1));
    buffer.put(0, bytes);
    return buffer;
  }

  public long address() {
    return segment.address();
  }

  public long size() {
    return segment.byteSize();
  }

  public byte getByte(long at) {
    return segment.get(ValueLayout.JAVA_BYTE, at);
  }

  public int getShort(long at) {
    return segment.get(ValueLayout.JAVA_SHORT_UNALIGNED, at) & 0xffff;
  }

  public int getInt(long at) {
    return segment.get(ValueLayout.JAVA_INT_UNALIGNED, at);
  }

  public long getLong(long at) {
    return segment.get(ValueLayout.JAVA_LONG_UNALIGNED, at);
  }

  public NativeBuffer putByte(long at, int value) {
    segment.set(ValueLayout.JAVA_BYTE, at, (byte) value);
    return this;
  }

  public NativeBuffer putShort(long at, int value) {
    segment.set(ValueLayout.JAVA_SHORT_UNALIGNED, at, (short) value);
    return this;
  }

  public NativeBuffer putInt(long at, int value) {
    segment.set(ValueLayout.JAVA_INT_UNALIGNED, at, value);
    return this;
  }

  public NativeBuffer putLong(long at, long value) {
    segment.set(ValueLayout.JAVA_LONG_UNALIGNED, at, value);
    return this;
  }

  public NativeBuffer put(long at, byte[] bytes) {
    MemorySegment.copy(bytes, 0, segment, ValueLayout.JAVA_BYTE, at, bytes.length);
    return this;
  }

  /** Copies {@code target.length} bytes from {@code at} into {@code target}. */
  public void get(long at, byte[] target) {
    MemorySegment.copy(segment, ValueLayout.JAVA_BYTE, at, target, 0, target.length);
  }

  public byte[] bytes(long at, int length) {
    byte[] copy = new byte[length];
    get(at, copy);
    return copy;
  }

  public void fill(long at, long length, int value) {
    segment.asSlice(at, length).fill((byte) value);
  }

  /** A 64-bit load that no later load passes: for positions that the kernel advances. */
  public long getLongAcquire(long at) {
    return (long) ACQUIRE.getAcquire(segment, at);
  }

  /** A 64-bit store that no earlier access passes: for positions that the kernel reads. */
  public void putLongRelease(long at, long value) {
    ACQUIRE.setRelease(segment, at, value);
  }

  private static final java.lang.invoke.VarHandle ACQUIRE = ValueLayout.JAVA_LONG.varHandle();

  @Override
  public void close() {
    try {
      owner.close();
    } catch (Exception e) {
      throw new IllegalStateException("close memory at 0x" + Long.toHexString(address()), e);
    }
  }
}
