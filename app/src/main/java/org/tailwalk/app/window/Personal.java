// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.window;

import com.google.gson.JsonObject;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import javafx.application.Platform;
import javafx.beans.binding.Bindings;
import javafx.beans.value.ObservableStringValue;
import javafx.geometry.Orientation;
import javafx.scene.Scene;
import javafx.scene.control.TextInputControl;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;
import org.tailwalk.app.action.Action;
import org.tailwalk.app.action.Edits;
import org.tailwalk.app.fault.FaultReport;
import org.tailwalk.app.fault.FaultView;
import org.tailwalk.app.fault.Faults;
import org.tailwalk.app.prefs.LayoutJson;
import org.tailwalk.app.prefs.PreferenceStore;
import org.tailwalk.app.prefs.Preferences;
import org.tailwalk.app.prefs.PreferencesView;
import org.tailwalk.app.saving.Saving;
import org.tailwalk.app.saving.SavingViewModel;
import org.tailwalk.app.session.Annotations;
import org.tailwalk.app.session.OpenCapture;
import org.tailwalk.app.session.Replay;
import org.tailwalk.app.session.file.SessionFile;
import org.tailwalk.app.text.Texts;
import org.tailwalk.app.theme.Icon;
import org.tailwalk.app.theme.Theme;
import org.tailwalk.scenario.DatapathSpec;
import org.tailwalk.scenario.Scenario;

/**
 * What is the user's own: sessions, recent files, preferences, the layout, and taking back what was
 * done. Part of {@link Features}.
 */
final class Personal {
  private static final int SCALE_STEP = 10;
  private static final String INFER = "infer";

  private final Stage stage;
  private final MainViewModel model;
  private final Theme theme;
  private final Features.Places places;
  private final Features.Frame frame;
  private final PreferenceStore preferences;
  private final Preferences.Layout made;
  private final SavingViewModel savingModel;
  private final Saving saving;
  private final Files files;
  private final RecentFolder folder;
  private final Texts texts = Texts.of(Personal.class);
  private final Texts words = Texts.of(PreferencesView.class);
  private volatile @Nullable OpenCapture capture;
  private volatile @Nullable Scenario scenario;

  /** Scenarios that undoing and doing again asked for and that are not shown yet. */
  private final List<Scenario> returning = new ArrayList<>();

  /**
   * Part of {@link Features}.
   *
   * @param lesson opens a lesson that was dropped on the window
   */
  Personal(
      Stage stage,
      MainViewModel model,
      Theme theme,
      Features.Places places,
      Consumer<Path> lesson) {
    this.stage = stage;
    this.model = model;
    this.theme = theme;
    this.places = places;
    this.frame = places.frame();
    this.preferences = model.user().preferences();
    this.made = frame.panes().layout(0, 0, false);
    observe();
    this.savingModel =
        new SavingViewModel(
            model.focus(),
            model.annotations(),
            model.status(),
            model.replays(),
            model.work(),
            model.lanes(),
            model.user().autosave(),
            new WindowLayouts(),
            frame.edits());
    this.folder = new RecentFolder(model.work(), preferences);
    FileDialogs dialogs = new FileDialogs(stage, folder);
    this.saving = new Saving(savingModel, places.prompts(), dialogs::save, model.user().copies());
    this.files = new Files(model, preferences, saving::guard, dialogs::open, lesson);
  }

  /** Where dialogs for files begin: beside what was opened last. */
  Optional<File> folder() {
    return folder.get();
  }

  Files files() {
    return files;
  }

  /** Edits are forgotten before anybody restores what was said of the next capture. */
  private void observe() {
    model.focus().replayProperty().addListener((_, _, now) -> shown(now));
    model.annotations().annotationsProperty().addListener((_, was, now) -> said(was, now));
    model
        .settledProperty()
        .addListener((_, _, now) -> {
          if (now) {
            // What was asked for is shown, or was cancelled or failed: nothing is on its way.
            returning.clear();
          }
        });
  }

  /**
   * Wires all of it.
   *
   * @param title of the window, but for the sign that something is not saved
   */
  void wire(ObservableStringValue title) {
    // What the command line asks for counts as the last look.
    preferences.change(p -> p.withTheme(theme.modeProperty().get().look()));
    frame.panes().show(preferences.get().layout());
    // The theme is worn already: the remembered one, or the one asked for with this start.
    scale(preferences.get());
    theme.scalePopups(frame.scaled().wornProperty().get());
    frame.scaled().wornProperty().addListener((_, _, now) -> theme.scalePopups(now.doubleValue()));
    preferences
        .property()
        .addListener((_, was, now) -> {
          if (was.theme() != now.theme()) {
            theme.wear(Theme.Mode.of(now.theme()));
          }
          scale(now);
          keep();
        });
    theme
        .modeProperty()
        .addListener((_, _, now) -> preferences.change(p -> p.withTheme(now.look())));
    Platform.getPreferences().reducedMotionProperty().addListener((_, _, _) -> motion());
    places.topBar().addLeading(files.recent());
    places
        .drawer()
        .add(
            "preferences",
            words.get("title"),
            Icon.SETTINGS,
            new PreferencesView(preferences, frame.scaled().wornProperty(), this::resetLayout));
    places.actions().add(saving.actions(model::again, model.scenario()::choose));
    places.actions().add(edit());
    places.actions().add(panes());
    places.actions().add(look());
    files.takeDrops(frame.scene());
    faults();
    stage.setOnCloseRequest(event -> {
      if (savingModel.dirtyProperty().get()) {
        event.consume();
        saving.guard(stage::hide);
      }
    });
    stage
        .titleProperty()
        .bind(
            Bindings.createStringBinding(
                () -> (savingModel.dirtyProperty().get() ? "● " : "") + title.get(),
                title,
                savingModel.dirtyProperty()));
    if (!preferences.complaints().isEmpty()) {
      model.status().fail(String.join("\n", preferences.complaints()));
    }
  }

