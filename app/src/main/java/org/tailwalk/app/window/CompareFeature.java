// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.window;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.application.Platform;
import javafx.beans.binding.Bindings;
import javafx.beans.value.ObservableBooleanValue;
import javafx.beans.value.ObservableStringValue;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.Tooltip;
import javafx.stage.FileChooser;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;
import org.tailwalk.app.action.Action;
import org.tailwalk.app.compare.CompareView;
import org.tailwalk.app.compare.CompareViewModel;
import org.tailwalk.app.compare.core.CompareJob;
import org.tailwalk.app.compare.core.CompareRequest;
import org.tailwalk.app.compare.core.ComparedPair;
import org.tailwalk.app.platform.WholeFile;
import org.tailwalk.app.report.html.ComparePage;
import org.tailwalk.app.session.Replay;
import org.tailwalk.app.session.ReplayProgress;
import org.tailwalk.app.session.file.SessionFile;
import org.tailwalk.app.text.Texts;
import org.tailwalk.compare.AlignBy;
import org.tailwalk.scenario.DatapathSpec;
import org.tailwalk.scenario.Era;

/** Wires the workspace for comparing: its menu, its keys, and the files it asks for. */
final class CompareFeature implements CompareView.Around {
  static final String WORKSPACE = "compare";

  private static final String[] CAPTURES = {
    "*.pcap", "*.pcapng", "*.cap", "*.gz", "*" + SessionFile.SUFFIX
  };

  private static final List<String> VARIANTS = List.of("/dual", "/v4", "/v6");

  /** Below it the menu in the top bar is a sign alone. */
  private static final double NARROW = 1300;

  private final Stage stage;
  private final MainViewModel model;
  private final Features.Places places;
  private final Texts texts = Texts.of(CompareViewModel.class);
  private final CompareViewModel compare;
  private final Runnable opener;
  private final Supplier<Optional<File>> folder;
  private final Runnable report;
  private final CompareView view;

  /** {@code folder}: where its dialogs for files begin. */
  CompareFeature(
      Stage stage,
      MainViewModel model,
      Features.Places places,
      Runnable opener,
      Supplier<Optional<File>> folder,
      Runnable report) {
    this.opener = opener;
    this.folder = folder;
    this.report = report;
    this.stage = stage;
    this.model = model;
    this.places = places;
    AppServices services = model.services();
    this.compare =
        new CompareViewModel(
            new CompareJob(services.opener()::open, services.lanes()),
            model.work(),
            model.replays(),
            CompareFeature::write);
    this.view = new CompareView(compare, this);
    view.remember(places.frame().panes()::split);
  }

  private static void write(ComparedPair pair, Path file, ReplayProgress progress)
      throws Exception {
    try (WholeFile whole = WholeFile.create(file)) {
      whole.out().write(ComparePage.of(pair, progress));
      whole.finish();
    }
  }

  void wire() {
    places.workspaces().add(WORKSPACE, view);
    model.packets().filterProperty().addListener((_, _, now) -> compare.list().setFilter(now));
    model.focus().replayProperty().addListener((_, was, now) -> opened(was, now));
    // Only now is there a list to take the keys.
    compare
        .pairProperty()
        .addListener((_, was, now) -> {
          if (was == null && now != null) {
            Platform.runLater(view::focusList);
          }
        });
    places.topBar().addLeading(menu());
    String chapter = texts.get("chapter");
    places
        .actions()
        .add(
            List.of(
                Action.of(
                    "compare.open",
                    chapter,
                    texts.get("action.open"),
                    this::choose,
                    "Ctrl+Shift+O")));
    places
        .actions()
        .add(
            WORKSPACE,
            List.of(
                action("play", compare::togglePlay, "Space"),
                action("step", compare::step, "→"),
                action("step-back", compare::stepBack, "←"),
                action("next", compare::nextDifference, "N"),
                action("previous", compare::previousDifference, "Shift+N"),
                action("next-row", () -> compare.neighbour(1), "F8"),
                action("previous-row", () -> compare.neighbour(-1), "F7"),
                action("first", compare::first, "Home"),
                action("last", compare::last, "End"),
                action("swap", compare::swap, "S"),
                action("only", this::toggleOnly, "Shift+D"),
                action("export", this::export, "Ctrl+Shift+E"),
                action("back", this::back, "Ctrl+Shift+D")));
  }

  private Action action(String name, Runnable run, String... keys) {
    return Action.of(
        "compare." + name, texts.get("chapter"), texts.get("action." + name), run, keys);
  }

