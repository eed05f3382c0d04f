// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.capture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.tailwalk.app.platform.UserFolders;

/** Temporary files lie in the user's cache folder, readable for the user alone. */
final class TemporaryFiles {
  private TemporaryFiles() {}

  static Path create() throws IOException {
    Path folder = UserFolders.cache().resolve("spool");
    Files.createDirectories(folder);
    return Files.createTempFile(
        folder,
        "capture-",
        ".pcap",
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
  }
}
