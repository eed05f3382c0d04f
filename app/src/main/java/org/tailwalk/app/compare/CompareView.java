// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.compare;

import java.util.List;
import java.util.Optional;
import javafx.animation.AnimationTimer;
import javafx.application.Platform;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.value.ObservableBooleanValue;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.RadioMenuItem;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.tailwalk.app.compare.core.ComparedPair;
import org.tailwalk.app.text.Texts;
import org.tailwalk.app.theme.Icon;
import org.tailwalk.app.theme.KeptShares;
import org.tailwalk.compare.AlignBy;
import org.tailwalk.compare.Difference;
import org.tailwalk.scenario.DatapathSpec;
import org.tailwalk.scenario.Era;

/** The workspace for comparing. */
public final class CompareView extends BorderPane {
  /** In a lower window the lists give way to the paths, and all is closer together. */
  private static final double LOW = 720;

  private static final PseudoClass IN_LOW = PseudoClass.getPseudoClass("low");

  /** Of the whole height, what both chains are sure to have if they need it. */
  private static final double MOST_PATHS = 0.36;

  private static final double LEAST = 72;

  /** Hears of dividers that are to be remembered. */
  @FunctionalInterface
  public interface Remembered {
    /** One of them, or several of one row. */
    void dividers(String id, KeptShares panes);
  }

  /** What the view asks of the window around it. */
  public interface Around {
    /** Goes back to debugging. */
    void back();

    /** Asks where to, then exports. */
    void export();

    /** Asks for another capture, then compares. */
    void choose();

    /** Asks for a first capture. */
    void open();

    /** Whether there is a capture that others can be compared with. */
    ObservableBooleanValue captureOpen();

    /** Whose bundled datapaths there are. */
    List<Era> eras();

    /** Asks for an object file. */
    Optional<DatapathSpec> askForObject();

    /** Asks for a scenario's file. */
    Optional<String> askForScenario();

    /** Asks for a capture or a session. */
    Optional<String> askForCapture();
  }

  private final CompareViewModel model;
  private final Around around;
  private final Texts texts = Texts.of(CompareView.class);
  private final PairTable table;
  private final ChainView chainA;
  private final ChainView chainB;
  private final DetailTables details;
  private final Label sentence = new Label();
  private final Label position = new Label();
  private final AnimationTimer clock;
  private final BooleanProperty low = new SimpleBooleanProperty();
  private final KeptShares lists;
  private final KeptShares paths;

  /** A view of {@code model}. */
  public CompareView(CompareViewModel model, Around around) {
    this.model = model;
    this.around = around;
    this.table = new PairTable(model, around);
    this.chainA = new ChainView(model::goToStep);
    this.chainB = new ChainView(model::goToStep);
    this.details = new DetailTables(model::goToStep);
    this.clock = new Clock(model);
    getStyleClass().add("compare");
    BorderPane[] places = {new BorderPane(), new BorderPane(), new BorderPane()};
    this.paths = new KeptShares(0.64, places[1], places[2]);
    this.lists = new KeptShares(0.36, places[0], new BorderPane(paths));
    new Furnishing(this, List.of(places), List.of(table, above(), details), this::focusList);
    low.bind(heightProperty().lessThan(LOW));
    low.subscribe(now -> {
      lists.usually(_ -> new double[] {now ? 0.42 : 0.36});
      pseudoClassStateChanged(IN_LOW, now);
    });
    StackPane middle = new StackPane(lists, empty(), loading());
    setTop(new VBox(bar(), job(), error()));
    setCenter(middle);
    setBottom(foot());
    model.sceneProperty().addListener((_, _, scene) -> show(scene));
    model.momentProperty().addListener((_, _, _) -> moment());
    // The clock costs nothing while nothing plays.
    model
        .playingProperty()
        .addListener((_, _, now) -> {
          if (now) {
            clock.start();
          } else {
            clock.stop();
          }
        });
  }

  /** Puts the keyboard into the list. */
  public void focusList() {
    if (table.getScene() != null) {
      table.focusList();
    }
  }

