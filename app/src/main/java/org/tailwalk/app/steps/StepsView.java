// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.steps;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;
import javafx.application.Platform;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.DoubleBinding;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.collections.ListChangeListener;
import javafx.css.PseudoClass;
import javafx.scene.Node;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.MenuItem;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.control.Tooltip;
import javafx.scene.control.skin.VirtualFlow;
import javafx.scene.input.ContextMenuEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.scene.text.Font;
import javafx.scene.text.Text;
import javafx.scene.text.TextFlow;
import org.tailwalk.app.glossary.Term;
import org.tailwalk.app.glossary.TermTip;
import org.tailwalk.app.text.Texts;
import org.tailwalk.app.theme.Icon;
import org.tailwalk.app.theme.Worn;

/** The steps: a table of two columns, and below it the explanation. */
public final class StepsView extends BorderPane {
  private static final double ROW = 22;
  private static final double HEADER = 28;
  private static final double EXPLANATION = 40;
  private static final double TWO_LINES = 31;

  /** Between the lines of the explanation. */
  private static final double BETWEEN = 1.5;

  /** A low pane shows so many steps whatever else there is. */
  private static final int LEAST_STEPS = 3;

  /** What lies around the explanation in a low pane. */
  private static final double LOW_FRAME = 18;

  private static final double PANE_HEADER = 30;

  /** Wide enough for the words of two lanes. */
  private static final double BOTH = 560;

  /** In less the lanes share a column: half of it would show no step whole. */
  private static final double STACKED = 320;

  private static final double LEAST_SHARE = 0.36;
  private static final double HALF = 0.5;
  private static final double FOLDED = 78;
  private static final double ICON = 28;
  private static final double SCROLL_BAR = 13;
  private static final double EXPLANATION_SHARE = 0.34;

  /** A pane less high than this keeps its room for the steps: the explanation scrolls. */
  private static final double LOW = 330;

  private static final PseudoClass LOW_PANE = PseudoClass.getPseudoClass("low");

  private final StepsViewModel model;
  private final TableView<StepRow> table = new TableView<>();
  private final BooleanProperty folded = new SimpleBooleanProperty();
  private final BooleanProperty stacked = new SimpleBooleanProperty();
  private final TableColumn<StepRow, StepRow> kernel = textColumn(word("kernel"), true);
  private final TableColumn<StepRow, StepRow> modelled = textColumn(word("model"), false);
  private final StepWords words = new StepWords();
  private boolean following;

  /** Whether the table has been given rows that it has not been laid out with. */
  private boolean fresh;

  private boolean scrolls;

  /** The kernel's part of what both lanes have. */
  private double share = HALF;

  private boolean spreads;

