// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.path;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import javafx.beans.binding.Bindings;
import javafx.scene.Node;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.control.Button;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.MenuItem;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;
import javafx.scene.shape.Rectangle;
import org.jspecify.annotations.Nullable;
import org.tailwalk.app.path.Track.Point;
import org.tailwalk.app.text.Texts;
import org.tailwalk.app.theme.Icon;
import org.tailwalk.app.theme.SharpCanvas;
import org.tailwalk.app.theme.Theme;

/**
 * The stage. Two canvases: one for what stands still, painted when the graph or the view changes,
 * one for what the packet has done, painted when the step changes. Tokens and letters are nodes
 * above them, so that a pulse while playing moves a few small nodes and paints nothing anew.
 */
public final class PathView extends Region {
  private static final double MIN_ZOOM = 0.3;
  private static final double MAX_ZOOM = 3;
  private static final double LARGEST_FIT = 1.35;
  private static final double BUTTONS = 27;

  private final PathViewModel model;
  private final Theme theme;
  private final StagePainter stagePainter;
  private final WalkPainter walkPainter;
  private final HeatPainter heatPainter;
  private final SharpCanvas still = new SharpCanvas();
  private final SharpCanvas walked = new SharpCanvas();
  private final Pane moving = new Pane();
  private final HBox zoomButtons = new HBox(2);
  private final Label empty = new Label();
  private final ToggleButton all = new ToggleButton();
  private final ToggleButton capture = new ToggleButton();
  private final Token kernelToken;
  private final Token modelToken;
  private final List<LetterNode> letters = new ArrayList<>();

  private double largestFit = LARGEST_FIT;
  private StageFit.Letters legible = StageFit.Letters.DESK;
  private boolean bare;
  private double zoom = 1;
  private double left;
  private double top;
  private boolean fitted = true;
  private boolean whole;
  private boolean small;
  private double dragX;
  private double dragY;
  private boolean dragged;

  /** A view of {@code model}. */
  public PathView(PathViewModel model, Theme theme) {
    this.model = model;
    this.theme = theme;
    this.stagePainter = new StagePainter(theme);
    this.walkPainter = new WalkPainter(theme, stagePainter);
    this.heatPainter = new HeatPainter(theme, stagePainter);
    this.kernelToken = new Token(theme, Motion.Lane.KERNEL);
    this.modelToken = new Token(theme, Motion.Lane.MODEL);
    getStyleClass().add("pane");
    setFocusTraversable(true);
    setAccessibleText(word("accessible"));
    moving.setMouseTransparent(true);
    moving.getChildren().addAll(modelToken, kernelToken);
    empty.getStyleClass().add("empty-text");
    empty
        .textProperty()
        .bind(
            Bindings.when(model.waitingProperty()).then(word("waiting")).otherwise(word("empty")));
    empty.textProperty().addListener((_, _, _) -> requestLayout());
    empty.setWrapText(true);
    zoomButtons.getStyleClass().add("stage-buttons");
    zoomButtons
        .getChildren()
        .addAll(
            button(Icon.MINUS, word("zoom.out"), () -> zoomBy(1 / 1.2)),
            button(Icon.PLUS, word("zoom.in"), () -> zoomBy(1.2)),
            button(Icon.FIT, word("zoom.fit"), this::fit));
    all.selectedProperty().bindBidirectional(model.everythingProperty());
    all.getStyleClass().add("small-button");
    all.setTooltip(new Tooltip(word("all.tip")));
    Texts texts = Texts.of(PathView.class);
    capture.setText(texts.get("capture"));
    capture.setTooltip(new Tooltip(texts.get("capture.tip")));
    capture.getStyleClass().add("small-button");
    capture.selectedProperty().bindBidirectional(model.captureProperty());
    getChildren().addAll(still, walked, moving, empty, zoomButtons, all, capture);
    Rectangle clip = new Rectangle();
    clip.widthProperty().bind(widthProperty());
    clip.heightProperty().bind(heightProperty());
    setClip(clip);
    Rectangle above = new Rectangle();
    above.widthProperty().bind(widthProperty());
    above
        .heightProperty()
        .bind(Bindings.createDoubleBinding(() -> getHeight() - buttons(), heightProperty()));
    moving.setClip(above);

    model.layoutProperty().addListener((_, _, _) -> viewChanged());
    model.stateProperty().addListener((_, was, now) -> stateChanged(was, now));
    model.selectedNodeProperty().addListener((_, _, _) -> paintWalk());
    model.aheadProperty().addListener((_, _, _) -> paintWalk());
    model.captureProperty().addListener((_, _, _) -> viewChanged());
    model.countsProperty().addListener((_, _, _) -> viewChanged());
    theme.modeProperty().addListener((_, _, _) -> viewChanged());
    sceneProperty().addListener((_, _, _) -> viewChanged());
    setOnScroll(this::scrolled);
    setOnMousePressed(this::pressed);
    setOnMouseDragged(this::draggedTo);
    setOnMouseClicked(this::clicked);
    setOnKeyPressed(this::key);
    new NodeTip(this, this::nodeWith);
  }