  /** What a window remembers of the panes here: where each divider was pulled to. */
  public void remember(Remembered by) {
    // A divider further inside is nearer to the keyboard.
    by.dividers("compare-paths", paths);
    by.dividers("compare", lists);
  }

  private HBox bar() {
    Button back = button("back", null, around::back);
    MenuButton align = new MenuButton();
    align.setTooltip(new Tooltip(texts.get("align.tip")));
    align.setAccessibleText(texts.get("align.tip"));
    align.setMinWidth(Region.USE_PREF_SIZE);
    ToggleGroup group = new ToggleGroup();
    for (AlignBy by : AlignBy.values()) {
      RadioMenuItem item = new RadioMenuItem(texts.get("align." + by.label()));
      item.setToggleGroup(group);
      item.setUserData(by);
      item.setOnAction(_ -> model.alignBy(by));
      align.getItems().add(item);
    }
    model.alignByProperty().addListener((_, _, by) -> chosen(group, by));
    chosen(group, model.alignByProperty().get());
    align
        .textProperty()
        .bind(
            model
                .alignByProperty()
                .map(by -> texts.get("align", texts.get("align." + by.label()))));
    ToggleButton only = new ToggleButton(texts.get("only"));
    only.setTooltip(new Tooltip(texts.get("only.tip")));
    only.setMinWidth(Region.USE_PREF_SIZE);
    only.selectedProperty().bindBidirectional(model.differencesOnlyProperty());
    Button swap = button("swap", null, model::swap);
    Label shown = new Label();
    shown.textProperty().bind(model.list().aboutProperty());
    shown.getStyleClass().addAll("muted", "small");
    Region space = new Region();
    HBox.setHgrow(space, Priority.ALWAYS);
    Button export = button("export", null, around::export);
    for (Node node : new Node[] {align, only, swap, export}) {
      node.disableProperty().bind(model.pairProperty().isNull().or(model.workingProperty()));
    }
    HBox bar = new HBox(8, back, align, only, swap, shown, space, export);
    bar.setAlignment(Pos.CENTER_LEFT);
    bar.getStyleClass().add("compare-bar");
    return bar;
  }

  private static void chosen(ToggleGroup group, AlignBy by) {
    group.getToggles().forEach(t -> t.setSelected(t.getUserData() == by));
  }

  private Button button(String key, @Nullable Icon icon, Runnable action) {
    Button button = new Button(texts.get(key), icon == null ? null : icon.node(11));
    button.setTooltip(new Tooltip(texts.get(key + ".tip")));
    button.setAccessibleText(texts.get(key + ".tip"));
    button.setMinWidth(Region.USE_PREF_SIZE);
    button.setOnAction(_ -> action.run());
    return button;
  }

  private HBox job() {
    Label what = new Label();
    what.textProperty().bind(model.doingProperty());
    ProgressBar bar = new ProgressBar();
    bar.progressProperty().bind(model.progressProperty());
    bar.setPrefWidth(260);
    Button cancel = button("cancel", null, model::cancel);
    cancel.getStyleClass().add("small-button");
    HBox row = new HBox(10, what, bar, cancel);
    row.getStyleClass().add("compare-job");
    row.setAlignment(Pos.CENTER_LEFT);
    row.visibleProperty().bind(model.workingProperty().and(model.pairProperty().isNotNull()));
    row.managedProperty().bind(row.visibleProperty());
    return row;
  }

  private HBox error() {
    Label what = new Label();
    what.setWrapText(true);
    what.setGraphic(Icon.WARNING.node(13));
    what.textProperty().bind(model.errorProperty());
    HBox.setHgrow(what, Priority.ALWAYS);
    what.setMaxWidth(Double.MAX_VALUE);
    Button away = button("away", null, model::forgetError);
    away.getStyleClass().add("small-button");
    HBox row = new HBox(what, away);
    row.getStyleClass().addAll("banner", "error");
    row.visibleProperty().bind(model.errorProperty().isNotEmpty());
    row.managedProperty().bind(row.visibleProperty());
    return row;
  }

