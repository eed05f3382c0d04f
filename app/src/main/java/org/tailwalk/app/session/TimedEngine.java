// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.session;

import java.util.concurrent.atomic.AtomicLong;
import org.tailwalk.engine.ForwardingSession;
import org.tailwalk.engine.Injection;
import org.tailwalk.engine.NodeSetup;
import org.tailwalk.engine.Outcome;
import org.tailwalk.engine.ReplayEngine;
import org.tailwalk.engine.ReplayException;
import org.tailwalk.engine.ReplaySession;
import org.tailwalk.event.PathTrace;

/** An engine, and how long its packets took. */
final class TimedEngine implements ReplayEngine, AutoCloseable {
  private final ReplayEngine engine;
  private final AtomicLong spent = new AtomicLong();

  TimedEngine(ReplayEngine engine) {
    this.engine = engine;
  }

  /** Nanoseconds spent in running packets and reading what they did so far, over all threads. */
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

  private record TimedOutcome(Outcome outcome, AtomicLong spent) implements Outcome {
    @Override
    public PathTrace trace() {
      long start = System.nanoTime();
      try {
        return outcome.trace();
      } finally {
        spent.addAndGet(System.nanoTime() - start);
      }
    }

    @Override
    public boolean urgent() {
      return outcome.urgent();
    }
  }

  private static final class Timed extends ForwardingSession {
    private final AtomicLong spent;

    Timed(ReplaySession session, AtomicLong spent) {
      super(session);
      this.spent = spent;
    }

    @Override
    public Outcome run(Injection injection) throws ReplayException {
      long start = System.nanoTime();
      try {
        return new TimedOutcome(super.run(injection), spent);
      } finally {
        spent.addAndGet(System.nanoTime() - start);
      }
    }
  }
}
