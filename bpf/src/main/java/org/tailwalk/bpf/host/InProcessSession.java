// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.host;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.tailwalk.bpf.elf.CollectionSpec;
import org.tailwalk.bpf.elf.MapSpec;
import org.tailwalk.bpf.elf.MapType;
import org.tailwalk.bpf.instrument.TraceLog;
import org.tailwalk.bpf.load.BpfMap;
import org.tailwalk.bpf.load.Collection;
import org.tailwalk.bpf.load.LoadException;
import org.tailwalk.bpf.load.Program;
import org.tailwalk.bpf.sys.SysException;
import org.tailwalk.event.MapRole;

/** A session on the pinned thread: every call here hands its work to that thread and waits. */
final class InProcessSession implements RawSession {
  /** Packets that cross to the kernel's thread at once, and how many such batches wait there. */
  private static final int BATCH = 256;

  private static final int BATCHES_AHEAD = 3;

  private final PinnedThread thread;
  private final int cpu;
  private final Map<String, BpfMap> shared = new LinkedHashMap<>();
  private final List<Collection> instances = new ArrayList<>();
  private @Nullable Runner runner;
  private boolean closed;

  private InProcessSession(PinnedThread thread, int cpu) {
    this.thread = thread;
    this.cpu = cpu;
  }

  /** Called on the pinned thread. */
  static InProcessSession load(LoadPlan plan, PinnedThread thread, int cpu) throws IOException {
    InProcessSession session = new InProcessSession(thread, cpu);
    boolean done = false;
    try {
      for (MapSpec map : plan.shared()) {
        session.shared.put(map.name(), Collection.createMap(map));
      }
      for (CollectionSpec spec : plan.instances()) {
        session.instances.add(Collection.load(spec, session.shared));
      }
      session.runner = Runner.open(plan, session.shared, cpu);
      done = true;
      return session;
    } finally {
      if (!done) {
        session.release();
      }
    }
  }

  private <T> T onThread(PinnedThread.Task<T> task) throws LoadException {
    return await(thread.submit(task));
  }

  private static <T> T await(Future<T> task) throws LoadException {
    try {
      return PinnedThread.await(task);
    } catch (LoadException e) {
      throw e;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private Runner runner() {
    Runner open = runner;
    if (closed || open == null) {
      throw new IllegalStateException("the session is closed");
    }
    return open;
  }

  private Program program(LoadPlan.ProgramId id) {
    return instances.get(id.instance()).program(id.program());
  }

  private @Nullable BpfMap map(LoadPlan.MapId id) {
    return id.instance() == LoadPlan.SHARED
        ? shared.get(id.symbol())
        : instances.get(id.instance()).map(id.symbol()).orElse(null);
  }

  private BpfMap need(LoadPlan.MapId id) throws LoadException {
    BpfMap map = map(id);
    if (map == null) {
      throw new LoadException("map \"" + id.symbol() + "\": the session has none", 0);
    }
    return map;
  }

  @Override
  public RawRun run(RunRequest request, RawRun.TouchReader touch) throws LoadException {
    return onThread(() -> runHere(request, touch));
  }

  private RawRun runHere(RunRequest request, RawRun.TouchReader touch) throws LoadException {
    RawRun run = runner().run(request, program(request.program()));
    List<RawRun.Cell> wanted = touch.touched(run.log());
    if (wanted.isEmpty()) {
      return run;
    }
    List<RawRun.Cell> cells = new ArrayList<>(wanted.size());
    for (RawRun.Cell cell : wanted) {
      byte[] value = need(cell.map()).lookup(cell.key()).orElse(null);
      cells.add(new RawRun.Cell(cell.map(), cell.key(), value));
    }
    return run.with(cells);
  }

  @Override
  public void runAll(Iterator<RunRequest> requests, Consumer<RawRun> sink) throws LoadException {
    Deque<Future<Boolean>> running = new ArrayDeque<>();
    try {
      while (requests.hasNext()) {
        List<RunRequest> batch = new ArrayList<>(BATCH);
        while (batch.size() < BATCH && requests.hasNext()) {
          batch.add(requests.next());
        }
        running.addLast(thread.submit(() -> runBatch(batch, sink)));
        if (running.size() > BATCHES_AHEAD) {
          await(running.removeFirst());
        }
      }
      while (!running.isEmpty()) {
        await(running.removeFirst());
      }
    } finally {
      running.forEach(batch -> batch.cancel(false));
      if (!running.isEmpty()) {
        // The one that runs goes on: nothing comes to the sink once this has returned.
        await(thread.submit(() -> true));
      }
    }
  }

  private boolean runBatch(List<RunRequest> batch, Consumer<RawRun> sink) throws LoadException {
    Runner open = runner();
    for (RunRequest request : batch) {
      sink.accept(open.run(request, program(request.program())));
    }
    return true;
  }

  @Override
  public void together(Runnable work) {
    try {
      thread.call(() -> {
        work.run();
        return true;
      });
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void write(List<MapWrite> writes) throws LoadException {
    onThread(() -> {
      for (MapWrite write : writes) {
        write(write);
      }
      return true;
    });
  }

  private void write(MapWrite write) throws LoadException {
    switch (write) {
      case MapWrite.Put(var id, var entries) -> {
        BpfMap map = need(id);
        boolean counted = MapRole.ofSymbol(id.symbol()) == MapRole.METRICS;
        map.updateAll(entries.stream().map(e -> spread(map, e, counted)).toList());
      }
      case MapWrite.Delete(var id, var keys) -> {
        BpfMap map = need(id);
        for (byte[] key : keys) {
          map.delete(key);
        }
      }
      case MapWrite.Clear(var id) -> need(id).clear();
      case MapWrite.FillSlot(var array, int slot, var program) ->
          need(array).putFd(slot, program(program).fd());
      case MapWrite.EmptySlot(var array, int slot) -> need(array).removeFd(slot);
      case MapWrite.Listen() -> runner().listen();
    }
  }

  /** Counters are read as a sum over the CPUs: one of them gets it all. */
  private BpfMap.Entry spread(BpfMap map, BpfMap.Entry entry, boolean counted) {
    if (!MapType.isPerCpu(map.type())) {
      return entry;
    }
    byte[] all = new byte[map.userValueSize()];
    int stride = (map.valueSize() + 7) / 8 * 8;
    int from = counted ? cpu * stride : 0;
    int to = counted ? from + stride : all.length;
    for (int at = from; at < to; at += stride) {
      System.arraycopy(entry.value(), 0, all, at, entry.value().length);
    }
    return new BpfMap.Entry(entry.key(), all);
  }

  @Override
  public List<BpfMap.Entry> entries(LoadPlan.MapId id) throws LoadException {
    return onThread(() -> {
      BpfMap map = map(id);
      return map == null ? List.of() : map.entries();
    });
  }

  @Override
  public int cpu() {
    return cpu;
  }

  @Override
  public KernelIds ids(LoadPlan.ProgramId program) throws LoadException {
    return onThread(
        () -> new KernelIds(program(program).id(), id(TraceLog.MAP), id(MapRole.EVENTS.symbol())));
  }

  private int id(String symbol) throws SysException {
    BpfMap map = shared.get(symbol);
    return map == null ? 0 : map.id();
  }

  boolean closed() {
    return closed;
  }

  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    try {
      thread.call(() -> {
        release();
        return true;
      });
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private void release() {
    closed = true;
    if (runner != null) {
      runner.close();
    }
    instances.forEach(Collection::close);
    shared.values().forEach(BpfMap::close);
  }
}
