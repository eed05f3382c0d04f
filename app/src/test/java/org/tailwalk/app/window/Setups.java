// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.window;

import java.nio.file.Path;
import java.util.List;
import org.tailwalk.app.capture.Capture;
import org.tailwalk.app.capture.CaptureFrames;
import org.tailwalk.app.capture.CaptureProgress;
import org.tailwalk.app.capture.CaptureScenario;
import org.tailwalk.app.lesson.LessonProgress;
import org.tailwalk.app.platform.UserFolders;
import org.tailwalk.app.prefs.PreferenceStore;
import org.tailwalk.app.saving.Autosave;
import org.tailwalk.app.session.Lanes;
import org.tailwalk.app.session.OpenCapture;
import org.tailwalk.bpf.engine.BundledObjects;
import org.tailwalk.bpf.engine.KernelReplayEngine;
import org.tailwalk.bpf.engine.ObjectInspection;
import org.tailwalk.bpf.engine.ObjectSource;
import org.tailwalk.datapath.ModelReplayEngine;
import org.tailwalk.engine.ReplayException;
import org.tailwalk.scenario.DatapathSpec;
import org.tailwalk.scenario.Era;

/** What the windows of tests work with: engines, captures, a place for what is the user's own. */
final class Setups {
  private static final List<Era> ERAS = List.of(Era.SEED, Era.PR33551);

  private Setups() {}

  /** Both lanes made up; the kernel's keeps quiet about GRE. */
  static Lanes fakes() {
    return new Lanes(
        _ -> new FakeEngine("kernel", true), "", "Kernel 6.18", new FakeEngine("model", false));
  }

  /** The model in both lanes. */
  static Lanes models() {
    return new Lanes(_ -> new ModelReplayEngine(), "", "Kernel 6.18", new ModelReplayEngine());
  }

  /** No kernel lane. */
  static Lanes modelAlone() {
    return Lanes.modelAlone("not in this test", new ModelReplayEngine());
  }

  /** Real programs, bundled or of an object's file, and the model. */
  static Lanes kernel() {
    BundledObjects bundled = bundled();
    return new Lanes(
        datapath ->
            new KernelReplayEngine(
                switch (datapath.source()) {
                  case DatapathSpec.Bundled _ -> bundled;
                  case DatapathSpec.ObjectFile(String path) -> ObjectSource.ofFile(Path.of(path));
                }),
        "",
        "Kernel 6.18",
        new ModelReplayEngine());
  }

  /** The bundled programs, compiled where the cache has none. */
  static BundledObjects bundled() {
    return new BundledObjects(UserFolders.cache(), "clang");
  }

  /** Opens samples by their folder's name, without what was recorded of them. */
  static CaptureOpener samples() {
    return (name, _, _) -> {
      Path file = Path.of("..", "samples", name, "capture.pcap");
      Capture capture = Capture.open(file.toString(), CaptureProgress.NONE);
      return new OpenCapture(
          "capture.pcap",
          (int) capture.size(),
          () -> new CaptureFrames(capture),
          CaptureScenario.find(capture, null).scenario(),
          List.of(),
          List.of(),
          capture::close);
    };
  }

  /** Makes captures up; their name is how many packets they have. */
  static CaptureOpener synthetic() {
    return (size, _, _) -> Synthetic.capture(Integer.parseInt(size));
  }

  /** Without a memory. */
  static AppServices services(CaptureOpener opener, Lanes lanes) {
    return services(opener, lanes, UserData.none(Path.of(System.getProperty("java.io.tmpdir"))));
  }

  /** With a user whose things lie below {@code home}. */
  static AppServices services(CaptureOpener opener, Lanes lanes, Path home) {
    return services(
        opener,
        lanes,
        new UserData(
            PreferenceStore.in(home.resolve("config")),
            Autosave.in(home.resolve("autosave")),
            LessonProgress.in(home.resolve("lessons.properties")),
            home.resolve("reports"),
            home.resolve("objects")));
  }

  private static AppServices services(CaptureOpener opener, Lanes lanes, UserData user) {
    return new AppServices(
        opener,
        lanes,
        ERAS,
        (_, _) -> {
          throw new ReplayException("no objects here");
        },
        user);
  }

  /** The bundled objects can be read as well. */
  static AppServices withObjects(CaptureOpener opener, Lanes lanes) {
    BundledObjects objects = bundled();
    return new AppServices(
        opener, lanes, ERAS, (_, config) -> ObjectInspection.of(objects.object(config)));
  }
}
