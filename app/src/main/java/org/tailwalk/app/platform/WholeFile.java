// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.platform;

import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A file that is there whole or not at all: it is written beside its place and moved there when it
 * is finished. What stood there before stays until then, whatever happens, be it a full disk. What
 * is no regular file, such as a pipe, is written to at once, and so is a file in a folder that
 * takes no other. One that replaces another is readable to the same people.
 */
public final class WholeFile implements AutoCloseable {
  private final Path target;
  private final @Nullable Path unfinished;
  private final Remembering stream;
  private final OutputStream buffered;
  private final PrintWriter out;

  private WholeFile(Path target, @Nullable Path unfinished, OutputStream stream) {
    this.target = target;
    this.unfinished = unfinished;
    this.stream = new Remembering(stream);
    this.buffered = new BufferedOutputStream(this.stream, 1 << 16);
    this.out = new PrintWriter(new OutputStreamWriter(buffered, StandardCharsets.UTF_8));
  }

  /**
   * Begins a file.
   *
   * @throws IOException when nothing can be written there; the message names the file
   */
  public static WholeFile create(Path target) throws IOException {
    try {
      if (Files.exists(target) && !Files.isRegularFile(target)) {
        return new WholeFile(target, null, Files.newOutputStream(target));
      }
      // Through a link the file behind it is written, not the link replaced.
      Path place = Files.exists(target) ? target.toRealPath() : target.toAbsolutePath();
      Path folder = place.getParent();
      if (Files.exists(target) && folder != null && !Files.isWritable(folder)) {
        return new WholeFile(target, null, Files.newOutputStream(target));
      }
      Path beside =
          place.resolveSibling("." + place.getFileName() + "." + UUID.randomUUID() + ".part");
      OutputStream made =
          Files.newOutputStream(beside, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
      WholeFile begun = new WholeFile(place, beside, made);
      boolean ready = false;
      try {
        // Also when the process is interrupted, nothing is left beside the file.
        beside.toFile().deleteOnExit();
        if (Files.exists(place)) {
          takeAfter(beside, place);
        }
        ready = true;
        return begun;
      } finally {
        if (!ready) {
          begun.close();
        }
      }
    } catch (IOException e) {
      throw failure(target, e);
    }
  }

  /**
   * Gives a file that is to replace another its owner, group and permissions, as far as this user
   * may: who keeps a result to himself keeps the next one so, and what root writes again stays its
   * owner's.
   */
  public static void takeAfter(Path fresh, Path old) throws IOException {
    PosixFileAttributeView from = Files.getFileAttributeView(old, PosixFileAttributeView.class);
    PosixFileAttributeView to = Files.getFileAttributeView(fresh, PosixFileAttributeView.class);
    if (from == null || to == null) {
      return; // a file system without them
    }
    PosixFileAttributes was = from.readAttributes();
    try {
      to.setOwner(was.owner());
      to.setGroup(was.group());
    } catch (FileSystemException e) {
      // Somebody else's file that this user may write to: the new one is his own.
    }
    to.setPermissions(was.permissions());
  }

  private static IOException failure(Path target, IOException e) {
    return new IOException("write %s: %s".formatted(target, reason(e)), e);
  }

  /** What an error of the file system says, in words where its message is a path alone. */
  public static String reason(IOException e) {
    return switch (e) {
      case AccessDeniedException _ -> "permission denied";
      case NoSuchFileException _ -> "no such folder";
      case FileSystemException f when f.getReason() != null -> f.getReason();
      default -> String.valueOf(e.getMessage());
    };
  }

  /** Where text goes. */
  public PrintWriter out() {
    return out;
  }

  /** Where bytes go, of a file that is no text. */
  public OutputStream bytes() {
    return buffered;
  }

  /** What has gone wrong so far; looks at what was flushed alone. */
  public Optional<IOException> trouble() {
    return Optional.ofNullable(stream.trouble);
  }

  /** Whether what stands in its place is written over at once, whole or not. */
  public boolean atOnce() {
    return unfinished == null;
  }

  /**
   * Puts the file in its place.
   *
   * @throws IOException when it could not be written whole; nothing has changed there then
   */
  public void finish() throws IOException {
    boolean failed = out.checkError();
    out.close();
    IOException trouble = stream.trouble;
    if (failed || trouble != null) {
      throw failure(
          target, trouble == null ? new IOException("it could not be written whole") : trouble);
    }
    Path from = unfinished;
    if (from == null) {
      return;
    }
    try {
      try {
        Files.move(
            from, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } catch (AtomicMoveNotSupportedException e) {
        Files.move(from, target, StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException e) {
      throw failure(target, e);
    }
  }

  /** Takes away what was not finished. */
  @Override
  public void close() {
    out.close();
    Path left = unfinished;
    if (left != null) {
      try {
        Files.deleteIfExists(left);
      } catch (IOException e) {
        System.getLogger(WholeFile.class.getName())
            .log(System.Logger.Level.WARNING, "left behind: " + left, e);
      }
    }
  }

  /** A print writer keeps errors to itself: this one tells what the first was. */
  private static final class Remembering extends FilterOutputStream {
    private @Nullable IOException trouble;

    Remembering(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      try {
        out.write(bytes, offset, length);
      } catch (IOException e) {
        trouble = trouble == null ? e : trouble;
        throw e;
      }
    }

    @Override
    public void close() throws IOException {
      try {
        super.close();
      } catch (IOException e) {
        trouble = trouble == null ? e : trouble;
        throw e;
      }
    }
  }
}
