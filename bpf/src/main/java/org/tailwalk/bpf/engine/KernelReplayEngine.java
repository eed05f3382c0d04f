// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.engine;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tailwalk.bpf.elf.CollectionSpec;
import org.tailwalk.bpf.elf.DataFolding;
import org.tailwalk.bpf.elf.ElfFormatException;
import org.tailwalk.bpf.host.InProcessHost;
import org.tailwalk.bpf.host.KernelHost;
import org.tailwalk.bpf.host.RawSession;
import org.tailwalk.bpf.instrument.InstrumentOptions;
import org.tailwalk.bpf.load.LoadException;
import org.tailwalk.bpf.load.VerifierException;
import org.tailwalk.bpf.sys.SysException;
import org.tailwalk.engine.EngineUnavailableException;
import org.tailwalk.engine.NodeSetup;
import org.tailwalk.engine.ReplayEngine;
import org.tailwalk.engine.ReplayException;
import org.tailwalk.text.Message;
import org.tailwalk.text.Told;

/**
 * Runs packets through real programs by BPF_PROG_TEST_RUN. Sessions share one host, and with it one
 * thread; closing the engine ends them all.
 */
public final class KernelReplayEngine implements ReplayEngine, AutoCloseable {
  /** More entries than this no map gets: preallocated ones cost memory and load time. */
  public static final int MAX_ENTRIES = 1 << 17;

  private static final List<String> MACHINES = List.of("amd64", "x86_64", "aarch64", "arm64");
  private static final int MAX_STEPS_DOWN = 16;

  private final ObjectSource objects;
  private final LoadMode mode;
  private final int maxEntries;
  private final int keep;
  private final Deque<Loaded> parked = new ArrayDeque<>();
  private @Nullable KernelHost host;
  private @Nullable Asked asked;
  private boolean closed;

  /** Programs in the kernel and the plan they were loaded by. */
  private record Loaded(SessionPlan plan, CollectionSpec object, RawSession raw) {}

  private record Asked(CollectionSpec object, boolean template) {}

  /**
   * @param keep how many closed sessions' programs stay loaded until the engine closes, to be reset
   *     for a later session of the same build and endpoints; loading takes a hundred times longer
   */
  public KernelReplayEngine(ObjectSource objects, LoadMode mode, int maxEntries, int keep) {
    this.objects = objects;
    this.mode = mode;
    this.maxEntries = maxEntries;
    this.keep = keep;
  }

  /** Traced; what a session loaded goes when it closes. */
  public KernelReplayEngine(ObjectSource objects) {
    this(objects, LoadMode.TRACED, MAX_ENTRIES, 0);
  }

  @Override
  public String name() {
    return "kernel";
  }

  @Override
  public KernelReplaySession open(NodeSetup setup) throws ReplayException {
    CollectionSpec object = objects.object(setup.config());
    KernelHost where = host();
    Optional<Loaded> idle = unpark(setup, object);
    SessionPlan plan =
        idle.isPresent()
            ? idle.get().plan.reused(setup)
            : SessionPlan.of(setup, object, template(object), options(), maxEntries);
    RawSession raw = idle.isPresent() ? idle.get().raw : load(where, plan);
    boolean done = false;
    try {
      String description =
          "kernel %s, %s, %s"
              .formatted(
                  where.description(),
                  objects.name(setup.config()),
                  mode.name().toLowerCase(Locale.ROOT));
      KernelReplaySession session =
          KernelReplaySession.open(
              plan,
              raw,
              description,
              () -> objects.sources(setup.config()),
              idle.isEmpty(),
              () -> park(new Loaded(plan, object, raw)));
      done = true;
      return session;
    } catch (LoadException e) {
      throw new ReplayException("open session: " + e.getMessage(), e);
    } finally {
      if (!done) {
        raw.close();
      }
    }
  }

  /** Whether an object is a template: no endpoint changes that, and asking takes a while. */
  private synchronized boolean template(CollectionSpec object) throws ReplayException {
    Asked last = asked;
    if (last == null || last.object != object) {
      try {
        last = new Asked(object, DataFolding.isTemplate(object));
      } catch (ElfFormatException e) {
        throw new ReplayException(String.valueOf(e.getMessage()), e);
      }
      asked = last;
    }
    return last.template;
  }

  private synchronized Optional<Loaded> unpark(NodeSetup setup, CollectionSpec object) {
    for (Loaded loaded : parked) {
      if (loaded.object == object && loaded.plan.serves(setup)) {
        parked.remove(loaded);
        return Optional.of(loaded);
      }
    }
    return Optional.empty();
  }

  private void park(Loaded loaded) {
    Loaded out = loaded;
    synchronized (this) {
      if (keep > 0 && !closed) {
        parked.addLast(loaded);
        if (parked.size() <= keep) {
          return;
        }
        out = parked.removeFirst();
      }
    }
    out.raw.close();
  }

  private InstrumentOptions options() {
    return switch (mode) {
      case UNTOUCHED -> InstrumentOptions.untouched();
      case CLOCKED -> InstrumentOptions.clocked();
      case TRACED -> InstrumentOptions.traced();
    };
  }

  private static RawSession load(KernelHost host, SessionPlan plan) throws ReplayException {
    for (int i = 0; ; i++) {
      try {
        return host.load(plan.load(true));
      } catch (VerifierException e) {
        if (i == MAX_STEPS_DOWN || !plan.stepDown(e.program(), String.valueOf(e.getMessage()))) {
          throw new ReplayException(String.valueOf(e.getMessage()), e);
        }
      } catch (LoadException e) {
        String message = String.valueOf(e.getMessage());
        throw e.privilege()
            ? new EngineUnavailableException(message, e)
            : new ReplayException(message, e);
      }
    }
  }

  private synchronized KernelHost host() throws EngineUnavailableException {
    if (closed) {
      throw new IllegalStateException("the kernel engine is closed");
    }
    KernelHost open = host;
    if (open == null) {
      if (!System.getProperty("os.name").equals("Linux")) {
        throw new EngineUnavailableException(
            Message.of("wrong.engine.linux", System.getProperty("os.name")));
      }
      String machine = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
      if (!MACHINES.contains(machine)) {
        throw new EngineUnavailableException(Message.of("wrong.engine.machine", MACHINES, machine));
      }
      try {
        open = InProcessHost.open();
      } catch (SysException e) {
        throw new EngineUnavailableException(Message.of("wrong.engine", Told.of(e)), e);
      }
      host = open;
    }
    return open;
  }

  @Override
  public synchronized void close() {
    closed = true;
    parked.clear(); // the host closes every session
    if (host != null) {
      host.close();
      host = null;
    }
  }
}
