// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import javafx.scene.control.ComboBox;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.scene.robot.Robot;
import org.jspecify.annotations.Nullable;
import org.tailwalk.app.bench.BusyCapture;
import org.tailwalk.app.capture.Capture;
import org.tailwalk.app.capture.CaptureFrames;
import org.tailwalk.app.capture.CaptureProgress;
import org.tailwalk.app.maps.MapChoice;
import org.tailwalk.app.maps.MapLine;
import org.tailwalk.app.transport.StripView;
import org.tailwalk.engine.MapEntry;
import org.tailwalk.engine.ReplayEngine;
import org.tailwalk.engine.ReplaySession;
import org.tailwalk.event.MapKey;
import org.tailwalk.event.MapRef;
import org.tailwalk.event.MapRole;
import org.tailwalk.event.MapValue;
import org.tailwalk.replay.CaptureReplay;
import org.tailwalk.replay.FrameSource;
import org.tailwalk.replay.history.MapHistory;
import org.tailwalk.scenario.ScenarioJson;

/** Drags the strip over a capture whose maps never rest, and reads what the tab of maps shows. */
final class Scrubbing {
  /** The pod of {@link BusyCapture}. */
  private static final int POD = 42;

  private static final List<MapRef> MAPS =
      List.of(
          MapRef.shared(MapRole.CT_TCP4),
          MapRef.shared(MapRole.CT_ANY4),
          MapRef.of(MapRole.POLICY, POD),
          MapRef.shared(MapRole.METRICS),
          MapRef.shared(MapRole.IPCACHE),
          MapRef.shared(MapRole.LB4_SERVICES),
          MapRef.shared(MapRole.LB4_BACKENDS));

  private static final int OPENING = 20;
  private static final int MOVES = 6;

  private final WindowHarness window;
  private final Path capture;
  private final Path scenario;
  private final StripView strip;
  private final Robot robot;
  private double at;

  /** What lanes hold at a packet's end, by map; null for a lane that there isn't. */
  record Held(
      @Nullable Map<MapRef, Map<MapKey, MapValue>> kernel,
      @Nullable Map<MapRef, Map<MapKey, MapValue>> model) {}

  private Scrubbing(WindowHarness window, Path capture, Path scenario) {
    this.window = window;
    this.capture = capture;
    this.scenario = scenario;
    this.strip = window.part(StripView.class);
    this.robot = window.ask(Robot::new);
  }

  /** Opens so many packets with the tab of maps in front. */
  static Scrubbing open(WindowHarness window, Path folder, int packets) throws Exception {
    Path capture = folder.resolve("capture.pcap");
    Path scenario = folder.resolve("scenario.json");
    BusyCapture.write(capture, scenario, packets);
    window.ui(() -> window.model().open(capture.toString(), null, 1, 0));
    window.until(
        "all is replayed", OPENING, () -> window.quiet() && window.position().packet() == 1);
    window.press(KeyCode.ALT, KeyCode.M);
    Scrubbing made = new Scrubbing(window, capture, scenario);
    window.until("the maps are read", window::quiet);
    return made;
  }

  /** Takes hold of the cursor, at the strip's beginning. */
  void hold() {
    window.ui(() -> {
      robot.mouseMove(strip.localToScreen(x(0), 10));
      robot.mousePress(MouseButton.PRIMARY);
    });
    window.pulses(2);
  }

  void release() {
    window.ui(() -> robot.mouseRelease(MouseButton.PRIMARY));
    window.pulses(2);
  }

  /** Drags to a part of the strip, 0 to 1; the packet it then stands at, shown or not. */
  int drag(double to) {
    double from = at;
    for (int move = 1; move <= MOVES; move++) {
      double x = x(from + (to - from) * move / MOVES);
      window.ui(() -> robot.mouseMove(strip.localToScreen(x, 10)));
      window.pulses(1);
    }
    at = to;
    int packets = window.ask(() -> window.model().packets().tableProperty().get().size());
    // A pixel of the screen stands for many packets.
    int wanted = (int) Math.ceil(x(to) / strip.getWidth() * packets);
    int slack = (int) Math.ceil(2 * packets / strip.getWidth());
    window.until(
        "the cursor is at packet " + wanted,
        () -> Math.abs(window.position().packet() - wanted) <= slack);
    return window.ask(() -> window.position().packet());
  }

  private double x(double part) {
    return 1 + part * (strip.getWidth() - 2);
  }

  /** Drags to random places, the first of them forward from where it stands. */
  void dragAbout(Random dice, int times) {
    for (int i = 0; i < times; i++) {
      drag(i % 2 == 0 ? 0.5 + dice.nextDouble() / 2 : dice.nextDouble() / 2);
    }
  }

  /** What the tab shows of each map at the packet shown. */
  Held shown() {
    boolean kernel =
        window.ask(
            () -> window.model().focus().replay().orElseThrow().history().kernel().isPresent());
    Map<MapRef, Map<MapKey, MapValue>> kernels = new HashMap<>();
    Map<MapRef, Map<MapKey, MapValue>> models = new HashMap<>();
    for (MapRef map : MAPS) {
      List<MapLine> lines = lines(map);
      kernels.put(map, values(lines, MapLine::kernel));
      models.put(map, values(lines, MapLine::model));
    }
    return new Held(kernel ? kernels : null, models);
  }

  private List<MapLine> lines(MapRef map) {
    window.until("the maps of the packet are read", window::quiet);
    ComboBox<MapChoice> chooser = window.find("Map");
    window.ui(() ->
        chooser.setValue(
            chooser.getItems().stream()
                .filter(c -> c.map().equals(map))
                .findFirst()
                .orElseThrow()));
    window.until("the map is read", window::quiet);
    window.pulses(1);
    assertThat(window.ask(() -> chooser.getValue().map())).isEqualTo(map);
    TableView<MapLine> entries = window.find("Entries");
    return window.ask(() -> List.copyOf(entries.getItems()));
  }

  private static Map<MapKey, MapValue> values(
      List<MapLine> lines, Function<MapLine, MapHistory.@Nullable Standing> lane) {
    Map<MapKey, MapValue> all = new HashMap<>();
    for (MapLine line : lines) {
      MapHistory.Standing standing = lane.apply(line);
      if (standing != null) {
        all.put(line.key(), standing.value());
      }
    }
    return all;
  }

  /** What engines of its own hold when they have run the capture as far as a packet. */
  Held held(@Nullable ReplayEngine kernel, ReplayEngine model, int packet) throws Exception {
    try (Capture open = Capture.open(capture.toString(), CaptureProgress.NONE);
        CaptureReplay replay = CaptureReplay.open(ScenarioJson.read(scenario), kernel, model)) {
      long ran = replay.run(FrameSource.limited(new CaptureFrames(open), packet), _ -> true);
      assertThat(ran).isEqualTo(packet);
      return new Held(
          kernel == null ? null : dump(replay.kernelSession().orElseThrow()),
          dump(replay.modelSession().orElseThrow()));
    }
  }

  private static Map<MapRef, Map<MapKey, MapValue>> dump(ReplaySession session) throws Exception {
    Map<MapRef, Map<MapKey, MapValue>> all = new HashMap<>();
    for (MapRef map : MAPS) {
      Map<MapKey, MapValue> entries = new HashMap<>();
      for (MapEntry entry : session.entries(map)) {
        entries.put(entry.key(), entry.value());
      }
      all.put(map, entries);
    }
    return all;
  }
}
