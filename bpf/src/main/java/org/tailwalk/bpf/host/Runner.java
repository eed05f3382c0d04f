// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.host;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tailwalk.bpf.instrument.ReplayClockMap;
import org.tailwalk.bpf.instrument.TraceLog;
import org.tailwalk.bpf.load.BpfMap;
import org.tailwalk.bpf.load.Collection;
import org.tailwalk.bpf.load.LoadException;
import org.tailwalk.bpf.load.Program;
import org.tailwalk.bpf.sys.Fd;
import org.tailwalk.bpf.sys.NativeBuffer;
import org.tailwalk.bpf.sys.PerfRing;
import org.tailwalk.bpf.sys.SysException;
import org.tailwalk.bpf.sys.TestRun;

/** Runs one program after another with what they write to at hand. For the pinned thread alone. */
final class Runner implements AutoCloseable {
  private static final int RING_PAGES = 64;
  private static final byte[] NOTHING = {};
  private static final int JIFFIES_PER_SECOND = 1000;
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private final TestRun run = new TestRun();
  private final int cpu;
  private final List<BpfMap> eventMaps = new ArrayList<>();
  private final List<AutoCloseable> resources = new ArrayList<>();
  private @Nullable NativeBuffer log;
  private @Nullable NativeBuffer clock;
  private @Nullable PerfRing ring;
  private @Nullable Collection wrapper;
  private @Nullable NativeBuffer control;
  private final Map<Fd, Integer> entrySlots = new HashMap<>();

  private Runner(int cpu) {
    this.cpu = cpu;
    resources.add(run);
  }

  static Runner open(LoadPlan plan, Map<String, BpfMap> shared, int cpu) throws LoadException {
    Runner runner = new Runner(cpu);
    boolean done = false;
    try {
      runner.log = runner.map(shared.get(TraceLog.MAP));
      runner.clock = runner.map(shared.get(ReplayClockMap.MAP));
      runner.openRing(plan, shared);
      if (plan.wrap()) {
        runner.wrap();
      }
      done = true;
      return runner;
    } finally {
      if (!done) {
        runner.close();
      }
    }
  }

  private @Nullable NativeBuffer map(@Nullable BpfMap map) throws LoadException {
    if (map == null) {
      return null;
    }
    NativeBuffer memory = map.mmap();
    resources.add(memory);
    return memory;
  }

  private void openRing(LoadPlan plan, Map<String, BpfMap> shared) throws LoadException {
    for (String symbol : plan.eventMaps()) {
      BpfMap map = shared.get(symbol);
      if (map != null) {
        eventMaps.add(map);
      }
    }
    if (eventMaps.isEmpty()) {
      return;
    }
    try {
      ring = PerfRing.open(cpu, RING_PAGES);
    } catch (SysException e) {
      throw new LoadException("perf ring of map \"" + eventMaps.getFirst().name() + "\"", e);
    }
    resources.add(ring);
    listen();
  }

  /** Points the event maps at the ring. */
  void listen() throws LoadException {
    PerfRing open = ring;
    if (open != null) {
      for (BpfMap map : eventMaps) {
        map.putFd(cpu, open.fd());
      }
    }
  }

  private void wrap() throws LoadException {
    Collection loaded = Collection.load(Wrapper.spec(), Map.of());
    resources.add(loaded);
    entries(loaded).putFd(Wrapper.BURNER_SLOT, loaded.program(Wrapper.BURNER).fd());
    control = map(loaded.map(Wrapper.CONTROL).orElseThrow());
    wrapper = loaded;
  }

  private static BpfMap entries(Collection wrapper) {
    return wrapper.map(Wrapper.ENTRIES).orElseThrow();
  }

