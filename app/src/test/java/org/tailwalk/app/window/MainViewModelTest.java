// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import javafx.beans.property.SimpleBooleanProperty;
import org.junit.jupiter.api.Test;
import org.tailwalk.app.scenario.ScenarioViewModel;
import org.tailwalk.app.session.Lanes;
import org.tailwalk.app.session.OpenCapture;
import org.tailwalk.app.status.StatusViewModel;
import org.tailwalk.app.tasks.Work;
import org.tailwalk.app.transport.Position;
import org.tailwalk.app.transport.StepBy;
import org.tailwalk.engine.EngineUnavailableException;
import org.tailwalk.engine.NodeSetup;
import org.tailwalk.engine.ReplayEngine;
import org.tailwalk.engine.ReplayException;
import org.tailwalk.engine.ReplaySession;
import org.tailwalk.scenario.CapturePoint;
import org.tailwalk.scenario.Era;

/** The whole window without a window: everything runs on the calling thread. */
final class MainViewModelTest {
  private static final Lanes BOTH =
      new Lanes(
          _ -> new FakeEngine("kernel", true), "", "Kernel 6.18", new FakeEngine("model", false));

  private static MainViewModel model(Lanes lanes) {
    AppServices services =
        new AppServices(
            (file, _, _) -> {
              if (file.equals("broken")) {
                throw new java.io.IOException("open capture: broken: it is");
              }
              return Synthetic.capture(Integer.parseInt(file));
            },
            lanes,
            List.of(Era.SEED, Era.PR33551));
    return new MainViewModel(services, Work.here(), Work.here());
  }

  @Test
  void whileTheFirstCaptureIsReplayedNobodySaysThatNoneIsOpen() {
    List<String> said = new ArrayList<>();
    MainViewModel[] made = new MainViewModel[1];
    Lanes lanes =
        new Lanes(
            _ -> {
              said.add(made[0].steps().nothingProperty().get());
              said.add(made[0].conntrack().nothingProperty().get());
              said.add(String.valueOf(made[0].path().waitingProperty().get()));
              said.add(String.valueOf(made[0].packets().waitingProperty().get()));
              return new FakeEngine("kernel", true);
            },
            "",
            "Kernel 6.18",
            new FakeEngine("model", false));
    MainViewModel model = model(lanes);
    made[0] = model;
    assertThat(model.steps().nothingProperty().get()).startsWith("Open a capture");
    model.open("200", null, 0, 0);
    assertThat(said)
        .startsWith(
            "The capture is being read and replayed. The steps of its first packet appear here.",
            "The capture is being read and replayed.",
            "true",
            "true");
    assertThat(model.path().waitingProperty().get()).isFalse();
    assertThat(model.packets().waitingProperty().get()).isFalse();
    MainViewModel refused = model(BOTH);
    refused.open("broken", null, 0, 0);
    assertThat(refused.steps().nothingProperty().get()).startsWith("Open a capture");
  }

  @Test
  void openingShowsTheFirstPacketAtItsEnd() {
    MainViewModel model = model(BOTH);
    model.open("200", null, 0, 0);
    assertThat(model.settledProperty().get()).isTrue();
    assertThat(model.titleProperty().get()).isEqualTo("200.pcap – Tailwalk");
    assertThat(model.packets().aboutProperty().get())
        .isEqualTo("200 · 20 dropped · 5 unheard · 5 diverge");
    Position now = model.transport().positionProperty().get();
    assertThat(now.packet()).isEqualTo(1);
    assertThat(now.row()).isEqualTo(model.steps().rows().size() - 1);
    assertThat(model.path().layoutProperty().get().nodes()).containsKey("2/29");
    assertThat(model.path().aboutProperty().get())
        .isEqualTo("#1 TCP 20000→80 SYN → egress of endpoint 42 “web”");
    assertThat(model.status().ranProperty().get()).startsWith("replayed 200 packets in ");
    assertThat(model.status().progressProperty().get()).isNaN();
    assertThat(model.scenario().modelPillProperty().get()).isEqualTo("Model: pr33551");
  }

  @Test
  void aPacketAndStepCanBeAskedFor() {
    MainViewModel model = model(BOTH);
    model.open("200", null, 40, 5);
    assertThat(model.transport().positionProperty().get()).isEqualTo(new Position(40, 4, 0));
    assertThat(model.steps().partingProperty().get()).isPositive();
    assertThat(model.steps().explanationProperty().get()).isNotEmpty();
  }

