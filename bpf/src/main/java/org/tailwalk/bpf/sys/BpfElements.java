// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.sys;

/**
 * Element operations of one map, with reusable arguments: for one thread at a time. Keys and values
 * are written into and read from {@link #key()} and {@link #value()}.
 */
public final class BpfElements implements AutoCloseable {
  private static final int LOOKUP = 1;
  private static final int UPDATE = 2;
  private static final int DELETE = 3;
  private static final int GET_NEXT_KEY = 4;
  private static final int LOOKUP_BATCH = 24;
  private static final int UPDATE_BATCH = 26;
  private static final int DELETE_BATCH = 27;

  private final Fd map;
  private final NativeBuffer key;
  private final NativeBuffer value;
  private final NativeBuffer attr;

  /**
   * @param valueSize bytes that one element takes towards user space: for a per-CPU map, the value
   *     rounded up to 8 bytes times the number of possible CPUs
   */
  public BpfElements(Fd map, int keySize, int valueSize) {
    this.map = map;
    this.key = NativeBuffer.allocate(Math.max(keySize, 8));
    this.value = NativeBuffer.allocate(Math.max(valueSize, Math.max(keySize, 8)));
    this.attr = NativeBuffer.allocate(64);
  }

  public NativeBuffer key() {
    return key;
  }

  public NativeBuffer value() {
    return value;
  }

  private long one(int command, long valueAddress, long flags) {
    attr.putInt(0, map.number())
        .putInt(4, 0)
        .putLong(8, key.address())
        .putLong(16, valueAddress)
        .putLong(24, flags);
    return Bpf.bpf(command, attr, 32);
  }

  /** Fills {@link #value()}; 0, or the errno ({@code ENOENT} when the key is not there). */
  public int lookup() {
    return errno(one(LOOKUP, value.address(), 0));
  }

  /** Stores {@link #value()}; flags 0 any, 1 only new, 2 only existing. 0, or the errno. */
  public int update(long flags) {
    return errno(one(UPDATE, value.address(), flags));
  }

  /** 0, or the errno. */
  public int delete() {
    return errno(one(DELETE, 0, 0));
  }

  /** Puts the key after {@link #key()} into {@link #value()}; 0, or {@code ENOENT} at the end. */
  public int nextKey() {
    return errno(one(GET_NEXT_KEY, value.address(), 0));
  }

  /** The first key of the map into {@link #value()}; 0, or {@code ENOENT} when it is empty. */
  public int firstKey() {
    attr.putInt(0, map.number())
        .putInt(4, 0)
        .putLong(8, 0)
        .putLong(16, value.address())
        .putLong(24, 0);
    return errno(Bpf.bpf(GET_NEXT_KEY, attr, 32));
  }

  /** Outcome of a batch: how many elements were handled, and 0 or the errno that stopped it. */
  public record Batch(int count, int errno) {}

  /**
   * Reads up to {@code count} elements.
   *
   * @param cursor 0 as {@code inCursor} starts; 64 bytes of {@code cursor} carry the position
   * @return errno {@code ENOENT} marks the end, with the last elements delivered
   */
  public Batch lookupBatch(
      boolean first, NativeBuffer cursor, NativeBuffer keys, NativeBuffer values, int count) {
    attr.putLong(0, first ? 0 : cursor.address()).putLong(8, cursor.address());
    return batch(LOOKUP_BATCH, keys, values.address(), count);
  }

  public Batch updateBatch(NativeBuffer keys, NativeBuffer values, int count) {
    attr.putLong(0, 0).putLong(8, 0);
    return batch(UPDATE_BATCH, keys, values.address(), count);
  }

  public Batch deleteBatch(NativeBuffer keys, int count) {
    attr.putLong(0, 0).putLong(8, 0);
    return batch(DELETE_BATCH, keys, 0, count);
  }

  private Batch batch(int command, NativeBuffer keys, long values, int count) {
    attr.putLong(16, keys.address())
        .putLong(24, values)
        .putInt(32, count)
        .putInt(36, map.number())
        .putLong(40, 0)
        .putLong(48, 0);
    int errno = errno(Bpf.bpf(command, attr, 56));
    return new Batch(attr.getInt(32), errno);
  }

  private static int errno(long result) {
    return result < 0 ? (int) -result : 0;
  }

  @Override
  public void close() {
    key.close();
    value.close();
    attr.close();
  }
}