  RawRun run(RunRequest request, Program program) throws LoadException {
    SkbContext in = request.context();
    byte[] frame = request.frame();
    run.input().put(0, frame);
    NativeBuffer context = run.context();
    context
        .putInt(SkbContext.MARK_AT, in.mark())
        .putInt(SkbContext.IFINDEX_AT, in.ifindex())
        .putInt(SkbContext.INGRESS_IFINDEX_AT, in.ingressIfindex());
    for (int i = 0; i < 5; i++) {
      context.putInt(SkbContext.CB_AT + 4 * i, in.cb()[i]);
    }
    if (log != null) {
      log.putLong(TraceLog.POSITION, 0);
    }
    if (clock != null) {
      long seconds = request.timeNanos() / NANOS_PER_SECOND;
      long rest = request.timeNanos() % NANOS_PER_SECOND;
      clock
          .putLong(ReplayClockMap.NANOSECONDS, request.timeNanos())
          .putLong(
              ReplayClockMap.JIFFIES,
              seconds * JIFFIES_PER_SECOND + rest * JIFFIES_PER_SECOND / NANOS_PER_SECOND)
          .putInt(ReplayClockMap.RANDOM, request.random());
    }
    Fd entry = program.fd();
    boolean wrapped = request.entry() == RunRequest.Entry.WRAPPED;
    if (wrapped) {
      entry = prepareWrapper(request, program);
    } else if (request.length() != frame.length || request.burn() != 0) {
      throw new IllegalArgumentException("only the wrapper trims frames and spends tail calls");
    }
    int errno = run.run(entry, frame.length);
    return collect(errno, wrapped);
  }

  private Fd prepareWrapper(RunRequest request, Program program) throws LoadException {
    Collection loaded = wrapper;
    NativeBuffer ctl = control;
    if (loaded == null || ctl == null) {
      throw new IllegalStateException("the plan asked for no wrapper");
    }
    Integer slot = entrySlots.get(program.fd());
    if (slot == null) {
      slot = entrySlots.size() + 1;
      entries(loaded).putFd(slot, program.fd());
      entrySlots.put(program.fd(), slot);
    }
    boolean trim = request.length() != request.frame().length;
    boolean burn = request.burn() > 1;
    ctl.putInt(Wrapper.LENGTH, trim ? request.length() : 0)
        .putInt(Wrapper.TC_INDEX, request.context().tcIndex())
        .putInt(Wrapper.QUEUE_MAPPING, request.context().queueMapping())
        .putInt(Wrapper.FIRST_SLOT, burn ? Wrapper.BURNER_SLOT : slot)
        .putInt(Wrapper.ENTRY_SLOT, slot)
        .putInt(Wrapper.BURN, burn ? request.burn() - 1 : 0)
        .putInt(Wrapper.MISSED, 0)
        .putInt(Wrapper.TRIM_RESULT, 0);
    return loaded.program(Wrapper.MAIN).fd();
  }

  private RawRun collect(int errno, boolean wrapped) {
    long lostBefore = ring == null ? 0 : ring.lost();
    List<byte[]> events = new ArrayList<>();
    if (ring != null) {
      ring.drain(events::add);
    }
    if (errno != 0) {
      return RawRun.refused(errno);
    }
    byte[] records = NOTHING;
    boolean overflow = false;
    if (log != null) {
      long position = log.getLong(TraceLog.POSITION);
      overflow = position > TraceLog.CAPACITY;
      records = log.bytes(TraceLog.HEADER, (int) Math.min(position, TraceLog.CAPACITY));
    }
    NativeBuffer out = run.contextOut();
    int[] cb = new int[5];
    for (int i = 0; i < 5; i++) {
      cb[i] = out.getInt(SkbContext.CB_AT + 4 * i);
    }
    NativeBuffer ctl = wrapped ? control : null;
    SkbContext context =
        new SkbContext(
            out.getInt(SkbContext.MARK_AT),
            cb,
            out.getInt(SkbContext.IFINDEX_AT),
            out.getInt(SkbContext.INGRESS_IFINDEX_AT),
            ctl == null ? 0 : ctl.getInt(Wrapper.TC_INDEX_OUT),
            ctl == null ? 0 : ctl.getInt(Wrapper.QUEUE_MAPPING_OUT),
            ctl == null ? 0 : ctl.getInt(Wrapper.PKT_TYPE_OUT) & 7);
    return new RawRun(
        0,
        run.returnCode(),
        run.output().bytes(0, run.outputLength()),
        context,
        ctl == null ? 0 : ctl.getInt(Wrapper.PKT_TYPE_BEFORE) & 7,
        ctl != null && (ctl.getInt(Wrapper.MISSED) != 0 || ctl.getInt(Wrapper.TRIM_RESULT) != 0),
        records,
        overflow,
        events,
        ring == null ? 0 : ring.lost() - lostBefore,
        List.of());
  }

  @Override
  public void close() {
    for (AutoCloseable resource : resources.reversed()) {
      try {
        resource.close();
      } catch (Exception e) {
        throw new IllegalStateException("close kernel session", e);
      }
    }
  }
}