  /** Calls {@code chosen} with the 0-based row that was clicked on. */
  public StepsView(StepsViewModel model, IntConsumer chosen) {
    this.model = model;
    getStyleClass().addAll("pane", "pane-left", "steps");
    setTop(header());
    // A table that gets other rows selects the one most like what was selected: nobody chose it.
    model
        .rows()
        .addListener(
            (ListChangeListener<StepRow>)
                _ -> {
                  following = true;
                  table.getItems().setAll(model.rows());
                  following = false;
                  fresh = true;
                  // Two packets may stand at a step of the same number: nobody tells of that one.
                  follow(model.currentProperty().get());
                });
    table.getItems().setAll(model.rows());
    table.setFixedCellSize(ROW);
    table.setAccessibleText(word("title"));
    table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
    table.setRowFactory(_ -> new Row());
    table.getColumns().add(iconColumn());
    kernel
        .textProperty()
        .bind(
            Bindings.createStringBinding(
                () ->
                    model.kernelTitleProperty().get()
                        + (stacked.get() ? "  │  " + word("model") : ""),
                model.kernelTitleProperty(),
                stacked));
    table.getColumns().add(kernel);
    table.getColumns().add(modelled);
    // Where both say the same and there is little room, once is enough.
    folded.bind(model.sameProperty().and(table.widthProperty().lessThan(BOTH)));
    table
        .widthProperty()
        .map(width -> width.doubleValue() < STACKED)
        .subscribe(now -> Platform.runLater(() -> stack(now)));
    folded.addListener((_, _, _) -> spread());
    table.widthProperty().addListener((_, _, _) -> spreadLater());
    TermTip.on(kernel, Term.KERNEL_LANE);
    TermTip.on(modelled, Term.MODEL_LANE);
    Label nothing = new Label();
    nothing.getStyleClass().add("empty-text");
    nothing.setWrapText(true);
    nothing.setMaxWidth(360);
    nothing.textProperty().bind(model.nothingProperty());
    table.setPlaceholder(new StackPane(nothing));
    setCenter(table);
    setBottom(new VBox(words, explanation()));
    // Whatever the pane goes through, both lanes keep a part of it.
    kernel.minWidthProperty().bind(table.widthProperty().multiply(LEAST_SHARE));
    modelled
        .minWidthProperty()
        .bind(
            Bindings.createDoubleBinding(
                () -> folded.get() ? FOLDED : table.getWidth() * LEAST_SHARE,
                folded,
                table.widthProperty()));
    // Widths change while a layout runs, which takes no wish for another one.
    kernel.widthProperty().addListener((_, _, _) -> Platform.runLater(this::tell));
    modelled.widthProperty().addListener((_, _, _) -> Platform.runLater(this::tell));
    heightProperty()
        .addListener((_, _, now) -> pseudoClassStateChanged(LOW_PANE, now.doubleValue() < LOW));
    table
        .getSelectionModel()
        .selectedIndexProperty()
        .addListener((_, _, index) -> {
          if (!following && index.intValue() >= 0) {
            chosen.accept(index.intValue());
          }
        });
    // What the explanation takes from it, or the window, must not push the step out of sight.
    table.heightProperty().addListener((_, _, _) -> scrollLater());
    model.currentProperty().addListener((_, _, now) -> follow(now.intValue()));
  }

  /** The row that was pointed at, or the selected one when a key asks for the menu. */
  private int rowOf(ContextMenuEvent event) {
    if (!event.isKeyboardTrigger() && event.getPickResult() != null) {
      Node node = event.getPickResult().getIntersectedNode();
      while (node != null && !(node instanceof TableRow<?>)) {
        node = node.getParent();
      }
      if (node instanceof TableRow<?> row && !row.isEmpty()) {
        return row.getIndex();
      }
    }
    return table.getSelectionModel().getSelectedIndex();
  }

  /** The menu of a row, 0-based. */
  public void menu(IntFunction<List<MenuItem>> of) {
    ContextMenu menu = new ContextMenu();
    table.setOnContextMenuRequested(event -> {
      int row = rowOf(event);
      menu.hide();
      menu.getItems().setAll(row < 0 ? List.of() : of.apply(row));
      if (!menu.getItems().isEmpty()) {
        menu.show(table, event.getScreenX(), event.getScreenY());
      }
      event.consume();
    });
  }

  private HBox header() {
    Label title = new Label();
    title.getStyleClass().add("title");
    title.textProperty().bind(model.titleProperty());
    title.setMinWidth(Region.USE_PREF_SIZE);
    Label about = new Label();
    about.getStyleClass().add("about");
    about.textProperty().bind(model.aboutProperty());
    TermTip.below(about, model.aboutProperty(), Term.DIVERGENCE);
    HBox header = new HBox(title, about);
    header.getStyleClass().add("pane-header");
    return header;
  }

