// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.saving;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a session is to be saved, and what the disk knows of it.
 *
 * @param exists whether something lies there that would be replaced
 * @param folder the folder it would lie in; empty where there is none
 */
public record Place(Path file, boolean exists, Optional<File> folder) {
  /** Nobody has looked yet. */
  static Place unseen(Path file) {
    return new Place(file, false, Optional.empty());
  }

  /** Looks; not on the UI thread. */
  static Place look(Path file) {
    return new Place(
        file,
        Files.exists(file),
        Optional.ofNullable(file.toAbsolutePath().getParent())
            .filter(Files::isDirectory)
            .map(Path::toFile));
  }
}
