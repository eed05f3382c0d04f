// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.window;

import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javafx.application.Platform;
import javafx.beans.binding.DoubleBinding;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.SplitPane;
import javafx.scene.control.TextInputControl;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.stage.FileChooser;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;
import org.tailwalk.app.action.Actions;
import org.tailwalk.app.action.Edits;
import org.tailwalk.app.compare.CompareViewModel;
import org.tailwalk.app.compare.core.CompareRequest;
import org.tailwalk.app.filter.FilterBar;
import org.tailwalk.app.inspector.InspectorTabs;
import org.tailwalk.app.packets.PacketsView;
import org.tailwalk.app.path.PathView;
import org.tailwalk.app.scenario.ScenarioBar;
import org.tailwalk.app.status.BannerView;
import org.tailwalk.app.status.StatusView;
import org.tailwalk.app.steps.StepsView;
import org.tailwalk.app.text.Texts;
import org.tailwalk.app.theme.Theme;
import org.tailwalk.app.theme.WideGrip;
import org.tailwalk.app.transport.Strip;
import org.tailwalk.app.transport.TransportView;
import org.tailwalk.replay.history.SweepNote;
import org.tailwalk.scenario.DatapathSpec;

/** The window: bars above and below, and between them list, stage, transport and panels. */
public final class MainWindow {
  static final double NARROW = 1300;

  /** Below this the top bar has no room for what its choosers are called. */
  private static final double TIGHT = 1560;

  /** From here on the drawer's icons have their names below them. */
  private static final double SPACIOUS = 1700;

  private final Stage stage;
  private final Theme theme;
  private final MainViewModel model;
  private final Scene scene;
  private final InspectorTabs tabs = new InspectorTabs();
  private final TransportView transport;
  private final PacketsView packets;
  private final PathView path;
  private final StepsView steps;
  private final FilterBar filter;
  private final Actions actions = new Actions();
  private final Overlay overlay;
  private final Panes panes = new Panes();
  private final Edits edits = new Edits();
  private final Features features;
  private final BooleanProperty narrow = new SimpleBooleanProperty();
  private final BooleanProperty tight = new SimpleBooleanProperty();

  /** Fills a stage; {@link Stage#show} is the caller's. */
  public MainWindow(Stage stage, MainViewModel model, Theme theme, int width, int height) {
    this.stage = stage;
    this.model = model;
    this.theme = theme;
    this.transport = new TransportView(model.transport(), theme);
    this.packets = new PacketsView(model.packets(), this::chosen);
    this.filter = new FilterBar(model.filter(), this::focusList);
    this.path = new PathView(model.path(), theme);
    this.steps = new StepsView(model.steps(), row -> model.transport().goToRow(row));
    this.overlay = new Overlay(actions, model::goTo);
    StatusView status = new StatusView(model.status(), Texts.of(MainWindow.class).get("reminder"));
    Workspaces workspaces = new Workspaces();
    workspaces.add(
        Workspaces.DEBUG,
        new DebugPanes(model, theme, panes, packets, path, steps, transport, tabs, narrow).all());
    SplitPane middle = new SplitPane(workspaces.pane());
    WideGrip.on(middle);
    Drawer drawer = new Drawer(middle);
    BorderPane root = new BorderPane();
    TopBar topBar = topBar();
    // While two are compared each side has a chooser of its own.
    topBar.showChoosers(workspaces.shownProperty().isNotEqualTo(CompareFeature.WORKSPACE));
    VBox top = new VBox(topBar.node(), new BannerView(model.status()));
    root.setTop(top);
    root.setCenter(middle);
    root.setRight(drawer.strip());
    root.setBottom(status);
    // Comparing has a line of its own.
    status.visibleProperty().bind(workspaces.shownProperty().isEqualTo(Workspaces.DEBUG));
    status.managedProperty().bind(status.visibleProperty());
    for (Region bar : new Region[] {top, drawer.strip()}) {
      bar.visibleProperty().bind(workspaces.shownProperty().isNotEqualTo(Workspaces.PRESENT));
      bar.managedProperty().bind(bar.visibleProperty());
    }
    root.setMinSize(0, 0);
    StackPane layers = new StackPane(root, overlay);
    Scaled scaled = new Scaled(layers);
    this.scene = new Scene(scaled, width, height);
    theme.dress(scene);
    // The drawer takes its room from what stands left of it.
    workspaces
        .pane()
        .widthProperty()
        .addListener((_, _, now) -> {
          // Widths change while a layout runs, which takes no wish for another one.
          boolean little = now.doubleValue() < NARROW;
          Platform.runLater(() -> transport.setNarrow(little));
        });
    narrow.addListener((_, _, now) -> status.setNarrow(now));
    DoubleBinding room = scene.widthProperty().divide(scaled.wornProperty());
    narrow.bind(room.lessThan(NARROW));
    tight.bind(room.lessThan(TIGHT));
    drawer.namedProperty().bind(room.greaterThanOrEqualTo(SPACIOUS));
    WindowActions own = new WindowActions(this, model, overlay, scene);
    actions.placedBy(workspaces.shownProperty()::get);
    actions.add(Workspaces.DEBUG, own.playing());
    actions.add(Workspaces.DEBUG, own.packets());
    actions.add(CompareFeature.WORKSPACE, own.comparing());
    this.features =
        new Features(
            stage,
            model,
            theme,
            new Features.Places(
                tabs,
                drawer,
                workspaces,
                topBar,
                actions,
                overlay,
                new Features.Frame(scene, scaled, panes, edits)),
            new DebugFeatures.Views(packets, path, steps, transport));
    features.wire();
    actions.add(own.window());
    new Shortcuts(actions, overlay::asks).install(scene);
    stage.setScene(scene);
    stage.setMinWidth(WindowOptions.MIN_WIDTH);
    stage.setMinHeight(WindowOptions.MIN_HEIGHT);
    followPacket();
    model.signsProperty().addListener((_, _, _) -> showStrip());
    model.focus().veiledFromProperty().addListener((_, _, _) -> showStrip());
    model.focus().replayProperty().addListener((_, _, _) -> showStrip());
    model.focus().replayProperty().addListener((_, _, _) -> leaveBar(top));
    workspaces
        .shownProperty()
        .addListener((_, _, now) -> {
          if (now.equals(Workspaces.DEBUG)) {
            Platform.runLater(packets::focusList);
          }
        });
    Platform.runLater(packets::focusList);
  }