  @Test
  void allPanelsFollowThePosition() {
    MainViewModel model = model(BOTH);
    model.open("200", null, 0, 0);
    model.transport().go(40, true);
    assertThat(model.steps().titleProperty().get()).isEqualTo("Steps of packet 40");
    assertThat(model.conntrack().lifeProperty().get()).isEmpty();
    assertThat(model.inspector().aboutProperty().get()).isEqualTo("74 bytes");
    assertThat(model.path().stateProperty().get().partsAt()).isEqualTo("2/29");
    model.nextOfFlow(1);
    assertThat(model.transport().positionProperty().get().packet()).isEqualTo(80);
    model.neighbour(-1);
    assertThat(model.transport().positionProperty().get().packet()).isEqualTo(79);
  }

  @Test
  void clickingOnAProgramGoesToItsFirstStep() {
    MainViewModel model = model(BOTH);
    model.open("200", null, 1, 0);
    model.path().selectedNodeProperty().set("2/29");
    int row = model.transport().positionProperty().get().row();
    assertThat(model.steps().rows().get(row).node()).isEqualTo("2/29");
    assertThat(model.steps().rows().get(row - 1).node()).isEqualTo("2/7");
  }

  @Test
  void anErrorIsToldAndWhatStoodThereStays() {
    MainViewModel model = model(BOTH);
    model.open("200", null, 7, 0);
    model.open("broken", null, 0, 0);
    assertThat(model.status().errorProperty().get()).isEqualTo("open capture: broken: it is");
    assertThat(model.transport().positionProperty().get().packet()).isEqualTo(7);
    assertThat(model.packets().tableProperty().get().size()).isEqualTo(200);
    assertThat(model.settledProperty().get()).isTrue();
    model.open("100", null, 0, 0);
    assertThat(model.status().errorProperty().get()).isEmpty();
  }

  @Test
  void anEngineThatRefusesPutsTheChoosersBack() {
    ReplayEngine picky =
        new ReplayEngine() {
          @Override
          public String name() {
            return "model";
          }

          @Override
          public ReplaySession open(NodeSetup setup) throws ReplayException {
            if (setup.config().era() == Era.SEED) {
              throw new ReplayException("open model: it has no seed today");
            }
            return new FakeEngine("model", false).open(setup);
          }
        };
    MainViewModel model = model(new Lanes(null, "no privilege", "Kernel", picky));
    model.open("50", null, 0, 0);
    model.scenario().chooseModel(Era.SEED);
    assertThat(model.status().errorProperty().get()).isEqualTo("open model: it has no seed today");
    assertThat(model.scenario().modelPillProperty().get()).isEqualTo("Model: pr33551");
    assertThat(model.packets().tableProperty().get().size()).isEqualTo(50);
  }

  @Test
  void choosingAnotherCapturePointReplaysAndStaysAtThePacket() {
    MainViewModel model = model(BOTH);
    model.open("200", null, 12, 0);
    model.scenario().choose(CapturePoint.NODE_INTERFACE);
    assertThat(model.transport().positionProperty().get().packet()).isEqualTo(12);
    assertThat(model.status().confidenceProperty().get()).contains("captured at node-interface");
    model.scenario().choose(model.scenario().choices().get(1));
    assertThat(model.scenario().modelPillProperty().get()).isEqualTo("Model: seed");
  }

  @Test
  void playingGoesThroughWhatTheFilterShows() throws Exception {
    MainViewModel model = model(BOTH);
    model.open("200", null, 1, 0);
    model.packets().setFilter("unheard");
    model.transport().stepByProperty().set(StepBy.PACKET);
    model.transport().stepForward();
    assertThat(model.transport().positionProperty().get().packet()).isEqualTo(40);
    model.transport().stepForward();
    assertThat(model.transport().positionProperty().get().packet()).isEqualTo(80);
  }

  @Test
  void cancellingAReplayLeavesEverythingAsItWas() {
    Later later = new Later();
    MainViewModel model = model(later);
    model.open("300", null, 3, 0);
    later.all();
    model.scenario().choose(CapturePoint.ANY);
    assertThat(model.settledProperty().get()).isFalse();
    model.status().cancel();
    later.all();
    assertThat(model.settledProperty().get()).isTrue();
    assertThat(model.scenario().scenarioProperty().get().capturePoint())
        .isEqualTo(CapturePoint.POD_VETH);
    assertThat(model.packets().tableProperty().get().size()).isEqualTo(300);
    assertThat(model.status().errorProperty().get()).isEmpty();
  }

