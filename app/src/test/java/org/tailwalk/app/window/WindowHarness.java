// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.window;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javafx.animation.AnimationTimer;
import javafx.application.Platform;
import javafx.embed.swing.SwingFXUtils;
import javafx.geometry.Bounds;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.Labeled;
import javafx.scene.control.MenuButton;
import javafx.scene.control.TextInputControl;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.scene.robot.Robot;
import javafx.scene.text.Text;
import javafx.stage.Stage;
import javafx.stage.Window;
import javax.imageio.ImageIO;
import org.tailwalk.app.FxThread;
import org.tailwalk.app.tasks.Work;
import org.tailwalk.app.theme.Theme;
import org.tailwalk.app.transport.Position;

/** Opens the window once and drives it with JavaFX's own robot. Called from the test's thread. */
final class WindowHarness {
  /** More of it where many share the machine. */
  private static final long PATIENCE_SECONDS = Long.getLong("patience", 20);

  private static final AtomicInteger VAIN = new AtomicInteger();

  private final Stage stage;
  private final MainWindow window;
  private final MainViewModel model;
  private final Robot robot;
  private final List<ExecutorService> threads;
  private final StyleWarnings warnings;

  private WindowHarness(
      Stage stage,
      MainWindow window,
      MainViewModel model,
      Robot robot,
      List<ExecutorService> threads,
      StyleWarnings warnings) {
    this.stage = stage;
    this.window = window;
    this.model = model;
    this.robot = robot;
    this.threads = threads;
    this.warnings = warnings;
  }

  /** Opens it; skips the test where that can't be. */
  static WindowHarness open(AppServices services) throws Exception {
    return open(services, _ -> {}, _ -> true);
  }

  /**
   * The same for a window that comes up late.
   *
   * @param before done before it is shown
   * @param ready what it is not shown before; asked on the UI thread
   */
  static WindowHarness open(
      AppServices services, Consumer<MainWindow> before, Predicate<MainWindow> ready)
      throws Exception {
    FxThread.needDisplay();
    CountDownLatch started = new CountDownLatch(1);
    try {
      Platform.startup(started::countDown);
      started.await();
    } catch (IllegalStateException e) {
      // It runs already.
    }
    Platform.setImplicitExit(false);
    ExecutorService work = Executors.newFixedThreadPool(2, daemon());
    ExecutorService replays = Executors.newSingleThreadExecutor(daemon());
    StyleWarnings warnings = new StyleWarnings();
    CompletableFuture<WindowHarness> made = new CompletableFuture<>();
    Platform.runLater(() -> {
      try {
        Stage stage = new Stage();
        MainViewModel model =
            new MainViewModel(
                services,
                new Work(work, Platform::runLater),
                new Work(replays, Platform::runLater));
        MainWindow window = new MainWindow(stage, model, new Theme(Theme.Mode.LIGHT), 1440, 900);
        stage.setX(0);
        stage.setY(0);
        before.accept(window);
        made.complete(
            new WindowHarness(stage, window, model, new Robot(), List.of(work, replays), warnings));
      } catch (RuntimeException | Error e) {
        made.completeExceptionally(e);
      }
    });
    WindowHarness harness = made.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    harness.until("it may come up", () -> ready.test(harness.window));
    harness.ui(() -> {
      harness.stage.show();
      harness.stage.requestFocus();
    });
    harness.until("the window has the focus", () -> harness.stage.isFocused());
    harness.takeFocus();
    return harness;
  }

  /**
   * Asks for the focus in the name of a key. Without a window manager nobody gives it to a window,
   * and X refuses who asks with an older event than the last that moved it: after another process
   * had windows here, it goes to whatever is below the mouse. Our window then seems to have it
   * until a menu comes up below the mouse, which takes it and is closed for that.
   */
  private void takeFocus() {
    ui(() -> {
      robot.mouseMove(stage.getX() + 1, stage.getY() + 1);
      stroke(KeyCode.SHIFT);
    });
    pulses(2);
    ui(stage::requestFocus);
    pulses(2);
    until("the window has the focus for good", stage::isFocused);
  }

  /** What is driven. */
  MainWindow window() {
    return window;
  }

  private static java.util.concurrent.ThreadFactory daemon() {
    return Thread.ofPlatform().daemon().factory();
  }

  MainViewModel model() {
    return model;
  }

  Stage stage() {
    return stage;
  }

  /** Mouse and keys; used on the UI thread. */
  Robot robot() {
    return robot;
  }

