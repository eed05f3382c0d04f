// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.vector;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The recorded vectors among the test resources of datapath-model. */
public final class VectorFiles {
  private static final Path FOLDER = Path.of("../datapath-model/src/test/resources/vectors");

  private VectorFiles() {}

  /** All files, by name. */
  public static List<Path> all() {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.filter(f -> f.toString().endsWith(".jsonl.gz")).sorted().toList();
    } catch (IOException e) {
      throw new LinkageError("the vectors can't be found", e);
    }
  }

  /** A file by its short name, as {@code tcp}. */
  public static Path file(String name) {
    return FOLDER.resolve(name + ".jsonl.gz");
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
