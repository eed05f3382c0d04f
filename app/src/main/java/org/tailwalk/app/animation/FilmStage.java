// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.animation;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import javafx.application.Platform;
import javafx.embed.swing.SwingFXUtils;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.image.WritableImage;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import org.tailwalk.app.path.PathView;
import org.tailwalk.app.path.PathViewModel;
import org.tailwalk.app.path.StageLayout;
import org.tailwalk.app.tasks.Work;
import org.tailwalk.app.theme.Theme;
import org.tailwalk.app.transport.Position;
import org.tailwalk.engine.ProgramGraph;

/**
 * A stage that stands in no window: title above, the walk in the middle, the step's words below.
 * Made and asked for pictures on the UI thread.
 */
final class FilmStage {
  private final PathViewModel path;
  private final Label about = new Label();
  private final Label line = new Label();
  private final Label count = new Label();
  private final Scene scene;
  private final WritableImage image;
  private int shown;

  /** Lays out with {@code background}. */
  FilmStage(FilmSpec spec, Theme theme, Executor background) {
    this.path = new PathViewModel(new Work(background, Platform::runLater));
    path.setEased(spec.speed() <= 4);
    PathView view = new PathView(path, theme);
    view.bare(4);
    double type = Math.clamp(spec.width() / 72.0, 10, 40);
    Region space = new Region();
    HBox.setHgrow(space, Priority.ALWAYS);
    count.setMinWidth(Region.USE_PREF_SIZE);
    HBox head = new HBox(about, space, count);
    head.getStyleClass().add("film-head");
    line.getStyleClass().add("film-line");
    line.setMaxWidth(Double.MAX_VALUE);
    BorderPane pane = new BorderPane(view);
    pane.setTop(head);
    pane.setBottom(line);
    pane.getStyleClass().add("film");
    pane.setStyle("-fx-font-size: %.1fpx;".formatted(type).replace(',', '.'));
    this.scene = new Scene(pane, spec.width(), spec.height());
    theme.dress(scene);
    this.image = new WritableImage(spec.width(), spec.height());
  }

  /** Lays the programs out; done when that is done. */
  CompletableFuture<Void> graph(ProgramGraph graph, String pod, Set<String> walked) {
    CompletableFuture<Void> ready = new CompletableFuture<>();
    path.layoutProperty()
        .addListener((_, _, now) -> {
          if (!now.nodes().isEmpty()) {
            ready.complete(null);
          }
        });
    path.showGraph(graph, pod, walked);
    StageLayout there = path.layoutProperty().get();
    if (!there.nodes().isEmpty()) {
      ready.complete(null);
    }
    return ready;
  }

  /** The stage at a moment. */
  java.awt.image.BufferedImage picture(FilmShot shot, Position at) {
    if (shown != shot.number()) {
      shown = shot.number();
      about.setText(shot.about());
      path.show(shot.stage(), shot.about());
    }
    path.move(at.row(), at.fraction());
    int row = Math.min(at.row(), shot.lines().size() - 1);
    line.setText(row < 0 ? " " : shot.lines().get(row));
    count.setText(shot.lines().isEmpty() ? "" : (at.row() + 1) + " / " + shot.lines().size());
    scene.getRoot().applyCss();
    scene.getRoot().layout();
    scene.snapshot(image);
    return SwingFXUtils.fromFXImage(image, null);
  }
}
