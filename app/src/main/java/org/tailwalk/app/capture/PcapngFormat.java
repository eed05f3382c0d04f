// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.capture;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tailwalk.text.Message;

/**
 * The pcapng format (draft-ietf-opsawg-pcapng): sections of either byte order, any number of
 * interfaces, each with its link type and clock. libpcap stops at an interface of another link type
 * than the first; here each packet has its own, and packets of interfaces that can't be replayed
 * are left out with a warning that names the interface.
 */
final class PcapngFormat implements CaptureFormat {
  static final int SECTION_HEADER = 0x0a0d0d0a;
  private static final int BYTE_ORDER_MAGIC = 0x1a2b3c4d;
  private static final int INTERFACE_DESCRIPTION = 1;
  private static final int OBSOLETE_PACKET = 2;
  private static final int SIMPLE_PACKET = 3;
  private static final int ENHANCED_PACKET = 6;
  private static final int MAX_INTERFACES = 65_536;
  private static final int OPTION_NAME = 2;
  private static final int OPTION_RESOLUTION = 9;
  private static final int OPTION_OFFSET = 14;
  private static final BigInteger BILLION = BigInteger.valueOf(1_000_000_000);

  /** An interface of a section; sections count on. */
  private static final class Interface {
    final ByteOrder order;
    final int number;
    final String name;
    final @Nullable LinkType linkType;
    final int linkNumber;
    final long snapLength;
    final BigInteger ticksPerSecond;
    final long offsetSeconds;

    /** Whole nanoseconds of a tick, or 0 where they aren't whole. */
    final long nanosPerTick;

    long packets;

    Interface(
        ByteOrder order,
        int number,
        String name,
        int linkNumber,
        long snapLength,
        BigInteger ticksPerSecond,
        long offsetSeconds) {
      this.order = order;
      this.number = number;
      this.name = name;
      this.linkType = LinkType.ofNumber(linkNumber).orElse(null);
      this.linkNumber = linkNumber;
      this.snapLength = snapLength;
      this.ticksPerSecond = ticksPerSecond;
      this.offsetSeconds = offsetSeconds;
      BigInteger[] perTick = BILLION.divideAndRemainder(ticksPerSecond);
      this.nanosPerTick = perTick[1].signum() == 0 ? perTick[0].longValue() : 0;
    }

    /** Nanoseconds since 1970, of an unsigned count of ticks. */
    long nanos(long ticks) {
      if (nanosPerTick > 0 && ticks >= 0 && ticks <= Long.MAX_VALUE / nanosPerTick) {
        return ticks * nanosPerTick + offsetSeconds * 1_000_000_000L;
      }
      return new BigInteger(Long.toUnsignedString(ticks))
          .multiply(BILLION)
          .divide(ticksPerSecond)
          .add(BigInteger.valueOf(offsetSeconds).multiply(BILLION))
          .longValue();
    }

    Message describe() {
      return Message.of("damage.interface-name", number, name.isEmpty() ? "" : " (" + name + ")");
    }
  }

  private final String file;
  private final List<Interface> interfaces = new ArrayList<>();
  private ByteOrder order = ByteOrder.LITTLE_ENDIAN;
  private int sectionStart;

  private PcapngFormat(String file) {
    this.file = file;
  }

  /** The format of a file, by its first block; empty when the file isn't pcapng. */
  static Optional<PcapngFormat> recognize(String file, ByteBuffer start) throws CaptureException {
    if (start.remaining() < 4 || start.getInt(0) != SECTION_HEADER) {
      return Optional.empty();
    }
    if (start.remaining() < 28) {
      throw new CaptureException(
          Message.of(
              "wrong.capture.open", file, Message.of("wrong.section-cut", start.remaining())));
    }
    if (start.getInt(8) != BYTE_ORDER_MAGIC
        && start.getInt(8) != Integer.reverseBytes(BYTE_ORDER_MAGIC)) {
      throw new CaptureException(
          Message.of("wrong.capture.open", file, Message.of("wrong.section-order")));
    }
    return Optional.of(new PcapngFormat(file));
  }

