// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.replay;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tailwalk.controlplane.Collector;
import org.tailwalk.controlplane.NodeCompiler;
import org.tailwalk.engine.Injection;
import org.tailwalk.engine.MapOp;
import org.tailwalk.engine.Outcome;
import org.tailwalk.engine.ReplayEngine;
import org.tailwalk.engine.ReplayException;
import org.tailwalk.engine.ReplaySession;
import org.tailwalk.engine.Sweep;
import org.tailwalk.event.Notification;
import org.tailwalk.event.PathEvent;
import org.tailwalk.event.PathTrace;
import org.tailwalk.event.Step;
import org.tailwalk.scenario.DatapathConfig;
import org.tailwalk.scenario.Scenario;
import org.tailwalk.text.Message;

/**
 * One lane of a replay: an engine's session with the collector that keeps its maps. One thread at a
 * time sends packets; what they did may be read by another one beside it, in the order of sending.
 */
final class ReplayLane {
  private final String name;
  private final boolean isKernel;
  private final ReplaySession session;
  private final DatapathConfig config;
  private final FillWatch fill;
  private Collector collector;
  private boolean used;

  /** Whether entries are counted: in runs from the first packet on. */
  private boolean watching;

  /** Writes before the next packet's first program. */
  private List<MapOp> pending = List.of();

  /** The maps are as they are before this packet; 0 when that isn't known. */
  private long before;

  private ReplayLane(
      boolean isKernel, ReplaySession session, DatapathConfig config, Collector collector) {
    this.name = isKernel ? "kernel" : "model";
    this.isKernel = isKernel;
    this.session = session;
    this.config = config;
    this.collector = collector;
    this.fill = new FillWatch(session.evicting());
  }

  /**
   * Opens an engine on the machine that a scenario describes.
   *
   * @param config the datapath's, as this lane is to run it
   */
  static ReplayLane open(
      Scenario scenario, DatapathConfig config, ReplayEngine engine, boolean isKernel)
      throws ReplayException {
    return new ReplayLane(
        isKernel,
        engine.open(NodeCompiler.compile(scenario, config)),
        config,
        collector(scenario, config));
  }

  private static Collector collector(Scenario scenario, DatapathConfig config) {
    return new Collector(scenario.settings().gc(), config, scenario.node().endpoints().size());
  }

  /** Which lane this is, for people. */
  String name() {
    return name;
  }

  /** Whether real programs run here, and not the model. */
  boolean isKernel() {
    return isKernel;
  }

  /** Where packets go in. */
  ReplaySession session() {
    return session;
  }

  /** What to tell when a map has filled; empty so far. */
  Optional<Message> full() {
    return fill.full();
  }

  /** The maps are as they are before this packet: the next replay may go on from there. */
  void standsBefore(long packet) {
    before = packet;
  }

  /** Makes ready for a run from the first packet on. */
  void prepare(Scenario scenario) throws ReplayException {
    fill.reset(NodeCompiler.compile(scenario, config).state());
    watching = true;
    if (used) {
      before = 0;
      session.reset();
      collector = collector(scenario, config);
    }
    used = true;
    pending = List.of();
  }

  /** Makes ready for a run from {@code packet} on, with the maps as {@code state} has them. */
  void prepare(Scenario scenario, long packet, ResumePoint.LaneState state) throws ReplayException {
    // What filled the maps was seen by the run that this one goes on from.
    watching = false;
    List<MapOp> near = used && before > 0 ? state.fromBefore(before).orElse(null) : null;
    before = 0;
    if (near == null) {
      if (used) {
        session.reset();
      }
      near = state.fromStart();
    }
    used = true;
    if (!near.isEmpty()) {
      session.apply(near);
    }
    collector = collector(scenario, config);
    pending = state.behindSweeps();
    state.lastSweep().ifPresent(s -> collector.resume(s.lastNanos(), s.nextNanos()));
  }

  /**
   * A packet that has run in this lane.
   *
   * @param packet its number
   * @param sweeps of the collector around it
   */
  record Sent(long packet, Outcome outcome, List<Sweep> sweeps) {}

  /** Sweeps as far as the packet's time, then runs the packet. */
  Sent send(Injection injection) throws ReplayException {
    before = 0;
    long packet = injection.packet();
    if (session.recordedSweeps() != null) {
      Outcome outcome = session.run(injection);
      List<Sweep> recorded = session.recordedSweeps();
      return new Sent(packet, outcome, recorded == null ? List.of() : recorded);
    }
    List<Sweep> sweeps = new ArrayList<>(collector.advance(injection.timeNanos(), session));
    if (!pending.isEmpty()) {
      session.apply(pending);
      pending = List.of();
    }
    Outcome outcome = session.run(injection);
    if (outcome.urgent()) {
      for (Step step : outcome.trace().steps()) {
        if (step.event() instanceof PathEvent.Notified(_, Notification.Signal signal)
            && signal.number() == 1) {
          // Told with the next packet's sweeps would be too late for its time: it belongs here.
          collector
              .signalled(injection.timeNanos(), signal.proto() == 1, session)
              .ifPresent(sweeps::add);
          break;
        }
      }
    }
    return new Sent(packet, outcome, sweeps);
  }

  /** What a packet did, and what that means. */
  LaneTrace read(Sent sent) {
    PathTrace trace = sent.outcome.trace();
    LaneTrace lane = new LaneTrace(trace, Reading.of(trace, config.era()), sent.sweeps);
    if (watching) {
      fill.see(sent.packet, lane);
    }
    return lane;
  }
}
