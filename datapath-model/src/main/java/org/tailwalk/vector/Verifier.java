// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.vector;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.tailwalk.engine.EngineUnavailableException;
import org.tailwalk.engine.NodeSetup;
import org.tailwalk.engine.ReplayEngine;
import org.tailwalk.engine.ReplayException;
import org.tailwalk.engine.ReplaySession;
import org.tailwalk.event.PathTrace;
import org.tailwalk.scenario.DatapathConfig;
import org.tailwalk.scenario.EndpointConfig;

/**
 * Runs sessions in one engine and compares every packet. A session ends at its first difference:
 * the state behind it differs too. Sessions of one build share a load, reset between them. Used by
 * one thread.
 */
public final class Verifier implements AutoCloseable {
  private final ReplayEngine engine;
  private final List<Gap> gaps;
  private @Nullable Loaded loaded;

  /** What a load depends on. */
  private record Build(
      DatapathConfig config, List<EndpointConfig> endpoints, OptionalInt ctCapacity) {}

  private record Loaded(Build build, ReplaySession session) {}

  /** How a session went. */
  public sealed interface Result {
    /** The session. */
    VectorSession session();
  }

  /** Every packet as recorded. */
  public record Passed(VectorSession session) implements Result {}

  /** Not run, for a listed reason. */
  public record Skipped(VectorSession session, String reason) implements Result {}

  /**
   * A packet went otherwise.
   *
   * @param step 1-based step of the session
   */
  public record Differs(
      VectorSession session, int step, String description, List<Outcome.Difference> differences)
      implements Result {
    /** Keeps its own copy. */
    public Differs {
      differences = List.copyOf(differences);
    }
  }

  /** The engine could not run it. */
  public record Failed(VectorSession session, int step, String message) implements Result {}

  /** Verifies in an engine, apart from these gaps. */
  public Verifier(ReplayEngine engine, List<Gap> gaps) {
    this.engine = engine;
    this.gaps = List.copyOf(gaps);
  }

  /**
   * Runs sessions, in an order that loads each build once.
   *
   * @throws EngineUnavailableException when the engine can't run here at all
   * @throws CancellationException when the thread was interrupted
   */
  public void run(List<VectorSession> sessions, Consumer<Result> results)
      throws EngineUnavailableException {
    for (VectorSession session : byBuild(sessions)) {
      if (Thread.currentThread().isInterrupted()) {
        throw new CancellationException("verifying was cancelled");
      }
      Optional<String> gap = Gap.reason(gaps, engine.name(), session);
      results.accept(gap.isPresent() ? new Skipped(session, gap.get()) : run(session));
    }
  }

  private static List<VectorSession> byBuild(List<VectorSession> sessions) {
    List<VectorSession> ordered = new ArrayList<>();
    List<Build> builds = sessions.stream().map(Verifier::build).distinct().toList();
    for (Build build : builds) {
      sessions.stream().filter(s -> build(s).equals(build)).forEach(ordered::add);
    }
    return ordered;
  }

  private static Build build(VectorSession session) {
    return new Build(session.config(), session.endpoints(), session.ctCapacity());
  }

  private Result run(VectorSession session) throws EngineUnavailableException {
    int[] number = {0};
    try {
      ReplaySession replay = load(build(session));
      return replay.series(() -> run(session, replay, number));
    } catch (EngineUnavailableException e) {
      throw e;
    } catch (ReplayException e) {
      close();
      return new Failed(session, number[0], String.valueOf(e.getMessage()));
    }
  }

  /**
   * @param number of the step that is run, counted up
   */
  private static Result run(VectorSession session, ReplaySession replay, int[] number)
      throws ReplayException {
    replay.apply(session.state());
    for (VectorSession.Step step : session.steps()) {
      number[0]++;
      switch (step) {
        case VectorSession.Edit edit -> replay.apply(edit.ops());
        case VectorSession.Packet packet -> {
          PathTrace trace = replay.send(packet.injection());
          List<Outcome.Difference> differences =
              packet.recorded().differences(TraceOutcome.of(packet.injection(), trace));
          if (!differences.isEmpty()) {
            return new Differs(session, number[0], packet.description(), differences);
          }
        }
      }
    }
    return new Passed(session);
  }

  private ReplaySession load(Build build) throws ReplayException {
    Loaded current = loaded;
    if (current != null && current.build.equals(build)) {
      current.session.reset();
      return current.session;
    }
    close();
    ReplaySession session =
        engine.open(
            new NodeSetup(build.config, build.endpoints, List.of(), List.of(), build.ctCapacity));
    loaded = new Loaded(build, session);
    return session;
  }

  @Override
  public void close() {
    Loaded current = loaded;
    loaded = null;
    if (current != null) {
      current.session.close();
    }
  }
}