  private PathGraph.@Nullable Node nodeWith(double x, double y) {
    String id = nodeAt(x, y);
    return model.layoutProperty().get().graph().nodes().stream()
        .filter(n -> n.id().equals(id))
        .findFirst()
        .orElse(null);
  }

  private static Button button(Icon icon, String what, Runnable action) {
    Button button = new Button(null, icon.node(11));
    button.getStyleClass().add("flat");
    button.setTooltip(new Tooltip(what));
    button.setAccessibleText(what);
    button.setOnAction(_ -> action.run());
    return button;
  }

  @Override
  protected void layoutChildren() {
    double width = getWidth();
    double height = getHeight();
    // Buttons stand below what is seen, not on it.
    boolean resized = still.fit(width, height - buttons());
    resized |= walked.fit(width, height - buttons());
    moving.resizeRelocate(0, 0, width, height);
    zoomButtons.autosize();
    zoomButtons.relocate(width - zoomButtons.getWidth() - 6, height - zoomButtons.getHeight() - 4);
    all.autosize();
    all.relocate(
        width - zoomButtons.getWidth() - all.getWidth() - 12, height - all.getHeight() - 5);
    capture.autosize();
    double taken = all.isVisible() ? all.getWidth() + 6 : 0;
    capture.relocate(
        width - zoomButtons.getWidth() - taken - capture.getWidth() - 12,
        height - capture.getHeight() - 5);
    empty.setMaxWidth(width - 40);
    empty.autosize();
    empty.relocate((width - empty.getWidth()) / 2, (height - empty.getHeight()) / 2);
    if (resized) {
      viewChanged();
    }
  }

  /**
   * Shows the stage alone, without buttons, and larger where there is room.
   *
   * @param largest how much larger than life
   */
  public void bare(double largest) {
    bare = true;
    moving.setClip(null);
    largestFit = largest;
    viewChanged();
  }

  /** Shows a part where all of it would be much smaller than other text of that many pixels. */
  public void legibleBeside(double text) {
    legible = StageFit.Letters.besides(text);
    viewChanged();
  }

  /** Shows all of the stage, or, asked again, as much as can be read. */
  public void fit() {
    whole = fitted && small && !whole;
    fitted = true;
    viewChanged();
  }

  private void zoomBy(double factor) {
    zoomAround(factor, getWidth() / 2, getHeight() / 2);
  }

  private void zoomAround(double factor, double x, double y) {
    double next = Math.clamp(zoom * factor, MIN_ZOOM, MAX_ZOOM);
    left = x - (x - left) * next / zoom;
    top = y - (y - top) * next / zoom;
    zoom = next;
    fitted = false;
    viewChanged();
  }