  @Override
  public String name() {
    return "pcapng";
  }

  @Override
  public Optional<Damage> scan(FileWindow window, RecordIndex index, CaptureProgress progress)
      throws IOException, CaptureException {
    long offset = 0;
    long blocks = 0;
    while (window.remaining(offset) > 0) {
      // 28 bytes hold the fixed fields of every block that is looked into.
      ByteBuffer head = window.at(offset, 28);
      if (head.remaining() < 12) {
        return Optional.of(new Damage(offset, Message.of("damage.block-header", head.remaining())));
      }
      if (head.getInt(0) == SECTION_HEADER) {
        order = head.getInt(8) == BYTE_ORDER_MAGIC ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        if (head.order(order).getInt(8) != BYTE_ORDER_MAGIC) {
          return Optional.of(new Damage(offset, Message.of("damage.section-order")));
        }
        sectionStart = interfaces.size();
      }
      head.order(order);
      long length = head.getInt(4) & 0xffffffffL;
      if (length < 12 || length % 4 != 0) {
        return Optional.of(new Damage(offset, Message.of("damage.block-length", length)));
      }
      if (length > window.remaining(offset)) {
        return Optional.of(
            new Damage(offset, Message.of("damage.announced", length, window.remaining(offset))));
      }
      Optional<Damage> damage = block(window, offset, (int) Math.min(length, 1 << 30), index);
      if (damage.isPresent()) {
        return damage;
      }
      offset += length;
      if (++blocks % REPORT_EVERY == 0) {
        progress.at(offset, window.size());
      }
    }
    refuseWhenNothingIsLeft(index);
    return Optional.empty();
  }

  private Optional<Damage> block(FileWindow window, long offset, int length, RecordIndex index)
      throws IOException {
    ByteBuffer head = window.at(offset, 28).order(order);
    int type = head.getInt(0);
    return switch (type) {
      case INTERFACE_DESCRIPTION -> {
        if (length < 20 || length > 1 << 20 || interfaces.size() == MAX_INTERFACES) {
          yield Optional.of(new Damage(offset, Message.of("damage.interface", length)));
        }
        yield describeInterface(window.at(offset, length).order(order), offset);
      }
      case ENHANCED_PACKET, OBSOLETE_PACKET -> {
        if (length < 32) {
          yield Optional.of(new Damage(offset, Message.of("damage.packet-block", length)));
        }
        int id = type == ENHANCED_PACKET ? head.getInt(8) : head.getShort(8) & 0xffff;
        long captured = head.getInt(20) & 0xffffffffL;
        yield addPacket(index, offset, length, id, captured, 32);
      }
      case SIMPLE_PACKET -> {
        if (length < 16) {
          yield Optional.of(new Damage(offset, Message.of("damage.packet-block", length)));
        }
        yield addPacket(index, offset, length, 0, Math.min(length - 16, MAX_CAPTURED), 16);
      }
      default -> Optional.empty();
    };
  }

  private Optional<Damage> addPacket(
      RecordIndex index, long offset, int length, int id, long captured, int fixed) {
    int number = sectionStart + id;
    if (id < 0 || number >= interfaces.size()) {
      return Optional.of(new Damage(offset, Message.of("damage.no-interface", id)));
    }
    if (captured > MAX_CAPTURED || captured > length - fixed) {
      return Optional.of(
          new Damage(offset, Message.of("damage.packet-room", captured, length - fixed)));
    }
    Interface from = interfaces.get(number);
    from.packets++;
    if (from.linkType != null) {
      index.add(offset, number);
    }
    return Optional.empty();
  }

