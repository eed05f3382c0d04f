// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.window;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import javafx.scene.control.Button;
import javafx.scene.control.Tooltip;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.stage.FileChooser;
import javafx.stage.Stage;
import org.tailwalk.app.action.Action;
import org.tailwalk.app.lesson.Classroom;
import org.tailwalk.app.lesson.LessonReader;
import org.tailwalk.app.lesson.LessonScene;
import org.tailwalk.app.lesson.LessonView;
import org.tailwalk.app.lesson.LessonViewModel;
import org.tailwalk.app.platform.UserFolders;
import org.tailwalk.app.session.Focus;
import org.tailwalk.app.text.Texts;
import org.tailwalk.app.theme.Icon;
import org.tailwalk.app.transport.Position;

/** Lessons in the window: the drawer's page, and what the window hides while a question is open. */
final class LessonFeature {
  static final String PAGE = "lesson";

  private static final double WIDE = 1299;

  private final Stage stage;
  private final MainViewModel model;
  private final Features.Places places;
  private final LessonViewModel lessons;
  private final LessonView view;
  private final Texts texts = Texts.of(LessonView.class);

  LessonFeature(Stage stage, MainViewModel model, Features.Places places) {
    this.stage = stage;
    this.model = model;
    this.places = places;
    this.lessons =
        new LessonViewModel(
            model.focus(),
            model.work(),
            new Room(model),
            UserFolders.program().resolve("samples/lessons"),
            model.user().lessons());
    this.view = new LessonView(lessons, false);
    veil(model);
  }

  /** Moves the window as a lesson asks. */
  private record Room(MainViewModel model) implements Classroom {
    @Override
    public void open(LessonScene scene, int packet) {
      model.transport().stop();
      String scenario = scene.scenario() == null ? null : scene.scenario().toString();
      model.open(scene.capture().toString(), scenario, packet, 1, scene::dress);
    }

    @Override
    public void play(int row) {
      model.transport().playTo(row);
    }

    @Override
    public boolean hurry() {
      return model.transport().hurry();
    }
  }

  /** What happens to packets behind the veil is not told by list, stage and steps. */
  private static void veil(MainViewModel model) {
    Focus focus = model.focus();
    Runnable draw =
        () -> {
          int from = focus.veiledFromProperty().get();
          Position at = model.transport().positionProperty().get();
          boolean veiled = from > 0 && at.packet() >= from;
          model.packets().veiledFromProperty().set(from);
          model.steps().setVeiled(veiled);
          model.path().aheadProperty().set(!veiled);
        };
    focus.veiledFromProperty().addListener((_, _, _) -> draw.run());
    model
        .transport()
        .positionProperty()
        .addListener((_, was, now) -> {
          if (was.packet() != now.packet()) {
            draw.run();
          }
        });
  }

  void wire() {
    places.drawer().add(PAGE, texts.get("title"), Icon.PLAY, view);
    Button button = new Button(texts.get("button"));
    button.setTooltip(new Tooltip(texts.get("button.tip")));
    button.setOnAction(_ -> toggle());
    // In a narrow window the drawer's icon has to do.
    button.visibleProperty().bind(places.topBar().node().widthProperty().greaterThan(WIDE));
    button.managedProperty().bind(button.visibleProperty());
    places.topBar().addTrailing(button);
    lessons.load();
    view.onOwn(this::chooseOwn);
    places
        .drawer()
        .shownProperty()
        .addListener((_, _, now) -> {
          // A closed drawer must not leave the window veiled; another page must not tell the
          // answer.
          if (now.isEmpty()) {
            model.focus().veil(0);
          }
        });
    places
        .actions()
        .add(
            List.of(
                action("lesson.show", this::toggle, "Ctrl+Shift+L"),
                action("lesson.open", this::chooseOwn),
                action("lesson.next", lessons::next, "Alt+→").when(this::open),
                action("lesson.back", lessons::back, "Alt+←").when(this::open),
                action("lesson.reveal", lessons::reveal, "Alt+A").when(this::asks),
                action("lesson.play", lessons::playAgain, "Alt+P").when(this::open),
                action("lesson.reset", lessons::reset).when(this::open),
                action("lesson.copy-pointer", this::copyPointer, "Ctrl+Shift+C")
                    .when(() -> model.focus().packet().isPresent())));
  }

  private Action action(String id, Runnable run, String... keys) {
    return Action.of(id, texts.get("chapter"), texts.get("action." + id), run, keys);
  }

  private boolean open() {
    return lessons.lessonProperty().get() != null;
  }

  private boolean asks() {
    return lessons.phaseProperty().get() == LessonViewModel.Phase.ASKING;
  }

  private void toggle() {
    places.drawer().toggle(PAGE);
    if (places.drawer().shownProperty().get().equals(PAGE)) {
      lessons.resume();
      view.focusAnswer();
    }
  }

  private void chooseOwn() {
    FileChooser chooser = new FileChooser();
    chooser.setTitle(texts.get("own.chooser"));
    chooser
        .getExtensionFilters()
        .addAll(
            new FileChooser.ExtensionFilter(texts.get("own.lessons"), LessonReader.FILE, "*.md"),
            new FileChooser.ExtensionFilter(texts.get("own.all"), "*"));
    File file = chooser.showOpenDialog(stage);
    if (file != null) {
      openOwn(file.toPath());
    }
  }

  /** Opens a lesson that does not come with Tailwalk: its file, its folder, a folder of some. */
  void openOwn(Path lesson) {
    places.drawer().show(PAGE);
    lessons.openFrom(lesson);
  }

  private void copyPointer() {
    lessons
        .pointer()
        .ifPresent(text -> {
          ClipboardContent content = new ClipboardContent();
          content.putString(text);
          Clipboard.getSystemClipboard().setContent(content);
          model.transport().say(texts.get("pointer.copied", text.strip().replace("\n", " ")));
        });
  }

  LessonViewModel lessons() {
    return lessons;
  }
}
