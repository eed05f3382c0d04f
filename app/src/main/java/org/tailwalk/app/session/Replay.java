// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.session;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import org.tailwalk.app.text.Texts;
import org.tailwalk.app.walk.Tally;
import org.tailwalk.engine.CodeListing;
import org.tailwalk.engine.EngineUnavailableException;
import org.tailwalk.engine.ProgramGraph;
import org.tailwalk.engine.ReplayEngine;
import org.tailwalk.engine.ReplayException;
import org.tailwalk.engine.ReplaySession;
import org.tailwalk.event.Field;
import org.tailwalk.event.MapRef;
import org.tailwalk.event.MapRole;
import org.tailwalk.event.PathEvent;
import org.tailwalk.packet.Bytes;
import org.tailwalk.replay.AlignedStep;
import org.tailwalk.replay.CaptureReplay;
import org.tailwalk.replay.FrameSource;
import org.tailwalk.replay.PacketReplay;
import org.tailwalk.replay.history.ReplayHistory;
import org.tailwalk.replay.recording.RecordingException;
import org.tailwalk.scenario.Scenario;
import org.tailwalk.text.Message;

/**
 * A capture after its replay. Everything that goes into a run is virtual, so that a packet whose
 * trace was not kept is had again by running it once more, from the state the packets before it
 * left.
 *
 * <p>Used by one background thread at a time; {@link #summaries}, {@link #graph} and {@link
 * #figures} by any.
 */
public final class Replay implements AutoCloseable {
  private static final int REPORT_EVERY = 256;

  private final OpenCapture capture;
  private final Scenario scenario;
  private final @Nullable TimedEngine kernel;
  private final String kernelRefusal;
  private final String recordedOn;
  private final CaptureReplay replay;
  private final Summaries summaries;
  private final ReplayHistory history;
  private final Traces traces;
  private final Set<String> walked = new HashSet<>();
  private final Tally tally = new Tally();
  private final ProgramGraph graph;
  private final String kernelRuns;
  private final String modelRuns;
  private Figures figures = new Figures(0, 0, 0, 0, 0);

  /**
   * What the status bar says.
   *
   * @param packets replayed
   * @param wallNanos from the first to the last
   * @param kernelNanos spent inside the kernel lane; 0 without one
   * @param modelNanos spent inside the model
   * @param ctEntries conntrack entries afterwards
   */
  public record Figures(
      int packets, long wallNanos, long kernelNanos, long modelNanos, int ctEntries) {}

  private Replay(
      OpenCapture capture,
      Scenario scenario,
      CaptureReplay replay,
      @Nullable TimedEngine kernel,
      String kernelRefusal,
      String recordedOn,
      boolean keyed)
      throws ReplayException {
    this.kernel = kernel;
    this.kernelRefusal = kernelRefusal;
    this.recordedOn = recordedOn;
    this.capture = capture;
    this.scenario = scenario;
    this.replay = replay;
    this.summaries = new Summaries(scenario.node(), keyed);
    this.history = ReplayHistory.of(scenario, replay);
    this.traces = new Traces(capture, replay, history);
    ReplaySession first = replay.kernelSession().or(replay::modelSession).orElseThrow();
    this.graph = first.graph();
    this.kernelRuns = replay.kernelSession().map(ReplaySession::description).orElse("");
    this.modelRuns = replay.modelSession().map(ReplaySession::description).orElse("");
  }

  /**
   * Replays all of a capture.
   *
   * @throws ReplayException when a lane can't be opened or can't go on
   * @throws IOException when the capture can't be read on
   * @throws CancellationException when {@code progress} said so
   */
  public static Replay run(
      OpenCapture capture, Scenario scenario, Lanes lanes, ReplayProgress progress)
      throws ReplayException, IOException, InterruptedException {
    return run(capture, scenario, lanes, progress, (_, _) -> {}, true);
  }

  /**
   * Hears every packet of the first run, in capture order; from packet 1 anew when a recording
   * turns out not to fit.
   */
  @FunctionalInterface
  public interface Listener {
    /**
     * A packet.
     *
     * @param kernelLane whether there is a kernel lane
     */
    void packet(PacketReplay packet, boolean kernelLane);
  }

