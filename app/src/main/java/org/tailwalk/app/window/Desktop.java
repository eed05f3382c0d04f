// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.window;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import javafx.animation.AnimationTimer;
import javafx.application.Platform;
import javafx.embed.swing.SwingFXUtils;
import javafx.scene.Scene;
import javafx.scene.image.WritableImage;
import javafx.stage.Stage;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.tailwalk.app.tasks.Work;
import org.tailwalk.app.theme.Theme;

/** Starts JavaFX, opens the window, and waits until it is closed. */
public final class Desktop {
  private static final int PULSES_BEFORE_PICTURE = 12;

  private final AppServices services;

  /** With what the window works with. */
  public Desktop(AppServices services) {
    this.services = services;
  }

  /**
   * Opens the window and returns when it is closed, or when the picture asked for is written.
   *
   * @return what went wrong when the picture shows an error, or could not be written
   */
  public Optional<String> run(WindowOptions options) throws InterruptedException {
    CompletableFuture<Optional<String>> ended = new CompletableFuture<>();
    ExecutorService work = Executors.newFixedThreadPool(2, daemon("tailwalk-work"));
    ExecutorService replays = Executors.newSingleThreadExecutor(daemon("tailwalk-replay"));
    startJavaFx();
    Platform.runLater(() -> {
      try {
        open(options, work, replays, ended);
      } catch (RuntimeException | Error e) {
        ended.completeExceptionally(e);
      }
    });
    try {
      return ended.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("the window can't be opened", e.getCause());
    } finally {
      replays.shutdown();
      work.shutdown();
      // The engines leave nothing in the kernel: they get the time to close.
      replays.awaitTermination(5, java.util.concurrent.TimeUnit.SECONDS);
    }
  }

  private static ThreadFactory daemon(String name) {
    return Thread.ofPlatform().daemon().name(name + "-", 1).factory();
  }

  private static void startJavaFx() throws InterruptedException {
    CountDownLatch started = new CountDownLatch(1);
    try {
      Platform.startup(started::countDown);
    } catch (IllegalStateException e) {
      started.countDown(); // it runs already
    }
    started.await();
    Platform.setImplicitExit(false);
  }

  private void open(
      WindowOptions options,
      ExecutorService work,
      ExecutorService replays,
      CompletableFuture<Optional<String>> ended) {
    Stage stage = new Stage();
    Theme theme = new Theme(options.theme());
    MainViewModel model =
        new MainViewModel(
            services, new Work(work, Platform::runLater), new Work(replays, Platform::runLater));
    MainWindow window = new MainWindow(stage, model, theme, options.width(), options.height());
    AtomicReference<Optional<String>> trouble = new AtomicReference<>(Optional.empty());
    stage.setOnHidden(_ -> {
      window.dispose();
      ended.complete(trouble.get());
    });
    stage.show();
    String capture = options.capture();
    if (capture != null) {
      model.open(capture, options.scenario(), options.packet(), options.step());
    }
    Path picture = options.screenshot();
    if (picture != null) {
      new Photographer(
              window.scene(),
              model,
              picture,
              found -> {
                trouble.set(found);
                stage.hide();
              })
          .start();
    }
  }

  /** Waits until everything asked for is on the screen, then takes the picture. */
  private static final class Photographer extends AnimationTimer {
    private final Scene scene;
    private final MainViewModel model;
    private final Path picture;
    private final Consumer<Optional<String>> done;
    private int quiet;

    Photographer(Scene scene, MainViewModel model, Path picture, Consumer<Optional<String>> done) {
      this.scene = scene;
      this.model = model;
      this.picture = picture;
      this.done = done;
    }

    @Override
    public void handle(long now) {
      boolean laidOut =
          model.packets().tableProperty().get().size() == 0
              || !model.path().layoutProperty().get().nodes().isEmpty();
      boolean failed = !model.status().errorProperty().get().isEmpty();
      quiet = model.settledProperty().get() && (laidOut || failed) ? quiet + 1 : 0;
      if (quiet < PULSES_BEFORE_PICTURE) {
        return;
      }
      stop();
      Optional<String> trouble =
          Optional.of(model.status().errorProperty().get()).filter(e -> !e.isEmpty());
      @Nullable String written = write(scene, picture);
      done.accept(written == null ? trouble : Optional.of(written));
    }
  }

  /** Null when it worked. */
  private static @Nullable String write(Scene scene, Path picture) {
    WritableImage image = scene.snapshot(null);
    File file = picture.toFile();
    try {
      if (!ImageIO.write(SwingFXUtils.fromFXImage(image, null), "png", file)) {
        return "write screenshot: " + picture + ": no writer for PNG";
      }
      return null;
    } catch (IOException e) {
      return "write screenshot: " + picture + ": " + e.getMessage();
    }
  }
}
