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
 * A file that a result goes to: begun by the first byte and put in its place when it is whole, so
 * that a run that never comes so far leaves what stood there. Remembers why it could not be
 * written.
 */
final class OutputFile extends Writer {
  private final Path file;
  private @Nullable WholeFile open;
  private @Nullable IOException failure;

  /** An interrupted process ends behind the file that it still writes. */
  private @Nullable Interruption goodbye;

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
      begun().finish();
    } catch (IOException e) {
      remembered(e);
    }
    failed();
  }

  /** What went wrong, when something did. */
  private void failed() throws InputException {
    IOException e = failure;
    if (e != null) {
      WholeFile begun = open;
      throw new InputException(
          "%s; %s"
              .formatted(
                  e.getMessage(),
                  begun != null && begun.atOnce()
                      ? "what stands there is not whole"
                      : "nothing was changed there"),
          e);
    }
  }

  private WholeFile begun() throws IOException {
    WholeFile whole = open;
    if (whole == null) {
      whole = WholeFile.create(file);
      open = whole;
      goodbye = new Interruption(() -> {});
    }
    return whole;
  }

  @Override
  public void write(char[] characters, int from, int length) throws IOException {
    try {
      begun().out().write(characters, from, length);
    } catch (IOException e) {
      throw remembered(e);
    }
  }

  @Override
  public void flush() throws IOException {
    WholeFile whole = open;
    if (whole != null) {
      whole.out().flush();
      if (whole.trouble().isPresent()) {
        throw whole.trouble().get();
      }
    }
  }

  /** What was not finished is taken away. */
  @Override
  public void close() {
    WholeFile whole = open;
    if (whole != null) {
      whole.close();
    }
    Interruption waiting = goodbye;
    if (waiting != null) {
      waiting.close();
    }
  }

  private IOException remembered(IOException e) {
    if (failure == null) {
      failure = e;
    }
    return e;
  }
}
