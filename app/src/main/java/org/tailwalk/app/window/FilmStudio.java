// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.window;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.tailwalk.app.animation.FilmMaker;
import org.tailwalk.app.animation.FilmSink;
import org.tailwalk.app.animation.FilmSpec;
import org.tailwalk.app.animation.GifSink;
import org.tailwalk.app.animation.PngSink;
import org.tailwalk.app.session.OpenCapture;
import org.tailwalk.app.session.Replay;
import org.tailwalk.app.theme.Theme;
import org.tailwalk.scenario.Scenario;

/** Makes a film of a capture with no window: for the command line. */
public final class FilmStudio {
  private final AppServices services;

  /** With what captures are opened and replayed with. */
  public FilmStudio(AppServices services) {
    this.services = services;
  }

  /**
   * Opens, replays and films.
   *
   * @param dress changes the scenario that was found
   * @param output a {@code .gif} file, or a folder for pictures
   * @return how many frames
   * @throws Exception with a message that says what, where, why
   */
  public int make(
      String capture,
      @Nullable String scenario,
      UnaryOperator<Scenario> dress,
      int first,
      int last,
      Path output,
      FilmSpec spec,
      Theme.Mode mode,
      FilmMaker.Progress progress)
      throws Exception {
    Desktop.startJavaFx();
    OpenCapture open = services.opener().open(capture, scenario, (_, _) -> true);
    ExecutorService background =
        Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().factory());
    // What can't be written is said before anything is replayed.
    try (FilmSink film = sink(output, spec);
        Replay replay =
            Replay.runUnkeyed(
                open,
                dress.apply(open.scenario()),
                services.lanes(),
                (_, _) -> true,
                (_, _) -> {})) {
      FilmMaker.Footage footage = Footages.of(replay, first, last, (_, _) -> true);
      return FilmMaker.make(footage, spec, mode, background, film, progress);
    } finally {
      background.shutdown();
      open.close().run();
    }
  }

  /** Whether a path asks for an animated GIF; else it is a folder for pictures. */
  static boolean gif(Path output) {
    return output.toString().toLowerCase(java.util.Locale.ROOT).endsWith(".gif");
  }

  static FilmSink sink(Path output, FilmSpec spec) throws IOException {
    return gif(output) ? new GifSink(output, spec.fps()) : new PngSink(output);
  }
}
