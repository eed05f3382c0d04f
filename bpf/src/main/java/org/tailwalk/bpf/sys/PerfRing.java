// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.sys;

import static org.tailwalk.bpf.sys.Capability.CAP_PERFMON;

/**
 * The perf ring of one CPU that {@code perf_event_output} writes to. Drained by hand after each
 * run: the wake-up watermark is set so high that the kernel never wakes anyone, because a wake-up
 * for each event costs several times the run itself.
 */
public final class PerfRing implements AutoCloseable {
  private static final int TYPE_SOFTWARE = 1;
  private static final int COUNT_BPF_OUTPUT = 10;
  private static final int SAMPLE_RAW = 1 << 10;
  private static final long FLAG_WATERMARK = 1L << 14;
  private static final int ATTR_SIZE = 112;
  private static final long IOC_ENABLE = 0x2400;
  private static final long FD_CLOEXEC = 8;
  private static final int HEAD = 1024;
  private static final int TAIL = 1032;
  private static final int RECORD_SAMPLE = 9;
  private static final int RECORD_LOST = 2;

  private final Fd fd;
  private final NativeBuffer ring;
  private final long dataSize;
  private long tail;
  private long lost;

  private PerfRing(Fd fd, NativeBuffer ring, long dataSize) {
    this.fd = fd;
    this.ring = ring;
    this.dataSize = dataSize;
  }

  /**
   * Opens and enables a ring.
   *
   * @param pages pages of data, a power of two
   */
  public static PerfRing open(int cpu, int pages) throws SysException {
    if (Integer.bitCount(pages) != 1) {
      throw new IllegalArgumentException("pages of a perf ring: " + pages + " is no power of two");
    }
    Fd fd;
    try (NativeBuffer attr = NativeBuffer.scratch(ATTR_SIZE)) {
      attr.putInt(0, TYPE_SOFTWARE)
          .putInt(4, ATTR_SIZE)
          .putLong(8, COUNT_BPF_OUTPUT)
          .putLong(16, 1)
          .putLong(24, SAMPLE_RAW)
          .putLong(40, FLAG_WATERMARK)
          .putInt(48, Integer.MAX_VALUE);
      fd =
          new Fd(
              SysException.check(
                  Syscall.PERF_EVENT_OPEN.call(attr.address(), -1, cpu, -1, FD_CLOEXEC, 0),
                  "perf_event_open on CPU " + cpu,
                  CAP_PERFMON));
    }
    try {
      long dataSize = (long) pages * Mmap.PAGE;
      NativeBuffer ring = Mmap.shared(fd, Mmap.PAGE + dataSize);
      try {
        SysException.check(Syscall.IOCTL.call(fd.number(), IOC_ENABLE, 0), "enable perf ring");
      } catch (SysException e) {
        ring.close();
        throw e;
      }
      return new PerfRing(fd, ring, dataSize);
    } catch (SysException e) {
      fd.close();
      throw e;
    }
  }

  /** The descriptor that a PERF_EVENT_ARRAY holds at index CPU. */
  public Fd fd() {
    return fd;
  }

  /** Receives the payload of one {@code perf_event_output}, with the ring's padding at its end. */
  @FunctionalInterface
  public interface Sink {
    void record(byte[] data);
  }

  /** Hands every waiting record to the sink, oldest first, and frees their room. */
  public void drain(Sink sink) {
    long head = ring.getLongAcquire(HEAD);
    while (tail < head) {
      int type = readInt(tail);
      int size = readInt(tail + 4) >>> 16;
      if (type == RECORD_SAMPLE) {
        byte[] data = new byte[readInt(tail + 8)];
        copy(tail + 12, data);
        sink.record(data);
      } else if (type == RECORD_LOST) {
        lost += readInt(tail + 16);
      }
      tail += size;
    }
    ring.putLongRelease(TAIL, tail);
  }

  /** Records that the kernel dropped because the ring was full, so far. */
  public long lost() {
    return lost;
  }

  // Records are 8-byte aligned, so that a word never wraps.
  private int readInt(long position) {
    return ring.getInt(Mmap.PAGE + (position & (dataSize - 1)));
  }

  private void copy(long position, byte[] target) {
    long at = position & (dataSize - 1);
    int first = (int) Math.min(target.length, dataSize - at);
    if (first == target.length) {
      ring.get(Mmap.PAGE + at, target);
    } else {
      byte[] head = ring.bytes(Mmap.PAGE + at, first);
      byte[] rest = ring.bytes(Mmap.PAGE, target.length - first);
      System.arraycopy(head, 0, target, 0, first);
      System.arraycopy(rest, 0, target, first, rest.length);
    }
  }

  @Override
  public void close() {
    ring.close();
    fd.close();
  }
}
