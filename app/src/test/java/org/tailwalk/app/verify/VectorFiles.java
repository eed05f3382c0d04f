// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.verify;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** The recorded vectors among the test resources. */
public final class VectorFiles {
  private VectorFiles() {}

  /** All files, by name. */
  public static List<Path> all() {
    try {
      Path folder =
          Path.of(
              Objects.requireNonNull(VectorFiles.class.getResource("/vectors/README.md")).toURI());
      try (Stream<Path> files = Files.list(folder.resolveSibling("."))) {
        return files
            .map(Path::normalize)
            .filter(f -> f.toString().endsWith(".jsonl.gz"))
            .sorted()
            .toList();
      }
    } catch (IOException | URISyntaxException e) {
      throw new LinkageError("the vectors can't be found", e);
    }
  }

  /** All sessions. */
  public static List<VectorSession> sessions() throws VectorException {
    List<VectorSession> sessions = new ArrayList<>();
    for (Path file : all()) {
      sessions.addAll(VectorFile.read(file));
    }
    return sessions;
  }
}
