// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.cli;

import java.util.List;
import org.tailwalk.engine.EngineUnavailableException;
import org.tailwalk.engine.Injection;
import org.tailwalk.engine.MapEntry;
import org.tailwalk.engine.MapOp;
import org.tailwalk.engine.NodeSetup;
import org.tailwalk.engine.ProgramGraph;
import org.tailwalk.engine.ReplayEngine;
import org.tailwalk.engine.ReplayException;
import org.tailwalk.engine.ReplaySession;
import org.tailwalk.event.Hook;
import org.tailwalk.event.MapKey;
import org.tailwalk.event.MapRef;
import org.tailwalk.event.MapRole;
import org.tailwalk.event.MapValue;
import org.tailwalk.event.MetricDirection;
import org.tailwalk.event.Notification;
import org.tailwalk.event.PathEvent;
import org.tailwalk.event.PathTrace;
import org.tailwalk.event.ProgramRef;
import org.tailwalk.event.SourceRef;
import org.tailwalk.event.TraceBuilder;
import org.tailwalk.packet.Bytes;
import org.tailwalk.packet.IpAddress;

/**
 * An engine with three answers: GRE is dropped with or without a notification, everything else goes
 * to the stack. Enough to test what is done with traces.
 *
 * @param name kernel or model
 * @param mood what it does
 */
record ScriptedEngine(String name, Mood mood) implements ReplayEngine {
  enum Mood {
    NOTIFIES,
    SILENT,
    UNAVAILABLE,
    BROKEN
  }

  @Override
  public ReplaySession open(NodeSetup setup) throws ReplayException {
    if (mood == Mood.UNAVAILABLE) {
      throw new EngineUnavailableException("bpf(2): EPERM: this process lacks CAP_BPF");
    }
    return new Session();
  }

  private final class Session implements ReplaySession {
    @Override
    public PathTrace send(Injection injection) throws ReplayException {
      if (mood == Mood.BROKEN) {
        throw new ReplayException("test run: EINVAL");
      }
      int ep = injection.endpoint();
      ProgramRef entry = new ProgramRef(ep, injection.hook().programId());
      ProgramRef lookup = ProgramRef.call(ep, 29);
      TraceBuilder trace =
          new TraceBuilder(injection.hook(), injection.frame(), injection.context());
      MapRef calls = MapRef.of(MapRole.CALLS, ep);
      trace.add(new PathEvent.Entered(entry, null));
      trace.add(
          new PathEvent.TailCallTaken(entry, calls, 29),
          new SourceRef("cil_from_container", 12, "lxc.bpf.c", 77, "tail_call"));
      trace.add(new PathEvent.Entered(lookup, injection.context()));
      boolean gre = injection.frame().length() > 23 && injection.frame().at(23) == 47;
      if (!gre) {
        return passes(injection, lookup, trace);
      }
      if (mood == Mood.SILENT) {
        return trace
            .add(new PathEvent.Returned(lookup, -137))
            .finish(-137, injection.frame(), injection.context());
      }
      MapKey key = new MapKey.MetricsKey(137, MetricDirection.EGRESS);
      MapRef metrics = MapRef.shared(MapRole.METRICS);
      trace.add(new PathEvent.LookedUp(lookup, metrics, key, false, null));
      trace.change(metrics, key, null, new MapValue.MetricsEntry(1, injection.frame().length()));
      trace.add(new PathEvent.TailCallTaken(lookup, calls, 1));
      ProgramRef drop = ProgramRef.call(ep, 1);
      trace.add(new PathEvent.Entered(drop, null));
      trace.add(
          new PathEvent.Notified(
              drop,
              new Notification.Drop(
                  ep, 137, injection.frame().length(), 1000, 0, 0, 1, 2, 0, 1, injection.frame())));
      return trace
          .add(new PathEvent.Returned(drop, 2))
          .finish(2, injection.frame(), injection.context());
    }

    private PathTrace passes(Injection injection, ProgramRef program, TraceBuilder trace) {
      MapRef ct = MapRef.shared(MapRole.CT_ANY4);
      MapKey key =
          new MapKey.CtTuple(
              IpAddress.parse("10.0.0.1"), IpAddress.parse("192.0.2.10"), 53, 40000, 17, 0);
      trace.add(new PathEvent.LookedUp(program, ct, key, false, null));
      MapValue entry = new MapValue.CtEntry(0, 0, 1, 60, 1060, 16, 0, 0, 2, 0, 1000, 1000, 0);
      trace.add(new PathEvent.Updated(program, ct, key, entry, 0));
      trace.change(ct, key, null, entry);
      byte[] frame = injection.frame().toArray();
      if (injection.hook() == Hook.FROM_CONTAINER && frame.length > 22) {
        frame[22]--;
      }
      return trace
          .add(new PathEvent.Returned(program, 0))
          .note("checksum-not-verified")
          .finish(0, Bytes.copyOf(frame), injection.context());
    }

    @Override
    public void apply(List<MapOp> ops) {}

    @Override
    public List<MapEntry> entries(MapRef map) {
      return List.of();
    }

    @Override
    public void reset() {}

    @Override
    public ProgramGraph graph() {
      return new ProgramGraph(List.of(), List.of());
    }

    @Override
    public String description() {
      return name + " scripted";
    }

    @Override
    public void close() {}
  }
}