  private void toggleOnly() {
    compare.differencesOnlyProperty().set(!compare.differencesOnlyProperty().get());
  }

  private MenuButton menu() {
    MenuButton menu = new MenuButton();
    menu.textProperty()
        .bind(
            Bindings.when(stage.widthProperty().lessThan(NARROW))
                .then("⇄")
                .otherwise(texts.get("menu")));
    menu.setTooltip(new Tooltip(texts.get("menu.tip")));
    menu.setAccessibleText(texts.get("menu.tip"));
    MenuItem capture = item("menu.capture", this::choose);
    Menu datapaths = new Menu(texts.get("menu.datapaths"));
    Menu models = new Menu(texts.get("menu.models"));
    // What is loaded already is no other one.
    menu.setOnShowing(_ -> {
      datapaths.getItems().setAll(datapaths());
      models.getItems().setAll(models());
    });
    datapaths.getItems().setAll(datapaths());
    models.getItems().setAll(models());
    List<MenuItem> items =
        new ArrayList<>(
            List.of(
                capture,
                new SeparatorMenuItem(),
                datapaths,
                item("menu.object", this::underObject),
                models,
                item("menu.scenario", this::withScenario),
                item("menu.session", this::withSession)));
    MenuItem show = item("menu.show", this::show);
    show.disableProperty().bind(compare.pairProperty().isNull());
    MenuItem back = item("menu.back", this::back);
    back.disableProperty().bind(places.workspaces().shownProperty().isEqualTo(Workspaces.DEBUG));
    MenuItem page = item("menu.report", report);
    page.disableProperty().bind(places.workspaces().shownProperty().isEqualTo(WORKSPACE));
    items.addAll(List.of(new SeparatorMenuItem(), show, back, new SeparatorMenuItem(), page));
    menu.getItems().setAll(items);
    return menu;
  }

  /** Every era's datapath, and the variants of the one that is loaded. */
  private List<MenuItem> datapaths() {
    @Nullable DatapathSpec loaded =
        model.focus().replay().map(r -> r.scenario().datapath()).orElse(null);
    Set<String> names = new LinkedHashSet<>();
    model.services().eras().forEach(era -> names.add("bundled:" + era.label()));
    if (loaded != null && loaded.source() instanceof DatapathSpec.Bundled(Era era, _)) {
      VARIANTS.forEach(variant -> names.add("bundled:" + era.label() + variant));
    }
    List<MenuItem> items = new ArrayList<>();
    for (String name : names) {
      DatapathSpec datapath = DatapathSpec.parse(name);
      if (!datapath.equals(loaded)) {
        MenuItem item = new MenuItem(texts.get("menu.datapath", datapath.toString()));
        item.setOnAction(_ -> under(datapath));
        items.add(item);
      }
    }
    return items;
  }

  private List<MenuItem> models() {
    @Nullable Era now = model.focus().replay().map(r -> r.scenario().model()).orElse(null);
    List<MenuItem> items = new ArrayList<>();
    for (Era era : Era.values()) {
      if (era != now) {
        MenuItem item = new MenuItem(texts.get("menu.model", era.label()));
        item.setOnAction(_ -> ours(a -> start(new CompareRequest(a, a.modelled(era), null))));
        items.add(item);
      }
    }
    return items;
  }

  /** The same capture as a session recorded it, on another kernel perhaps. */
  private void withSession() {
    ours(a ->
        file("chooser.session", "chooser.sessions", "*" + SessionFile.SUFFIX)
            .ifPresent(b ->
                start(new CompareRequest(a, CompareRequest.Side.of(b.getPath()), AlignBy.NUMBER))));
  }

  private MenuItem item(String key, Runnable run) {
    MenuItem item = new MenuItem(texts.get(key));
    item.setOnAction(_ -> run.run());
    return item;
  }

  /**
   * Who opens another capture, a lesson, another datapath or scenario wants to see that; the first
   * replay of a window that was opened to compare is none of these.
   */
  private void opened(@Nullable Replay was, @Nullable Replay now) {
    if (was != null && now != null && places.workspaces().shownProperty().get().equals(WORKSPACE)) {
      back();
    }
  }

  /** Shows the workspace and compares. */
  void start(CompareRequest request) {
    show();
    compare.compare(request);
  }

