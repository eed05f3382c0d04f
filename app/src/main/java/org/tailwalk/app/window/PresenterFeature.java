// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.window;

import java.util.List;
import javafx.event.EventHandler;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.stage.Stage;
import org.tailwalk.app.action.Action;
import org.tailwalk.app.lesson.LessonView;
import org.tailwalk.app.lesson.LessonViewModel;
import org.tailwalk.app.lesson.PresenterView;
import org.tailwalk.app.text.Texts;
import org.tailwalk.app.theme.Theme;

/** The window before a class: a workspace without bars, one key per step. */
final class PresenterFeature {
  private final Stage stage;
  private final MainViewModel model;
  private final Features.Places places;
  private final LessonViewModel lessons;
  private final PresenterView view;
  private final Texts texts = Texts.of(LessonView.class);
  private final Theme theme;
  private final EventHandler<KeyEvent> escape = this::escape;
  private boolean filledBefore;
  private Theme.Mode wornBefore = Theme.Mode.LIGHT;

  PresenterFeature(
      Stage stage,
      MainViewModel model,
      Theme theme,
      Features.Places places,
      LessonViewModel lessons) {
    this.stage = stage;
    this.theme = theme;
    this.model = model;
    this.places = places;
    this.lessons = lessons;
    this.view = new PresenterView(lessons, model.path(), model.steps(), theme);
  }

  void wire() {
    places.workspaces().add(Workspaces.PRESENT, view);
    stage.setFullScreenExitKeyCombination(KeyCombination.NO_MATCH);
    stage.setFullScreenExitHint("");
    places.actions().add(Workspaces.DEBUG, List.of(action("present.enter", this::enter, "F5")));
    places
        .actions()
        .add(
            Workspaces.PRESENT,
            List.of(
                action("present.next", this::next, "Space", "PgDn", "→"),
                action("present.back", this::back, "PgUp", "←"),
                action("present.leave", this::leave, "F5")));
  }

  private Action action(String id, Runnable run, String... keys) {
    return Action.of(id, texts.get("chapter"), texts.get("action." + id), run, keys);
  }

  private void enter() {
    places.drawer().hide();
    places.workspaces().show(Workspaces.PRESENT);
    wornBefore = theme.modeProperty().get();
    theme.wear(Theme.Mode.CONTRAST);
    filledBefore = stage.isFullScreen();
    stage.setFullScreen(true);
    // The window's own Escape closes what lies above; what it leaves over ends presenting.
    stage.getScene().addEventHandler(KeyEvent.KEY_PRESSED, escape);
    lessons.resume();
    view.requestFocus();
  }

  private void escape(KeyEvent event) {
    if (event.getCode() == KeyCode.ESCAPE) {
      event.consume();
      leave();
    }
  }

  private void leave() {
    stage.getScene().removeEventHandler(KeyEvent.KEY_PRESSED, escape);
    places.workspaces().show(Workspaces.DEBUG);
    stage.setFullScreen(filledBefore);
    theme.wear(wornBefore);
    if (lessons.lessonProperty().get() != null) {
      places.drawer().show(LessonFeature.PAGE);
      lessons.resume();
    }
  }

  private void next() {
    if (lessons.lessonProperty().get() == null) {
      model.transport().stepForward();
    } else {
      lessons.advance();
    }
  }

  private void back() {
    if (lessons.lessonProperty().get() == null) {
      model.transport().stepBack();
    } else {
      lessons.retreat();
    }
  }
}
