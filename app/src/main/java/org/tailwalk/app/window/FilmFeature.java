// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.window;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import javafx.application.Platform;
import javafx.stage.DirectoryChooser;
import javafx.stage.FileChooser;
import javafx.stage.Stage;
import org.tailwalk.app.action.Action;
import org.tailwalk.app.animation.FilmDialog;
import org.tailwalk.app.animation.FilmMaker;
import org.tailwalk.app.session.Replay;
import org.tailwalk.app.tasks.BackgroundThreads;
import org.tailwalk.app.tasks.Work;
import org.tailwalk.app.text.Texts;
import org.tailwalk.app.theme.Theme;

/** Exports the animation of some packets: asks, films beside the window, says what became of it. */
final class FilmFeature {
  private final Stage stage;
  private final MainViewModel model;
  private final Theme theme;
  private final Features.Places places;
  private final Texts texts = Texts.of(FilmDialog.class);

  FilmFeature(Stage stage, MainViewModel model, Theme theme, Features.Places places) {
    this.stage = stage;
    this.model = model;
    this.theme = theme;
    this.places = places;
  }

  void wire() {
    places
        .actions()
        .add(
            Workspaces.DEBUG,
            List.of(
                Action.of(
                        "animation.export",
                        texts.get("chapter"),
                        texts.get("action.export"),
                        this::ask,
                        "Ctrl+Shift+G")
                    .when(() -> model.focus().packet().isPresent())));
  }

  private void ask() {
    Replay replay = model.focus().replay().orElse(null);
    int packet = model.transport().positionProperty().get().packet();
    if (replay == null || packet < 1) {
      return;
    }
    FilmDialog dialog = new FilmDialog(stage, theme, packet, replay.summaries().size());
    Optional<FilmDialog.Order> order = dialog.showAndWait();
    if (order.isEmpty()) {
      return;
    }
    File target = target(order.get().gif());
    if (target != null) {
      film(replay, order.get(), target.toPath());
    }
  }

  private @org.jspecify.annotations.Nullable File target(boolean gif) {
    if (!gif) {
      DirectoryChooser chooser = new DirectoryChooser();
      chooser.setTitle(texts.get("choose.folder"));
      return chooser.showDialog(stage);
    }
    FileChooser chooser = new FileChooser();
    chooser.setTitle(texts.get("choose.file"));
    chooser.setInitialFileName("packets.gif");
    chooser.getExtensionFilters().add(new FileChooser.ExtensionFilter("GIF", "*.gif"));
    File file = chooser.showSaveDialog(stage);
    return file == null || FilmStudio.gif(file.toPath()) ? file : new File(file.getPath() + ".gif");
  }

  /**
   * Films beside the window: packets are looked up on the replay's thread, frames made on another.
   */
  void film(Replay replay, FilmDialog.Order order, Path target) {
    AtomicBoolean stop = new AtomicBoolean();
    model.status().begin(texts.get("filming"), () -> stop.set(true));
    model
        .replays()
        .run(
            () -> Footages.of(replay, order.first(), order.last(), (_, _) -> !stop.get()),
            footage -> make(footage, order, target, stop),
            this::failed);
  }

  private void make(
      FilmMaker.Footage footage, FilmDialog.Order order, Path target, AtomicBoolean stop) {
    // A thread of its own: a film takes seconds, and other short jobs should not wait for it.
    ExecutorService own = Executors.newFixedThreadPool(2, BackgroundThreads.named("tailwalk-film"));
    new Work(own, Platform::runLater)
        .run(
            () ->
                FilmMaker.make(
                    footage,
                    order.spec(),
                    theme.modeProperty().get(),
                    own,
                    FilmStudio.sink(target, order.spec()),
                    (frame, of) -> {
                      if (frame % 10 == 0) {
                        Platform.runLater(() -> model.status().at((double) frame / of));
                      }
                      return !stop.get();
                    }),
            frames -> {
              own.shutdown();
              model.status().end();
              model.transport().say(texts.get("filmed", frames, target));
            },
            e -> {
              own.shutdown();
              failed(e);
            });
  }

  private void failed(Exception e) {
    model.status().end();
    if (!(e instanceof CancellationException)) {
      model.status().fail(texts.get("failed", Texts.say(e)));
    }
  }
}
