// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.window;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import org.jspecify.annotations.Nullable;
import org.tailwalk.app.annotation.AnnotationsViewModel;
import org.tailwalk.app.conntrack.ConntrackViewModel;
import org.tailwalk.app.conntrack.StandingEntry;
import org.tailwalk.app.filter.FilterViewModel;
import org.tailwalk.app.inspector.InspectorViewModel;
import org.tailwalk.app.object.ObjectShelf;
import org.tailwalk.app.packets.PacketTable;
import org.tailwalk.app.packets.PacketsViewModel;
import org.tailwalk.app.path.PathViewModel;
import org.tailwalk.app.path.StageCounts;
import org.tailwalk.app.path.StageState;
import org.tailwalk.app.scenario.ScenarioViewModel;
import org.tailwalk.app.session.Focus;
import org.tailwalk.app.session.Lanes;
import org.tailwalk.app.session.OpenCapture;
import org.tailwalk.app.session.PacketSearch;
import org.tailwalk.app.session.Replay;
import org.tailwalk.app.session.Summaries;
import org.tailwalk.app.session.file.SessionFile;
import org.tailwalk.app.status.StatusViewModel;
import org.tailwalk.app.steps.StepsViewModel;
import org.tailwalk.app.tasks.Work;
import org.tailwalk.app.transport.Position;
import org.tailwalk.app.transport.TransportViewModel;
import org.tailwalk.replay.PacketReplay;
import org.tailwalk.scenario.DatapathConstants;
import org.tailwalk.scenario.EndpointConfig;
import org.tailwalk.scenario.Scenario;
import org.tailwalk.scenario.ScenarioJson;

/**
 * One capture, one replay, one position, and the view-models that show them. Used on the UI thread;
 * captures are opened, replayed and looked up on {@code replays}' one background thread, so that
 * engines are never used by two.
 */
public final class MainViewModel {
  private final AppServices services;
  private final Work work;
  private final Work replays;
  private final PathViewModel path;
  private final PacketsViewModel packets;
  private final ConntrackViewModel conntrack = new ConntrackViewModel();
  private final StandingEntry standing = new StandingEntry();
  private final StepsViewModel steps = new StepsViewModel();
  private final InspectorViewModel inspector;
  private final TransportViewModel transport = new TransportViewModel();
  private final ScenarioViewModel scenario;
  private final StatusViewModel status = new StatusViewModel();
  private final Focus focus = new Focus();
  private final FilterViewModel filter;
  private final AnnotationsViewModel annotations;

  private final ReadOnlyStringWrapper title = new ReadOnlyStringWrapper("Tailwalk");
  private final ReadOnlyBooleanWrapper settled = new ReadOnlyBooleanWrapper(true);
  private final ReadOnlyObjectWrapper<byte[]> signs = new ReadOnlyObjectWrapper<>(new byte[0]);
  private final FaultReport faults = new FaultReport(status);
  private final CaptureRunner runner;
  private final PacketLookup lookup;

  /** Where to begin in the replay that is on its way. */
  private Aim afterwards = Aim.NONE;

  /** Where to go in a packet that is on its way. */
  private Aim aim = Aim.NONE;

  /**
   * A step of a packet.
   *
   * @param packet 1-based; 0 for none
   * @param step 1-based; 0 for the packet's last
   */
  private record Aim(int packet, int step) {
    static final Aim NONE = new Aim(0, 0);
  }

  /**
   * With what it works with.
   *
   * @param work for short jobs: filters, layouts, packet trees
   * @param replays for engines; one thread
   */
  public MainViewModel(AppServices services, Work work, Work replays) {
    this.services = services;
    this.work = work;
    this.replays = replays;
    this.path = new PathViewModel(work);
    this.packets = new PacketsViewModel(work);
    this.filter = new FilterViewModel(packets, focus);
    this.annotations = new AnnotationsViewModel(focus, packets, replays);
    packets.deepen(
        replays,
        (wanted, undecided, goOn, progress) ->
            PacketSearch.over(focus, annotations.annotationsProperty().get())
                .decide(wanted, undecided, goOn, progress),
        faults::tell);
    this.inspector = new InspectorViewModel(work);
    this.scenario = new ScenarioViewModel(services.lanes(), services.eras());
    this.runner =
        new CaptureRunner(services, replays, status, scenario, faults, settled, this::show);
    this.lookup = new PacketLookup(replays, status, faults, settled, runner::running, this::show);
    steps.clear();
    conntrack.clear();
    settled.addListener((_, _, now) -> {
      if (focus.packet().isEmpty()) {
        waiting(!now);
      } else if (now) {
        path.waitingProperty().set(false);
        packets.waitingProperty().set(false);
      }
    });
    scenario.onChosen(this::replay);
    scenario.onWanted(choice -> load(choice.name(), choice.loader()));
    transport.positionProperty().addListener((_, was, now) -> moved(was, now));
    focus.navigator(this::goTo);
    transport.speedProperty().addListener((_, _, _) -> path.setEased(transport.eased()));
    packets
        .shownProperty()
        .addListener((_, _, _) -> transport.reorder(new ListOrder(packets, runner.replay())));
    path.selectedNodeProperty()
        .addListener((_, _, node) -> {
          int row = node.isEmpty() ? -1 : steps.firstStepIn(node);
          if (row >= 0) {
            transport.goToRow(row);
          }
        });
  }

