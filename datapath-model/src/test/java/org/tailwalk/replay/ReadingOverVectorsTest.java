// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.replay;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tailwalk.datapath.ModelReplayEngine;
import org.tailwalk.engine.ForwardingSession;
import org.tailwalk.engine.Injection;
import org.tailwalk.engine.NodeSetup;
import org.tailwalk.engine.Outcome;
import org.tailwalk.engine.ReplayEngine;
import org.tailwalk.engine.ReplayException;
import org.tailwalk.engine.ReplaySession;
import org.tailwalk.event.MapRole;
import org.tailwalk.event.Notification;
import org.tailwalk.event.PathEvent;
import org.tailwalk.event.PathTrace;
import org.tailwalk.event.Step;
import org.tailwalk.event.Verdict;
import org.tailwalk.packet.Frame;
import org.tailwalk.replay.json.ReplayJson;
import org.tailwalk.scenario.DatapathConfig;
import org.tailwalk.scenario.Era;
import org.tailwalk.scenario.Scenarios;
import org.tailwalk.schema.JsonSchema;
import org.tailwalk.vector.VectorException;
import org.tailwalk.vector.VectorFile;
import org.tailwalk.vector.VectorFiles;
import org.tailwalk.vector.VectorSession;
import org.tailwalk.vector.Verifier;

/** What is derived from a trace holds over every recorded session. */
final class ReadingOverVectorsTest {
  private final List<String> wrong = new ArrayList<>();
  private final TraceDiff diff =
      new TraceDiff(DatapathConfig.dual(Era.SEED), DatapathConfig.dual(Era.SEED));
  private final ReplayJson json = new ReplayJson(Scenarios.twoPods(), true, true);
  private int statuses;
  private int unheard;

  @ParameterizedTest
  @ValueSource(
      strings = {"fact-12", "fact-13", "tcp", "udp-icmp", "headers", "services", "policy-identity"})
  void derivedFactsAgreeWithWhatTheDatapathWroteDown(String file)
      throws ReplayException, IOException, VectorException {
    JsonSchema schema = JsonSchema.load("replay.schema.json");
    int run = 0;
    for (VectorSession session : VectorFile.read(VectorFiles.file(file))) {
      Watching engine = new Watching(new ModelReplayEngine());
      try (Verifier verifier = new Verifier(engine, List.of())) {
        verifier.run(List.of(session), _ -> {});
      }
      for (int i = 0; i < engine.traces.size(); i++) {
        PathTrace trace = engine.traces.get(i);
        check(session.id() + " packet " + (i + 1), trace);
        if (run++ % 17 == 0) {
          lines(engine.injections.get(i), trace, schema);
        }
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(run).isPositive();
    assertThat(statuses).isPositive();
    if (file.equals("fact-12")) {
      assertThat(unheard).isPositive();
    }
  }

  private void check(String where, PathTrace trace) {
    Reading reading = Reading.of(trace, Era.SEED);
    if (diff.compare(trace, trace).divergence() != null) {
      wrong.add(where + ": differs from itself");
    }
    boolean dropped =
        trace.events().stream()
            .anyMatch(e -> e instanceof PathEvent.Notified(_, Notification.Drop _));
    if (dropped != Boolean.TRUE.equals(reading.notified())) {
      wrong.add(where + ": notified " + reading.notified());
    }
    if (reading.verdict() instanceof Verdict.PassedUnpoliced && !dropped) {
      unheard += reading.unheard() ? 1 : 0;
      if (reading.dropReason() == null) {
        wrong.add(where + ": a raw code without a reason");
      }
    }
    List<Reading.CtLookup> inferred = Reading.of(withoutBuffers(trace), Era.SEED).ct();
    for (int i = 0; i < reading.ct().size(); i++) {
      Reading.CtLookup told = reading.ct().get(i);
      if (told.evidence() == Reading.Evidence.OBSERVED) {
        statuses++;
        if (told.status() != inferred.get(i).status()) {
          wrong.add(
              where + ": " + inferred.get(i) + " inferred, but " + told.status() + " written");
        }
      }
    }
  }

  /** The same trace as an engine would tell it that can't see the hand-over buffer. */
  private static PathTrace withoutBuffers(PathTrace trace) {
    List<Step> steps =
        trace.steps().stream()
            .filter(s ->
                !(s.event() instanceof PathEvent.MapEvent e
                    && (e.map().role() == MapRole.CT_BUFFER4
                        || e.map().role() == MapRole.CT_BUFFER6)))
            .toList();
    return new PathTrace(steps, trace.returnCode(), trace.frame(), trace.context(), trace.notes());
  }

  private void lines(Injection injection, PathTrace trace, JsonSchema schema) {
    LaneTrace lane = new LaneTrace(trace, Reading.of(trace, Era.SEED), List.of());
    String line =
        json.packet(
            new PacketReplay(
                injection.packet(),
                Frame.whole(injection.frame(), 0),
                new Placement.Run(injection, true, java.util.Set.of()),
                lane,
                null,
                TraceDiff.single(trace, true),
                null));
    assertThat(schema.errors(JsonParser.parseString(line))).as(line).isEmpty();
    assertThat(ReplayJson.trace(line, "kernel")).contains(trace);
  }

  /** An engine that keeps what it saw. */
  private static final class Watching implements ReplayEngine {
    final List<PathTrace> traces = new ArrayList<>();
    final List<Injection> injections = new ArrayList<>();
    private final ReplayEngine inner;

    Watching(ReplayEngine inner) {
      this.inner = inner;
    }

    @Override
    public String name() {
      return inner.name();
    }

    @Override
    public ReplaySession open(NodeSetup setup) throws ReplayException {
      return new ForwardingSession(inner.open(setup)) {
        @Override
        public Outcome run(Injection injection) throws ReplayException {
          Outcome outcome = super.run(injection);
          injections.add(injection);
          traces.add(outcome.trace());
          return outcome;
        }
      };
    }
  }
}
