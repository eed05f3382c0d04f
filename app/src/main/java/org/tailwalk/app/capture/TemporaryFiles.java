// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.capture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.tailwalk.app.platform.UserFolders;

/**
 * Temporary files lie in the user's cache folder, or where that can't be written in the machine's
 * folder for such files; readable for the user alone.
 */
public final class TemporaryFiles {
  private TemporaryFiles() {}

  /**
   * Makes one, empty.
   *
   * @param what it is a copy of, a word: its name begins so
   */
  public static Path create(String what) throws IOException {
    Path folder = UserFolders.cache().resolve("spool");
    try {
      Files.createDirectories(folder);
      return create(folder, what);
    } catch (IOException e) {
      Path other = Path.of(System.getProperty("java.io.tmpdir"));
      try {
        return create(other, what);
      } catch (IOException again) {
        again.addSuppressed(e);
        // Not of a kind that speaks of the capture.
        throw new IOException(
            "a copy of it can't be written, neither in %s nor in %s; set XDG_CACHE_HOME to a folder of yours"
                .formatted(folder, other),
            again);
      }
    }
  }

  private static Path create(Path folder, String what) throws IOException {
    return Files.createTempFile(
        folder,
        what + "-",
        ".pcap",
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
  }
}
