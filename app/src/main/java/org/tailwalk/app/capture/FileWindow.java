// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.capture;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Reads a file through one read-ahead buffer. Positional reads rather than a mapping: a file that
 * shrinks while it is read then gives a short read, and no fault in the virtual machine.
 *
 * <p>Used by one thread.
 */
final class FileWindow {
  /**
   * For reading from front to back; also where somebody reads a few packets from the middle, each
   * time anew. From half a megabyte on the collector takes an array for a huge one, each of which
   * may set it marking the whole heap, on both processors, while the window waits.
   */
  static final int SEQUENTIAL = 1 << 18;

  /** For a packet here and there. */
  static final int RANDOM = 1 << 12;

  private final SharedFile file;
  private final long size;
  private ByteBuffer buffer;
  private long start;

  FileWindow(SharedFile file, long size, int readAhead) {
    this.file = file;
    this.size = size;
    this.buffer = ByteBuffer.allocate((int) Math.min(readAhead, Math.max(size, 64))).limit(0);
  }

  long size() {
    return size;
  }

  /** How many bytes lie behind {@code offset}. */
  long remaining(long offset) {
    return Math.max(0, size - offset);
  }

  /**
   * The bytes from {@code offset}, valid until the next call; fewer than {@code length} where the
   * file ends.
   */
  ByteBuffer at(long offset, int length) throws IOException {
    int wanted = (int) Math.min(length, remaining(offset));
    if (offset < start || offset + wanted > start + buffer.limit()) {
      fill(offset, wanted);
    }
    int available = (int) Math.max(0, Math.min(wanted, start + buffer.limit() - offset));
    return buffer.slice((int) Math.min(offset - start, buffer.limit()), available);
  }

  /** The bytes from {@code offset}, all of them; they were there when the file was indexed. */
  ByteBuffer exactly(long offset, int length) throws IOException {
    ByteBuffer bytes = at(offset, length);
    if (bytes.remaining() < length) {
      throw new IOException("the file became shorter while it was read");
    }
    return bytes;
  }

  private void fill(long offset, int wanted) throws IOException {
    if (wanted > buffer.capacity()) {
      buffer = ByteBuffer.allocate(Integer.highestOneBit(wanted) << 1);
    }
    start = offset;
    int read = file.read(start, buffer.array(), 0, buffer.capacity());
    buffer.clear().limit(read);
  }
}