  /**
   * The same, with somebody who hears every packet of this first run; for a replay in which nobody
   * runs to breakpoints: the keys that packets name are not kept.
   */
  public static Replay runUnkeyed(
      OpenCapture capture,
      Scenario scenario,
      Lanes lanes,
      ReplayProgress progress,
      Listener listener)
      throws ReplayException, IOException, InterruptedException {
    return run(capture, scenario, lanes, progress, listener, false);
  }

  private static Replay run(
      OpenCapture capture,
      Scenario scenario,
      Lanes lanes,
      ReplayProgress progress,
      Listener listener,
      boolean keyed)
      throws ReplayException, IOException, InterruptedException {
    KernelChoice choice = KernelChoice.of(capture.origin(), scenario, lanes);
    try {
      return run(capture, scenario, choice, lanes.model(), progress, listener, keyed);
    } catch (ReplayException e) {
      if (choice.recordedOn().isEmpty() || !isAboutRecording(e)) {
        throw e;
      }
      KernelChoice other = KernelChoice.running(capture.origin(), scenario, lanes);
      String why =
          Texts.of(Replay.class).get("recording.unfit", Texts.say(e))
              + (other.refusal().isEmpty() ? "" : "; " + other.refusal());
      KernelChoice without = new KernelChoice(other.engine(), "", why);
      return run(capture, scenario, without, lanes.model(), progress, listener, keyed);
    }
  }

  private static boolean isAboutRecording(@Nullable Throwable e) {
    return e != null && (e instanceof RecordingException || isAboutRecording(e.getCause()));
  }

  private static Replay run(
      OpenCapture capture,
      Scenario scenario,
      KernelChoice choice,
      @Nullable ReplayEngine modelEngine,
      ReplayProgress progress,
      Listener listener,
      boolean keyed)
      throws ReplayException, IOException, InterruptedException {
    TimedEngine kernel = choice.engine() == null ? null : new TimedEngine(choice.engine());
    TimedEngine model = modelEngine == null ? null : new TimedEngine(modelEngine);
    String refusal = choice.refusal();
    CaptureReplay open;
    try {
      open = CaptureReplay.open(scenario, kernel, model);
    } catch (EngineUnavailableException e) {
      close(kernel);
      if (kernel == null || model == null) {
        throw e;
      }
      kernel = null;
      refusal = Texts.say(e);
      open = CaptureReplay.open(scenario, null, model);
    } catch (ReplayException | RuntimeException e) {
      close(kernel);
      throw e;
    }
    Replay replay;
    try {
      String recordedOn = kernel == null ? "" : choice.recordedOn();
      replay = new Replay(capture, scenario, open, kernel, refusal, recordedOn, keyed);
    } catch (ReplayException | RuntimeException e) {
      open.close();
      close(kernel);
      throw e;
    }
    boolean done = false;
    try {
      replay.runAll(kernel, model, progress, listener);
      done = true;
      return replay;
    } finally {
      if (!done) {
        replay.close();
      }
    }
  }

  private static void close(@Nullable TimedEngine engine) {
    if (engine != null) {
      engine.close();
    }
  }

  private void runAll(
      @Nullable TimedEngine kernel,
      @Nullable TimedEngine model,
      ReplayProgress progress,
      Listener listener)
      throws ReplayException, IOException, InterruptedException {
    long start = System.nanoTime();
    boolean[] cancelled = new boolean[1];
    replay.run(
        capture.frames().open(),
        packet -> {
          take(packet);
          listener.packet(packet, kernel != null);
          if (packet.number() % REPORT_EVERY == 0
              && !progress.at(packet.number(), capture.size())) {
            cancelled[0] = true;
            return false;
          }
          return true;
        });
    if (cancelled[0]) {
      throw new CancellationException("the replay was cancelled");
    }
    summaries.finish();
    traces.finish();
    figures =
        new Figures(
            summaries.size(),
            System.nanoTime() - start,
            kernel == null ? 0 : kernel.spentNanos(),
            model == null ? 0 : model.spentNanos(),
            countConntrack());
  }

