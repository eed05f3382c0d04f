// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.decode;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import org.tailwalk.bpf.btf.Btf;
import org.tailwalk.bpf.btf.BtfFormatException;
import org.tailwalk.event.Notification;
import org.tailwalk.packet.Bytes;

/**
 * Reads events out of the ring. The drop event grew from 32 to 36 bytes in 2021; the object's own
 * BTF tells which one its programs send.
 */
public final class NotificationReader {
  private static final int SIGNAL_SIZE = 8;
  private static final int DROP = 1;
  private static final int DROP_2020 = 32;
  private static final int DROP_NOW = 36;
  private static final int LINE_AT = 28;

  private final boolean shortDrops;

  private NotificationReader(boolean shortDrops) {
    this.shortDrops = shortDrops;
  }

  /** The reader for an object with these types; today's layouts without any. */
  public static NotificationReader of(Optional<Btf> types) {
    return new NotificationReader(
        types.map(NotificationReader::dropSize).orElse(DROP_NOW) == DROP_2020);
  }

  private static int dropSize(Btf types) {
    OptionalInt id = types.composite("drop_notify");
    try {
      return id.isPresent() ? types.size(id.getAsInt()) : DROP_NOW;
    } catch (BtfFormatException e) {
      return DROP_NOW;
    }
  }

  /** An event of the events map, with the ring's padding. */
  Notification event(byte[] raw) {
    return Notification.of(Bytes.copyOf(shortDrops && isDrop(raw) ? widened(raw) : raw));
  }

  private static boolean isDrop(byte[] raw) {
    return raw.length >= DROP_2020 && raw[0] == DROP;
  }

  // What the old struct lacks (line, file, extended error, interface) reads as 0.
  private static byte[] widened(byte[] raw) {
    byte[] wide = new byte[raw.length + DROP_NOW - DROP_2020];
    System.arraycopy(raw, 0, wide, 0, DROP_2020);
    Arrays.fill(wide, LINE_AT, DROP_NOW, (byte) 0);
    System.arraycopy(raw, DROP_2020, wide, DROP_NOW, raw.length - DROP_2020);
    return wide;
  }

  /** An event of the signal map. */
  Notification signal(byte[] raw) {
    return raw.length < SIGNAL_SIZE
        ? event(raw)
        : new Notification.Signal(LogRecord.intAt(raw, 0), LogRecord.intAt(raw, 4));
  }
}