  private void viewChanged() {
    StageLayout layout = model.layoutProperty().get();
    boolean nothing = layout.nodes().isEmpty();
    empty.setVisible(nothing);
    zoomButtons.setVisible(!nothing && !bare);
    capture.setVisible(!nothing && !bare);
    int hidden = layout.graph().hidden();
    all.setVisible(!nothing && !bare && (hidden > 0 || all.isSelected()));
    String words = all.isSelected() ? word("all") : word("more", hidden);
    if (!words.equals(all.getText())) {
      all.setText(words);
      requestLayout();
    }
    if (fitted && !nothing && getWidth() > 0 && getHeight() > 0) {
      StageFit fit = fit(layout);
      zoom = fit.zoom();
      left = fit.left();
      top = fit.top();
    }
    if (unseen()) {
      return;
    }
    GraphicsContext g = begin(still);
    stagePainter.paint(g, layout);
    g.restore();
    paintWalk();
    moveTokens();
  }

  private StageFit fit(StageLayout layout) {
    double height = getHeight() - buttons();
    StageFit all = StageFit.whole(layout, getWidth(), height, largestFit);
    // Who asks for all programs, or for all packets, wants to see all.
    StageState state = model.stateProperty().get();
    boolean nobody = state.kernel() == null && state.model() == null;
    boolean wanted =
        whole || nobody || model.everythingProperty().get() || model.captureProperty().get();
    small = all.zoom() < legible.small();
    return !small || wanted
        ? all
        : StageFit.following(layout, state, getWidth(), height, legible, seen());
  }

  /** What the buttons take of the height. */
  private double buttons() {
    return bare ? 0 : BUTTONS;
  }

  private StageFit seen() {
    return new StageFit(zoom, left, top);
  }

  /** A workspace that isn't shown has left the scene; its stage is painted when it comes back. */
  private boolean unseen() {
    return getScene() == null;
  }

  private GraphicsContext begin(SharpCanvas canvas) {
    GraphicsContext g = canvas.clear();
    g.save();
    g.translate(left, top);
    g.scale(zoom, zoom);
    return g;
  }

  private void stateChanged(StageState was, StageState now) {
    StageFit before = seen();
    if (fitted && small && !fit(model.layoutProperty().get()).equals(before)) {
      viewChanged();
      return;
    }
    if (!was.looksLike(now) && !model.captureProperty().get()) {
      paintWalk();
    }
    moveTokens();
  }

  private void paintWalk() {
    if (unseen()) {
      return;
    }
    GraphicsContext g = begin(walked);
    if (model.captureProperty().get()) {
      StageCounts counts = model.countsProperty().get();
      boolean kernel = counts.programs().stream().anyMatch(p -> p.kernel() > 0);
      heatPainter.paint(g, model.layoutProperty().get(), counts, kernel);
    } else {
      walkPainter.paint(
          g,
          model.layoutProperty().get(),
          model.stateProperty().get(),
          model.selectedNodeProperty().get(),
          model.aheadProperty().get());
    }
    g.restore();
  }

  private void moveTokens() {
    if (unseen()) {
      return;
    }
    moving.setVisible(!model.captureProperty().get());
    if (!moving.isVisible()) {
      return;
    }
    StageState state = model.stateProperty().get();
    StageLayout layout = model.layoutProperty().get();
    int used = 0;
    used = moveLane(layout, state, state.kernel(), kernelToken, used);
    used = moveLane(layout, state, state.model(), modelToken, used);
    for (int i = used; i < letters.size(); i++) {
      letters.get(i).setVisible(false);
    }
  }