  private void take(PacketReplay packet) {
    summaries.add(packet);
    history.add(packet);
    tally.add(packet);
    traces.add(packet);
    for (AlignedStep row : packet.rows()) {
      if (row.either().event() instanceof PathEvent.Entered entered) {
        walked.add(entered.program().id());
      }
    }
  }

  private int countConntrack() throws ReplayException {
    ReplaySession session = replay.kernelSession().or(replay::modelSession).orElseThrow();
    int count = 0;
    for (MapRole role : MapRole.values()) {
      if (role.conntrack()) {
        count += session.entries(MapRef.shared(role)).size();
      }
    }
    return count;
  }

  /**
   * A packet with its traces; when they were not kept, it runs again with its neighbours, from the
   * state the packets before them left.
   *
   * @throws CancellationException when {@code progress} said so
   */
  public PacketReplay packet(int number, ReplayProgress progress)
      throws ReplayException, IOException, InterruptedException {
    return traces.packet(number, progress);
  }

  /** The capture's frames from a packet on. */
  public FrameSource framesFrom(int packet) throws IOException {
    return traces.framesFrom(packet);
  }

  /** How many packets' traces were kept. */
  int kept() {
    return traces.kept();
  }

  /** Keeps no trace any more: all are had again when they are asked for. */
  void forget() {
    traces.forget();
  }

  /** The maps at every step, who wrote them, and from where packets can be run again. */
  public ReplayHistory history() {
    return history;
  }

  /** What to tell when a map was full: agreement is not claimed then; empty when none was. */
  public Optional<Message> fullMap() {
    return traces.fullMap();
  }

  /**
   * The fields of a key or value that is known as bytes alone, by the types of the loaded object
   * where it has such.
   */
  public List<Field> fields(MapRef map, boolean key, Bytes bytes) {
    return replay.kernelSession().or(replay::modelSession).orElseThrow().fields(map, key, bytes);
  }

  /** When the collector is due next, as known at a packet; virtual nanoseconds. */
  public Optional<Long> nextSweepNanos(int number) {
    return history.nextSweepNanos(number);
  }

  /** A few bytes of every packet. */
  public Summaries summaries() {
    return summaries;
  }

  /** The programs that were walked: the loaded object's, or the model's without a kernel lane. */
  public ProgramGraph graph() {
    return graph;
  }

  /** How often the packets went where; complete when the replay is. */
  public Tally tally() {
    return tally;
  }

  /**
   * The loaded programs' bytecode and source; nothing without a kernel lane. Takes a moment: for a
   * background thread.
   */
  public CodeListing code() {
    return replay.kernelSession().map(ReplaySession::code).orElseGet(CodeListing::none);
  }

  /** The programs that any packet has entered, as in {@link ProgramGraph.Node#id}. */
  public Set<String> walked() {
    return Set.copyOf(walked);
  }

  /** What was replayed against. */
  public Scenario scenario() {
    return scenario;
  }

  /** Why the kernel engine would not run here after all; empty when it did or was not asked for. */
  public String kernelRefusal() {
    return kernelRefusal;
  }

  /**
   * The machine whose recording stands in the kernel lane, in a word: {@code 6.18}; empty where the
   * kernel lane runs, or there is none.
   */
  public String recordedOn() {
    return recordedOn;
  }

  /** What was replayed. */
  public OpenCapture capture() {
    return capture;
  }

  /** What ran and how fast. */
  public Figures figures() {
    return figures;
  }

  /** What ran, in words: the kernel lane's and the model's, where there were such. */
  public List<String> ran() {
    List<String> ran = new ArrayList<>();
    if (!kernelRuns.isEmpty()) {
      ran.add(kernelRuns);
    }
    if (!modelRuns.isEmpty()) {
      ran.add(modelRuns);
    }
    return ran;
  }

  /** Ends both lanes. */
  @Override
  public void close() {
    replay.close();
    close(kernel);
  }
}
