// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.datapath.kernel;

import java.util.Arrays;
import java.util.List;
import org.tailwalk.event.ContextState;
import org.tailwalk.packet.Bytes;
import org.tailwalk.packet.IpAddress;
import org.tailwalk.packet.MacAddress;

/**
 * The socket buffer: the frame from the destination MAC on, and the context fields a program may
 * write. Offsets count from the destination MAC; multi-byte numbers are in network order unless
 * said otherwise. Reads and writes outside the frame are bugs of ours: ask {@link #holds} first, as
 * the verifier would demand.
 */
public final class SkBuff {
  /** BPF_F_PSEUDO_HDR is of no consequence here; this is BPF_F_MARK_MANGLED_0. */
  public static final int MARK_MANGLED_0 = 0x20;

  private byte[] data;
  private int length;
  private long mark;
  private final long[] cb = new long[5];
  private long tcIndex;
  private long queueMapping;
  private long packetType;
  private final long ifindex;
  private final long ingressIfindex;

  /** A buffer as it enters a hook. */
  public SkBuff(Bytes frame, ContextState context, long ifindex, long ingressIfindex) {
    this.data = frame.toArray();
    this.length = data.length;
    this.mark = context.mark();
    for (int i = 0; i < cb.length; i++) {
      cb[i] = context.cb().get(i);
    }
    this.tcIndex = context.tcIndex();
    this.queueMapping = context.queueMapping();
    this.packetType = context.packetType();
    this.ifindex = ifindex;
    this.ingressIfindex = ingressIfindex;
  }

  /** Length of the frame. */
  public int length() {
    return length;
  }

  /** Whether {@code count} bytes from {@code offset} lie inside the frame. */
  public boolean holds(int offset, int count) {
    return offset >= 0 && offset + count <= length;
  }

  /** One byte. */
  public int u8(int offset) {
    return data[check(offset, 1)] & 0xff;
  }

  /** Two bytes. */
  public int u16(int offset) {
    check(offset, 2);
    return (data[offset] & 0xff) << 8 | data[offset + 1] & 0xff;
  }

  /** Four bytes. */
  public long u32(int offset) {
    return (long) u16(offset) << 16 | u16(offset + 2);
  }

  /** The IPv4 or IPv6 address at an offset. */
  public IpAddress address(int offset, boolean v6) {
    check(offset, v6 ? 16 : 4);
    return v6 ? IpAddress.v6(data, offset) : IpAddress.v4(data, offset);
  }

  /** A copy of bytes. */
  public byte[] bytes(int offset, int count) {
    check(offset, count);
    return Arrays.copyOfRange(data, offset, offset + count);
  }

  /** The first bytes, at most {@code most}. */
  public Bytes head(int most) {
    return Bytes.copyOf(data, 0, Math.min(most, length));
  }

  /** Stores a byte. */
  public void store8(int offset, int value) {
    data[check(offset, 1)] = (byte) value;
  }

  /** Stores two bytes. */
  public void store16(int offset, int value) {
    check(offset, 2);
    data[offset] = (byte) (value >> 8);
    data[offset + 1] = (byte) value;
  }

  /** Stores four bytes. */
  public void store32(int offset, long value) {
    store16(offset, (int) (value >>> 16));
    store16(offset + 2, (int) value);
  }

  /** Stores bytes. */
  public void store(int offset, byte[] bytes) {
    System.arraycopy(bytes, 0, data, check(offset, bytes.length), bytes.length);
  }

  /** Stores an address. */
  public void store(int offset, IpAddress address) {
    store(offset, address.toBytes());
  }

  /** Stores an Ethernet address. */
  public void store(int offset, MacAddress mac) {
    store16(offset, (int) (mac.value() >>> 32));
    store32(offset + 2, mac.value() & 0xffffffffL);
  }

  private int check(int offset, int count) {
    if (!holds(offset, count)) {
      throw new IndexOutOfBoundsException(
          "%d bytes at %d of a frame of %d".formatted(count, offset, length));
    }
    return offset;
  }

  /** {@code skb_change_tail}: cuts the frame, or makes it longer with zeros. */
  public void changeTail(int newLength) {
    data = Arrays.copyOf(data, newLength);
    length = newLength;
  }

