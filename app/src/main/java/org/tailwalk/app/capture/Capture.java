// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.capture;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tailwalk.packet.Frame;
import org.tailwalk.text.Message;

/**
 * An open capture: one file offset per packet in memory, the packets in the file. Packets may be
 * read by several threads, each with its own {@link #reader()}.
 */
public final class Capture implements AutoCloseable {
  private final String name;
  private final SharedFile file;
  private final CaptureFormat format;
  private final RecordIndex index;
  private final long fileSize;
  private final List<Message> warnings;

  private Capture(
      String name,
      SharedFile file,
      CaptureFormat format,
      RecordIndex index,
      long fileSize,
      List<Message> warnings) {
    this.name = name;
    this.file = file;
    this.format = format;
    this.index = index;
    this.fileSize = fileSize;
    this.warnings = List.copyOf(warnings);
  }

  /**
   * Opens and indexes a capture.
   *
   * @param path a file (pcap, pcapng, what else libpcap reads, gzip-compressed or not), a FIFO, or
   *     {@code -} for standard input
   * @throws CaptureException when nothing of it can be read. What is damaged further on gives
   *     {@link #warnings()} and the packets before the damage
   * @throws java.util.concurrent.CancellationException when the thread was interrupted
   */
  public static Capture open(String path, CaptureProgress progress) throws CaptureException {
    return open(path, System.in, progress);
  }

  static Capture open(String path, InputStream standardInput, CaptureProgress progress)
      throws CaptureException {
    CaptureSource source = CaptureSource.open(path, standardInput, progress);
    try {
      return index(source, progress);
    } catch (CaptureException | RuntimeException | Error e) {
      source.close();
      throw e;
    } catch (IOException e) {
      source.close();
      throw new CaptureException(Message.of("wrong.capture.read", source.name(), reason(e)), e);
    }
  }

  private static Capture index(CaptureSource source, CaptureProgress progress)
      throws IOException, CaptureException {
    String name = source.name();
    CaptureFormat format = source.format();
    SharedFile file = source.file();
    long size = file.size();
    FileWindow window = new FileWindow(file, size, FileWindow.SEQUENTIAL);
    RecordIndex index = new RecordIndex();
    Optional<CaptureFormat.Damage> damage =
        format.scan(window, index, Cancellation.checked(progress));
    progress.at(size, size);
    List<Message> warnings = new ArrayList<>(source.warnings());
    format.warnings().forEach(w -> warnings.add(Message.of("wrong.capture.read", name, w)));
    if (damage.isPresent()) {
      Message where =
          Message.of(
              "wrong.capture.at",
              name,
              index.size() + 1,
              damage.get().offset(),
              damage.get().why());
      if (index.size() == 0) {
        // What was wrong with the source, a broken gzip stream say, is the cause of this.
        List<Message> causes = new ArrayList<>(List.of(where));
        causes.addAll(source.warnings());
        throw new CaptureException(
            Message.of("wrong.capture.nothing", Message.joined("; ", causes)));
      }
      warnings.add(
          Message.of(
              index.size() == 1 ? "wrong.capture.damaged.one" : "wrong.capture.damaged",
              where,
              index.size()));
    } else if (index.size() == 0) {
      warnings.add(Message.of("wrong.capture.read", name, Message.of("damage.no-packets")));
    }
    return new Capture(name, file, format, index, size, warnings);
  }

  static String reason(IOException e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  /** The path as given; {@code standard input} for {@code -}. */
  public String name() {
    return name;
  }

  /** The link types of its packets. */
  public List<LinkType> linkTypes() {
    return format.linkTypes();
  }

  /** How many packets can be read. */
  public long size() {
    return index.size();
  }

  /** Bytes of the file, unpacked. */
  public long fileSize() {
    return fileSize;
  }

  /** What couldn't be read and why, for people; empty when the capture is whole. */
  public List<Message> warnings() {
    return warnings;
  }

  /**
   * One packet; for many in a row use {@link #reader()}.
   *
   * @param number 1-based
   */
  public CapturedPacket packet(long number) throws CaptureException {
    return read(new FileWindow(file, fileSize, FileWindow.RANDOM), number);
  }

  /** A reader with a read-ahead buffer, for one thread. */
  public CaptureReader reader() {
    return new CaptureReader(this, new FileWindow(file, fileSize, FileWindow.SEQUENTIAL));
  }

  CapturedPacket read(FileWindow window, long number) throws CaptureException {
    if (number < 1 || number > index.size()) {
      throw new IllegalArgumentException("packet " + number + " is not in 1.." + index.size());
    }
    try {
      long record = number - 1;
      CaptureFormat.RawRecord raw =
          format.read(window, index.offset(record), index.interfaceNumber(record));
      LinkLayer.Ethernet made = LinkLayer.of(raw.linkType(), raw.data());
      int original = Math.max(raw.originalLength() + made.added(), made.ethernet().length());
      return new CapturedPacket(
          number,
          new Frame(made.ethernet(), original, raw.timeNanos()),
          raw.linkType(),
          made.direction(),
          made.interfaceIndex(),
          made.note());
    } catch (IOException e) {
      throw new CaptureException(Message.of("wrong.capture.packet", name, number, reason(e)), e);
    }
  }

  /** Closes the file; a second call does nothing. */
  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException e) {
      System.getLogger(Capture.class.getName())
          .log(System.Logger.Level.WARNING, "close capture: " + name, e);
    }
  }
}
