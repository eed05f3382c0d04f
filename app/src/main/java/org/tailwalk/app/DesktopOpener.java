// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.tailwalk.app.animation.FilmSpec;
import org.tailwalk.app.bench.UiBench;
import org.tailwalk.app.cli.AnimateRequest;
import org.tailwalk.app.cli.Engines;
import org.tailwalk.app.cli.WindowOpener;
import org.tailwalk.app.cli.WindowRequest;
import org.tailwalk.app.compare.core.CompareRequest;
import org.tailwalk.app.platform.StartClock;
import org.tailwalk.app.platform.UserFolders;
import org.tailwalk.app.prefs.Preferences;
import org.tailwalk.app.session.Lanes;
import org.tailwalk.app.session.Openings;
import org.tailwalk.app.text.Language;
import org.tailwalk.app.text.Texts;
import org.tailwalk.app.theme.Theme;
import org.tailwalk.app.window.AppServices;
import org.tailwalk.app.window.Desktop;
import org.tailwalk.app.window.FilmStudio;
import org.tailwalk.app.window.UserData;
import org.tailwalk.app.window.WindowOptions;
import org.tailwalk.bpf.engine.ObjectInspection;
import org.tailwalk.scenario.Era;
import org.tailwalk.scenario.Scenario;
import org.tailwalk.text.Message;

/** Wires the window. */
final class DesktopOpener implements WindowOpener {
  private static final List<Era> ERAS =
      List.of(Era.SEED, Era.PR25426, Era.PR26115, Era.PR26118, Era.PR33551, Era.WALKTHROUGH2020);

  private final Engines engines;
  private final Supplier<Message> kernelTrouble;
  private final StartClock clock;
  private final Locale machine;

  /**
   * With the engines.
   *
   * @param kernelTrouble why the kernel engine can't run here; empty when it can
   * @param clock that tells how long the start takes
   * @param machine what the machine speaks
   */
  DesktopOpener(
      Engines engines, Supplier<Message> kernelTrouble, StartClock clock, Locale machine) {
    this.engines = engines;
    this.kernelTrouble = kernelTrouble;
    this.clock = clock;
    this.machine = machine;
  }

  @Override
  public Optional<String> open(WindowRequest request) throws InterruptedException {
    return open(request, null);
  }

  @Override
  public Optional<String> compare(WindowRequest request, CompareRequest compare)
      throws InterruptedException {
    return open(request, compare);
  }

  private Optional<String> open(WindowRequest request, @Nullable CompareRequest compare)
      throws InterruptedException {
    // A picture shows the same to everybody, and leaves nothing behind.
    UserData user =
        request.screenshot() == null
            ? UserData.in(UserFolders.config(), UserFolders.state(), UserFolders.cache())
            : UserData.none(UserFolders.cache());
    String language = request.language();
    Language.speak(language == null ? remembered(user) : language, machine);
    WindowOptions options = options(request, user.preferences().get());
    try {
      return new Desktop(() -> services(user), clock).run(options, compare);
    } catch (UnsupportedOperationException e) {
      throw new IllegalArgumentException(
          refusal(String.valueOf(System.getenv("DISPLAY")), String.valueOf(e.getMessage())), e);
    }
  }

  /** What JavaFX says of a display that doesn't answer, or of its library, with the way out. */
  static String refusal(String display, String said) {
    return said.contains("GTK")
        ? "open window: %s GTK 3 is missing or broken here: apt-get install libgtk-3-0 (./tailwalk doctor tells more); without it: ./tailwalk replay CAPTURE"
            .formatted(said)
        : "open window: display %s: %s; without one: ./tailwalk replay CAPTURE, or unset DISPLAY and take --screenshot FILE"
            .formatted(display, said);
  }

  /** A preference of a later version must not keep the window from opening. */
  private static String remembered(UserData user) {
    String code = user.preferences().get().language();
    return Language.CODES.contains(code) ? code : "";
  }

  @Override
  public void bench(UiBench.Plan plan, PrintWriter out) throws InterruptedException {
    try {
      new UiBench(services(UserData.none(UserFolders.cache())), out).run(plan);
    } catch (ExecutionException e) {
      throw new IllegalStateException("the bench failed on the UI thread", e.getCause());
    }
  }

  @Override
  public int animate(AnimateRequest request, BooleanSupplier goOn)
      throws IOException, InterruptedException {
    int[] size = WindowOptions.parseSize(request.size());
    FilmSpec spec = new FilmSpec(request.fps(), size[0], size[1], request.speed());
    try {
      return new FilmStudio(services(UserData.none(UserFolders.cache())))
          .make(
              request.capture(),
              request.scenario(),
              scenario -> {
                Scenario dressed = scenario;
                if (request.datapath() != null) {
                  dressed = dressed.withDatapath(request.datapath());
                }
                return request.model() == null ? dressed : dressed.withModel(request.model());
              },
              request.first(),
              request.last(),
              request.output(),
              spec,
              Theme.Mode.named(request.theme()),
              (_, _) -> goOn.getAsBoolean());
    } catch (IOException | InterruptedException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private AppServices services(UserData user) {
    String trouble = Texts.say(kernelTrouble.get());
    Lanes lanes =
        new Lanes(
            trouble.isEmpty() ? engines::kernel : null, trouble, kernelName(), engines.model());
    return new AppServices(
        Openings::forWindow,
        lanes,
        ERAS,
        (datapath, config) -> ObjectInspection.of(engines.objects(datapath).object(config)),
        user);
  }

  private static WindowOptions options(WindowRequest request, Preferences remembered) {
    Preferences.Layout layout = remembered.layout();
    int[] size = {
      layout.width() == 0 ? WindowOptions.DEFAULT_WIDTH : layout.width(),
      layout.height() == 0 ? WindowOptions.DEFAULT_HEIGHT : layout.height()
    };
    String asked = request.size();
    if (asked != null) {
      size = WindowOptions.parseSize(asked);
    }
    String look = request.theme();
    Theme.Mode theme = look == null ? Theme.Mode.of(remembered.theme()) : Theme.Mode.named(look);
    return new WindowOptions(
        request.capture(),
        request.scenario(),
        request.screenshot(),
        size[0],
        size[1],
        theme,
        request.packet(),
        request.step(),
        request.timing(),
        request.tab(),
        request.actions(),
        request.lesson(),
        request.datapath());
  }

  private static String kernelName() {
    String[] release = System.getProperty("os.version").split("\\.", 3);
    return release.length < 2 ? "Kernel" : "Kernel " + release[0] + "." + release[1];
  }
}