  private void faults() {
    Faults faults = new Faults(model.user().reports(), this::about);
    places.actions().onDone(faults::did);
    model.onFault(e -> faults.report("replay", e));
    model.replays().onFault(e -> faults.report("replay", e));
    model.work().onFault(e -> faults.report("work", e));
    faults.onReport((report, file) -> Platform.runLater(() -> show(report, file)));
    if (Thread.getDefaultUncaughtExceptionHandler() == null) {
      Thread.setDefaultUncaughtExceptionHandler(faults);
    }
  }

  private void show(FaultReport report, Optional<Path> file) {
    String packet =
        model
            .focus()
            .packet()
            .map(p -> "packet " + p.number() + "\n" + p.frame().data().hex())
            .orElse("");
    places.prompts().ask(new FaultView(report, file, packet, places.prompts()::dismiss));
  }

  /** What a report tells beside the stack; asked on any thread, so of what does not change. */
  private Map<String, String> about() {
    Map<String, String> about = new LinkedHashMap<>();
    String version = Personal.class.getPackage().getImplementationVersion();
    about.put("version", version == null ? "built from classes" : version);
    about.put("java", String.valueOf(Runtime.version()));
    about.put("javafx", System.getProperty("javafx.runtime.version", "?"));
    about.put("system", System.getProperty("os.name") + " " + System.getProperty("os.version"));
    Scenario against = scenario;
    OpenCapture open = capture;
    about.put("kernel lane", model.lanes().kernel() == null ? "none" : model.lanes().kernelName());
    if (open != null && against != null) {
      about.put("packets", String.valueOf(open.size()));
      about.put(
          "datapath",
          against.datapath().source() instanceof DatapathSpec.Bundled
              ? against.datapath().toString()
              : "an object file");
      about.put("model", against.modelConfig().era().label());
    }
    return about;
  }

  private void keep() {
    model
        .work()
        .run(
            () -> {
              preferences.flush();
              return true;
            },
            _ -> {},
            e -> model.status().fail(Texts.say(e)));
  }

  private void scale(Preferences now) {
    frame.scaled().factorProperty().set(now.scale() / 100.0);
    motion();
  }

  private void motion() {
    boolean reduced =
        switch (preferences.get().motion()) {
          case SYSTEM -> Platform.getPreferences().isReducedMotion();
          case FULL -> false;
          case REDUCED -> true;
        };
    model.transport().reducedMotionProperty().set(reduced);
  }

  private void shown(@Nullable Replay replay) {
    if (replay == null) {
      return;
    }
    OpenCapture now = replay.capture();
    Optional<Path> file = now.origin().session().map(SessionFile::path).or(now.origin()::capture);
    Scenario before = scenario;
    scenario = replay.scenario();
    if (now != capture) {
      capture = now;
      returning.clear();
      frame.edits().clear();
      file.ifPresent(f -> preferences.change(p -> p.opened(absolute(f))));
      return;
    }
    if (before != null && !before.equals(replay.scenario())) {
      Scenario after = replay.scenario();
      // Replaying takes its time: what is shown now may be what was taken back a while ago.
      int asked = returning.indexOf(after);
      returning.subList(0, asked < 0 ? returning.size() : asked + 1).clear();
      if (asked < 0) {
        frame
            .edits()
            .did(texts.get("edit.scenario"), () -> goBackTo(before), () -> goBackTo(after));
      }
      file.filter(_ -> now.origin().session().isEmpty())
          .ifPresent(f -> remember(absolute(f), after, now));
    }
  }

  private void goBackTo(Scenario wanted) {
    returning.add(wanted);
    model.scenario().choose(wanted);
  }

  private static String absolute(Path file) {
    return file.toAbsolutePath().normalize().toString();
  }

  private void remember(String file, Scenario chosen, OpenCapture of) {
    if (chosen.inferred() && !of.scenario().inferred()) {
      preferences.change(p -> p.withScenario(file, INFER));
    } else if (INFER.equals(preferences.get().scenarios().get(file))) {
      preferences.change(p -> p.withScenario(file, ""));
    }
  }

