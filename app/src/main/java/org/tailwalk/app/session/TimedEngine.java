// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.session;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.tailwalk.event.Field;
import org.tailwalk.event.MapRef;
import org.tailwalk.event.PathTrace;
import org.tailwalk.packet.Bytes;
import org.tailwalk.replay.CodeListing;
import org.tailwalk.replay.Injection;
import org.tailwalk.replay.MapEntry;
import org.tailwalk.replay.MapOp;
import org.tailwalk.replay.NodeSetup;
import org.tailwalk.replay.ProgramGraph;
import org.tailwalk.replay.ReplayEngine;
import org.tailwalk.replay.ReplayException;
import org.tailwalk.replay.ReplaySession;
import org.tailwalk.replay.Sweep;

/** An engine, and how long its packets took. */
final class TimedEngine implements ReplayEngine, AutoCloseable {
  private final ReplayEngine engine;
  private final AtomicLong spent = new AtomicLong();

  TimedEngine(ReplayEngine engine) {
    this.engine = engine;
  }

  /** Nanoseconds spent in {@link ReplaySession#send} so far. */
  long spentNanos() {
    return spent.get();
  }

  @Override
  public String name() {
    return engine.name();
  }

  @Override
  public ReplaySession open(NodeSetup setup) throws ReplayException {
    return new Timed(engine.open(setup), spent);
  }

  /** Closes the engine where it can be closed. */
  @Override
  public void close() {
    if (engine instanceof AutoCloseable closeable) {
      try {
        closeable.close();
      } catch (Exception e) {
        System.getLogger(TimedEngine.class.getName())
            .log(System.Logger.Level.WARNING, "close engine " + engine.name(), e);
      }
    }
  }

  private record Timed(ReplaySession session, AtomicLong spent) implements ReplaySession {
    @Override
    public PathTrace send(Injection injection) throws ReplayException {
      long start = System.nanoTime();
      try {
        return session.send(injection);
      } finally {
        spent.addAndGet(System.nanoTime() - start);
      }
    }

    @Override
    public Map<MapRef, Integer> evicting() {
      return session.evicting();
    }

    @Override
    public @Nullable List<Sweep> recordedSweeps() {
      return session.recordedSweeps();
    }

    @Override
    public void apply(List<MapOp> ops) throws ReplayException {
      session.apply(ops);
    }

    @Override
    public List<MapEntry> entries(MapRef map) throws ReplayException {
      return session.entries(map);
    }

    @Override
    public List<MapRef> maps() {
      return session.maps();
    }

    @Override
    public List<Field> fields(MapRef map, boolean key, Bytes bytes) {
      return session.fields(map, key, bytes);
    }

    @Override
    public void reset() throws ReplayException {
      session.reset();
    }

    @Override
    public ProgramGraph graph() {
      return session.graph();
    }

    @Override
    public CodeListing code() {
      return session.code();
    }

    @Override
    public String description() {
      return session.description();
    }

    @Override
    public void close() {
      session.close();
    }
  }
}
