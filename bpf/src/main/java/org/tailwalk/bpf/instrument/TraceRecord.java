// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.instrument;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import org.tailwalk.bpf.elf.Bytes;

/**
 * One record of the trace log with the site that wrote it.
 *
 * @param data the whole record, {@code site.length()} bytes, the site id first
 */
public record TraceRecord(TraceSite site, Bytes data) {
  /** A log that cannot be read: where, and why. */
  public static final class MalformedLogException extends Exception {
    private static final long serialVersionUID = 1;

    MalformedLogException(String message) {
      super(message);
    }
  }

  /**
   * Reads the records of one run.
   *
   * @param log the log from {@link TraceLog#HEADER} up to the write position
   * @param sites by id
   * @throws MalformedLogException when an id is unknown or a record is cut off
   */
  public static List<TraceRecord> read(byte[] log, LongFunction<Optional<TraceSite>> sites)
      throws MalformedLogException {
    ByteBuffer in = ByteBuffer.wrap(log).order(LITTLE_ENDIAN);
    List<TraceRecord> records = new ArrayList<>();
    for (int at = 0; at < log.length; ) {
      if (log.length - at < Long.BYTES) {
        throw new MalformedLogException("trace log at byte " + at + ": cut off");
      }
      long id = in.getLong(at);
      int from = at;
      TraceSite site =
          sites
              .apply(id)
              .orElseThrow(() ->
                  new MalformedLogException(
                      "trace log at byte %d: no trace site %d".formatted(from, id)));
      if (site.length() > log.length - at) {
        throw new MalformedLogException(
            "trace log at byte %d: record of site %d has %d bytes, %d are left"
                .formatted(at, id, site.length(), log.length - at));
      }
      byte[] data = new byte[site.length()];
      in.get(at, data);
      records.add(new TraceRecord(site, Bytes.copyOf(data)));
      at += site.length();
    }
    return records;
  }

  /** A field of up to eight bytes as an unsigned little-endian number. */
  public long number(Field field) {
    long value = 0;
    for (int i = field.size() - 1; i >= 0; i--) {
      value = value << 8 | data.at(field.offset() + i) & 0xff;
    }
    return value;
  }

  public Bytes bytes(Field field) {
    return data.slice(field.offset(), field.size());
  }

  /** Bytes of a key or value, whole or their beginning; empty if not recorded. */
  public Optional<Bytes> bytes(TraceSite.Bytewise bytes) {
    return switch (bytes) {
      case TraceSite.Bytewise.Recorded(Field field, int _) -> Optional.of(bytes(field));
      case TraceSite.Bytewise.NotRecorded _ -> Optional.empty();
    };
  }
}
