// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.capture;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;
import org.tailwalk.text.Message;

/**
 * The pcap format, version 2.4, with microseconds or nanoseconds, in either byte order
 * (draft-ietf-opsawg-pcap).
 */
final class PcapFormat implements CaptureFormat {
  static final int MICROSECONDS = 0xa1b2c3d4;
  static final int NANOSECONDS = 0xa1b23c4d;
  private static final int FILE_HEADER = 24;
  private static final int RECORD_HEADER = 16;

  private final ByteOrder order;
  private final boolean nanoseconds;
  private final LinkType linkType;

  private PcapFormat(ByteOrder order, boolean nanoseconds, LinkType linkType) {
    this.order = order;
    this.nanoseconds = nanoseconds;
    this.linkType = linkType;
  }

  /**
   * The format of a file, by its header; empty when the file isn't pcap of version 2.4.
   *
   * @param file the display name, for messages
   */
  static Optional<PcapFormat> recognize(String file, ByteBuffer start) throws CaptureException {
    for (ByteOrder order : new ByteOrder[] {ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN}) {
      ByteBuffer header = start.duplicate().order(order);
      int magic = header.remaining() < 4 ? 0 : header.getInt(0);
      if (magic != MICROSECONDS && magic != NANOSECONDS) {
        continue;
      }
      if (header.remaining() < FILE_HEADER) {
        throw new CaptureException(
            Message.of(
                "wrong.capture.open",
                file,
                Message.of("wrong.pcap-header", header.remaining(), FILE_HEADER)));
      }
      if (header.getShort(4) != 2 || header.getShort(6) != 4) {
        return Optional.empty();
      }
      // The upper bits tell about frame check sequences.
      int number = header.getInt(20) & 0x03ffffff;
      LinkType type =
          LinkType.ofNumber(number).orElseThrow(() -> unsupportedLinkType(file, number));
      return Optional.of(new PcapFormat(order, magic == NANOSECONDS, type));
    }
    return Optional.empty();
  }

  static CaptureException unsupportedLinkType(String file, int number) {
    return new CaptureException(
        Message.of(
            "wrong.capture.open",
            file,
            Message.of("wrong.link-type", LinkType.describe(number), LinkType.allNames())));
  }

  @Override
  public String name() {
    return nanoseconds ? "pcap, nanoseconds" : "pcap";
  }

  @Override
  public Optional<Damage> scan(FileWindow file, RecordIndex index, CaptureProgress progress)
      throws IOException {
    long offset = FILE_HEADER;
    while (file.remaining(offset) > 0) {
      ByteBuffer header = file.at(offset, RECORD_HEADER).order(order);
      if (header.remaining() < RECORD_HEADER) {
        return Optional.of(
            new Damage(
                offset, Message.of("damage.record-header", header.remaining(), RECORD_HEADER)));
      }
      long captured = header.getInt(8) & 0xffffffffL;
      if (captured > MAX_CAPTURED) {
        return Optional.of(new Damage(offset, Message.of("damage.record-long", captured)));
      }
      long next = offset + RECORD_HEADER + captured;
      if (next > file.size()) {
        return Optional.of(
            new Damage(
                offset,
                Message.of("damage.announced", captured, file.remaining(offset + RECORD_HEADER))));
      }
      index.add(offset, 0);
      offset = next;
      if (index.size() % REPORT_EVERY == 0) {
        progress.at(offset, file.size());
      }
    }
    return Optional.empty();
  }

  @Override
  public List<Message> warnings() {
    return List.of();
  }

  @Override
  public RawRecord read(FileWindow file, long offset, int interfaceNumber) throws IOException {
    int captured = file.exactly(offset, RECORD_HEADER).order(order).getInt(8);
    if (captured < 0 || captured > MAX_CAPTURED) {
      throw new IOException("the file changed while it was read");
    }
    ByteBuffer in = file.exactly(offset, RECORD_HEADER + captured).order(order);
    long seconds = in.getInt(0) & 0xffffffffL;
    long fraction = in.getInt(4) & 0xffffffffL;
    byte[] data = new byte[captured];
    in.get(RECORD_HEADER, data);
    long nanos = seconds * 1_000_000_000L + (nanoseconds ? fraction : fraction * 1000);
    return RawRecord.of(linkType, data, in.getInt(12) & 0xffffffffL, nanos);
  }

  @Override
  public List<LinkType> linkTypes() {
    return List.of(linkType);
  }
}