  private VBox explanation() {
    Text title = new Text();
    title.textProperty().bind(model.explanationTitleProperty().concat(" "));
    title.getStyleClass().add("why-title");
    Text why = new Text();
    why.getStyleClass().add("why-text");
    why.textProperty().bind(model.explanationProperty());
    TextFlow words = new TextFlow(title, why);
    words.setLineSpacing(BETWEEN);
    words.setMinHeight(Region.USE_PREF_SIZE);
    // In a low pane the steps keep the greater part: long explanations scroll.
    ScrollPane scroll = new ScrollPane(words);
    scroll.setFitToWidth(true);
    scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
    // How high the words are is known when they have been laid out in their width.
    Runnable fit =
        () -> {
          scroll.setPrefViewportHeight(Math.ceil(words.prefHeight(words.getWidth())));
          // What comes after the packet does takes room from the steps.
          scrollLater();
        };
    words.widthProperty().addListener((_, _, _) -> Platform.runLater(fit));
    model.explanationProperty().addListener((_, _, _) -> Platform.runLater(fit));
    DoubleBinding room =
        Bindings.createDoubleBinding(
            () -> explanationRoom(why.getFont()),
            heightProperty(),
            this.words.heightProperty(),
            why.fontProperty());
    // Where there is no room for all of it, it can be read without scrolling as well.
    Tooltip all = TermTip.of("");
    scroll.setOnMouseEntered(_ -> {
      boolean cut = words.getHeight() > scroll.getViewportBounds().getHeight() + 1;
      all.setText(title.getText() + why.getText());
      scroll.setTooltip(cut ? all : null);
    });
    scroll.setMinHeight(TWO_LINES);
    scroll.maxHeightProperty().bind(room);
    VBox box = new VBox(scroll);
    box.getStyleClass().add("why");
    model
        .explainsDropProperty()
        .addListener((_, _, drop) -> {
          box.getStyleClass().remove("of-drop");
          if (drop) {
            box.getStyleClass().add("of-drop");
          }
        });
    box.visibleProperty().bind(Bindings.isNotEmpty(model.explanationProperty()));
    box.managedProperty().bind(box.visibleProperty());
    VBox margin = new VBox(box);
    margin.getStyleClass().add("why-margin");
    margin.managedProperty().bind(box.visibleProperty());
    return margin;
  }

  /** Whole lines, at least two: half a line can't be read. */
  private double explanationRoom(Font font) {
    Text letter = new Text("X");
    letter.setFont(font);
    double line = letter.getLayoutBounds().getHeight() + BETWEEN;
    double steps = PANE_HEADER + HEADER + LEAST_STEPS * ROW + LOW_FRAME;
    double room =
        getHeight() < LOW
            ? getHeight() - steps - (words.isVisible() ? words.getHeight() : 0)
            : Math.max(EXPLANATION, getHeight() * EXPLANATION_SHARE);
    return Math.ceil(Math.max(2, Math.floor(room / line)) * line);
  }

  private void follow(int row) {
    following = true;
    if (row >= 0 && row < table.getItems().size()) {
      table.getSelectionModel().clearAndSelect(row);
      // The explanation below may just have come or gone: the table's height is known a pulse on.
      scrollLater();
    } else {
      table.getSelectionModel().clearSelection();
    }
    following = false;
    tell();
  }

  /** The current step's words below the table, where a column has no room for all of them. */
  private void tell() {
    int row = model.currentProperty().get();
    boolean there = row >= 0 && row < table.getItems().size();
    StepRow shown = there ? table.getItems().get(row) : null;
    words.show(shown, kernel.getWidth(), stacked.get() ? kernel.getWidth() : modelled.getWidth());
    if (stacked.get() && shown != null && both(shown)) {
      words.showBoth();
    }
  }

  /** Whether the lanes did something there that does not read the same. */
  private static boolean both(StepRow row) {
    return !row.kernel().isEmpty() && !row.model().isEmpty() && !row.kernel().equals(row.model());
  }

  private void stack(boolean now) {
    if (stacked.get() != now) {
      stacked.set(now);
      modelled.setVisible(!now);
      spread();
      tell();
    }
  }

  private void spread() {
    boolean fold = folded.get();
    modelled.setMaxWidth(fold ? FOLDED : Double.MAX_VALUE);
    // A column that may be wider again stays as it is until it is told.
    double room = table.getWidth() - ICON - SCROLL_BAR;
    kernel.setPrefWidth(stacked.get() ? room : fold ? room - FOLDED : room * share);
    modelled.setPrefWidth(fold ? FOLDED : room * (1 - share));
    table.refresh();
  }

