// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.capture;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;

/**
 * A file that several threads read at their own positions.
 *
 * <p>No {@code FileChannel}: interrupting a thread that reads one closes it for everybody, and a
 * cancelled replay must not take the capture away from the window.
 */
final class SharedFile implements AutoCloseable {
  private final RandomAccessFile file;

  private SharedFile(RandomAccessFile file) {
    this.file = file;
  }

  /** Opens a file for reading. */
  static SharedFile read(Path path) throws IOException {
    return new SharedFile(new RandomAccessFile(path.toFile(), "r"));
  }

  /** Opens a file for reading and for {@link #append}. */
  static SharedFile write(Path path) throws IOException {
    return new SharedFile(new RandomAccessFile(path.toFile(), "rw"));
  }

  /** Writes behind the end. */
  synchronized void append(byte[] data, int length) throws IOException {
    file.seek(file.length());
    file.write(data, 0, length);
  }

  long size() throws IOException {
    return file.length();
  }

  /** Reads up to {@code length} bytes; fewer only where the file ends. */
  synchronized int read(long position, byte[] into, int offset, int length) throws IOException {
    file.seek(position);
    int done = 0;
    while (done < length) {
      int read = file.read(into, offset + done, length - done);
      if (read < 0) {
        break;
      }
      done += read;
    }
    return done;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
