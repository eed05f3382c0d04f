// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.window;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.animation.AnimationTimer;
import javafx.application.Platform;
import javafx.embed.swing.SwingFXUtils;
import javafx.scene.Scene;
import javafx.scene.image.WritableImage;
import javafx.stage.Stage;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.tailwalk.app.compare.core.CompareRequest;
import org.tailwalk.app.platform.Letters;
import org.tailwalk.app.platform.Machine;
import org.tailwalk.app.platform.StartClock;
import org.tailwalk.app.platform.WholeFile;
import org.tailwalk.app.tasks.BackgroundThreads;
import org.tailwalk.app.tasks.Work;
import org.tailwalk.app.text.Language;
import org.tailwalk.app.text.Texts;
import org.tailwalk.app.theme.Theme;
import org.tailwalk.scenario.DatapathSpec;

/** Starts JavaFX, opens the window, and waits until it is closed. */
public final class Desktop {
  private static final System.Logger LOG = System.getLogger(Desktop.class.getName());
  private static final int PULSES_BEFORE_PICTURE = 12;

  private final Supplier<AppServices> services;
  private final StartClock clock;

  /**
   * With what the window works with.
   *
   * @param services asked for once, while JavaFX starts
   * @param clock that tells how long the start takes
   */
  public Desktop(Supplier<AppServices> services, StartClock clock) {
    this.services = services;
    this.clock = clock;
  }

  /**
   * Opens the window and returns when it is closed, or when the picture asked for is written.
   *
   * @return what went wrong when the picture shows an error, or could not be written
   */
  public Optional<String> run(WindowOptions options) throws InterruptedException {
    return run(options, null);
  }