  /**
   * The table gives all that a larger window brings to its last column: both lanes get it in the
   * shares that they had.
   */
  private void spreadLater() {
    if (spreads) {
      return;
    }
    spreads = true;
    double both = kernel.getWidth() + modelled.getWidth();
    boolean apart = !stacked.get() && !folded.get() && both > 0;
    share = apart ? kernel.getWidth() / both : HALF;
    Platform.runLater(() -> {
      spreads = false;
      spread();
    });
  }

  /** Once, however many ask for it before it is done. */
  private void scrollLater() {
    if (!scrolls) {
      scrolls = true;
      Platform.runLater(() -> {
        scrolls = false;
        scroll();
      });
    }
  }

  /** At a packet's end shows where the engines part, if they do; else the current step. */
  private void scroll() {
    int row = model.currentProperty().get();
    if (fresh) {
      // A table that has not been laid out with its new rows would scroll among the old ones.
      applyCss();
      layout();
      fresh = false;
    }
    int fits = (int) Math.max(1, Math.floor((table.getHeight() - HEADER) / ROW));
    int parting = model.partingProperty().get();
    if (row == table.getItems().size() - 1 && parting >= 0) {
      int above = Math.clamp(fits - 2, 0, 2);
      top(Math.max(0, Math.min(parting - above, row - fits + 1)));
    } else if (row >= 0) {
      top(Math.max(0, row - fits + 2));
    }
  }

  /** Most steps are in sight where they are: a table is laid out anew for every wish to scroll. */
  private void top(int row) {
    boolean there =
        table.lookup(".virtual-flow") instanceof VirtualFlow<?> flow
            && flow.getFirstVisibleCell() != null
            && flow.getFirstVisibleCell().getIndex() == row
            && flow.getFirstVisibleCell().getLayoutY() == 0;
    if (!there) {
      table.scrollTo(row);
    }
  }

  private static TableColumn<StepRow, StepRow> column(String title) {
    TableColumn<StepRow, StepRow> column = new TableColumn<>(title);
    column.setCellValueFactory(row -> new ReadOnlyObjectWrapper<>(row.getValue()));
    column.setSortable(false);
    column.setReorderable(false);
    return column;
  }

  private static TableColumn<StepRow, StepRow> iconColumn() {
    TableColumn<StepRow, StepRow> column = column("");
    column.setMinWidth(ICON);
    column.setMaxWidth(ICON);
    column.setCellFactory(_ -> new IconCell());
    return column;
  }

  private TableColumn<StepRow, StepRow> textColumn(String title, boolean kernel) {
    TableColumn<StepRow, StepRow> column = column(title);
    column.setGraphic(dot(kernel));
    column.setCellFactory(_ -> new TextCell(kernel));
    return column;
  }

  private static Region dot(boolean kernel) {
    Region dot = new Region();
    dot.getStyleClass().add(kernel ? "kernel-dot" : "model-dot");
    dot.setMinSize(8, 8);
    dot.setMaxSize(8, 8);
    return dot;
  }

  private static final class Row extends TableRow<StepRow> {
    private final Worn dress = new Worn(this);

    @Override
    protected void updateItem(StepRow row, boolean empty) {
      super.updateItem(row, empty);
      if (empty || row == null) {
        dress.wear();
      } else {
        dress.wear(
            row.parts() || row.after() && !row.same() ? "differs" : "", row.parts() ? "parts" : "");
      }
    }
  }

  private static final class IconCell extends TableCell<StepRow, StepRow> {
    private final Map<Icon, Node> icons = new EnumMap<>(Icon.class);
    private final Worn dress = new Worn(this);

    IconCell() {
      getStyleClass().add("step-icon");
    }