  private Optional<Damage> describeInterface(ByteBuffer block, long offset) {
    int link = block.getShort(8) & 0xffff;
    long snap = block.getInt(12) & 0xffffffffL;
    String name = "";
    BigInteger ticks = BigInteger.valueOf(1_000_000);
    long offsetSeconds = 0;
    int at = 16;
    int end = block.limit() - 4;
    while (at + 4 <= end) {
      int code = block.getShort(at) & 0xffff;
      int size = block.getShort(at + 2) & 0xffff;
      int value = at + 4;
      if (code == 0) {
        break;
      }
      if (value + size > end) {
        return Optional.of(new Damage(offset, Message.of("damage.interface-option")));
      }
      switch (code) {
        case OPTION_NAME -> {
          byte[] text = new byte[size];
          block.get(value, text);
          name = printable(new String(text, StandardCharsets.UTF_8));
        }
        case OPTION_RESOLUTION -> {
          if (size == 1) {
            int exponent = block.get(value) & 0x7f;
            ticks =
                (block.get(value) & 0x80) == 0
                    ? BigInteger.TEN.pow(exponent)
                    : BigInteger.TWO.pow(exponent);
          }
        }
        case OPTION_OFFSET -> {
          if (size == 8) {
            offsetSeconds = block.getLong(value);
          }
        }
        default -> {}
      }
      at = value + (size + 3 & ~3);
    }
    interfaces.add(
        new Interface(
            order, interfaces.size() - sectionStart, name, link, snap, ticks, offsetSeconds));
    return Optional.empty();
  }

  /** A name out of a file goes to terminals and windows. */
  private static String printable(String name) {
    return name.replaceAll("\\p{Cntrl}", "").strip();
  }

  private void refuseWhenNothingIsLeft(RecordIndex index) throws CaptureException {
    if (index.size() > 0) {
      return;
    }
    for (Interface i : interfaces) {
      if (i.linkType == null) {
        throw new CaptureException(
            Message.of(
                "wrong.capture.open",
                file,
                Message.of(
                    "wrong.link-type.of",
                    i.describe(),
                    LinkType.describe(i.linkNumber),
                    LinkType.allNames())));
      }
    }
  }

  @Override
  public List<Message> warnings() {
    return interfaces.stream()
        .filter(i -> i.linkType == null && i.packets > 0)
        .map(i ->
            Message.of(
                i.packets == 1 ? "damage.left-out.one" : "damage.left-out",
                i.describe(),
                LinkType.describe(i.linkNumber),
                i.packets))
        .toList();
  }

  @Override
  public RawRecord read(FileWindow file, long offset, int interfaceNumber) throws IOException {
    Interface from = interfaces.get(interfaceNumber);
    LinkType type = from.linkType;
    if (type == null) {
      throw new IllegalStateException("a packet without a link type is in the index");
    }
    ByteBuffer head = file.exactly(offset, 12).order(from.order);
    if (head.getInt(0) == SIMPLE_PACKET) {
      long original = head.getInt(8) & 0xffffffffL;
      long captured = from.snapLength == 0 ? original : Math.min(original, from.snapLength);
      long room = Math.clamp((head.getInt(4) & 0xffffffffL) - 16, 0, MAX_CAPTURED);
      byte[] data = new byte[(int) Math.min(captured, room)];
      file.exactly(offset, 12 + data.length).get(12, data);
      return RawRecord.of(type, data, original, 0);
    }
    head = file.exactly(offset, 28).order(from.order);
    int captured = head.getInt(20);
    if (captured < 0 || captured > MAX_CAPTURED) {
      throw new IOException("the file changed while it was read");
    }
    long ticks = (head.getInt(12) & 0xffffffffL) << 32 | head.getInt(16) & 0xffffffffL;
    long original = head.getInt(24) & 0xffffffffL;
    byte[] data = new byte[captured];
    file.exactly(offset, 28 + captured).get(28, data);
    return RawRecord.of(type, data, original, from.nanos(ticks));
  }

  @Override
  public List<LinkType> linkTypes() {
    List<LinkType> types = new ArrayList<>();
    for (Interface i : interfaces) {
      if (i.linkType != null && i.packets > 0 && !types.contains(i.linkType)) {
        types.add(i.linkType);
      }
    }
    return List.copyOf(types);
  }
}
