// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.capture;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.tailwalk.text.Message;

/**
 * Where the bytes of a capture come from: always a seekable file in the end. Pipes and compressed
 * files are spooled to a temporary one that loses its name at once, so that nothing is left behind
 * even by a killed process.
 */
final class CaptureSource {
  private static final int START = 28;

  /** First words of all formats that libpcap reads, as big-endian numbers. */
  private static final int[] MAGICS = {
    PcapFormat.MICROSECONDS,
    PcapFormat.NANOSECONDS,
    PcapngFormat.SECTION_HEADER,
    0xa1b2cd34,
    0xa1b234cd,
    0xa12b3c4d
  };

  private final String name;
  private final Path path;
  private final boolean temporary;
  private final List<Message> warnings;
  private SharedFile file;

  private CaptureSource(
      String name, Path path, boolean temporary, SharedFile file, List<Message> warnings) {
    this.name = name;
    this.path = path;
    this.temporary = temporary;
    this.file = file;
    this.warnings = warnings;
  }

  static CaptureSource open(String argument, InputStream standardInput, CaptureProgress progress)
      throws CaptureException {
    String name = argument.equals("-") ? "standard input" : argument;
    try {
      if (argument.equals("-")) {
        return spool(name, new BufferedInputStream(standardInput, 1 << 16), progress);
      }
      Path path = Path.of(argument);
      BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
      if (attributes.isDirectory()) {
        throw failure(name, Message.of("wrong.directory"));
      }
      if (!attributes.isRegularFile()) {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(path), 1 << 16)) {
          return spool(name, in, progress);
        }
      }
      byte[] start;
      try (InputStream in = Files.newInputStream(path)) {
        start = in.readNBytes(START);
      }
      if (isGzip(start)) {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(path), 1 << 16)) {
          return spool(name, in, progress);
        }
      }
      refuseWhatIsNoCapture(name, start);
      return new CaptureSource(name, path, false, SharedFile.read(path), new ArrayList<>());
    } catch (NoSuchFileException e) {
      throw failure(name, Message.of("wrong.no-such-file"), e);
    } catch (AccessDeniedException e) {
      throw failure(name, Message.of("wrong.denied.reader"), e);
    } catch (InvalidPathException e) {
      throw failure(name, Message.of("wrong.path", e.getReason()), e);
    } catch (IOException e) {
      throw failure(name, Message.plain(Capture.reason(e)), e);
    }
  }

  String name() {
    return name;
  }

  SharedFile file() {
    return file;
  }

  List<Message> warnings() {
    return warnings;
  }

  /** The format of the file, which lies plain and seekable behind {@link #file()}. */
  CaptureFormat format() throws IOException, CaptureException {
    Optional<? extends CaptureFormat> known = recognize();
    if (known.isEmpty()) {
      // An old variant that libpcap reads and this package doesn't: have libpcap rewrite it.
      Path copy = TemporaryFiles.create("capture");
      try {
        LibpcapCopy.copy(name, path, copy).ifPresent(warnings::add);
        file.close();
        file = SharedFile.read(copy);
      } finally {
        Files.deleteIfExists(copy);
      }
      known = recognize();
    }
    dropName();
    if (known.isEmpty()) {
      throw failure(name, Message.of("wrong.libpcap-wrote"));
    }
    return known.get();
  }

  private Optional<? extends CaptureFormat> recognize() throws IOException, CaptureException {
    return recognize(name, new FileWindow(file, file.size(), FileWindow.RANDOM).at(0, START));
  }

  private static Optional<? extends CaptureFormat> recognize(String name, ByteBuffer start)
      throws CaptureException {
    Optional<PcapngFormat> pcapng = PcapngFormat.recognize(name, start);
    return pcapng.isPresent() ? pcapng : PcapFormat.recognize(name, start);
  }

  /** Removes the temporary file's name; its content lives until the file is closed. */
  private void dropName() throws IOException {
    if (temporary) {
      Files.deleteIfExists(path);
    }
  }

  void close() {
    try {
      file.close();
      dropName();
    } catch (IOException e) {
      System.getLogger(CaptureSource.class.getName())
          .log(System.Logger.Level.WARNING, "close capture: " + name, e);
    }
  }

  private static CaptureSource spool(String name, InputStream in, CaptureProgress progress)
      throws IOException, CaptureException {
    List<Message> warnings = new ArrayList<>();
    in.mark(START);
    byte[] start = in.readNBytes(START);
    in.reset();
    InputStream unpacked = in;
    byte[] before = {};
    if (isGzip(start)) {
      try {
        unpacked = new GZIPInputStream(in, 1 << 16);
        start = unpacked.readNBytes(START);
        before = start;
      } catch (EOFException | ZipException e) {
        throw failure(name, Message.of("wrong.gzip", Capture.reason(e)), e);
      }
    }
    refuseWhatIsNoCapture(name, start);
    Path path = TemporaryFiles.create("capture");
    SharedFile file = SharedFile.write(path);
    CaptureSource source = new CaptureSource(name, path, true, file, warnings);
    try {
      if (recognize(name, ByteBuffer.wrap(start)).isPresent()) {
        // Nobody needs the name: without it, nothing stays behind even if we are killed.
        source.dropName();
      }
      file.append(before, before.length);
      copy(name, unpacked, file, path, warnings, Cancellation.checked(progress));
      return source;
    } catch (IOException | CaptureException | RuntimeException e) {
      source.close();
      throw e;
    }
  }

  private static void copy(
      String name,
      InputStream in,
      SharedFile to,
      Path into,
      List<Message> warnings,
      CaptureProgress progress)
      throws IOException {
    byte[] piece = new byte[1 << 18];
    long total = 0;
    while (true) {
      int read;
      try {
        // One read at a time: what was unpacked before a damage must not be lost with it.
        read = in.read(piece);
      } catch (EOFException | ZipException e) {
        warnings.add(
            Message.of(
                "wrong.capture.read", name, Message.of("damage.gzip", Capture.reason(e), total)));
        return;
      }
      if (read < 0) {
        return;
      }
      try {
        to.append(piece, read);
      } catch (IOException e) {
        throw new IOException(
            "a copy of it can't be written to %s: %s; make room there, or set XDG_CACHE_HOME to a folder with more"
                .formatted(into, Capture.reason(e)),
            e);
      }
      total += read;
      progress.at(total, -1);
    }
  }

  private static boolean isGzip(byte[] start) {
    return start.length >= 2 && start[0] == 0x1f && start[1] == (byte) 0x8b;
  }

  /** Says what a file is instead, where its first bytes tell. */
  private static void refuseWhatIsNoCapture(String name, byte[] start) throws CaptureException {
    if (start.length == 0) {
      throw failure(name, Message.of("wrong.empty-file"));
    }
    int magic = start.length < 4 ? 0 : ByteBuffer.wrap(start).getInt();
    for (int known : MAGICS) {
      if (magic == known || magic == Integer.reverseBytes(known)) {
        return;
      }
    }
    String hex = HexFormat.of().formatHex(start, 0, Math.min(4, start.length));
    String text = new String(start, StandardCharsets.ISO_8859_1);
    Message guess;
    if (text.startsWith("\177ELF")) {
      guess = Message.of("wrong.is.elf");
    } else if (text.startsWith("(\u00b5/\u00fd")) {
      guess = Message.of("wrong.is.packed", "zstd", "zstd");
    } else if (text.startsWith("\u00fd7zXZ")) {
      guess = Message.of("wrong.is.packed", "xz", "xz");
    } else if (text.startsWith("BZh")) {
      guess = Message.of("wrong.is.packed", "bzip2", "bzip2");
    } else if (text.startsWith("PK\003\004")) {
      guess = Message.of("wrong.is.zip");
    } else if (text.startsWith("snoop")) {
      guess = Message.of("wrong.is.snoop");
    } else if (text.stripLeading().startsWith("{")) {
      guess = Message.of("wrong.is.json");
    } else {
      throw failure(name, Message.of("wrong.magic", hex));
    }
    throw failure(name, Message.of("wrong.magic.known", hex, guess));
  }

  private static CaptureException failure(String name, Message why) {
    return new CaptureException(Message.of("wrong.capture.open", name, why));
  }

  private static CaptureException failure(String name, Message why, Throwable cause) {
    return new CaptureException(Message.of("wrong.capture.open", name, why), cause);
  }
}