  /** The sum over a stretch of the frame. */
  public int sum(int offset, int count, int seed) {
    return Checksum.partial(data, check(offset, count), count, seed);
  }

  /**
   * {@code l3_csum_replace} with a two-byte word given as stored (network order).
   *
   * @return 0 or -EFAULT
   */
  public int l3ChecksumReplace2(int offset, int from, int to) {
    if (!checksumAt(offset)) {
      return Errno.EFAULT;
    }
    storeChecksum(offset, Checksum.replace2(checksum(offset), swapped(from), swapped(to)));
    return 0;
  }

  /** {@code l3_csum_replace} by a difference made by {@link Checksum#diff}. */
  public int l3ChecksumReplaceByDiff(int offset, int diff) {
    if (!checksumAt(offset)) {
      return Errno.EFAULT;
    }
    storeChecksum(offset, Checksum.replaceByDiff(checksum(offset), diff));
    return 0;
  }

  /**
   * {@code l4_csum_replace} with a two-byte word given as stored. With {@link #MARK_MANGLED_0}
   * (UDP) a checksum of 0 means none and stays, and one that becomes 0 is written as all ones.
   *
   * @return 0 or -EFAULT
   */
  public int l4ChecksumReplace2(int offset, int from, int to, int flags) {
    if (!checksumAt(offset)) {
      return Errno.EFAULT;
    }
    int old = checksum(offset);
    if ((flags & MARK_MANGLED_0) == 0 || old != 0) {
      storeL4(offset, Checksum.replace4(old, swapped(from), swapped(to)), flags);
    }
    return 0;
  }

  /** {@code l4_csum_replace} by a difference, otherwise as {@link #l4ChecksumReplace2}. */
  public int l4ChecksumReplaceByDiff(int offset, int diff, int flags) {
    if (!checksumAt(offset)) {
      return Errno.EFAULT;
    }
    int old = checksum(offset);
    if ((flags & MARK_MANGLED_0) == 0 || old != 0) {
      storeL4(offset, Checksum.replaceByDiff(old, diff), flags);
    }
    return 0;
  }

  private void storeL4(int offset, int checksum, int flags) {
    storeChecksum(offset, (flags & MARK_MANGLED_0) != 0 && checksum == 0 ? 0xffff : checksum);
  }

  private boolean checksumAt(int offset) {
    return offset <= 0xffff && (offset & 1) == 0 && holds(offset, 2);
  }

  /** As a little-endian word, the way the kernel's arithmetic takes it. */
  private int checksum(int offset) {
    return swapped(u16(offset));
  }

  /** Stores a folded checksum. */
  public void storeChecksum(int offset, int checksum) {
    store16(offset, swapped(checksum));
  }

  private static int swapped(int word) {
    return (word & 0xff) << 8 | word >> 8 & 0xff;
  }

  /** The mark, 0 to 2^32 - 1. */
  public long mark() {
    return mark;
  }

  /** Sets the mark, cut to 32 bits. */
  public void mark(long value) {
    mark = value & 0xffffffffL;
  }

  /** A control-block slot, 0 to 2^32 - 1. */
  public long cb(int slot) {
    return cb[slot];
  }

  /** Sets a control-block slot, cut to 32 bits. */
  public void cb(int slot, long value) {
    cb[slot] = value & 0xffffffffL;
  }

  /** Zeroes all five slots. */
  public void clearCb() {
    Arrays.fill(cb, 0);
  }

  /** The traffic-control index. */
  public long tcIndex() {
    return tcIndex;
  }

  /** Sets the traffic-control index. */
  public void tcIndex(long value) {
    tcIndex = value;
  }

  /** Sets the packet type to PACKET_HOST, 0. */
  public void toThisHost() {
    packetType = 0;
  }

  /** The interface the hook belongs to. */
  public long ifindex() {
    return ifindex;
  }

  /** The interface the packet came in by, 0 for none. */
  public long ingressIfindex() {
    return ingressIfindex;
  }

  /** Mark and cb as they stand. */
  public ContextState context() {
    return new ContextState(
        mark, List.of(cb[0], cb[1], cb[2], cb[3], cb[4]), tcIndex, queueMapping, packetType);
  }

  /** A copy of the frame. */
  public Bytes frame() {
    return Bytes.copyOf(data, 0, length);
  }
}