  /** Closes it; fails when JavaFX found something wrong with the style sheets meanwhile. */
  void close() {
    ui(() -> {
      window.dispose();
      stage.hide();
    });
    threads.forEach(ExecutorService::shutdown);
    warnings.close();
  }

  /** Opens a capture and waits until the packet is shown; step 0 for its last. */
  void show(String file, int packet, int step) {
    ui(() -> model.open(file, null, packet, step));
    until(
        "packet " + packet + " of " + file + " is shown",
        () -> model.settledProperty().get() && (packet == 0 || position().packet() == packet));
  }

  /** Where it stands; asked on the UI thread. */
  Position position() {
    return model.transport().positionProperty().get();
  }

  /** Runs something on the UI thread and waits for it. */
  void ui(Runnable what) {
    ask(() -> {
      what.run();
      return true;
    });
  }

  /** Asks something on the UI thread. */
  <T> T ask(Supplier<T> question) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    Platform.runLater(() -> {
      try {
        answer.complete(question.get());
      } catch (RuntimeException | Error e) {
        answer.completeExceptionally(e);
      }
    });
    try {
      return answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError("asking the window failed", e);
    }
  }

  /** Waits until something holds. */
  void until(String what, BooleanSupplier condition) {
    until(what, 1, condition);
  }

  /** The same with several times the patience: for what takes as long as there are packets. */
  void until(String what, int patience, BooleanSupplier condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(patience * PATIENCE_SECONDS);
    while (!ask(condition::getAsBoolean)) {
      if (System.nanoTime() > end) {
        String picture =
            "waited-in-vain-" + VAIN.incrementAndGet() + "-" + ProcessHandle.current().pid();
        screen(picture);
        throw new AssertionError(
            "waited in vain until "
                + what
                + " (see target/pictures/"
                + picture
                + ".png): "
                + state());
      }
      pulses(1);
    }
  }

  /** Who has the keys, where the mouse is, and which windows there are. */
  private String state() {
    return ask(() ->
        "keys go to "
            + stage.getScene().getFocusOwner()
            + ", the mouse is at "
            + robot.getMousePosition()
            + Window.getWindows().stream()
                .map(w ->
                    "%n  %s%s at %.0f,%.0f, %.0fx%.0f%s%s"
                        .formatted(
                            w.getClass().getSimpleName(),
                            w == stage ? " (ours)" : "",
                            w.getX(),
                            w.getY(),
                            w.getWidth(),
                            w.getHeight(),
                            w.isShowing() ? "" : ", hidden",
                            w.isFocused() ? ", has the focus" : ""))
                .collect(Collectors.joining()));
  }

  /** Lets that many pulses pass. */
  void pulses(int count) {
    CountDownLatch passed = new CountDownLatch(count);
    AnimationTimer timer =
        new AnimationTimer() {
          @Override
          public void handle(long now) {
            passed.countDown();
          }
        };
    ui(timer::start);
    try {
      if (!passed.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new AssertionError("no pulses");
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    } finally {
      ui(timer::stop);
    }
  }

  /** Presses keys together and lets go of them again. */
  void press(KeyCode... keys) {
    ui(() -> stroke(keys));
    pulses(2);
  }

  /** The same without waiting: for who waits for what it does. */
  void tap(KeyCode... keys) {
    ui(() -> stroke(keys));
  }

  private void stroke(KeyCode... keys) {
    for (KeyCode key : keys) {
      robot.keyPress(key);
    }
    for (int i = keys.length - 1; i >= 0; i--) {
      robot.keyRelease(keys[i]);
    }
  }

  /** Types lower-case letters. */
  void type(String letters) {
    for (char letter : letters.toCharArray()) {
      press(KeyCode.valueOf(String.valueOf(letter).toUpperCase(java.util.Locale.ROOT)));
    }
  }

  /** Types anything that a keyboard of the United States has, letters in lower case. */
  void write(String text) {
    Keystrokes.of(text).forEach(this::press);
  }

  /** The same without waiting between the keys. */
  void writeQuickly(String text) {
    ui(() -> Keystrokes.of(text).forEach(this::stroke));
    pulses(3);
  }

  /** Clicks at a place of a node. */
  void click(Node node, double x, double y, MouseButton button) {
    Point2D at = standing(() -> node.localToScreen(x, y));
    ui(() -> {
      robot.mouseMove(at);
      robot.mouseClick(button);
    });
    pulses(2);
  }

  /** Where something lies on the screen once it has stood still: a click must not come too late. */
  private Point2D standing(Supplier<Point2D> place) {
    Point2D[] last = {ask(place)};
    pulses(1);
    until(
        "what is clicked stands still",
        () -> {
          Point2D before = last[0];
          last[0] = place.get();
          return last[0].equals(before);
        });
    return last[0];
  }

  /** Clicks on the label, button or menu item that says exactly this, in whatever window. */
  void clickOn(String text) {
    until("\"" + text + "\" is there", () -> Nodes.labeled(text).isPresent());
    Node node = ask(() -> Nodes.labeled(text).orElseThrow());
    Point2D at = standing(() -> Nodes.middle(node));
    ui(() -> {
      robot.mouseMove(at);
      robot.mouseClick(MouseButton.PRIMARY);
    });
    pulses(2);
  }

  /** Presses the button that says this below a node, wherever it has been scrolled to. */
  void fire(String text, String below) {
    ui(() ->
        Nodes.all(stage.getScene().getRoot().lookup(below)).stream()
            .filter(n -> n instanceof ButtonBase b && text.equals(b.getText()) && Nodes.seen(n))
            .map(ButtonBase.class::cast)
            .findFirst()
            .orElseThrow(() -> new AssertionError("no button says " + text))
            .fire());
    pulses(2);
  }

  /** Whether a label in any window, popups too, contains this. */
  boolean says(String part) {
    return Window.getWindows().stream()
        .filter(w -> w.isShowing() && w.getScene() != null)
        .flatMap(w -> Nodes.all(w.getScene().getRoot()).stream())
        .anyMatch(n ->
            n instanceof Labeled l
                && l.getText() != null
                && l.getText().contains(part)
                && Nodes.seen(n));
  }

  /** Like {@link #picture}, with the popups that lie above the window. */
  void screen(String name) {
    pulses(3);
    ask(() -> {
      WritableImage image =
          robot.getScreenCapture(
              null, stage.getX(), stage.getY(), stage.getWidth(), stage.getHeight());
      Path file = Path.of("target", "pictures", name + ".png");
      try {
        Files.createDirectories(file.toAbsolutePath().getParent());
        return ImageIO.write(SwingFXUtils.fromFXImage(image, null), "png", file.toFile());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    });
  }

  boolean focusIsText() {
    return stage.getScene().getFocusOwner() instanceof TextInputControl;
  }

  /** The node with this accessible text. */
  @SuppressWarnings("unchecked")
  <T extends Node> T find(String accessibleText) {
    return (T)
        ask(() ->
            Nodes.all(stage.getScene().getRoot()).stream()
                .filter(n -> accessibleText.equals(n.getAccessibleText()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no node " + accessibleText)));
  }

  /** The first node of a kind in the window. */
  <T extends Node> T part(Class<T> kind) {
    return ask(() ->
        Nodes.all(stage.getScene().getRoot()).stream()
            .filter(kind::isInstance)
            .map(kind::cast)
            .findFirst()
            .orElseThrow(() -> new AssertionError("no " + kind)));
  }

  /** What a node looks like: its pixels, for comparing. On the UI thread. */
  static int look(Node node) {
    WritableImage image = node.snapshot(null, null);
    int width = (int) image.getWidth();
    int height = (int) image.getHeight();
    int[] pixels = new int[width * height];
    image
        .getPixelReader()
        .getPixels(0, 0, width, height, PixelFormat.getIntArgbInstance(), pixels, 0, width);
    return Arrays.hashCode(pixels);
  }

  /** Whether everything asked for is shown, and nothing works in the background. */
  boolean quiet() {
    return model.settledProperty().get() && model.work().idle() && model.replays().idle();
  }

  /** The texts that can be seen. */
  List<String> texts() {
    return textsIn(stage.getScene().getRoot());
  }

  /** The same of a part of the window. */
  List<String> textsIn(Node part) {
    pulses(3);
    return ask(() ->
        Nodes.all(part).stream()
            .filter(n -> n instanceof Labeled l && l.getText() != null && Nodes.seen(n))
            .map(n -> ((Labeled) n).getText())
            .filter(text -> !text.isBlank())
            .toList());
  }

  /** Every text of every window that can be seen, heard or comes up under the mouse. */
  java.util.Set<String> everything() {
    pulses(3);
    return ask(() -> {
      java.util.Set<String> found = new java.util.TreeSet<>();
      Window.getWindows().stream()
          .filter(w -> w.isShowing() && w.getScene() != null)
          .flatMap(w -> Nodes.all(w.getScene().getRoot()).stream())
          .filter(Nodes::seen)
          .forEach(n -> {
            add(found, n.getAccessibleText());
            add(found, n.getAccessibleHelp());
            for (Object value : n.getProperties().values()) {
              if (value instanceof javafx.scene.control.Tooltip tip) {
                add(found, tip.getText());
              }
            }
            if (n instanceof Labeled l) {
              add(found, l.getText());
            } else if (n instanceof javafx.scene.text.Text t) {
              add(found, t.getText());
            } else if (n instanceof TextInputControl i) {
              add(found, i.getPromptText());
            }
            if (n instanceof javafx.scene.control.Control c && c.getContextMenu() != null) {
              c.getContextMenu().getItems().forEach(i -> add(found, i.getText()));
            }
            if (n instanceof MenuButton m) {
              m.getItems().forEach(i -> add(found, i.getText()));
            }
          });
      return found;
    });
  }

  private static void add(java.util.Set<String> to, String text) {
    if (text != null && !text.isBlank()) {
      to.add(text);
    }
  }

  /** Whether a label that can be seen says exactly this. */
  boolean shows(String text) {
    return Nodes.all(stage.getScene().getRoot()).stream()
        .anyMatch(n -> n instanceof Labeled l && text.equals(l.getText()) && Nodes.seen(n));
  }

  /** Whether a label, or a piece of running text, that can be seen has this in it. */
  boolean showsPart(String text) {
    return Nodes.all(stage.getScene().getRoot()).stream()
        .anyMatch(n -> {
          String words =
              switch (n) {
                case Labeled label -> label.getText();
                case Text running -> running.getText();
                default -> null;
              };
          return words != null && words.contains(text) && Nodes.seen(n);
        });
  }

  /** How many radio buttons that can be seen are chosen. */
  int selectedRadios() {
    return (int)
        Nodes.all(stage.getScene().getRoot()).stream()
            .filter(n ->
                n instanceof javafx.scene.control.RadioButton r && r.isSelected() && Nodes.seen(n))
            .count();
  }

  /** Clicks with the mouse on what says this, or is called so. */
  void click(String text) {
    click(text, stage);
  }

  /** The same in another window than the one that is tested. */
  void click(String text, Window in) {
    Point2D at = standing(() -> Nodes.middle(Nodes.called(text, in)));
    ui(() -> {
      robot.mouseMove(at);
      // What a click opens may wait for its answer: the click must have ended by then.
      Platform.runLater(() -> robot.mouseClick(MouseButton.PRIMARY));
    });
    pulses(2);
  }

  /** Buttons, choosers and fields that are not wholly inside the scene. */
  List<String> outside() {
    return ask(() -> {
      List<String> found = new ArrayList<>();
      for (Node node : Nodes.all(stage.getScene().getRoot())) {
        if ((node instanceof Button
                || node instanceof MenuButton
                || node instanceof TextInputControl)
            && Nodes.seen(node)) {
          Bounds b = node.localToScene(node.getLayoutBounds());
          if (b.getMinX() < -0.5
              || b.getMinY() < -0.5
              || b.getMaxX() > stage.getScene().getWidth() + 0.5
              || b.getMaxY() > stage.getScene().getHeight() + 0.5) {
            found.add(node + " " + b);
          }
        }
      }
      return found;
    });
  }

  /** Writes what the window shows to {@code target/pictures}, for people to look at. */
  void picture(String name) {
    ask(() -> {
      WritableImage image = stage.getScene().snapshot(null);
      Path file = Path.of("target", "pictures", name + ".png");
      try {
        Files.createDirectories(file.toAbsolutePath().getParent());
        return ImageIO.write(SwingFXUtils.fromFXImage(image, null), "png", file.toFile());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    });
  }

  /** The mean brightness of what the window shows, 0 to 1. */
  double brightness() {
    return ask(() -> {
      WritableImage image = stage.getScene().snapshot(null);
      double sum = 0;
      int count = 0;
      for (int x = 0; x < image.getWidth(); x += 7) {
        for (int y = 0; y < image.getHeight(); y += 7) {
          sum += image.getPixelReader().getColor(x, y).getBrightness();
          count++;
        }
      }
      return sum / count;
    });
  }
}
