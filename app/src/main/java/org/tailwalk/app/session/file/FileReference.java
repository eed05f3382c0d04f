// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.session.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * A file that a session speaks of: a capture or an object.
 *
 * @param name for people
 * @param paths where it was, the first relative to the session's folder
 * @param size in bytes
 * @param sha256 of its content, lower-case hex
 * @param copied whether the session holds a copy
 */
public record FileReference(
    String name, List<String> paths, long size, String sha256, boolean copied) {
  /** Keeps its own copy. */
  public FileReference {
    paths = List.copyOf(paths);
  }

  /**
   * Refers to a file.
   *
   * @param session the session's own path: a file in or below its folder is named by that alone
   */
  public static FileReference of(Path file, Path session, boolean copied) throws IOException {
    Path absolute = file.toRealPath();
    Path folder = session.toAbsolutePath().normalize().getParent();
    List<String> paths = new ArrayList<>();
    if (folder != null && absolute.startsWith(folder)) {
      paths.add(folder.relativize(absolute).toString());
    } else {
      if (folder != null) {
        paths.add(folder.relativize(absolute).toString());
      }
      paths.add(absolute.toString());
    }
    Path name = absolute.getFileName();
    return new FileReference(
        name == null ? "capture" : name.toString(),
        paths,
        Files.size(absolute),
        sha256(absolute),
        copied);
  }

  /** The file where it was, or beside the session under its name; empty when it is nowhere. */
  public Optional<Path> find(Path session) {
    List<String> candidates = new ArrayList<>(paths);
    candidates.add(name);
    for (String path : candidates) {
      try {
        Path there = session.toAbsolutePath().resolveSibling(path).normalize();
        if (Files.isRegularFile(there) && Files.isReadable(there)) {
          return Optional.of(there);
        }
      } catch (InvalidPathException e) {
        // What is no path on this machine is not there.
      }
    }
    return Optional.empty();
  }

  /** Whether a file's content is what was referred to. */
  public boolean same(Path file) throws IOException {
    return Files.size(file) == size && sha256(file).equals(sha256);
  }

  /** The SHA-256 of a file's content, lower-case hex. */
  public static String sha256(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] buffer = new byte[1 << 16];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        digest.update(buffer, 0, n);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