  private void followPacket() {
    ListFollower follower = new ListFollower(packets::follow);
    model.transport().positionProperty().addListener((_, _, now) -> follower.go(now.packet()));
    model.focus().packetProperty().addListener((_, _, _) -> follower.shown());
    transport.strip().pressedProperty().addListener((_, _, now) -> follower.held(now));
  }

  /** What was chosen in the bar is there: the keys are the list's again, not the button's. */
  private void leaveBar(Region bar) {
    Node holder = scene.getFocusOwner();
    if (holder == null || holder instanceof TextInputControl) {
      return;
    }
    for (Node at = holder; at != null; at = at.getParent()) {
      if (at == bar) {
        packets.focusList();
        return;
      }
    }
  }

  /** What a lesson asks for first the strip doesn't tell. */
  private void showStrip() {
    byte[] signs = model.signsProperty().get();
    int from = model.focus().veiledFromProperty().get();
    if (from > 0 && from <= signs.length) {
      signs = signs.clone();
      Arrays.fill(signs, from - 1, signs.length, (byte) Strip.Sign.FORWARDED.ordinal());
    }
    transport.strip().show(signs);
    List<SweepNote> sweeps =
        model.focus().replay().map(r -> r.history().sweepNotes()).orElse(List.of());
    transport
        .strip()
        .showSweeps(sweeps.stream().filter(s -> from <= 0 || s.packet() < from).toList());
  }

  /** What was filtered takes the keys, be it packets or pairs. */
  private void focusList() {
    if (!features.compare().focusList()) {
      packets.focusList();
    }
  }

  private void chosen(int packet) {
    if (packet != model.transport().positionProperty().get().packet()) {
      model.transport().stop();
      model.transport().go(packet, true);
    }
  }

  private TopBar topBar() {
    ScenarioBar choosers = new ScenarioBar(model.scenario(), this::askForObject);
    tight.addListener((_, _, now) -> choosers.setNarrow(now));
    narrow.addListener((_, _, now) -> choosers.setBare(now));
    narrow.addListener((_, _, now) -> filter.setBare(now));
    return new TopBar(theme, this::askForCapture, choosers, filter, overlay::toggleHelp);
  }

  /** Asks for a capture and opens it. */
  void askForCapture() {
    features.files().askForCapture();
  }

  private @Nullable DatapathSpec askForObject() {
    FileChooser chooser = new FileChooser();
    chooser.setTitle(word("object.title"));
    chooser
        .getExtensionFilters()
        .addAll(
            new FileChooser.ExtensionFilter(word("object.files"), "*.o"),
            new FileChooser.ExtensionFilter(word("open.all"), "*"));
    File file = chooser.showOpenDialog(stage);
    return file == null ? null : DatapathSpec.parse(file.getPath());
  }

  /** A file was dropped on the window. */
  void dropped(java.nio.file.Path file) {
    features.files().dropped(file);
  }

  /** Puts the keyboard into the filter. */
  void focusFilter() {
    filter.focusField();
  }

  /** Whether something is being done that can be ended early. */
  boolean working() {
    return model.status().working() || features.compare().working();
  }

  /** Ends it; false when nothing is being done. */
  boolean cancelWork() {
    return features.compare().cancelWork() || model.status().cancel();
  }

  /** Whether some packets are hidden, or something stands in the filter. */
  boolean filtered() {
    return !model.filter().textProperty().get().isEmpty()
        || !model.packets().filterProperty().get().all();
  }

  /** Shows all packets again; false when they were. */
  boolean clearFilter() {
    return filter.clear();
  }

  /** Light becomes dark, dark light. */
  void toggleTheme() {
    theme.toggle();
  }

  /** What can be done here. */
  public Actions actions() {
    return actions;
  }

  /** Brings a tab of the inspector to the front; one that doesn't exist changes nothing. */
  public void showTab(String id) {
    tabs.show(id);
  }

  /** Compares, in the workspace for it. */
  public void compare(CompareRequest request) {
    features.compare().start(request);
  }

  /** Opens a lesson's folder or file, or a folder of lessons. */
  void lesson(Path named) {
    features.lesson().openOwn(named);
  }

  /** Writes the capture down as a page. */
  ReportFeature reports() {
    return features.report();
  }

  /** What is compared. */
  public CompareViewModel comparing() {
    return features.compare().viewModel();
  }

  /** Whether what is compared is shown. */
  boolean compared() {
    return features.compare().settled();
  }

  /** The scene. */
  public Scene scene() {
    return scene;
  }

  /** Stops what moves; the window is closed. */
  public void dispose() {
    features.compare().close();
    features.dispose();
    transport.dispose();
    model.close();
  }

  private static String word(String key, Object... values) {
    Texts texts = Texts.of(MainWindow.class);
    return values.length == 0 ? texts.get(key) : texts.get(key, values);
  }
}