  /** Puts the keyboard into the list of pairs, if that is what is shown. */
  boolean focusList() {
    boolean comparing = places.workspaces().shownProperty().get().equals(WORKSPACE);
    if (comparing) {
      view.focusList();
    }
    return comparing;
  }

  private void show() {
    places.workspaces().show(WORKSPACE);
    view.focusList();
  }

  @Override
  public void back() {
    places.workspaces().show(Workspaces.DEBUG);
  }

  @Override
  public void choose() {
    ours(a ->
        file("chooser.capture", "chooser.captures", CAPTURES)
            .ifPresent(
                b -> start(new CompareRequest(a, CompareRequest.Side.of(b.getPath()), null))));
  }

  private void under(DatapathSpec datapath) {
    ours(a -> start(new CompareRequest(a, a.under(datapath), null, true)));
  }

  private void underObject() {
    askForObject().ifPresent(this::under);
  }

  @Override
  public Optional<DatapathSpec> askForObject() {
    return file("chooser.object", "chooser.objects", "*.o")
        .map(o -> DatapathSpec.parse(o.getPath()));
  }

  @Override
  public Optional<String> askForScenario() {
    return file("chooser.scenario", "chooser.scenarios", "*.json").map(File::getPath);
  }

  @Override
  public Optional<String> askForCapture() {
    return file("chooser.capture", "chooser.captures", CAPTURES).map(File::getPath);
  }

  @Override
  public void open() {
    back();
    opener.run();
  }

  @Override
  public ObservableBooleanValue captureOpen() {
    return model.focus().replayProperty().isNotNull();
  }

  @Override
  public List<Era> eras() {
    return model.services().eras();
  }

  private void withScenario() {
    ours(a -> askForScenario().ifPresent(s -> start(new CompareRequest(a, a.against(s), null))));
  }

  /** The capture that is open, as side A; a message when there is none that can be read again. */
  private void ours(Consumer<CompareRequest.Side> use) {
    Replay open = model.focus().replay().orElse(null);
    Path file = open == null ? null : open.capture().origin().capture().orElse(null);
    if (open == null || file == null) {
      model.status().fail(texts.get(open == null ? "no-capture" : "no-file"));
      return;
    }
    // A session brings what it recorded as well.
    Path from = open.capture().origin().session().map(SessionFile::path).orElse(file);
    use.accept(CompareRequest.Side.of(from.toString(), open.scenario()));
  }

  @Override
  public void export() {
    if (compare.pairProperty().get() == null) {
      return;
    }
    FileChooser chooser = chooser("chooser.export", "chooser.pages", "*.html");
    chooser.setInitialFileName("comparison.html");
    FileDialogs.shown(chooser, c -> c.showSaveDialog(stage))
        .ifPresent(file -> compare.export(file.toPath()));
  }

  private Optional<File> file(String title, String kind, String... patterns) {
    return FileDialogs.shown(chooser(title, kind, patterns), c -> c.showOpenDialog(stage));
  }

  private FileChooser chooser(String title, String kind, String... patterns) {
    FileChooser chooser = new FileChooser();
    chooser.setTitle(texts.get(title));
    folder.get().ifPresent(chooser::setInitialDirectory);
    chooser
        .getExtensionFilters()
        .addAll(
            new FileChooser.ExtensionFilter(texts.get(kind), patterns),
            new FileChooser.ExtensionFilter(texts.get("chooser.all"), "*"));
    return chooser;
  }

  /** Whether what was asked for is there. */
  boolean settled() {
    return compare.settledProperty().get();
  }

  /** Whether the workspace is shown and something is being done for it. */
  boolean working() {
    return places.workspaces().shownProperty().get().equals(WORKSPACE)
        && compare.workingProperty().get();
  }

  /** Ends it; false when nothing is being done. */
  boolean cancelWork() {
    if (!working()) {
      return false;
    }
    compare.cancel();
    return true;
  }

  /** What the window is called: after both captures while they are what is shown. */
  ObservableStringValue title() {
    return Bindings.createStringBinding(
        () -> {
          @Nullable ComparedPair pair = compare.pairProperty().get();
          return pair != null && places.workspaces().shownProperty().get().equals(WORKSPACE)
              ? texts.get("title", pair.a().name(), pair.b().name())
              : model.titleProperty().get();
        },
        compare.pairProperty(),
        places.workspaces().shownProperty(),
        model.titleProperty());
  }

  /** For tests. */
  CompareViewModel viewModel() {
    return compare;
  }

  void close() {
    compare.close();
  }
}
