// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.session;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.tailwalk.event.MapKey;
import org.tailwalk.event.MapRole;
import org.tailwalk.event.PathEvent;
import org.tailwalk.event.Step;
import org.tailwalk.filter.Shapes;
import org.tailwalk.packet.Bytes;
import org.tailwalk.replay.AlignedStep;
import org.tailwalk.replay.PacketReplay;
import org.tailwalk.replay.history.ByteStore;
import org.tailwalk.replay.history.IntColumn;

/**
 * Which keys of maps the steps of every packet name, be they found there or not: what searches for
 * a key would have to run all packets again for. A key costs its bytes and six more, whatever the
 * number of packets that name it; a packet two bytes, and one to four for each of its keys. Filled
 * by one thread, then read by several.
 */
public final class TouchedKeys {
  private static final int READ = 1;
  private static final int WRITE = 2;
  private static final int DELETE = 4;

  /** The key is counted back from the newest one, not from the first. */
  private static final int BACK = 8;

  /** Bits that say what was done and how the key is counted. */
  private static final int SIGNS = 4;

  /** Bytes before a key that say which map's it is. */
  private static final int MAP_BYTES = 2;

  /** So many keys or packets are looked at between two questions whether to go on. */
  private static final int ASK_EVERY = 1 << 12;

  /**
   * A map, and how its keys are read.
   *
   * @param name as in {@link Shapes#mapName}
   * @param raw whether these keys of it were not as its role has them, and stay bytes
   */
  private record Table(String name, MapRole role, boolean raw) {
    MapKey key(Bytes bytes) {
      return raw ? new MapKey.RawKey(bytes) : role.key(bytes);
    }
  }

  private final List<Table> tables = new ArrayList<>();
  private final Map<Table, Integer> tableIndex = new HashMap<>();

  /** Each key once: two bytes for its map, and as it stands there. */
  private final ByteStore keys = new ByteStore();

  private final IntColumn starts = new IntColumn();

  /** Packet by packet: how many keys, how many of them are new, and each with what was done. */
  private final ByteStore packets = new ByteStore();

  private int[] slots = new int[1024];
  private int told;
  private int count;
  private int[] here = new int[64];
  private int[] done = new int[64];
  private int used;

  /** Takes in the next packet. */
  void add(PacketReplay packet) {
    used = 0;
    for (AlignedStep row : packet.rows()) {
      add(row.kernel());
      add(row.model());
    }
    int newest = starts.size() - 1;
    number(used);
    number(starts.size() - told);
    told = starts.size();
    for (int i = 0; i < used; i++) {
      boolean back = newest - here[i] < here[i];
      long key = back ? newest - here[i] : here[i];
      number(key << SIGNS | (back ? BACK : 0) | done[i]);
    }
    count++;
  }

  private void add(@Nullable Step step) {
    if (step == null || !(step.event() instanceof PathEvent.MapEvent event)) {
      return;
    }
    int key = key(event);
    int at = 0;
    while (at < used && here[at] != key) {
      at++;
    }
    if (at == used) {
      if (used == here.length) {
        here = Arrays.copyOf(here, 2 * used);
        done = Arrays.copyOf(done, 2 * used);
      }
      here[used] = key;
      done[used++] = 0;
    }
    done[at] |= kind(Breakpoint.Access.of(event));
  }

  private static int kind(Breakpoint.Access access) {
    return switch (access) {
      case READ -> READ;
      case WRITE -> WRITE;
      case DELETE -> DELETE;
      case ANY -> READ | WRITE | DELETE;
    };
  }

  /** The number of an event's key, which gets one where it is new. */
  private int key(PathEvent.MapEvent event) {
    boolean raw = event.key() instanceof MapKey.RawKey;
    Table table = new Table(Shapes.mapName(event.map()), event.map().role(), raw);
    Integer known = tableIndex.putIfAbsent(table, tables.size());
    if (known == null) {
      tables.add(table);
    }
    int map = known == null ? tables.size() - 1 : known;
    byte[] plain = event.key().toBytes().toArray();
    byte[] bytes = new byte[MAP_BYTES + plain.length];
    bytes[0] = (byte) (map >> 8);
    bytes[1] = (byte) map;
    System.arraycopy(plain, 0, bytes, MAP_BYTES, plain.length);
    int slot = slot(bytes);
    if (slots[slot] == 0) {
      starts.add((int) keys.size());
      for (byte each : bytes) {
        keys.put(each);
      }
      slots[slot] = starts.size();
      if (starts.size() > slots.length / 3 * 2) {
        spread();
        return starts.size() - 1;
      }
    }
    return slots[slot] - 1;
  }

