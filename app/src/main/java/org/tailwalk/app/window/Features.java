// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.window;

import java.io.File;
import java.util.List;
import java.util.Optional;
import javafx.scene.Scene;
import javafx.stage.Stage;
import org.tailwalk.app.action.Action;
import org.tailwalk.app.action.Actions;
import org.tailwalk.app.action.Edits;
import org.tailwalk.app.action.Prompts;
import org.tailwalk.app.inspector.InspectorTabs;
import org.tailwalk.app.inspector.InspectorView;
import org.tailwalk.app.notification.NotificationView;
import org.tailwalk.app.notification.NotificationViewModel;
import org.tailwalk.app.object.ObjectView;
import org.tailwalk.app.object.ObjectViewModel;
import org.tailwalk.app.path.PathViewModel;
import org.tailwalk.app.policy.PolicyView;
import org.tailwalk.app.policy.PolicyViewModel;
import org.tailwalk.app.session.Focus;
import org.tailwalk.app.source.SourceView;
import org.tailwalk.app.source.SourceViewModel;
import org.tailwalk.app.tables.TablesView;
import org.tailwalk.app.tables.TablesViewModel;
import org.tailwalk.app.text.Texts;
import org.tailwalk.app.theme.Icon;
import org.tailwalk.app.theme.Theme;

/**
 * Wires what the window consists of beside list, stage and transport: a short method for each
 * feature, which makes its view-model and its view and says where they go. To add a feature: write
 * its package, add a method here and call it in {@link #wire}.
 */
final class Features {
  /**
   * Where features go.
   *
   * @param tabs of the inspector
   * @param drawer at the right edge
   * @param workspaces in the middle
   * @param topBar above everything
   * @param actions of keys, help and palette
   * @param prompts questions over the window
   */
  record Places(
      InspectorTabs tabs,
      Drawer drawer,
      Workspaces workspaces,
      TopBar topBar,
      Actions actions,
      Prompts prompts,
      Frame frame) {}

  /**
   * The window around all of them.
   *
   * @param scaled its content, in the size the user likes
   * @param edits what can be taken back
   */
  record Frame(Scene scene, Scaled scaled, Panes panes, Edits edits) {}

  private final Stage stage;
  private final MainViewModel model;
  private final Focus focus;
  private final Theme theme;
  private final Places places;
  private final DebugFeatures.Views views;
  private final CompareFeature compare;
  private final LessonFeature lesson;
  private final Personal personal;
  private final ReportFeature report;

  Features(
      Stage stage, MainViewModel model, Theme theme, Places places, DebugFeatures.Views views) {
    this.stage = stage;
    this.model = model;
    this.focus = model.focus();
    this.theme = theme;
    this.places = places;
    this.views = views;
    this.lesson = new LessonFeature(stage, model, places);
    this.report = new ReportFeature(stage, model, this::folder);
    this.compare =
        new CompareFeature(
            stage, model, places, () -> files().askForCapture(), this::folder, report::ask);
    // Only now are there all panes whose layout it remembers.
    this.personal = new Personal(stage, model, theme, places, lesson::openOwn);
  }

  /** Reports, for tests. */
  ReportFeature report() {
    return report;
  }

  /** Lessons. */
  LessonFeature lesson() {
    return lesson;
  }

  /** Comparing, for who opens the window on two captures. */
  CompareFeature compare() {
    return compare;
  }

  /** Adds all of them; the order is that of tabs, drawer pages and help. */
  void wire() {
    InspectorView inspector = packet();
    DebugFeatures debug = new DebugFeatures(model, places, views);
    inspector.menu(debug::onField);
    debug.wire();
    notification();
    new TimeTravelFeature(model, places, debug::onEntry).wire();
    source();
    policy();
    stage();
    object();
    compare.wire();
    places.actions().add(Workspaces.DEBUG, report.actions());
    lesson.wire();
    new PresenterFeature(stage, model, theme, places, lesson.lessons()).wire();
    new FilmFeature(stage, model, theme, places).wire();
    personal.wire(compare.title());
  }

  private Optional<File> folder() {
    return personal.folder();
  }