  /** Its replays' jobs are done when the test says so. */
  private static MainViewModel model(Later replays) {
    AppServices services =
        new AppServices(
            (file, _, _) -> Synthetic.capture(Integer.parseInt(file)), BOTH, List.of(Era.SEED));
    return new MainViewModel(services, Work.here(), replays.work());
  }

  @Test
  void aPacketOfTheCaptureBeforeSettlesNothingWhileAnotherIsRead() {
    Later later = new Later();
    MainViewModel model = model(later);
    model.open("300", null, 3, 0);
    later.all();
    model.transport().go(40, true);
    model.open("200", null, 7, 3);
    later.next();
    assertThat(model.steps().titleProperty().get()).isEqualTo("Steps of packet 40");
    assertThat(model.settledProperty().get()).as("200 is still to be read").isFalse();
    assertThat(model.status().progressProperty().get()).as("and the bar says so").isNotNaN();
    later.all();
    assertThat(model.settledProperty().get()).isTrue();
    assertThat(model.titleProperty().get()).startsWith("200.pcap");
    assertThat(model.transport().positionProperty().get()).isEqualTo(new Position(7, 2, 0));
  }

  @Test
  void aStepOfACaptureThatCannotBeOpenedIsForgotten() {
    MainViewModel model = model(BOTH);
    model.open("200", null, 7, 0);
    model.open("broken", null, 9, 3);
    model.transport().go(40, true);
    assertThat(model.transport().positionProperty().get().row())
        .isEqualTo(model.steps().rows().size() - 1);
  }

  @Test
  void aStepOfAPacketThatIsWaitedForNoLongerIsForgotten() {
    Later later = new Later();
    MainViewModel model = model(later);
    model.open("200", null, 7, 0);
    later.all();
    model.focus().go(40, 2);
    model.focus().go(40, 4);
    model.transport().go(80, true);
    later.all();
    assertThat(model.transport().positionProperty().get().row())
        .isEqualTo(model.steps().rows().size() - 1);
    model.focus().go(40, 2);
    model.focus().go(40, 4);
    later.all();
    assertThat(model.transport().positionProperty().get()).isEqualTo(new Position(40, 4, 0));
  }

  @Test
  void aScenarioIsChangedOnTheReplaysThread() {
    Queue<Runnable> later = new ArrayDeque<>();
    Queue<Runnable> ui = new ArrayDeque<>();
    List<String> dressed = new ArrayList<>();
    AppServices services =
        new AppServices((_, _, _) -> Synthetic.capture(10), BOTH, List.of(Era.SEED));
    MainViewModel model = new MainViewModel(services, Work.here(), new Work(later::add, ui::add));
    model.open(
        "10",
        null,
        0,
        0,
        scenario -> {
          dressed.add(scenario.name());
          return scenario;
        });
    later.remove().run();
    assertThat(dressed).as("before the UI thread was heard of").containsExactly("made up");
  }

  @Test
  void aCaptureIsClosedOnceWhateverIsUnderWay() {
    Later later = new Later();
    int[] closed = new int[1];
    OpenCapture counted = Synthetic.heard(Synthetic.capture(10), () -> closed[0]++);
    MainViewModel model =
        new MainViewModel(
            new AppServices((_, _, _) -> counted, BOTH, List.of(Era.SEED)),
            Work.here(),
            later.work());
    model.open("x", null, 0, 0);
    later.all();
    model.scenario().choose(CapturePoint.ANY);
    model.close();
    later.all();
    assertThat(closed[0]).isEqualTo(1);
  }

  @Test
  void aScenarioThatCannotBeChangedClosesItsCapture() {
    boolean[] closed = new boolean[1];
    OpenCapture told = Synthetic.heard(Synthetic.capture(10), () -> closed[0] = true);
    MainViewModel model =
        new MainViewModel(
            new AppServices((_, _, _) -> told, BOTH, List.of(Era.SEED)), Work.here(), Work.here());
    model.open(
        "x",
        null,
        0,
        0,
        _ -> {
          throw new IllegalArgumentException("no such object");
        });
    assertThat(closed[0]).isTrue();
    assertThat(model.settledProperty().get()).isTrue();
    assertThat(model.status().errorProperty().get()).contains("no such object");
  }

