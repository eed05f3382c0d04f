// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.animation;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import javafx.application.Platform;
import org.tailwalk.app.theme.Theme;
import org.tailwalk.app.transport.Position;
import org.tailwalk.engine.ProgramGraph;

/**
 * Makes films. Called off the UI thread; each frame is painted there in a job of its own, so that a
 * window stays alive meanwhile.
 */
public final class FilmMaker {
  /**
   * What is filmed.
   *
   * @param shots in order, at least one
   * @param graph the programs
   * @param pod what the pod is called on the stage
   * @param walked the programs that any packet of the capture enters
   */
  public record Footage(List<FilmShot> shots, ProgramGraph graph, String pod, Set<String> walked) {
    /** Keeps its own copies. */
    public Footage {
      shots = List.copyOf(shots);
      walked = Set.copyOf(walked);
    }
  }

  /** Hears how far a film is. */
  @FunctionalInterface
  public interface Progress {
    /** Returns false to end it. */
    boolean at(int frame, int of);
  }

  private FilmMaker() {}

  /**
   * Films.
   *
   * @param background lays the stage out; not the calling thread's own executor
   * @return how many frames
   * @throws CancellationException when {@code progress} said so; nothing half done is left
   * @throws IOException when the film can't be written
   * @throws IllegalArgumentException when it would be too long
   */
  public static int make(
      Footage footage,
      FilmSpec spec,
      Theme.Mode mode,
      Executor background,
      FilmSink sink,
      Progress progress)
      throws IOException {
    try (sink) {
      List<Position> moments = FilmClock.moments(footage.shots(), spec);
      Map<Integer, FilmShot> shots = new HashMap<>();
      footage.shots().forEach(shot -> shots.put(shot.number(), shot));
      FilmStage stage = onUi(() -> new FilmStage(spec, new Theme(mode), background));
      onUi(() -> stage.graph(footage.graph(), footage.pod(), footage.walked())).join();
      BufferedImage image = null;
      Position before = null;
      for (int i = 0; i < moments.size(); i++) {
        if (!progress.at(i, moments.size())) {
          throw new CancellationException("the film was cancelled");
        }
        Position at = moments.get(i);
        FilmShot shot = Objects.requireNonNull(shots.get(at.packet()), "a shot of each packet");
        if (image == null || !at.equals(before)) {
          image = onUi(() -> stage.picture(shot, at));
        }
        before = at;
        sink.frame(image);
      }
      sink.finish();
      return moments.size();
    }
  }

  private static <T> T onUi(Callable<T> job) {
    CompletableFuture<T> done = new CompletableFuture<>();
    Platform.runLater(() -> {
      try {
        done.complete(job.call());
      } catch (Exception | Error e) {
        done.completeExceptionally(e);
      }
    });
    try {
      return done.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }
}