    @Override
    protected void updateItem(StepRow row, boolean empty) {
      super.updateItem(row, empty);
      if (empty || row == null) {
        dress.wear();
        setGraphic(null);
        return;
      }
      Icon wanted = row.parts() ? Icon.NOT_EQUAL : icon(row.kind());
      Node icon = icons.computeIfAbsent(wanted, i -> i.node(i == Icon.NOT_EQUAL ? 12 : 11));
      dress.wear(
          switch (row.kind()) {
            case DROPPED, DROP_LETTER, MISSED -> "bad";
            case FORWARDED -> "good";
            case ENTER, CALL, RETURN, LOOKUP, WRITE, LETTER, REDIRECT, REWRITE, NOT_RUN -> "";
          });
      setGraphic(icon);
    }

    private static Icon icon(StepRow.Kind kind) {
      return switch (kind) {
        case ENTER -> Icon.ENTER;
        case CALL -> Icon.CALL;
        case MISSED -> Icon.CROSS;
        case RETURN -> Icon.STEP_BACK;
        case LOOKUP -> Icon.MAP;
        case WRITE, REWRITE -> Icon.WRITE;
        case LETTER, DROP_LETTER -> Icon.LETTER;
        case REDIRECT -> Icon.REDIRECT;
        case FORWARDED -> Icon.CHECK;
        case DROPPED -> Icon.CROSS;
        case NOT_RUN -> Icon.NONE;
      };
    }
  }

  /** What such a step is, where its words don't say it. */
  private static String meaning(StepRow.Kind kind, String text) {
    return switch (kind) {
      case CALL -> Term.TAIL_CALL.text();
      case MISSED -> Term.MISSED_TAIL_CALL.text();
      case LETTER -> Term.NOTIFICATION.text();
      case DROP_LETTER -> TermTip.words(Term.DROP_NOTIFICATION, Term.DROP_REASON);
      case DROPPED -> Term.DROPPED.text();
      case LOOKUP, WRITE, REWRITE ->
          Term.of(text.replaceFirst("^lookup ", "")).map(Term::text).orElse("");
      case ENTER, RETURN, REDIRECT, FORWARDED, NOT_RUN -> "";
    };
  }

  private final class TextCell extends TableCell<StepRow, StepRow> {
    private final boolean kernel;
    private final Region solid = dot(true);
    private final Region hollow = dot(false);
    private final Tooltip whole = new Tooltip();
    private final Worn dress = new Worn(this);

    TextCell(boolean kernel) {
      this.kernel = kernel;
      whole.setWrapText(true);
      whole.setMaxWidth(480);
    }

    @Override
    protected void updateItem(StepRow row, boolean empty) {
      super.updateItem(row, empty);
      setGraphic(null);
      if (empty || row == null) {
        dress.wear();
        setText(null);
        setTooltip(null);
        return;
      }
      // In one column what the model did alone stands among what the kernel did.
      boolean alone = stacked.get() && row.kernel().isEmpty();
      if (stacked.get() && !row.kernel().equals(row.model()) && (!both(row) || row.parts())) {
        setGraphic(alone ? hollow : solid);
      }
      String text = kernel && !alone ? row.kernel() : row.model();
      boolean ran = kernel ? model.kernelLaneProperty().get() : model.modelLaneProperty().get();
      if (text.isEmpty()) {
        setText(ran ? "—" : "");
        dress.wear("absent");
        setTooltip(null);
        return;
      }
      boolean inside = row.inside();
      // What counts as the same need not read the same: a field that nobody compares, a time.
      if (!kernel && folded.get() && text.equals(row.kernel())) {
        setText("=");
      } else {
        setText(inside ? "  " + text : text);
      }
      boolean bad = row.parts() && kernel || row.kind() == StepRow.Kind.DROPPED;
      dress.wear(row.kind() == StepRow.Kind.ENTER ? "program" : bad ? "bad" : "");
      String meaning = meaning(row.kind(), text);
      whole.setText(meaning.isEmpty() ? text : text + "\n\n" + meaning);
      setTooltip(whole);
    }
  }

  private static String word(String key, Object... values) {
    Texts texts = Texts.of(StepsView.class);
    return values.length == 0 ? texts.get(key) : texts.get(key, values);
  }
}
