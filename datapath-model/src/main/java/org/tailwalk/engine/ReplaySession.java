// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tailwalk.event.Field;
import org.tailwalk.event.MapRef;
import org.tailwalk.event.PathTrace;
import org.tailwalk.packet.Bytes;

/**
 * Conntrack carries state from packet to packet, so packets run in a session, in order. A session
 * is used by one thread at a time, which need not be the one that opened it.
 */
public interface ReplaySession extends AutoCloseable {
  /** Runs one packet and says what it did. */
  PathTrace send(Injection injection) throws ReplayException;

  /**
   * Runs one packet, like {@link #send}; what it did is read when somebody asks. All other calls of
   * this session find the maps as the packet left them, asked or not.
   */
  default Outcome run(Injection injection) throws ReplayException {
    return Outcome.of(send(injection));
  }

  /**
   * Does work that calls this session for many packets, where such calls cost least: perhaps on a
   * thread of the session's. Returns when the work is done; what it throws comes out here.
   *
   * @param work starts no threads
   */
  default void together(Runnable work) {
    work.run();
  }

  /** Work over many packets that gives something, or can't go on. */
  @FunctionalInterface
  interface Series<T> {
    /** Does it. */
    T run() throws ReplayException;
  }

  /** {@link #together} for work that gives a result. */
  default <T> T series(Series<T> work) throws ReplayException {
    List<T> result = new ArrayList<>(1);
    List<ReplayException> failure = new ArrayList<>(1);
    together(() -> {
      try {
        result.add(work.run());
      } catch (ReplayException e) {
        failure.add(e);
      }
    });
    if (!failure.isEmpty()) {
      throw failure.getFirst();
    }
    return result.getFirst();
  }

  /** Writes of the control plane, in order. */
  void apply(List<MapOp> ops) throws ReplayException;

  /** All entries of a map, in no order; empty for a map that the build doesn't have. */
  List<MapEntry> entries(MapRef map) throws ReplayException;

  /** The maps that {@link #entries} can read; empty where a session can't tell. */
  default List<MapRef> maps() {
    return List.of();
  }

  /**
   * The maps that push out old entries when they are full, each with its room; empty where no map
   * does, or none is told of.
   */
  default Map<MapRef, Integer> evicting() {
    return Map.of();
  }

  /**
   * The fields of a key or value that the vocabulary knows as bytes alone, as far as the object
   * tells of their type; a single field of hex digits where it doesn't. May be called by any
   * thread.
   *
   * @param key whether it is a key; else a value
   */
  default List<Field> fields(MapRef map, boolean key, Bytes bytes) {
    return List.of(new Field(key ? "key" : "value", bytes.hex()));
  }

  /** Back to the state after opening, without loading anything again. */
  void reset() throws ReplayException;

  /** The programs and their tail calls. */
  ProgramGraph graph();

  /** The bytecode that runs and its source; nothing where none does. */
  default CodeListing code() {
    return CodeListing.none();
  }

  /** What runs here, for people: {@code kernel 6.18, bundled:seed} or {@code model seed}. */
  String description();

  /**
   * What the collector did around the packet that was sent last, where this session has it from a
   * recording: no collector is to run beside it then. Null for a session that runs.
   */
  default @Nullable List<Sweep> recordedSweeps() {
    return null;
  }

  /** Leaves nothing in the kernel; a second call does nothing. */
  @Override
  void close();
}