  @Test
  void anEmptyCaptureIsNoError() {
    MainViewModel model = model(BOTH);
    model.open("0", null, 0, 0);
    assertThat(model.settledProperty().get()).isTrue();
    assertThat(model.packets().aboutProperty().get()).isEqualTo("none");
    assertThat(model.transport().positionProperty().get()).isEqualTo(Position.NONE);
    assertThat(model.status().errorProperty().get()).isEmpty();
    assertThat(model.steps().nothingProperty().get()).isEqualTo("This capture holds no packets.");
    assertThat(model.conntrack().nothingProperty().get())
        .isEqualTo("This capture holds no packets.");
    model.open("broken", null, 0, 0);
    assertThat(model.steps().nothingProperty().get())
        .as("it is still shown")
        .isEqualTo("This capture holds no packets.");
    model.open("200", null, 0, 0);
    model.open("0", null, 0, 0);
    assertThat(model.steps().nothingProperty().get()).isEqualTo("This capture holds no packets.");
  }

  @Test
  void withoutAKernelLaneTheModelWalksAlone() {
    MainViewModel model = model(new Lanes(null, "needs CAP_BPF", "Kernel", BOTH.model()));
    model.open("50", null, 40, 0);
    assertThat(model.scenario().kernelPillProperty().get()).isEqualTo("No kernel lane");
    assertThat(model.steps().aboutProperty().get()).isEqualTo("model alone");
    assertThat(model.path().stateProperty().get().kernel()).isNull();
  }

  @Test
  void whyTheModelWalksAloneIsSaidOnce() {
    MainViewModel model = model(new Lanes(null, "needs CAP_BPF", "Kernel", BOTH.model()));
    model.status().tellWhyModelAlone(model.lanes().kernelTrouble());
    model.open("50", null, 40, 0);
    assertThat(model.status().warnings())
        .containsExactly("The model walks alone, there is no kernel lane: needs CAP_BPF");
    model.open("50", null, 40, 0);
    assertThat(model.status().warnings()).isEmpty();
  }

  @Test
  void aKernelLaneThatCouldNotBeginIsNotPromised() {
    ReplayEngine refuses =
        new ReplayEngine() {
          @Override
          public String name() {
            return "kernel";
          }

          @Override
          public ReplaySession open(NodeSetup setup) throws EngineUnavailableException {
            throw new EngineUnavailableException("the cache can't be written");
          }
        };
    MainViewModel model = model(new Lanes(_ -> refuses, "", "Kernel 6.18", BOTH.model()));
    model.open("50", null, 40, 0);
    assertThat(model.scenario().kernelPillProperty().get()).isEqualTo("No kernel lane");
    assertThat(model.scenario().kernelTipProperty().get()).contains("the cache can't be written");
    assertThat(model.scenario().kernelLaneProperty().get()).isFalse();
    assertThat(model.status().warnings()).singleElement().asString().contains("the cache can't");
  }

  @Test
  void closingClosesTheCapture() {
    boolean[] closed = new boolean[1];
    AppServices services =
        new AppServices(
            (_, _, _) -> Synthetic.heard(Synthetic.capture(10), () -> closed[0] = true),
            BOTH,
            List.of(Era.SEED));
    MainViewModel model = new MainViewModel(services, Work.here(), Work.here());
    model.open("x", null, 0, 0);
    model.close();
    assertThat(closed[0]).isTrue();
  }

  @Test
  void aCaptureThatNobodyWaitsForIsClosedInTheBackground() {
    Later later = new Later();
    boolean[] closed = new boolean[1];
    List<OpenCapture> heard = new ArrayList<>();
    AppServices services =
        new AppServices(
            (_, _, _) -> Synthetic.heard(Synthetic.capture(10), () -> closed[0] = true),
            BOTH,
            List.of(Era.SEED));
    StatusViewModel status = new StatusViewModel();
    CaptureRunner runner =
        new CaptureRunner(
            services,
            later.work(),
            status,
            new ScenarioViewModel(BOTH, List.of(Era.SEED)),
            new FaultReport(status),
            new SimpleBooleanProperty(),
            (_, _) -> {});
    runner.open("x", null, s -> s, heard::add);
    status.cancel();
    later.next();
    assertThat(closed[0]).as("on the UI thread").isFalse();
    later.all();
    assertThat(closed[0]).isTrue();
    assertThat(heard).isEmpty();
    assertThat(runner.hasCapture()).isFalse();
  }
}
