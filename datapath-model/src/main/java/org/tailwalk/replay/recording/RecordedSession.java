// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.replay.recording;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tailwalk.engine.Injection;
import org.tailwalk.engine.MapEntry;
import org.tailwalk.engine.MapOp;
import org.tailwalk.engine.NodeSetup;
import org.tailwalk.engine.ProgramGraph;
import org.tailwalk.engine.ReplayException;
import org.tailwalk.engine.ReplaySession;
import org.tailwalk.engine.Sweep;
import org.tailwalk.event.MapKey;
import org.tailwalk.event.MapRef;
import org.tailwalk.event.MapValue;
import org.tailwalk.event.PathEvent;
import org.tailwalk.event.PathTrace;
import org.tailwalk.event.Step;

/**
 * A lane that gives what was recorded. Its maps are what the scenario put there, changed by what
 * the traces and sweeps say: they are those of the lane that ran as long as packets come in order.
 */
final class RecordedSession implements ReplaySession {
  private final RecordedLane lane;
  private final NodeSetup setup;
  private final Map<MapRef, Map<MapKey, MapValue>> maps = new HashMap<>();
  private @Nullable BlockReader reader;
  private int block = -1;
  private List<Sweep> sweeps = List.of();

  RecordedSession(RecordedLane lane, NodeSetup setup) {
    this.lane = lane;
    this.setup = setup;
    apply(setup.state());
  }

  @Override
  public PathTrace send(Injection injection) throws ReplayException {
    BlockReader at = seek(injection.packet());
    BlockReader.Recorded recorded;
    try {
      recorded = at.read(injection);
    } catch (RecordingException e) {
      reader = null;
      throw broken(e);
    }
    sweeps = recorded.sweeps();
    sweeps.stream().filter(s -> s.cause() != Sweep.Cause.SIGNAL).forEach(this::collect);
    for (Step step : recorded.trace().steps()) {
      if (step.event() instanceof PathEvent.Changed changed) {
        write(changed.map(), changed.key(), changed.after());
      }
    }
    sweeps.stream().filter(s -> s.cause() == Sweep.Cause.SIGNAL).forEach(this::collect);
    return recorded.trace();
  }

  private BlockReader seek(long packet) throws RecordingException {
    List<Long> starts = lane.firstPackets();
    BlockReader at = reader;
    if (at == null || at.number() == 0 || at.number() > packet || next(starts) <= packet) {
      block = holder(starts, packet);
      if (block < 0) {
        throw missing(packet);
      }
      byte[] bytes = lane.blocks().block(block);
      try {
        at = new BlockReader(bytes);
      } catch (RecordingException e) {
        throw broken(e);
      }
      reader = at;
    }
    try {
      while (at.number() != 0 && at.number() < packet) {
        at.skip();
      }
    } catch (RecordingException e) {
      reader = null;
      throw broken(e);
    }
    if (at.number() != packet) {
      throw missing(packet);
    }
    return at;
  }

  /** Which recording, and where in it. */
  private RecordingException broken(RecordingException e) {
    return new RecordingException(
        "recording of \"%s\": block %d: %s".formatted(lane.runs(), block + 1, e.getMessage()), e);
  }

  private long next(List<Long> starts) {
    return block + 1 < starts.size() ? starts.get(block + 1) : Long.MAX_VALUE;
  }

  /** The last block that begins at or before a packet, -1 where none does. */
  private static int holder(List<Long> starts, long packet) {
    int low = 0;
    int high = starts.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (starts.get(middle) <= packet) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low - 1;
  }

  private static RecordingException missing(long packet) {
    return new RecordingException(
        "packet " + packet + " is not in the recording: the capture or the scenario has changed");
  }

  private void collect(Sweep sweep) {
    sweep.deleted().forEach(d -> write(d.map(), d.tuple(), null));
  }

  private void write(MapRef map, MapKey key, @Nullable MapValue value) {
    Map<MapKey, MapValue> entries = maps.computeIfAbsent(map, _ -> new HashMap<>());
    if (value == null) {
      entries.remove(key);
    } else {
      entries.put(key, value);
    }
  }

  @Override
  public List<Sweep> recordedSweeps() {
    return sweeps;
  }

  @Override
  public void apply(List<MapOp> ops) {
    for (MapOp op : ops) {
      switch (op) {
        case MapOp.Put(MapRef map, MapKey key, MapValue value) -> write(map, key, value);
        case MapOp.Delete(MapRef map, MapKey key) -> write(map, key, null);
        case MapOp.EmptySlot _, MapOp.FillSlot _ -> {
          // Program arrays act inside the traces.
        }
      }
    }
  }

  @Override
  public List<MapEntry> entries(MapRef map) {
    List<MapEntry> entries = new ArrayList<>();
    maps.getOrDefault(map, Map.of()).forEach((k, v) -> entries.add(new MapEntry(k, v)));
    return entries;
  }

  @Override
  public List<MapRef> maps() {
    return List.copyOf(maps.keySet());
  }

  @Override
  public void reset() {
    maps.clear();
    reader = null;
    sweeps = List.of();
    apply(setup.state());
  }

  @Override
  public ProgramGraph graph() {
    return lane.graph();
  }

  @Override
  public String description() {
    return lane.runs() + ", recorded";
  }

  @Override
  public void close() {
    reader = null;
  }
}
