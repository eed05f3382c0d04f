// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.engine;

import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.tailwalk.bpf.decode.MapLocator;
import org.tailwalk.bpf.decode.Mirror;
import org.tailwalk.bpf.decode.NotificationReader;
import org.tailwalk.bpf.decode.RunDecoder;
import org.tailwalk.bpf.decode.SiteTable;
import org.tailwalk.bpf.decode.TouchScan;
import org.tailwalk.bpf.host.LoadPlan;
import org.tailwalk.bpf.host.RawRun;
import org.tailwalk.bpf.host.RawSession;
import org.tailwalk.bpf.host.RunRequest;
import org.tailwalk.bpf.instrument.PointerProbe;
import org.tailwalk.bpf.load.BpfMap;
import org.tailwalk.bpf.load.LoadException;
import org.tailwalk.bpf.sys.Errno;
import org.tailwalk.engine.CodeListing;
import org.tailwalk.engine.Injection;
import org.tailwalk.engine.MapEntry;
import org.tailwalk.engine.MapOp;
import org.tailwalk.engine.Outcome;
import org.tailwalk.engine.ProgramGraph;
import org.tailwalk.engine.ReplayException;
import org.tailwalk.engine.ReplaySession;
import org.tailwalk.event.Field;
import org.tailwalk.event.MapRef;
import org.tailwalk.event.PathTrace;
import org.tailwalk.packet.Bytes;

/** A session of the kernel engine. */
public final class KernelReplaySession implements ReplaySession {
  private final SessionPlan plan;
  private final RawSession raw;
  private final String description;
  private final Supplier<Map<String, List<String>>> sources;
  private final MapLocator maps;
  private final Mirror mirror;
  private final NodeState state;
  private final TouchScan touch;
  private final RunDecoder decoder;
  private final RequestMaker requests;
  private final Runnable release;
  private final Undecoded undecoded = new Undecoded();
  private boolean mirrorStale;
  private boolean closed;

  private KernelReplaySession(
      SessionPlan plan,
      RawSession raw,
      String description,
      Supplier<Map<String, List<String>>> sources,
      Runnable release,
      Map<Long, String> pointers) {
    this.plan = plan;
    this.release = release;
    this.raw = raw;
    this.description = description;
    this.sources = sources;
    this.maps = new MapLocator(plan.load(true), plan.endpoints());
    this.mirror = new Mirror(maps, raw.cpu());
    this.state = new NodeState(plan, raw, maps, mirror);
    SiteTable sites = new SiteTable(plan.sites(), pointers);
    this.touch = new TouchScan(sites, maps);
    this.decoder = new RunDecoder(sites, mirror, NotificationReader.of(plan.original(0)));
    this.requests = new RequestMaker(plan);
  }

  /**
   * @param sources the source files behind the object
   * @param fresh whether the maps are still empty
   * @param release gives the raw session up: called once, when this one is closed
   */
  static KernelReplaySession open(
      SessionPlan plan,
      RawSession raw,
      String description,
      Supplier<Map<String, List<String>>> sources,
      boolean fresh,
      Runnable release)
      throws LoadException, ReplayException {
    KernelReplaySession session =
        new KernelReplaySession(plan, raw, description, sources, release, pointers(plan, raw));
    if (fresh) {
      session.state.begin();
    } else {
      session.state.reset();
    }
    return session;
  }

  /** Kernel addresses of maps, where trace points leave open which one they mean. */
  private static Map<Long, String> pointers(SessionPlan plan, RawSession raw) throws LoadException {
    Map<Long, String> all = new HashMap<>();
    for (int i = 0; i < plan.sites().size(); i++) {
      if (plan.sites().get(i).code().sites().isEmpty()) {
        continue;
      }
      PointerProbe probe = plan.probe(i);
      raw.run(RequestMaker.probe(i, probe.program().name()), RawRun.TouchReader.NONE);
      for (BpfMap.Entry entry : raw.entries(new LoadPlan.MapId(i, PointerProbe.MAP))) {
        all.putAll(probe.read(entry.value()));
      }
    }
    return all;
  }

  private void checkOpen() {
    if (closed) {
      throw new IllegalStateException("the session is closed");
    }
  }

  /** On the kernel's thread: a crossing to it for every packet costs ten times a packet's run. */
  @Override
  public void together(Runnable work) {
    checkOpen();
    raw.together(work);
  }

  @Override
  public PathTrace send(Injection injection) throws ReplayException {
    return run(injection).trace();
  }

