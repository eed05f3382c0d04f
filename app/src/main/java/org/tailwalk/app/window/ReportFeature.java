// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.window;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongPredicate;
import java.util.function.Supplier;
import javafx.stage.FileChooser;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;
import org.tailwalk.app.action.Action;
import org.tailwalk.app.packets.Shown;
import org.tailwalk.app.platform.WholeFile;
import org.tailwalk.app.report.RunEnd;
import org.tailwalk.app.report.RunInfo;
import org.tailwalk.app.report.html.ReplayPage;
import org.tailwalk.app.session.Replay;
import org.tailwalk.app.text.Texts;
import org.tailwalk.engine.ReplayException;
import org.tailwalk.replay.PacketReplay;
import org.tailwalk.replay.ReplaySummary;

/** Writes the capture that is open down as a page: all of it, or what the filter shows. */
final class ReportFeature {
  private final Stage stage;
  private final MainViewModel model;
  private final Supplier<Optional<File>> folder;
  private final Texts texts = Texts.of(ReportFeature.class);

  /** {@code folder}: where the dialog for the page begins. */
  ReportFeature(Stage stage, MainViewModel model, Supplier<Optional<File>> folder) {
    this.stage = stage;
    this.model = model;
    this.folder = folder;
  }

  List<Action> actions() {
    return List.of(
        Action.of(
            "report.export",
            texts.get("chapter.window"),
            texts.get("action.report.export"),
            this::ask,
            "Ctrl+Shift+E"),
        Action.of(
            "report.marked",
            texts.get("chapter.window"),
            texts.get("action.report.marked"),
            this::askForMarked));
  }

  /** Asks where to, then writes. */
  void ask() {
    if (model.focus().replay().isPresent()) {
      file().ifPresent(this::write);
    }
  }

  private void askForMarked() {
    if (model.focus().replay().isEmpty()) {
      return;
    }
    if (marks().isEmpty()) {
      model.status().fail(texts.get("report.no-marks"));
      return;
    }
    file().ifPresent(this::writeMarked);
  }

  private NavigableSet<Integer> marks() {
    return model.annotations().annotationsProperty().get().marks();
  }

  private Optional<Path> file() {
    FileChooser chooser = new FileChooser();
    chooser.setTitle(texts.get("report.title"));
    chooser.setInitialFileName("report.html");
    folder.get().ifPresent(chooser::setInitialDirectory);
    chooser
        .getExtensionFilters()
        .add(new FileChooser.ExtensionFilter(texts.get("report.pages"), "*.html"));
    return FileDialogs.shown(chooser, c -> c.showSaveDialog(stage)).map(File::toPath);
  }

  /** Writes the page in the background: all, or what the filter shows. */
  void write(Path file) {
    Replay replay = model.focus().replay().orElse(null);
    if (replay == null) {
      return;
    }
    Shown shown = model.packets().shownProperty().get();
    boolean all = shown.size() == replay.summaries().size();
    write(replay, file, all ? null : n -> shown.rowOf((int) n) >= 0);
  }

  /** Writes the page of the marked packets in the background, shown or not. */
  void writeMarked(Path file) {
    NavigableSet<Integer> marks = marks();
    model.focus().replay().ifPresent(r -> write(r, file, n -> marks.contains((int) n)));
  }

  private void write(Replay replay, Path file, @Nullable LongPredicate selected) {
    AtomicBoolean stop = new AtomicBoolean();
    model.status().begin(texts.get("report.writing"), () -> stop.set(true));
    model
        .replays()
        .run(
            () -> {
              page(replay, file, selected, stop);
              return true;
            },
            _ -> model.status().end(),
            e -> {
              model.status().end();
              if (!(e instanceof CancellationException)) {
                model.status().fail(Texts.say(e));
              }
            });
  }

  private void page(Replay replay, Path file, @Nullable LongPredicate selected, AtomicBoolean stop)
      throws IOException, ReplayException, InterruptedException {
    boolean kernel = replay.history().kernel().isPresent();
    boolean both = replay.ran().size() > 1;
    RunInfo run =
        new RunInfo(
            replay.capture().name(),
            replay.scenario(),
            kernel ? replay.ran().getFirst() : null,
            !kernel || both ? replay.ran().getLast() : null);
    int size = replay.summaries().size();
    try (WholeFile whole = WholeFile.create(file)) {
      ReplayPage page = ReplayPage.after(whole.out(), run, selected, replay.history());
      ReplaySummary.Counter counter = new ReplaySummary.Counter();
      for (int n = 1; n <= size; n++) {
        PacketReplay packet = replay.packet(n, (_, _) -> !stop.get());
        counter.add(packet);
        page.packet(packet);
        if (n % 1024 == 0) {
          double done = (double) n / size;
          model.replays().onUi(() -> model.status().at(done));
        }
        if (stop.get()) {
          throw new CancellationException("writing the page was cancelled");
        }
      }
      page.end(counter.summary(), new RunEnd(replay.capture().warnings(), false));
      whole.finish();
    }
  }
}