  /** Reads the objects of datapaths. */
  ObjectShelf objects() {
    return services.objects();
  }

  /** Hears of faults of ours in the background. */
  void onFault(Consumer<Throwable> by) {
    faults.onFault(by);
  }

  /** What the user has set and said before. */
  public UserData user() {
    return services.user();
  }

  /** The engines there are. */
  public Lanes lanes() {
    return services.lanes();
  }

  /**
   * Opens a capture and replays it.
   *
   * @param scenarioFile null to find one beside the capture, or to infer one
   * @param packet which to show afterwards, 0 for the first
   * @param step which of its steps, 1-based, 0 for the last
   */
  public void open(String file, @Nullable String scenarioFile, int packet, int step) {
    open(file, scenarioFile, packet, step, UnaryOperator.identity());
  }

  /**
   * The same against a scenario that is found as usual and then changed.
   *
   * @param dress called on the replays' thread
   */
  public void open(
      String file,
      @Nullable String scenarioFile,
      int packet,
      int step,
      UnaryOperator<Scenario> dress) {
    afterwards = new Aim(packet, step);
    runner.open(
        file,
        scenarioFile,
        dress,
        opened ->
            opened
                .origin()
                .session()
                .filter(_ -> packet == 0)
                .map(SessionFile::manifest)
                .ifPresent(saved -> afterwards = new Aim(saved.packet(), saved.row() + 1)));
  }

  private void load(String name, OpenCapture.Loader loader) {
    stayAtPacket();
    runner.load(name, loader);
  }

  /** Replays against the scenario in a file. */
  void load(Path scenarioFile) {
    load(scenarioFile.toString(), () -> ScenarioJson.read(scenarioFile));
  }

  /** Replays once more what is open. */
  void again() {
    Replay shown = runner.replay();
    if (shown != null) {
      replay(shown.scenario());
    }
  }

  private void replay(Scenario chosen) {
    stayAtPacket();
    runner.replay(chosen);
  }

  private void stayAtPacket() {
    if (runner.hasCapture()) {
      afterwards = new Aim(transport.positionProperty().get().packet(), 0);
    }
  }

  private void show(OpenCapture open, Replay done) {
    lookup.in(done);
    title.set(open.name() + " – Tailwalk");
    scenario.show(done.scenario(), open.choices());
    scenario.ran(
        done.recordedOn(), done.history().kernel().isPresent() ? "" : done.kernelRefusal());
    steps.recordedOn(done.recordedOn());
    path.selectedNodeProperty().set("");
    path.showGraph(done.graph(), podName(done.scenario()), done.walked());
    path.showCounts(StageCounts.of(done.graph(), done.tally()));
    packets.show(done.summaries());
    signs.set(done.summaries().signs());
    status.replayed(done, open.warnings());
    status.end();
    int count = done.summaries().size();
    int packet = count == 0 ? 0 : Math.clamp(afterwards.packet(), 1, count);
    aim = new Aim(packet, afterwards.step());
    focus.show(done);
    if (packet == 0) {
      clear();
    }
    transport.open(new ListOrder(packets, done), packet, aim.step() == 0);
    if (packet == 0) {
      settled.set(true);
    }
  }

  /** What the pod is called on the stage. */
  static String podName(Scenario scenario) {
    Optional<EndpointConfig> only =
        scenario.node().endpoints().size() == 1
            ? Optional.of(scenario.node().endpoints().getFirst())
            : Optional.empty();
    return only.filter(e -> !e.name().isEmpty()).map(e -> "pod “" + e.name() + "”").orElse("pod");
  }

  private void waiting(boolean now) {
    steps.waiting(now);
    conntrack.waiting(now);
    path.waitingProperty().set(now);
    packets.waitingProperty().set(now);
    if (!now) {
      sayPacketless();
    }
  }

  private void sayPacketless() {
    focus
        .packetless()
        .ifPresent(words -> {
          steps.lacks(words);
          conntrack.lacks(words);
          inspector.lacks(words);
        });
  }

  private void clear() {
    steps.clear();
    conntrack.clear();
    inspector.clear();
    status.noPacket();
    sayPacketless();
    path.show(StageState.NONE, "");
  }

