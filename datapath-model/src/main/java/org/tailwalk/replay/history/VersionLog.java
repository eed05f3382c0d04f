// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.replay.history;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tailwalk.event.MapValue;
import org.tailwalk.packet.Bytes;

/**
 * Every version of every entry, in the order they came: packet, row, entry and value. About 14
 * bytes a version beside the value's, which are mostly a difference of a few.
 */
final class VersionLog {
  /** So many versions of an entry from one whole value to the next. */
  private static final int WHOLE_EVERY = 16;

  private final ByteStore values = new ByteStore();
  private final IntColumn entries = new IntColumn();
  private final IntColumn packets = new IntColumn();
  private final IntColumn offsets = new IntColumn();
  private final ByteStore rows = new ByteStore();

  int size() {
    return entries.size();
  }

  /**
   * Adds an entry's next version.
   *
   * @param before what the entry's last version is; null when it is gone or never was
   * @param after null when it is gone now
   */
  void add(
      EntryLog entry, long packet, int row, byte @Nullable [] before, byte @Nullable [] after) {
    entry.add(size());
    entries.add(entry.id);
    packets.add((int) packet);
    rows.put(row >> 8);
    rows.put(row);
    offsets.add((int) values.size());
    if (after == null) {
      ValueCodec.putGone(values);
    } else if (before == null
        || before.length != after.length
        || (entry.count() - 1) % WHOLE_EVERY == 0) {
      ValueCodec.putWhole(values, after);
    } else {
      ValueCodec.putDifference(values, before, after);
    }
    entry.lastHash = Arrays.hashCode(after);
  }

  int entry(int version) {
    return entries.get(version);
  }

  long packet(int version) {
    return packets.get(version) & 0xffffffffL;
  }

  int row(int version) {
    return rows.get(2L * version) << 8 | rows.get(2L * version + 1);
  }

  private long offset(int version) {
    return offsets.get(version) & 0xffffffffL;
  }

  boolean gone(int version) {
    return ValueCodec.gone(values, offset(version));
  }

  private boolean behind(int version, Moment moment) {
    long packet = packet(version);
    return packet > moment.packet() || packet == moment.packet() && row(version) > moment.row();
  }

  /**
   * The first version that lies behind a moment; {@link #size} when none does. Versions stand in
   * the order of their moments: who asks many entries finds this once, see {@link EntryLog#before}.
   */
  int firstBehind(Moment moment) {
    int low = 0;
    int high = size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (behind(middle, moment)) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  /** The ordinal of the entry's last version at a moment; -1 when there was none yet. */
  int ordinal(EntryLog entry, Moment moment) {
    return entry.before(firstBehind(moment));
  }

  /** An entry's value by the ordinal of a version; null when it was gone. */
  byte @Nullable [] bytes(EntryLog entry, int ordinal) {
    if (ordinal < 0) {
      return null;
    }
    int from = ordinal;
    while (!ValueCodec.whole(values, offset(entry.version(from)))) {
      from--;
    }
    byte @Nullable [] value = null;
    for (int i = from; i <= ordinal; i++) {
      value = next(entry, i, value);
    }
    return value;
  }

  /**
   * The same where the value of the version before is known, which is written over: who goes
   * through all versions decodes each once.
   */
  byte @Nullable [] next(EntryLog entry, int ordinal, byte @Nullable [] before) {
    return ValueCodec.get(values, offset(entry.version(ordinal)), before);
  }

  /** The same as a value of its map. */
  @Nullable MapValue value(EntryLog entry, int ordinal) {
    return typed(entry, bytes(entry, ordinal));
  }

  /** Whether the entry stands at the ordinal of a version; at none, -1, it does not. */
  boolean stands(EntryLog entry, int ordinal) {
    return ordinal >= 0 && !gone(entry.version(ordinal));
  }

  /** An entry's values from a version back to its first. */
  Backward backward(EntryLog entry, int ordinal) {
    return new Backward(entry, ordinal);
  }

  /** Decodes a stretch at a time, so that going back costs no more than going forward. */
  final class Backward {
    private final EntryLog entry;
    private final List<byte @Nullable []> stretch = new ArrayList<>();
    private int ordinal;

    private Backward(EntryLog entry, int ordinal) {
      this.entry = entry;
      this.ordinal = ordinal;
    }

    /** The value of the next older version; null when it was gone. */
    @Nullable MapValue previous() {
      if (stretch.isEmpty()) {
        int from = ordinal;
        while (!ValueCodec.whole(values, offset(entry.version(from)))) {
          from--;
        }
        byte @Nullable [] value = null;
        for (int i = from; i <= ordinal; i++) {
          byte @Nullable [] before = value == null ? null : value.clone();
          value = ValueCodec.get(values, offset(entry.version(i)), before);
          stretch.add(value);
        }
        ordinal = from - 1;
      }
      return typed(entry, stretch.removeLast());
    }
  }

  /** Bytes as a value of the entry's map. */
  static @Nullable MapValue typed(EntryLog entry, byte @Nullable [] bytes) {
    if (bytes == null) {
      return null;
    }
    Bytes whole = Bytes.copyOf(bytes);
    return entry.raw ? new MapValue.RawValue(whole) : entry.map.role().value(whole);
  }

  long footprint() {
    return values.footprint()
        + entries.footprint()
        + packets.footprint()
        + offsets.footprint()
        + rows.footprint();
  }
}