  private VBox empty() {
    BooleanBinding open =
        Bindings.createBooleanBinding(around.captureOpen()::get, around.captureOpen());
    Label title = new Label(texts.get("empty.title"));
    title.getStyleClass().add("empty-title");
    Label text = new Label();
    text.textProperty()
        .bind(
            Bindings.when(open)
                .then(texts.get("empty.text"))
                .otherwise(texts.get("empty.nothing")));
    text.getStyleClass().add("empty-text");
    text.setWrapText(true);
    text.setMaxWidth(520);
    Button choose = button("choose", null, around::choose);
    Button first = button("open", null, around::open);
    for (Button button : new Button[] {choose, first}) {
      button.getStyleClass().add("primary");
      button.managedProperty().bind(button.visibleProperty());
    }
    choose.visibleProperty().bind(open);
    first.visibleProperty().bind(open.not());
    VBox box = new VBox(12, title, text, choose, first);
    box.setAlignment(Pos.CENTER);
    box.getStyleClass().add("compare-empty");
    box.visibleProperty().bind(model.pairProperty().isNull().and(model.workingProperty().not()));
    return box;
  }

  /** The first comparison has nothing behind it that could be looked at meanwhile. */
  private VBox loading() {
    Label what = new Label();
    what.textProperty().bind(model.doingProperty());
    what.getStyleClass().add("empty-title");
    ProgressBar bar = new ProgressBar();
    bar.progressProperty().bind(model.progressProperty());
    bar.setPrefWidth(360);
    bar.setAccessibleText(texts.get("progress"));
    Button cancel = button("cancel", null, model::cancel);
    VBox box = new VBox(14, what, bar, cancel);
    box.setAlignment(Pos.CENTER);
    box.getStyleClass().add("compare-empty");
    box.visibleProperty().bind(model.pairProperty().isNull().and(model.workingProperty()));
    return box;
  }

  /** What is above the details: both paths, the sentence about them, and the transport. */
  private BorderPane above() {
    Label title = new Label(texts.get("paths.title"));
    title.getStyleClass().add("title");
    Label about = new Label(texts.get("paths.about"));
    about.getStyleClass().add("about");
    HBox header = new HBox(title, about);
    header.getStyleClass().add("pane-header");
    sentence.setWrapText(true);
    sentence.getStyleClass().add("difference-sentence");
    // A split pane asks for least heights without a width: it would count one line.
    sentence.widthProperty().addListener((_, _, _) -> Platform.runLater(this::wholeSentence));
    sentence.textProperty().addListener((_, _, _) -> Platform.runLater(this::wholeSentence));
    header.setMinHeight(Region.USE_PREF_SIZE);
    // The titles of the paths say as much.
    header.visibleProperty().bind(low.not());
    header.managedProperty().bind(header.visibleProperty());
    VBox chains = new VBox(chainA, chainB);
    chains.getStyleClass().add("compare-paths");
    ScrollPane scroll = new ScrollPane(chains);
    scroll.setFitToWidth(true);
    scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
    scroll.setFocusTraversable(false);
    // Both chains are seen before anything else is, in a low window too.
    chains
        .heightProperty()
        .addListener((_, _, now) ->
            Platform.runLater(() ->
                scroll.setMinHeight(Math.min(now.doubleValue() + 2, getHeight() * MOST_PATHS))));
    details.setMinHeight(LEAST);
    table.setMinHeight(LEAST + 45);
    BorderPane top = new BorderPane(scroll);
    top.setTop(header);
    top.setBottom(new VBox(sentence, transport()));
    return top;
  }

  private void wholeSentence() {
    sentence.setMinHeight(Math.ceil(sentence.prefHeight(sentence.getWidth())));
  }

