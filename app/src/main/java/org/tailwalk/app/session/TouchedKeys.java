// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.session;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tailwalk.event.MapKey;
import org.tailwalk.event.PathEvent;
import org.tailwalk.event.Step;
import org.tailwalk.filter.Shapes;
import org.tailwalk.replay.AlignedStep;
import org.tailwalk.replay.PacketReplay;

/**
 * Which keys of maps the steps of every packet name, be they found there or not: what searches for
 * a key would have to run all packets again for. A byte or two for each packet and key. Filled by
 * one thread, then read by several.
 */
public final class TouchedKeys {
  private static final int READ = 1;
  private static final int WRITE = 2;
  private static final int DELETE = 4;
  private static final int KINDS = 3;

  private final Map<String, Map<MapKey, Packets>> open = new HashMap<>();
  private List<Packets> all = new ArrayList<>();

  /** A key that a search may be about. */
  @FunctionalInterface
  public interface KeyTest {
    /**
     * Whether it is meant; asked once for each key of a map.
     *
     * @param map as in {@link Shapes#mapName}
     */
    boolean matches(String map, MapKey key);
  }

  /** The packets that name a key, each with what was done: distances and kinds in a few bytes. */
  private static final class Packets {
    private final String map;
    private final MapKey key;
    private byte[] bytes = new byte[4];
    private int size;
    private int written;
    private int packet;
    private int kinds;

    Packets(String map, MapKey key) {
      this.map = map;
      this.key = key;
    }

    void add(int number, int kind) {
      if (number != packet) {
        flush();
        packet = number;
        kinds = 0;
      }
      kinds |= kind;
    }

    private void flush() {
      if (packet == 0) {
        return;
      }
      if (bytes.length < size + 6) {
        bytes = Arrays.copyOf(bytes, size + Math.max(6, size / 2));
      }
      long rest = (long) (packet - written) << KINDS | kinds;
      while (rest >= 0x80) {
        bytes[size++] = (byte) (rest & 0x7f | 0x80);
        rest >>>= 7;
      }
      bytes[size++] = (byte) rest;
      written = packet;
    }

    void finish() {
      flush();
      packet = 0;
      bytes = Arrays.copyOf(bytes, size);
    }

    /** Marks the packets that did one of these with it. */
    void mark(int wanted, BitSet found) {
      int number = 0;
      int at = 0;
      while (at < size) {
        long value = 0;
        int shift = 0;
        int next;
        do {
          next = bytes[at++];
          value |= (long) (next & 0x7f) << shift;
          shift += 7;
        } while (next < 0);
        number += (int) (value >>> KINDS);
        if ((value & wanted) != 0) {
          found.set(number);
        }
      }
    }
  }

  /** Takes in the next packet. */
  void add(PacketReplay packet) {
    int number = (int) packet.number();
    for (AlignedStep row : packet.rows()) {
      add(number, row.kernel());
      add(number, row.model());
    }
  }

  private void add(int number, @Nullable Step step) {
    if (step != null && step.event() instanceof PathEvent.MapEvent event) {
      open.computeIfAbsent(Shapes.mapName(event.map()), _ -> new HashMap<>())
          .computeIfAbsent(
              event.key(),
              key -> {
                Packets fresh = new Packets(Shapes.mapName(event.map()), key);
                all.add(fresh);
                return fresh;
              })
          .add(number, kind(Breakpoint.Access.of(event)));
    }
  }

  private static int kind(Breakpoint.Access access) {
    return switch (access) {
      case READ -> READ;
      case WRITE -> WRITE;
      case DELETE -> DELETE;
      case ANY -> READ | WRITE | DELETE;
    };
  }

  /** Drops what was kept for adding alone. */
  void finish() {
    all.forEach(Packets::finish);
    all = List.copyOf(all);
    open.clear();
  }

  /** The packets, 1-based, of which a step of any lane does that with a key that is meant. */
  public BitSet packets(KeyTest test, Breakpoint.Access access) {
    BitSet found = new BitSet();
    for (Packets each : all) {
      if (test.matches(each.map, each.key)) {
        each.mark(kind(access), found);
      }
    }
    return found;
  }
}
