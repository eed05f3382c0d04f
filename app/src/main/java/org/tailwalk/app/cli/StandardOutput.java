// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The process's standard output, which remembers why it could not be written: Java's own forgets
 * it, and a result on a full disk would be cut with exit code 0.
 */
public final class StandardOutput extends OutputStream {
  private final OutputStream to;
  private @Nullable IOException failure;

  /** The process's own. */
  public StandardOutput() {
    this(new FileOutputStream(FileDescriptor.out));
  }

  StandardOutput(OutputStream to) {
    this.to = to;
  }

  /**
   * What went wrong, for people. A reader that went away (head, a closed pager) has what it wanted:
   * nothing went wrong then.
   */
  public Optional<String> trouble() {
    IOException e = failure;
    if (e == null) {
      return Optional.empty();
    }
    String why = String.valueOf(e.getMessage());
    return why.contains("Broken pipe")
        ? Optional.empty()
        : Optional.of("write standard output: " + why + "; what was written is not whole");
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    try {
      to.write(bytes, from, length);
    } catch (IOException e) {
      failure = e;
      throw e;
    }
  }
}