  private HBox transport() {
    Button first = button("first", Icon.FIRST, model::first);
    first.setText(null);
    Button back = button("step-back", Icon.STEP_BACK, model::stepBack);
    Button play = button("play", Icon.PLAY, model::togglePlay);
    play.getStyleClass().add("primary");
    Node playing = Icon.PAUSE.node(11);
    Node paused = Icon.PLAY.node(11);
    model
        .playingProperty()
        .addListener((_, _, now) -> {
          play.setText(texts.get(now ? "pause" : "play"));
          play.setGraphic(now ? playing : paused);
        });
    Button step = button("step", Icon.STEP, model::step);
    step.setContentDisplay(ContentDisplay.RIGHT);
    Button next = button("next", Icon.EXPRESS, model::nextDifference);
    Label said = new Label();
    said.textProperty().bind(model.saidProperty());
    said.getStyleClass().addAll("muted", "small");
    Region space = new Region();
    HBox.setHgrow(space, Priority.ALWAYS);
    position.getStyleClass().add("mono");
    position.setMinWidth(Region.USE_PREF_SIZE);
    HBox bar = new HBox(8, first, back, play, step, next, said, space, position);
    bar.getStyleClass().add("compare-transport");
    bar.setMinHeight(Region.USE_PREF_SIZE);
    bar.setAlignment(Pos.CENTER_LEFT);
    bar.disableProperty().bind(model.pairProperty().isNull());
    return bar;
  }

  private HBox foot() {
    Label times = new Label();
    times.textProperty().bind(model.pairProperty().map(p -> p == null ? "" : times(p)).orElse(""));
    Label keys = new Label(texts.get("reminder"));
    Region space = new Region();
    HBox.setHgrow(space, Priority.ALWAYS);
    HBox foot = new HBox(times, space, keys);
    foot.getStyleClass().add("compare-foot");
    return foot;
  }

  private String times(ComparedPair pair) {
    return texts.get(
        "foot",
        millis(pair.a().replay().figures().wallNanos()),
        millis(pair.b().replay().figures().wallNanos()),
        texts.get(pair.a().record().kernelLane() ? "lane.kernel" : "lane.model"));
  }

  private static String millis(long nanos) {
    return Long.toString(Math.max(1, nanos / 1_000_000));
  }

  private void show(ComparedPair.@Nullable Scene scene) {
    ComparedPair pair = model.pairProperty().get();
    if (scene == null || pair == null) {
      // Where there are pairs one of them is on its way: what stands there is shown until then.
      if (pair == null || pair.comparison().alignment().size() == 0) {
        details.show(null);
      }
      return;
    }
    details.show(scene);
    chainA.show(
        name("A", pair.a().name(), scene.a() == null ? 0 : scene.a().number()), scene.result().a());
    chainB.show(
        name("B", pair.b().name(), scene.b() == null ? 0 : scene.b().number()), scene.result().b());
    Difference difference = scene.result().difference();
    sentence.getStyleClass().removeAll("differs", "alike");
    sentence.getStyleClass().add(difference == null ? "alike" : "differs");
    sentence.setText(
        difference == null
            ? texts.get("alike", Texts.say(pair.comparison().alignment().why(scene.row())))
            : texts.get(
                "difference",
                Texts.say(difference.kind().message()),
                Texts.say(difference.message())));
    moment();
  }

  private String name(String side, String capture, long packet) {
    return packet == 0
        ? texts.get("chain.none", side, capture)
        : texts.get("chain", side, capture, Long.toString(packet));
  }

  private void moment() {
    ComparedPair.Scene scene = model.sceneProperty().get();
    ComparedPair pair = model.pairProperty().get();
    if (scene == null || pair == null) {
      position.setText("");
      return;
    }
    Tracks tracks = model.tracks();
    int at = model.momentProperty().get();
    chainA.on(tracks.box(scene.result().a(), at));
    chainB.on(tracks.box(scene.result().b(), at));
    details.on(model.stepRow());
    position.setText(
        texts.get(
            "position",
            scene.row() + 1,
            pair.comparison().alignment().size(),
            Math.min(at + 1, Math.max(1, tracks.size())),
            Math.max(1, tracks.size())));
  }

  private static final class Clock extends AnimationTimer {
    private final CompareViewModel model;
    private long last;

    Clock(CompareViewModel model) {
      this.model = model;
    }

    @Override
    public void start() {
      last = 0;
      super.start();
    }

    @Override
    public void handle(long now) {
      if (last != 0) {
        model.tick((now - last) / 1e9);
      }
      last = now;
    }
  }
}
