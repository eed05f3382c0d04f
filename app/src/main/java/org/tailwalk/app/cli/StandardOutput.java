// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The process's standard output, which remembers why it could not be written: Java's own forgets
 * it, and a result on a full disk would be cut with exit code 0.
 */
public final class StandardOutput extends OutputStream {
  private static final Path ITSELF = Path.of("/dev/stdout");
  private static final int FILE_TYPE = 0xf000;
  private static final int FIFO = 0x1000;
  private static final int SOCKET = 0xc000;

  private final OutputStream to;
  private final BooleanSupplier hasReader;
  private @Nullable IOException failure;

  /** The process's own. */
  public StandardOutput() {
    this(new FileOutputStream(FileDescriptor.out), StandardOutput::isPipe);
  }

  /**
   * Writes elsewhere.
   *
   * @param hasReader whether a reader is at the other end, who may go away
   */
  StandardOutput(OutputStream to, BooleanSupplier hasReader) {
    this.to = to;
    this.hasReader = hasReader;
  }

  private static boolean isPipe() {
    try {
      int type = (int) Files.getAttribute(ITSELF, "unix:mode") & FILE_TYPE;
      return type == FIFO || type == SOCKET;
    } catch (IOException | IllegalArgumentException | UnsupportedOperationException e) {
      return false; // no such file on this system
    }
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
    // The system's words are in the machine's language: a pipe is told by what it is.
    return hasReader.getAsBoolean() || why.contains("Broken pipe")
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
