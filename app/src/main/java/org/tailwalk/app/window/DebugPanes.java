// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.window;

import javafx.application.Platform;
import javafx.beans.binding.BooleanExpression;
import javafx.beans.value.ObservableBooleanValue;
import javafx.geometry.Orientation;
import javafx.scene.control.Label;
import javafx.scene.control.SplitPane;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import org.tailwalk.app.conntrack.ConntrackView;
import org.tailwalk.app.conntrack.FlowTimeline;
import org.tailwalk.app.glossary.Term;
import org.tailwalk.app.glossary.TermTip;
import org.tailwalk.app.inspector.InspectorTabs;
import org.tailwalk.app.packets.PacketsView;
import org.tailwalk.app.path.PathView;
import org.tailwalk.app.steps.StepsView;
import org.tailwalk.app.text.Texts;
import org.tailwalk.app.theme.KeptShares;
import org.tailwalk.app.theme.Theme;
import org.tailwalk.app.transport.TransportView;

/**
 * Lays out where one packet is looked into: list and stage above, transport, entry, steps and
 * inspector below, and who gives way to whom when there is little room. Used once.
 */
final class DebugPanes {
  /** Less than this beside an open drawer is little for three panes. */
  private static final double CRAMPED = 800;

  private static final double LEAST_STAGE = 220;

  /** What the shortened transport needs. */
  private static final double BESIDE_DRAWER = 650;

  /** In a window less high than this what is below needs the greater half. */
  private static final double LOW = 780;

  /** What the bars above and below take, pixels. */
  private static final double BARS = 70;

  private static final double WITH_LEGEND = 540;

  private final MainViewModel model;
  private final Theme theme;
  private final Panes panes;
  private final PacketsView packets;
  private final PathView path;
  private final StepsView steps;
  private final TransportView transport;
  private final InspectorTabs tabs;
  private final ObservableBooleanValue narrow;

  DebugPanes(
      MainViewModel model,
      Theme theme,
      Panes panes,
      PacketsView packets,
      PathView path,
      StepsView steps,
      TransportView transport,
      InspectorTabs tabs,
      ObservableBooleanValue narrow) {
    this.model = model;
    this.theme = theme;
    this.panes = panes;
    this.packets = packets;
    this.path = path;
    this.steps = steps;
    this.transport = transport;
    this.tabs = tabs;
    this.narrow = narrow;
  }

  /** All of them, each with its name among the window's panes. */
  SplitPane all() {
    KeptShares upper =
        new KeptShares(Orientation.HORIZONTAL, CRAMPED, this::upperShares, packets, stagePane());
    ConntrackView conntrack =
        new ConntrackView(
            model.conntrack(),
            new FlowTimeline(model.focus(), model.work(), model.conntrack()),
            theme);
    Region inspector = tabs.pane();
    steps.setMinWidth(220);
    BooleanExpression veiled = model.focus().veiledFromProperty().greaterThan(0);
    String words = Texts.of(MainWindow.class).get("covered");
    Region entry = Covered.over(conntrack, veiled, words);
    Region details = Covered.over(inspector, veiled, words);
    KeptShares lower =
        new KeptShares(
            Orientation.HORIZONTAL, CRAMPED, DebugPanes::lowerShares, entry, steps, details);
    // Widths change while a layout runs, which takes no wish for another one.
    lower
        .widthProperty()
        .map(width -> width.doubleValue() < CRAMPED)
        .subscribe(now -> Platform.runLater(() -> least(now, conntrack, inspector)));
    least(true, conntrack, inspector);
    BorderPane below = new BorderPane(lower);
    below.setTop(transport);
    panes.split("upper", upper);
    panes.columns("packet-columns", packets::chosenWidths, packets::chooseWidths);
    panes.pane("packets", upper, packets);
    panes.pane("path", upper, upper.getItems().getLast());
    panes.split("lower", lower);
    panes.pane("conntrack", lower, entry);
    panes.pane("steps", lower, steps);
    panes.pane("inspector", lower, details);
    KeptShares all =
        new KeptShares(
            Orientation.VERTICAL, 0, height -> new double[] {upperShare(height)}, upper, below);
    panes.split("main", all);
    // The transport's words would keep a page from opening; they are shortened once it has.
    all.setMinWidth(BESIDE_DRAWER);
    return all;
  }

  /** What stands above has so much of the height, as long as nobody drags the divider. */
  private static double upperShare(double height) {
    return height < LOW - BARS ? 0.465 : 0.515;
  }

  /** Beside an open drawer a narrow window leaves the steps, in the middle, room as well. */
  private static double[] lowerShares(double width) {
    // The steps are two columns of long words: they get the most.
    return width < CRAMPED ? new double[] {0.31, 0.66} : new double[] {0.25, 0.69};
  }

  /** There the list does with fewer columns: half tells what a packet is and what became of it. */
  private double[] upperShares(double width) {
    return new double[] {width >= CRAMPED && narrow.get() ? 0.56 : 0.5};
  }

  private static void least(boolean cramped, Region... sides) {
    for (Region side : sides) {
      side.setMinWidth(cramped ? 200 : 250);
    }
  }

  private BorderPane stagePane() {
    Label title = new Label(word("path.title"));
    title.getStyleClass().add("title");
    title.setMinWidth(Region.USE_PREF_SIZE);
    Label about = new Label();
    about.getStyleClass().add("about");
    about.textProperty().bind(model.path().aboutProperty());
    Tooltip whole = new Tooltip();
    whole.textProperty().bind(model.path().aboutProperty());
    about.setTooltip(whole);
    Region space = new Region();
    HBox.setHgrow(space, Priority.ALWAYS);
    HBox header = new HBox(title, about, space);
    header
        .getChildren()
        .addAll(
            legend("kernel-dot", word("legend.kernel"), Term.KERNEL_LANE),
            legend("model-dot", word("legend.model"), Term.MODEL_LANE));
    Label grey = new Label("┄ " + word("legend.untaken"));
    grey.getStyleClass().add("about");
    TermTip.on(grey, Term.NODE);
    grey.setMinWidth(Region.USE_PREF_SIZE);
    header.getChildren().add(grey);
    header.getStyleClass().add("pane-header");
    BorderPane pane = new BorderPane(path);
    pane.setTop(header);
    pane.setMinWidth(LEAST_STAGE);
    // Beside an open page in a small window, the legend gives way to the stage itself.
    BooleanExpression room = pane.widthProperty().greaterThan(WITH_LEGEND);
    header.getChildren().stream()
        .skip(header.getChildren().indexOf(space) + 1)
        .forEach(legend -> {
          legend.visibleProperty().bind(room);
          legend.managedProperty().bind(room);
        });
    return pane;
  }

  private static Label legend(String dotStyle, String words, Term lane) {
    Region dot = new Region();
    dot.getStyleClass().add(dotStyle);
    dot.setMinSize(8, 8);
    dot.setMaxSize(8, 8);
    Label label = new Label(words, dot);
    TermTip.on(label, lane);
    label.getStyleClass().add("about");
    label.setMinWidth(Region.USE_PREF_SIZE);
    return label;
  }

  private static String word(String key, Object... values) {
    Texts texts = Texts.of(MainWindow.class);
    return values.length == 0 ? texts.get(key) : texts.get(key, values);
  }
}