  /** Opens what the user names. */
  Files files() {
    return personal.files();
  }

  /** The window is closing. */
  void dispose() {
    personal.dispose();
  }

  private void notification() {
    NotificationViewModel viewModel = new NotificationViewModel(focus, model.work());
    Texts texts = Texts.of(NotificationView.class);
    places.tabs().add("notification", texts.get("tab"), new NotificationView(viewModel));
    viewModel.shownProperty().bind(places.tabs().shownProperty().isEqualTo("notification"));
    places.actions().add(List.of(showTab("notification", texts, "Ctrl+I")));
  }

  private void policy() {
    PolicyViewModel viewModel = new PolicyViewModel(focus, model.work());
    Texts texts = Texts.of(PolicyView.class);
    places.tabs().add("policy", texts.get("tab"), new PolicyView(viewModel));
    viewModel.shownProperty().bind(places.tabs().shownProperty().isEqualTo("policy"));
    places.actions().add(List.of(showTab("policy", texts, "Ctrl+Shift+I")));
  }

  private void stage() {
    Texts words = Texts.of(PathViewModel.class);
    TablesViewModel viewModel =
        new TablesViewModel(
            focus, model.path(), model.conntrack(), model.signsProperty(), model.work());
    TablesView view = new TablesView(viewModel);
    Texts texts = Texts.of(TablesView.class);
    // Tables tell what the stage and the strip keep to themselves while a lesson asks.
    places
        .drawer()
        .add(
            "tables",
            texts.get("title"),
            Icon.MAP,
            Covered.over(
                view,
                focus.veiledFromProperty().greaterThan(0),
                Texts.of(Features.class).get("covered")));
    viewModel.shownProperty().bind(places.drawer().shownProperty().isEqualTo("tables"));
    places
        .actions()
        .add(
            List.of(
                Action.of(
                    "stage.capture",
                    words.get("chapter"),
                    words.get("action.capture"),
                    () -> model.path().captureProperty().set(!model.path().captureProperty().get()),
                    "Ctrl+H"),
                Action.of(
                    "tables.show",
                    texts.get("chapter"),
                    texts.get("action.show"),
                    () -> {
                      places.drawer().toggle("tables");
                      view.focusTable();
                    },
                    "Ctrl+Shift+T")));
  }

  private Action showTab(String id, Texts texts, String key) {
    return Action.of(
        id + ".show",
        texts.get("chapter"),
        texts.get("action.show"),
        () -> places.tabs().show(id),
        key);
  }

  private void object() {
    Texts texts = Texts.of(ObjectView.class);
    ObjectViewModel viewModel = new ObjectViewModel(focus, model.work(), model.objects());
    places.drawer().add("object", texts.get("title"), Icon.CALL, new ObjectView(viewModel));
    viewModel.shownProperty().bind(places.drawer().shownProperty().isEqualTo("object"));
    places
        .actions()
        .add(
            List.of(
                Action.of(
                    "object.show",
                    texts.get("chapter"),
                    texts.get("action.show"),
                    () -> places.drawer().toggle("object"),
                    "Alt+O")));
  }

  private void source() {
    SourceViewModel viewModel = new SourceViewModel(focus, model.work());
    SourceView view = new SourceView(viewModel);
    Texts texts = Texts.of(SourceView.class);
    places.tabs().add("source", texts.get("tab"), view);
    viewModel.shownProperty().bind(places.tabs().shownProperty().isEqualTo("source"));
    places
        .actions()
        .add(
            List.of(
                showTab("source", texts, "Ctrl+U"),
                Action.of(
                    "source.next-step",
                    texts.get("chapter"),
                    texts.get("action.next-step"),
                    view::nextStep,
                    "Ctrl+Shift+U")));
  }

  private InspectorView packet() {
    InspectorView view = new InspectorView(model.inspector(), theme);
    places.tabs().add("packet", Texts.of(Features.class).get("tab.packet"), view);
    model.inspector().lookedProperty().bind(places.tabs().shownProperty().isEqualTo("packet"));
    places.actions().add(List.of(showTab("packet", Texts.of(InspectorView.class), "Alt+I")));
    return view;
  }
}