  /** Where the number of a key stands, or is to stand; there it is one more than the key's. */
  private int slot(byte[] bytes) {
    int slot =
        Arrays.hashCode(bytes) * 0x9e3779b9 >>> Integer.numberOfLeadingZeros(slots.length - 1);
    while (slots[slot] != 0 && !Arrays.equals(bytes(slots[slot] - 1), bytes)) {
      slot = slot + 1 & slots.length - 1;
    }
    return slot;
  }

  private void spread() {
    slots = new int[2 * slots.length];
    for (int key = 0; key < starts.size(); key++) {
      slots[slot(bytes(key))] = key + 1;
    }
  }

  private byte[] bytes(int key) {
    long from = start(key);
    byte[] bytes = new byte[(int) (start(key + 1) - from)];
    keys.get(from, bytes);
    return bytes;
  }

  private long start(int key) {
    return key == starts.size() ? keys.size() : starts.get(key) & 0xffffffffL;
  }

  private void number(long value) {
    long rest = value;
    while (rest >= 0x80) {
      packets.put((int) rest & 0x7f | 0x80);
      rest >>>= 7;
    }
    packets.put((int) rest);
  }

  /** Drops what was kept for adding alone. */
  void finish() {
    tableIndex.clear();
    slots = new int[0];
  }

  /** Memory taken, bytes. */
  long footprint() {
    return keys.footprint() + starts.footprint() + packets.footprint() + 4L * slots.length;
  }

  /**
   * The packets, 1-based, of which a step of any lane does that with a key that is meant; empty
   * when it was told to stop.
   *
   * @param map whether a map is meant, by its name as in {@link Shapes#mapName}
   * @param key whether a key of such a map is; asked once for each
   * @param goOn asked every few thousand keys and packets
   */
  public Optional<BitSet> packets(
      Predicate<String> map,
      Predicate<MapKey> key,
      Breakpoint.Access access,
      BooleanSupplier goOn) {
    BitSet meant = new BitSet();
    BitSet maps = new BitSet();
    for (int i = 0; i < tables.size(); i++) {
      maps.set(i, map.test(tables.get(i).name()));
    }
    for (int i = 0; i < starts.size(); i++) {
      if (i % ASK_EVERY == 0 && !goOn.getAsBoolean()) {
        return Optional.empty();
      }
      int its = keys.get(start(i)) << 8 | keys.get(start(i) + 1);
      if (maps.get(its)) {
        byte[] bytes = bytes(i);
        Bytes plain = Bytes.copyOf(bytes, MAP_BYTES, bytes.length - MAP_BYTES);
        meant.set(i, key.test(tables.get(its).key(plain)));
      }
    }
    return meant.isEmpty() ? Optional.of(meant) : naming(meant, kind(access), goOn);
  }

  /** The packets that do one of these with one of those keys. */
  private Optional<BitSet> naming(BitSet meant, int wanted, BooleanSupplier goOn) {
    BitSet found = new BitSet();
    Numbers numbers = new Numbers();
    int newest = -1;
    for (int packet = 1; packet <= count; packet++) {
      if (packet % ASK_EVERY == 0 && !goOn.getAsBoolean()) {
        return Optional.empty();
      }
      long its = numbers.next();
      newest += (int) numbers.next();
      boolean names = false;
      for (long i = 0; i < its; i++) {
        long value = numbers.next();
        int key = (int) (value >>> SIGNS);
        names |= (value & wanted) != 0 && meant.get((value & BACK) == 0 ? key : newest - key);
      }
      found.set(packet, names);
    }
    return Optional.of(found);
  }

  /** Reads what {@link #number} wrote. */
  private final class Numbers {
    private long at;

    long next() {
      long value = 0;
      int shift = 0;
      int next;
      do {
        next = packets.get(at++);
        value |= (long) (next & 0x7f) << shift;
        shift += 7;
      } while (next >= 0x80);
      return value;
    }
  }
}