  private int moveLane(
      StageLayout layout, StageState state, @Nullable Walk walk, Token token, int used) {
    Point at =
        walk == null
            ? null
            : Motion.token(
                layout,
                walk,
                feet(layout, state),
                token.lane(),
                state.row(),
                state.fraction(),
                model.eased());
    token.setVisible(at != null);
    if (at == null || walk == null) {
      return used;
    }
    token.show(state.packet());
    place(token, at);
    int next = used;
    for (Walk.Letter letter : walk.letters()) {
      if (letter.row() == state.row() + 1 && state.fraction() > 0) {
        Point where = Motion.letter(layout, letter.from(), state.fraction());
        if (where != null) {
          LetterNode node = letterNode(next++);
          node.dress(token.lane(), letter.drop(), false);
          place(node, where);
        }
      }
    }
    if (walk.end() == Walk.End.UNHEARD && state.row() >= walk.places().size() - 1) {
      for (Walk.Note note : walk.notes()) {
        StageLayout.Box box = layout.nodes().get(note.node());
        if (box != null) {
          LetterNode node = letterNode(next++);
          node.dress(token.lane(), true, true);
          place(node, new Point(box.right() + 5, box.bottom() + 22));
          break;
        }
      }
    }
    return next;
  }

  private static Motion.Feet feet(StageLayout layout, StageState state) {
    return (node, row) -> {
      StageLayout.Box box = layout.nodes().get(node);
      return box == null ? 0 : WalkPainter.opened(node, box, state.at(row, 0));
    };
  }

  private LetterNode letterNode(int index) {
    while (letters.size() <= index) {
      LetterNode made = new LetterNode(theme);
      letters.add(made);
      moving.getChildren().add(made);
    }
    letters.get(index).setVisible(true);
    return letters.get(index);
  }

  private void place(Node node, Point at) {
    node.setTranslateX(left + at.x() * zoom);
    node.setTranslateY(top + at.y() * zoom);
    double scale = Math.clamp(zoom, 0.75, Math.max(1.3, largestFit));
    node.setScaleX(scale);
    node.setScaleY(scale);
  }

  private void scrolled(ScrollEvent event) {
    if (event.getDeltaY() != 0) {
      zoomAround(event.getDeltaY() > 0 ? 1.1 : 1 / 1.1, event.getX(), event.getY());
      event.consume();
    }
  }

  private void pressed(MouseEvent event) {
    requestFocus();
    dragX = event.getX();
    dragY = event.getY();
    dragged = false;
  }

  private void draggedTo(MouseEvent event) {
    if (event.getButton() == MouseButton.PRIMARY || event.getButton() == MouseButton.MIDDLE) {
      if (Math.hypot(event.getX() - dragX, event.getY() - dragY) > 3) {
        dragged = true;
      }
      if (dragged) {
        left += event.getX() - dragX;
        top += event.getY() - dragY;
        dragX = event.getX();
        dragY = event.getY();
        fitted = false;
        viewChanged();
      }
    }
  }

  /** The menu of a program, by the node's id. */
  public void menu(Function<String, List<MenuItem>> of) {
    ContextMenu menu = new ContextMenu();
    setOnContextMenuRequested(event -> {
      String node =
          event.isKeyboardTrigger()
              ? model.selectedNodeProperty().get()
              : nodeAt(event.getX(), event.getY());
      menu.hide();
      menu.getItems().setAll(node.isEmpty() ? List.of() : of.apply(node));
      if (!menu.getItems().isEmpty()) {
        menu.show(this, event.getScreenX(), event.getScreenY());
      }
      event.consume();
    });
  }

  private String nodeAt(double x, double y) {
    return model.layoutProperty().get().nodeAt((x - left) / zoom, (y - top) / zoom);
  }

  private void clicked(MouseEvent event) {
    if (dragged || event.getButton() != MouseButton.PRIMARY) {
      return;
    }
    if (event.getClickCount() == 2) {
      fit();
      return;
    }
    String node = nodeAt(event.getX(), event.getY());
    model.selectedNodeProperty().set(node);
  }

  private void key(KeyEvent event) {
    switch (event.getText()) {
      case "+", "=" -> zoomBy(1.2);
      case "-" -> zoomBy(1 / 1.2);
      case "0" -> fit();
      default -> {
        return;
      }
    }
    event.consume();
  }

  private static String word(String key, Object... values) {
    Texts texts = Texts.of(PathView.class);
    return values.length == 0 ? texts.get(key) : texts.get(key, values);
  }
}
