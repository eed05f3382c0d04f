// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.saving;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tailwalk.app.session.Annotations;
import org.tailwalk.app.session.AnnotationsJson;

/**
 * What was said of captures and not yet saved, a file each, so that neither a fault of ours nor a
 * power cut takes it. Any thread.
 */
public final class Autosave {
  private final @Nullable Path folder;

  private Autosave(@Nullable Path folder) {
    this.folder = folder;
  }

  /** In a folder, which need not exist yet. */
  public static Autosave in(Path folder) {
    return new Autosave(folder);
  }

  /** Keeps nothing. */
  public static Autosave none() {
    return new Autosave(null);
  }

  private Optional<Path> file(Path of) {
    Path in = folder;
    if (in == null) {
      return Optional.empty();
    }
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(of.toAbsolutePath().normalize().toString().getBytes(StandardCharsets.UTF_8));
      return Optional.of(in.resolve(HexFormat.of().formatHex(digest, 0, 12) + ".json"));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /**
   * Keeps what was said.
   *
   * @param of the session's or the capture's file
   */
  public synchronized void keep(Path of, Annotations said) throws IOException {
    Optional<Path> file = file(of);
    if (file.isPresent()) {
      Path to = file.get();
      Files.createDirectories(to.getParent());
      Path part = to.resolveSibling(to.getFileName() + ".part");
      Files.writeString(part, AnnotationsJson.write(said));
      Files.move(part, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** What was kept of a file; empty when nothing was, or it can't be read. */
  public synchronized Optional<Annotations> kept(Path of) {
    Optional<Path> file = file(of).filter(Files::isRegularFile);
    if (file.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(AnnotationsJson.read(Files.readString(file.get())));
    } catch (IOException | RuntimeException e) {
      System.getLogger(Autosave.class.getName())
          .log(System.Logger.Level.WARNING, "can't be read: " + file.get(), e);
      return Optional.empty();
    }
  }

  /** Forgets what was kept of a file: it was saved, or is not wanted. */
  public synchronized void forget(Path of) throws IOException {
    Optional<Path> file = file(of);
    if (file.isPresent()) {
      Files.deleteIfExists(file.get());
    }
  }
}