  /** The same, comparing at once; null for not. */
  public Optional<String> run(WindowOptions options, @Nullable CompareRequest compare)
      throws InterruptedException {
    CompletableFuture<Optional<String>> ended = new CompletableFuture<>();
    ExecutorService work =
        Executors.newFixedThreadPool(2, BackgroundThreads.named("tailwalk-work"));
    ExecutorService replays =
        Executors.newSingleThreadExecutor(BackgroundThreads.named("tailwalk-replay"));
    CompletableFuture<Void> javaFx =
        CompletableFuture.runAsync(Desktop::startJavaFx, Thread.ofPlatform().daemon()::start);
    // What engines find before there is a UI thread waits for it.
    Executor ui = job -> javaFx.thenRun(() -> Platform.runLater(job));
    try {
      MainViewModel model =
          new MainViewModel(services.get(), new Work(work, ui), new Work(replays, ui));
      if (options.screenshot() == null) {
        model.status().tellWhyModelAlone(model.lanes().kernelTrouble());
      }
      String capture = options.capture();
      if (capture != null) {
        open(model, capture, options, options.datapath());
      }
      clock.reached("engines begun");
      joinJavaFx(javaFx);
      clock.reached("JavaFX");
      Platform.runLater(() -> {
        try {
          open(options, compare, model, ended);
        } catch (RuntimeException | Error e) {
          ended.completeExceptionally(e);
        }
      });
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

  /** Display trouble comes as {@code UnsupportedOperationException}. */
  private static void joinJavaFx(CompletableFuture<Void> javaFx) {
    try {
      javaFx.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }

  /** Starts JavaFX, unless it runs already, and waits until it does. */
  static void startJavaFx() {
    CountDownLatch started = new CountDownLatch(1);
    try {
      Platform.startup(started::countDown);
    } catch (IllegalStateException e) {
      started.countDown(); // it runs already
    }
    try {
      started.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while JavaFX starts");
    }
    Platform.setImplicitExit(false);
  }

  private void open(
      WindowOptions options,
      @Nullable CompareRequest compare,
      MainViewModel model,
      CompletableFuture<Optional<String>> ended) {
    Stage stage = new Stage();
    Theme theme = new Theme(options.theme());
    MainWindow window = new MainWindow(stage, model, theme, options.width(), options.height());
    AtomicReference<Optional<String>> trouble = new AtomicReference<>(Optional.empty());
    stage.setOnHidden(_ -> {
      window.dispose();
      ended.complete(trouble.get());
    });
    String tab = options.tab();
    if (tab != null) {
      window.showTab(tab);
    }
    if (compare != null) {
      window.compare(compare);
    }
    if (options.datapath() != null) {
      new OtherDatapath(model, options).start();
    }
    Doer doer = new Doer(window, model, options);
    doer.start();
    clock.reached("window built");
    stage.show();
    if (options.screenshot() == null) {
      tellOfLetters(model, Machine.local(), Locale.getDefault().getLanguage());
    }
    new StartWatch(model, clock, options.timing()).start();
    Path picture = options.screenshot();
    if (picture != null) {
      new Photographer(
              window.scene(),
              model,
              () -> doer.done() && window.compared(),
              picture,
              found -> {
                trouble.set(found);
                stage.hide();
              })
          .start();
    }
  }

  /**
   * Says how to get a language's letters where no font has them: boxes explain nothing. In Latin
   * letters, which come with the window.
   */
  static void tellOfLetters(MainViewModel model, Machine machine, String language) {
    if (language.equals("en") || !Language.CODES.contains(language)) {
      return;
    }
    model
        .work()
        .run(
            () -> Letters.known(machine, language).orElse(true),
            there -> {
              if (!there && model.status().errorProperty().get().isEmpty()) {
                model
                    .status()
                    .fail(Texts.of(Desktop.class).get("letters.missing", Letters.PACKAGE));
              }
            });
  }

  /**
   * Notes when the first frame was drawn and when the first packet was. A pulse begins when the
   * frame of the pulse before was handed over to be drawn, so each is noted one pulse late.
   */
  private static final class StartWatch extends AnimationTimer {
    private final MainViewModel model;
    private final StartClock clock;
    private final boolean tell;
    private int pulses;
    private int settled;

    StartWatch(MainViewModel model, StartClock clock, boolean tell) {
      this.model = model;
      this.clock = clock;
      this.tell = tell;
    }

    @Override
    public void handle(long now) {
      pulses++;
      if (pulses == 2) {
        clock.reached("first frame");
      }
      settled = model.settledProperty().get() ? settled + 1 : 0;
      if (pulses > 2 && settled == 2) {
        clock.reached("first packet shown");
        stop();
        LOG.log(System.Logger.Level.INFO, "start: {0}", clock.text());
        if (tell) {
          System.err.println("tailwalk: start: " + clock.text());
        }
      }
    }
  }

  private static void open(
      MainViewModel model, String capture, WindowOptions options, @Nullable DatapathSpec datapath) {
    model.open(
        capture,
        options.scenario(),
        options.packet(),
        options.step(),
        found -> datapath == null ? found : found.withDatapath(datapath));
  }

  /**
   * Shows the capture under the scenario's datapath when the one that was asked for could not be
   * loaded; what was wrong with that stays said.
   */
  private static final class OtherDatapath extends AnimationTimer {
    private final MainViewModel model;
    private final WindowOptions options;
    private String trouble = "";

    OtherDatapath(MainViewModel model, WindowOptions options) {
      this.model = model;
      this.options = options;
    }

    @Override
    public void handle(long now) {
      String capture = options.capture();
      if (!model.settledProperty().get()) {
        return;
      }
      boolean shown = model.focus().replay().isPresent();
      if (shown || !trouble.isEmpty() || capture == null) {
        stop();
        if (!trouble.isEmpty()) {
          model.status().fail(trouble);
        }
        return;
      }
      trouble = model.status().errorProperty().get();
      if (trouble.isEmpty()) {
        stop();
        return;
      }
      open(model, capture, options, null);
    }
  }

  /** Whether what was begun is over: nothing is opened, looked up, laid out or on its way. */
  private static boolean quiet(MainViewModel model) {
    boolean moving = model.transport().running() && !model.transport().playingProperty().get();
    return model.settledProperty().get()
        && model.work().idle()
        && model.replays().idle()
        && !moving;
  }

  /**
   * Does what was asked for once the capture is shown, one after the other, each when what the one
   * before began is over: a lesson has to be there before its page can be turned.
   */
  private static final class Doer extends AnimationTimer {
    private static final int PULSES_BETWEEN = 2;

    private final MainWindow window;
    private final MainViewModel model;
    private final Deque<Runnable> left = new ArrayDeque<>();
    private int quiet;

    Doer(MainWindow window, MainViewModel model, WindowOptions options) {
      this.window = window;
      this.model = model;
      Path lesson = options.lesson();
      if (lesson != null) {
        left.add(() -> window.lesson(lesson));
      }
      options.actions().forEach(name -> left.add(() -> act(name)));
    }

    private void act(String name) {
      window
          .actions()
          .find(name)
          .ifPresentOrElse(
              action -> action.run().run(),
              () -> System.err.println("tailwalk: no such action: " + name));
    }

    /** Whether all of it was begun. */
    boolean done() {
      return left.isEmpty();
    }

    @Override
    public void handle(long now) {
      if (left.isEmpty()) {
        stop();
        return;
      }
      quiet = quiet(model) ? quiet + 1 : 0;
      if (quiet >= PULSES_BETWEEN) {
        quiet = 0;
        left.remove().run();
      }
    }
  }

  /** Waits until everything asked for is on the screen, then takes the picture. */
  private static final class Photographer extends AnimationTimer {
    private final Scene scene;
    private final MainViewModel model;
    private final BooleanSupplier done;
    private final Path picture;
    private final Consumer<Optional<String>> taken;
    private int quiet;

    Photographer(
        Scene scene,
        MainViewModel model,
        BooleanSupplier done,
        Path picture,
        Consumer<Optional<String>> taken) {
      this.done = done;
      this.scene = scene;
      this.model = model;
      this.picture = picture;
      this.taken = taken;
    }

    @Override
    public void handle(long now) {
      boolean laidOut =
          model.packets().tableProperty().get().size() == 0
              || !model.path().layoutProperty().get().nodes().isEmpty();
      boolean failed = !model.status().errorProperty().get().isEmpty();
      quiet = done.getAsBoolean() && quiet(model) && (laidOut || failed) ? quiet + 1 : 0;
      if (quiet < PULSES_BEFORE_PICTURE) {
        return;
      }
      stop();
      Optional<String> trouble =
          Optional.of(model.status().errorProperty().get()).filter(e -> !e.isEmpty());
      @Nullable String written = write(scene, picture);
      taken.accept(written == null ? trouble : Optional.of(written));
    }
  }

  /** Null when it worked. */
  private static @Nullable String write(Scene scene, Path picture) {
    WritableImage image = scene.snapshot(null);
    try (WholeFile whole = WholeFile.create(picture)) {
      if (!ImageIO.write(SwingFXUtils.fromFXImage(image, null), "png", whole.bytes())) {
        return "write screenshot: " + picture + ": no writer for PNG";
      }
      whole.finish();
      return null;
    } catch (IOException e) {
      return "screenshot: " + e.getMessage();
    }
  }
}
