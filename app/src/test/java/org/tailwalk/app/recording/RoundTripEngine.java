// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.recording;

import java.util.List;
import org.tailwalk.engine.ForwardingSession;
import org.tailwalk.engine.Injection;
import org.tailwalk.engine.NodeSetup;
import org.tailwalk.engine.Outcome;
import org.tailwalk.engine.ReplayEngine;
import org.tailwalk.engine.ReplayException;
import org.tailwalk.engine.ReplaySession;
import org.tailwalk.engine.Sweep;
import org.tailwalk.event.MapKey;
import org.tailwalk.event.MapRef;
import org.tailwalk.event.PathTrace;
import org.tailwalk.replay.recording.BlockReader;
import org.tailwalk.replay.recording.BlockWriter;

/**
 * An engine whose every trace is written, read back and compared: whatever drives it proves the
 * recording.
 */
final class RoundTripEngine implements ReplayEngine {
  private static final int BLOCK = 40;

  private final ReplayEngine engine;
  long packets;
  long bytes;

  RoundTripEngine(ReplayEngine engine) {
    this.engine = engine;
  }

  @Override
  public String name() {
    return engine.name();
  }

  @Override
  public ReplaySession open(NodeSetup setup) throws ReplayException {
    return new Session(engine.open(setup));
  }

  private final class Session extends ForwardingSession {
    private final java.util.List<Sent> pending = new java.util.ArrayList<>();

    private record Sent(Injection injection, PathTrace trace, List<Sweep> sweeps) {}

    Session(ReplaySession session) {
      super(session);
    }

    @Override
    public Outcome run(Injection i) throws ReplayException {
      PathTrace trace = super.run(i).trace();
      // Generators and vectors number as they like; a recording's numbers rise.
      Injection numbered =
          new Injection(
              pending.size() + 1,
              i.frame(),
              i.endpoint(),
              i.hook(),
              i.context(),
              i.ifindex(),
              i.ingressIfindex(),
              i.timeNanos(),
              i.random());
      pending.add(new Sent(numbered, trace, sweeps(i)));
      if (pending.size() == BLOCK) {
        check();
      }
      return Outcome.of(trace);
    }

    private List<Sweep> sweeps(Injection injection) throws ReplayException {
      List<Sweep.Collected> deleted =
          entries(MapRef.shared(org.tailwalk.event.MapRole.CT_TCP4)).stream()
              .map(e ->
                  new Sweep.Collected(
                      MapRef.shared(org.tailwalk.event.MapRole.CT_TCP4),
                      (MapKey.CtTuple) e.key(),
                      (org.tailwalk.event.MapValue.CtEntry) e.value()))
              .limit(3)
              .toList();
      long now = injection.timeNanos();
      return deleted.isEmpty()
          ? List.of()
          : List.of(new Sweep(now, now, 1, Sweep.Cause.INTERVAL, deleted, Long.MAX_VALUE));
    }

    private void check() throws ReplayException {
      BlockWriter writer = new BlockWriter();
      pending.forEach(s -> writer.add(s.injection, s.trace, s.sweeps));
      byte[] block = writer.toBytes();
      packets += pending.size();
      bytes += block.length;
      same(block, 1);
      same(block, 2);
      pending.clear();
    }

    /** Reads every {@code step}th packet, the others are passed over. */
    private void same(byte[] block, int step) throws ReplayException {
      BlockReader reader = new BlockReader(block);
      for (int i = 0; i < pending.size(); i++) {
        if (i % step != 0) {
          reader.skip();
          continue;
        }
        Sent sent = pending.get(i);
        BlockReader.Recorded read = reader.read(sent.injection);
        if (!read.trace().equals(sent.trace) || !read.sweeps().equals(sent.sweeps)) {
          throw new ReplayException("read back as " + read + ", written as " + sent);
        }
      }
      if (reader.number() != 0) {
        throw new ReplayException("something is left behind the last packet");
      }
    }

    @Override
    public void reset() throws ReplayException {
      check();
      super.reset();
    }

    @Override
    public void close() {
      try {
        check();
      } catch (ReplayException e) {
        throw new AssertionError(e);
      }
      super.close();
    }
  }
}