  private void moved(Position was, Position now) {
    if (now.packet() != was.packet()) {
      if (now.packet() > 0 && now.packet() != aim.packet()) {
        aim = Aim.NONE;
      }
      lookup.want(now.packet());
      return;
    }
    path.move(now.row(), now.fraction());
    if (now.row() != was.row()) {
      steps.setCurrent(now.row());
      focus.packet().ifPresent(shown -> focus.show(shown, now.row()));
    }
  }

  private void show(PacketScene scene, Replay from) {
    PacketReplay packet = scene.packet();
    int number = (int) packet.number();
    if (!runner.running()) {
      status.end();
    }
    path.selectedNodeProperty().set("");
    path.show(scene.stage(), scene.about());
    steps.show(packet);
    DatapathConstants constants = from.scenario().constants();
    conntrack.show(packet, constants, from.nextSweepNanos(number));
    if (conntrack.lifeProperty().get().isEmpty()) {
      work.run(
          () -> standing.of(packet, from.history()),
          found -> found.ifPresent(entry -> conntrack.stands(packet, entry)));
    }
    inspector.show(packet);
    status.packet(packet, from.scenario());
    transport.rowsKnown(number, scene.rows());
    Position now = transport.positionProperty().get();
    path.move(now.row(), now.fraction());
    steps.setCurrent(now.row());
    if (aim.packet() == number && aim.step() > 0) {
      transport.arriveAt(aim.step() - 1);
    }
    aim = Aim.NONE;
    focus.show(packet, transport.positionProperty().get().row());
    if (!runner.running()) {
      settled.set(true);
    }
  }

  /** Ends everything that was begun; the window is closed. */
  public void close() {
    lookup.close();
    runner.close();
  }

  /** The next packet of the shown one's connection. */
  public void nextOfFlow(int step) {
    int packet = transport.positionProperty().get().packet();
    int next = step > 0 ? packets.nextOfFlow(packet) : packets.previousOfFlow(packet);
    if (next > 0) {
      transport.stop();
      transport.go(next, true);
    }
  }

  /** The packet {@code step} rows further down or up in the list. */
  public void neighbour(int step) {
    int packet = transport.positionProperty().get().packet();
    int next =
        step > 0
            ? packets.shownProperty().get().next(packet)
            : packets.shownProperty().get().previous(packet);
    if (next > 0) {
      transport.stop();
      transport.go(next, true);
    }
  }

  /** Goes to a packet by its number. */
  public void goTo(int packet) {
    goTo(new Aim(packet, 0));
  }

  private void goTo(Aim to) {
    PacketTable table = packets.tableProperty().get();
    if (table instanceof Summaries && to.packet() >= 1 && to.packet() <= table.size()) {
      transport.stop();
      aim = to;
      transport.go(to.packet(), to.step() == 0);
    }
  }

  /**
   * Goes to a row of a packet.
   *
   * @param row 0-based; −1 for the packet's last
   */
  private void goTo(int packet, int row) {
    if (row < 0 || packet != transport.positionProperty().get().packet()) {
      goTo(new Aim(packet, row + 1));
    } else {
      // Does nothing while the packet is still looked up: it is aimed at then.
      aim = new Aim(packet, row + 1);
      transport.goToRow(row);
    }
  }

  /** What the window looks at. */
  public Focus focus() {
    return focus;
  }

  /** Background threads for short jobs that touch no replay. */
  public Work work() {
    return work;
  }

  /** The one background thread on which replays and engines are used. */
  public Work replays() {
    return replays;
  }

  /** What the window needs of the program around it. */
  AppServices services() {
    return services;
  }

  /** The stage. */
  public PathViewModel path() {
    return path;
  }

  /** Marks, notes, colours. */
  public AnnotationsViewModel annotations() {
    return annotations;
  }

  /** The filter bar. */
  public FilterViewModel filter() {
    return filter;
  }

  /** The list. */
  public PacketsViewModel packets() {
    return packets;
  }

  /** The conntrack panel. */
  public ConntrackViewModel conntrack() {
    return conntrack;
  }

  /** The steps. */
  public StepsViewModel steps() {
    return steps;
  }

  /** The packet's tree and bytes. */
  public InspectorViewModel inspector() {
    return inspector;
  }

  /** Position and clock. */
  public TransportViewModel transport() {
    return transport;
  }

  /** The choosers. */
  public ScenarioViewModel scenario() {
    return scenario;
  }

  /** The status bar. */
  public StatusViewModel status() {
    return status;
  }

  /** The window's title. */
  public ReadOnlyStringProperty titleProperty() {
    return title.getReadOnlyProperty();
  }

  /** Whether what was asked for is on the screen. */
  public ReadOnlyBooleanProperty settledProperty() {
    return settled.getReadOnlyProperty();
  }

  /** What the strip shows. */
  public ReadOnlyObjectProperty<byte[]> signsProperty() {
    return signs.getReadOnlyProperty();
  }
}