  /** Runs a packet; its log is decoded when somebody asks, or before maps are read or written. */
  @Override
  public Outcome run(Injection injection) throws ReplayException {
    checkOpen();
    RequestMaker.Prepared prepared = requests.prepare(injection);
    if (prepared instanceof RequestMaker.Refused(String reason, String detail)) {
      return notRun(injection, reason, detail);
    }
    RequestMaker.Ready ready = (RequestMaker.Ready) prepared;
    RawRun run;
    try {
      if (mirrorStale) {
        undecoded.settle();
        state.readMirror();
        mirrorStale = false;
      }
      run = raw.run(ready.request(), touch);
      mirrorStale = run.overflow();
    } catch (LoadException e) {
      throw new ReplayException("packet " + injection.packet() + ": " + e.getMessage(), e);
    }
    if (run.errno() == Errno.ENODEV) {
      return notRun(
          injection,
          "no-interface",
          "no interface with index " + injection.ifindex() + " in the replay's namespace");
    }
    if (run.errno() != 0) {
      throw new ReplayException(
          "packet %d: run %s: %s"
              .formatted(
                  injection.packet(),
                  ready.request().program().program(),
                  Errno.name(run.errno())));
    }
    if (run.missed()) {
      return notRun(injection, "budget-spent", "no tail call was left to enter the program");
    }
    return undecoded.add(
        NotificationReader.maySignal(run.events()),
        () -> decoder.decode(run, injection, ready.sent(), ready.wrapped(), ready.notes()));
  }

  private static Outcome notRun(Injection injection, String reason, String detail) {
    return Outcome.of(PathTrace.notRun(reason, detail, injection.frame(), injection.context()));
  }

  /**
   * The throughput path: runs packets one after the other and hands out what each left, undecoded
   * and with nothing read again. The sink is called on the kernel's thread. Injections that cannot
   * be run are passed over.
   */
  public void sendRaw(Iterator<Injection> injections, Consumer<RawRun> sink)
      throws ReplayException {
    checkOpen();
    undecoded.settle();
    mirrorStale = true;
    Iterator<RunRequest> each =
        new Iterator<>() {
          private RunRequest next = advance();

          private RunRequest advance() {
            while (injections.hasNext()) {
              if (requests.prepare(injections.next()) instanceof RequestMaker.Ready ready) {
                return ready.request();
              }
            }
            return RequestMaker.END;
          }

          @Override
          public boolean hasNext() {
            return next != RequestMaker.END;
          }

          @Override
          public RunRequest next() {
            RunRequest now = next;
            next = advance();
            return now;
          }
        };
    try {
      raw.runAll(each, sink);
    } catch (LoadException e) {
      throw new ReplayException(String.valueOf(e.getMessage()), e);
    }
  }

  @Override
  public void apply(List<MapOp> ops) throws ReplayException {
    checkOpen();
    undecoded.settle();
    try {
      state.apply(ops);
    } catch (LoadException e) {
      throw new ReplayException("write maps: " + e.getMessage(), e);
    }
  }

  @Override
  public List<MapEntry> entries(MapRef map) throws ReplayException {
    checkOpen();
    undecoded.settle();
    try {
      return state.entries(map);
    } catch (LoadException e) {
      throw new ReplayException("read map: " + e.getMessage(), e);
    }
  }

  @Override
  public List<MapRef> maps() {
    return state.maps();
  }

  @Override
  public List<Field> fields(MapRef map, boolean key, Bytes bytes) {
    return MapTypes.of(plan.original(0), map.name(), key)
        .fields(bytes)
        .orElseGet(() -> ReplaySession.super.fields(map, key, bytes));
  }

  @Override
  public void reset() throws ReplayException {
    checkOpen();
    undecoded.settle();
    try {
      state.reset();
      mirrorStale = false;
    } catch (LoadException e) {
      throw new ReplayException("reset session: " + e.getMessage(), e);
    }
  }

  @Override
  public Map<MapRef, Integer> evicting() {
    return plan.evicting();
  }

  @Override
  public ProgramGraph graph() {
    return plan.graph();
  }

  @Override
  public CodeListing code() {
    return plan.code(sources.get());
  }

  @Override
  public String description() {
    return description;
  }

  /** What is recorded less than asked, and why. */
  public List<String> remarks() {
    return plan.remarks();
  }

  /** The raw session, for what needs kernel ids: a comparison with another runner. */
  public RawSession raw() {
    return raw;
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      release.run();
    }
  }
}
