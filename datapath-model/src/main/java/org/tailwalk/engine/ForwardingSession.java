// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.engine;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tailwalk.event.Field;
import org.tailwalk.event.MapRef;
import org.tailwalk.event.PathTrace;
import org.tailwalk.packet.Bytes;

/**
 * A session that hands everything on to another, for one that adds a thing or two: times, watches,
 * checks. What {@link ReplaySession} gains is handed on here and nowhere else.
 */
public abstract class ForwardingSession implements ReplaySession {
  private final ReplaySession session;

  /** Hands on to {@code session}. */
  protected ForwardingSession(ReplaySession session) {
    this.session = session;
  }

  /** By {@link #run}, so that whoever watches packets overrides one method. */
  @Override
  public final PathTrace send(Injection injection) throws ReplayException {
    return run(injection).trace();
  }

  @Override
  public Outcome run(Injection injection) throws ReplayException {
    return session.run(injection);
  }

  @Override
  public void together(Runnable work) {
    session.together(work);
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
  public Map<MapRef, Integer> evicting() {
    return session.evicting();
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
  public @Nullable List<Sweep> recordedSweeps() {
    return session.recordedSweeps();
  }

  @Override
  public void close() {
    session.close();
  }
}