  private void said(Annotations was, Annotations now) {
    boolean typing = was.withFilter(now.filter()).equals(now);
    if (!typing && capture != null) {
      frame
          .edits()
          .did(
              texts.get("edit.annotations"),
              () -> model.annotations().set(was),
              () -> model.annotations().set(now));
    }
  }

  private List<Action> edit() {
    String chapter = texts.get("chapter.edit");
    Edits edits = frame.edits();
    return List.of(
        Action.of("edit.undo", chapter, texts.get("action.edit.undo"), edits::undo, "Ctrl+Z")
            .when(() -> notTyping() && edits.undoable().isPresent()),
        Action.of(
                "edit.redo",
                chapter,
                texts.get("action.edit.redo"),
                edits::redo,
                "Ctrl+Shift+Z",
                "Ctrl+Y")
            .when(() -> notTyping() && edits.redoable().isPresent()),
        Action.of(
                "files.reopen",
                texts.get("chapter.window"),
                texts.get("action.files.reopen"),
                files::reopen,
                "Ctrl+Alt+O")
            .when(() -> preferences.get().recent().size() > 1));
  }

  private boolean notTyping() {
    return !(frame.scene().getFocusOwner() instanceof TextInputControl);
  }

  private List<Action> panes() {
    String chapter = texts.get("chapter.panes");
    List<Action> all = new ArrayList<>();
    int number = 1;
    for (String id : frame.panes().ids()) {
      String key = "Ctrl+" + number++;
      Runnable toggle = () -> frame.panes().toggle(id);
      all.add(Action.of("panes." + id, chapter, texts.get("action.panes." + id), toggle, key));
    }
    all.add(resize(chapter, "wider", Orientation.HORIZONTAL, 1, "Ctrl+Alt+→"));
    all.add(resize(chapter, "narrower", Orientation.HORIZONTAL, -1, "Ctrl+Alt+←"));
    all.add(resize(chapter, "lower", Orientation.VERTICAL, 1, "Ctrl+Alt+↓"));
    all.add(resize(chapter, "higher", Orientation.VERTICAL, -1, "Ctrl+Alt+↑"));
    all.add(Action.of("panes.reset", chapter, texts.get("action.panes.reset"), this::resetLayout));
    return all;
  }

  private Action resize(String chapter, String name, Orientation across, int by, String key) {
    Scene scene = frame.scene();
    return Action.of(
        "panes." + name,
        chapter,
        texts.get("action.panes." + name),
        () -> frame.panes().resize(scene.getFocusOwner(), across, by),
        key);
  }

  private List<Action> look() {
    return List.of(
        look("show", () -> places.drawer().toggle("preferences"), "Ctrl+Alt+P"),
        look("contrast", this::toggleContrast, "Ctrl+Alt+L"),
        look("larger", () -> scale(SCALE_STEP), "Ctrl+=", "Ctrl+Shift+=", "Ctrl+Add"),
        look("smaller", () -> scale(-SCALE_STEP), "Ctrl+-", "Ctrl+Subtract"),
        look("usual", () -> change(p -> p.withScale(100)), "Ctrl+0"),
        look("motion", this::toggleMotion));
  }

  private Action look(String name, Runnable run, String... keys) {
    return Action.of(
        "preferences." + name, words.get("chapter"), words.get("action." + name), run, keys);
  }

  private void change(UnaryOperator<Preferences> how) {
    preferences.change(how);
  }

  private void scale(int by) {
    change(p -> p.withScale(p.scale() + by));
  }

  private void toggleContrast() {
    boolean worn = theme.modeProperty().get() == Theme.Mode.CONTRAST;
    theme.wear(worn ? Theme.Mode.LIGHT : Theme.Mode.CONTRAST);
  }

  private void toggleMotion() {
    boolean reduced = model.transport().reducedMotionProperty().get();
    change(p -> p.withMotion(reduced ? Preferences.Motion.FULL : Preferences.Motion.REDUCED));
  }

  private void resetLayout() {
    frame.panes().show(made);
  }

  /** The window is closing: how it is laid out is remembered. */
  void dispose() {
    Preferences.Layout layout =
        frame
            .panes()
            .layout(
                (int) frame.scene().getWidth(),
                (int) frame.scene().getHeight(),
                stage.isMaximized());
    preferences.change(p -> p.withLayout(layout));
    try {
      preferences.flush();
    } catch (java.io.IOException e) {
      System.getLogger(Personal.class.getName())
          .log(System.Logger.Level.WARNING, String.format(Locale.ROOT, "%s", e.getMessage()));
    }
  }

  /** A session keeps dividers and hidden panes, not the window's size. */
  private final class WindowLayouts implements SavingViewModel.Layouts {
    @Override
    public JsonObject now() {
      return LayoutJson.write(frame.panes().layout(0, 0, false));
    }

    @Override
    public void show(JsonObject layout) {
      if (layout.has("dividers")) {
        frame.panes().show(LayoutJson.read(layout));
      }
    }
  }
}
