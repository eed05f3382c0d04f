// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.capture;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.tailwalk.text.Message;

/** A file format of which this package keeps an index. */
sealed interface CaptureFormat permits PcapFormat, PcapngFormat {
  /**
   * The longest packet that is believed; libpcap has the same limit. A larger length is damage, and
   * must not be allocated.
   */
  int MAX_CAPTURED = 262_144;

  /** How often a scan reports and looks whether it was cancelled, in records. */
  int REPORT_EVERY = 1 << 14;

  /** The format's name, with its variant. */
  String name();

  /**
   * Finds all records.
   *
   * @return where and why the reading ended early; empty when the file was read to its end
   */
  Optional<Damage> scan(FileWindow file, RecordIndex index, CaptureProgress progress)
      throws IOException, CaptureException;

  /** What else the scan has to say. */
  List<Message> warnings();

  /**
   * Reads a record.
   *
   * @param offset as the index has it
   * @param interfaceNumber as the index has it
   */
  RawRecord read(FileWindow file, long offset, int interfaceNumber) throws IOException;

  /** The link types of all interfaces that have packets. */
  List<LinkType> linkTypes();

  /**
   * A place where a file stops making sense.
   *
   * @param offset the first byte of the record that can't be read
   * @param why such as {@code 1500 bytes announced, 312 there}
   */
  record Damage(long offset, Message why) {}

  /**
   * A record's content.
   *
   * @param data what was captured
   * @param originalLength on the wire, never below the captured length
   * @param timeNanos since 1970
   */
  record RawRecord(LinkType linkType, byte[] data, int originalLength, long timeNanos) {
    static RawRecord of(LinkType linkType, byte[] data, long originalLength, long timeNanos) {
      // Writers are known that put 0 there; and lengths beyond 2^31 are not believed.
      long length = Math.min(Math.max(originalLength, data.length), Integer.MAX_VALUE - 64);
      return new RawRecord(linkType, data, (int) length, timeNanos);
    }
  }
}
