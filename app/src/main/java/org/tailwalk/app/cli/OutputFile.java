// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.cli;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tailwalk.app.platform.WholeFile;

/**
 * A file that a result goes to: opened by the first byte, so that a run that never comes so far
 * leaves the file as it was. Remembers why it could not be written.
 */
final class OutputFile extends Writer {
  private final Path file;
  private @Nullable Writer open;
  private @Nullable IOException failure;

  /** Does not touch the file yet. */
  OutputFile(Path file) {
    this.file = file;
  }

  /**
   * Before anything is run: whether the file can be written, and is none of those that are read.
   *
   * @param inputs names as given; {@code -} and names of nothing are passed over
   */
  static void check(Path file, List<String> inputs) throws InputException {
    for (String input : inputs) {
      if (same(file, input)) {
        throw new InputException(
            "write %s: it is what is read; name another file for the result".formatted(file));
      }
    }
    if (Files.isDirectory(file)) {
      throw new InputException("write " + file + ": is a folder; name a file in it");
    }
    Path folder = file.toAbsolutePath().getParent();
    if (!Files.exists(file) && folder != null && !Files.isDirectory(folder)) {
      throw new InputException("write %s: no folder %s; make it first".formatted(file, folder));
    }
    if (!Files.isWritable(Files.exists(file) || folder == null ? file : folder)) {
      throw new InputException(
          "write " + file + ": permission denied: not writable for this user; write elsewhere");
    }
  }

  private static boolean same(Path file, String input) {
    try {
      Path path = Path.of(input);
      return Files.isRegularFile(file) && Files.exists(path) && Files.isSameFile(file, path);
    } catch (IOException | InvalidPathException e) {
      return false; // what can't be looked at is told when it is read
    }
  }

  /** The end: a result of nothing is an empty file; tells what went wrong, when something did. */
  void finish() throws InputException {
    try {
      write("");
      flush();
    } catch (IOException e) {
      // Told below.
    }
    failed();
  }

  /** What went wrong, when something did. */
  void failed() throws InputException {
    IOException e = failure;
    if (e != null) {
      throw new InputException(
          "write %s: %s; what stands there is not whole".formatted(file, WholeFile.reason(e)), e);
    }
  }

  @Override
  public void write(char[] characters, int from, int length) throws IOException {
    try {
      Writer to = open;
      if (to == null) {
        to = Files.newBufferedWriter(file);
        open = to;
      }
      to.write(characters, from, length);
    } catch (IOException e) {
      throw remembered(e);
    }
  }

  @Override
  public void flush() throws IOException {
    Writer to = open;
    if (to != null) {
      try {
        to.flush();
      } catch (IOException e) {
        throw remembered(e);
      }
    }
  }

  @Override
  public void close() throws IOException {
    Writer to = open;
    if (to != null) {
      try {
        to.close();
      } catch (IOException e) {
        throw remembered(e);
      }
    }
  }

  private IOException remembered(IOException e) {
    if (failure == null) {
      failure = e;
    }
    return e;
  }
}
