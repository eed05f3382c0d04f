// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.window;

import java.util.function.UnaryOperator;
import org.tailwalk.engine.ForwardingSession;
import org.tailwalk.engine.Injection;
import org.tailwalk.engine.NodeSetup;
import org.tailwalk.engine.Outcome;
import org.tailwalk.engine.ReplayEngine;
import org.tailwalk.engine.ReplayException;
import org.tailwalk.engine.ReplaySession;

/** An engine with something between its sessions and who uses them. */
public record WrappedEngine(ReplayEngine engine, UnaryOperator<ReplaySession> between)
    implements ReplayEngine {
  /** Done before a packet runs. */
  @FunctionalInterface
  public interface BeforeRun {
    /** May hold the engine up. */
    void run() throws ReplayException;
  }

  /** One of which every run is heard. */
  public static WrappedEngine heard(ReplayEngine engine, BeforeRun by) {
    return new WrappedEngine(
        engine,
        session ->
            new ForwardingSession(session) {
              @Override
              public Outcome run(Injection injection) throws ReplayException {
                by.run();
                return super.run(injection);
              }
            });
  }

  @Override
  public String name() {
    return engine.name();
  }

  @Override
  public ReplaySession open(NodeSetup setup) throws ReplayException {
    return between.apply(engine.open(setup));
  }
}
