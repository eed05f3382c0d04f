// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.window;

import java.util.LinkedHashMap;
import java.util.Map;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.SplitPane;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.scene.text.TextAlignment;
import javafx.util.Duration;
import org.jspecify.annotations.Nullable;
import org.tailwalk.app.text.Texts;
import org.tailwalk.app.theme.Icon;

/**
 * The pages at the right edge: a lesson, breakpoints, notes. One at a time is open, or none; a
 * strip of icons opens and closes them.
 */
public final class Drawer {
  private static final double WIDTH = 340;
  private static final double MOST_OF_WINDOW = 0.34;
  private static final double MOST_FOR_WIDE = 0.42;
  private static final Duration TIP_DELAY = Duration.millis(200);
  private static final double MIN_WIDTH = 260;

  /** Wide enough for a name's longest word. */
  private static final double NAMED = 78;

  private record Page(String title, Region view, ToggleButton button) {}

  private final SplitPane split;
  private final VBox strip = new VBox(4);
  private final BorderPane pane = new BorderPane();
  private final Label title = new Label();
  private final BooleanProperty named = new SimpleBooleanProperty();
  private final Map<String, Page> pages = new LinkedHashMap<>();
  private double room = WIDTH;
  private final ReadOnlyStringWrapper shown = new ReadOnlyStringWrapper("");

  /**
   * A drawer that opens at the right of {@code split}'s only item.
   *
   * @param split horizontal
   */
  Drawer(SplitPane split) {
    this.split = split;
    title.getStyleClass().add("title");
    Region space = new Region();
    HBox.setHgrow(space, Priority.ALWAYS);
    Button close = new Button(null, Icon.CROSS.node(10));
    close.getStyleClass().add("flat");
    close.setAccessibleText(word("drawer.close"));
    close.setOnAction(_ -> hide());
    HBox header = new HBox(title, space, close);
    header.getStyleClass().add("pane-header");
    pane.setTop(header);
    pane.getStyleClass().addAll("pane", "drawer");
    pane.setMinWidth(MIN_WIDTH);
    pane.setPrefWidth(WIDTH);
    strip.getStyleClass().add("drawer-strip");
    SplitPane.setResizableWithParent(pane, false);
  }

  /** The icons that open and close the pages. */
  Region strip() {
    return strip;
  }

  /**
   * Adds a page.
   *
   * @param id stable; {@link #show} takes it
   * @param name in the user's language
   */
  public void add(String id, String name, Icon icon, Region view) {
    ToggleButton button = new ToggleButton(null, icon.node(14));
    // An icon alone says little: its name comes quickly.
    Tooltip tip = new Tooltip(name);
    tip.setShowDelay(TIP_DELAY);
    button.setTooltip(tip);
    button.setAccessibleText(name);
    button.setOnAction(_ -> toggle(id));
    button.setWrapText(true);
    button.setTextAlignment(TextAlignment.CENTER);
    button.setMaxWidth(Double.MAX_VALUE);
    button.setMinHeight(Region.USE_PREF_SIZE);
    named.addListener((_, _, now) -> name(button, name, now));
    name(button, name, named.get());
    pages.put(id, new Page(name, view, button));
    strip.getChildren().add(button);
  }

  /** Whether the icons have their names below them: where there is room. */
  BooleanProperty namedProperty() {
    return named;
  }

  private static void name(ToggleButton button, String name, boolean shown) {
    button.setText(shown ? name : null);
    button.setContentDisplay(shown ? ContentDisplay.TOP : ContentDisplay.GRAPHIC_ONLY);
    button.setPrefWidth(shown ? NAMED : Region.USE_COMPUTED_SIZE);
    button.getStyleClass().remove("named");
    if (shown) {
      button.getStyleClass().add("named");
    }
  }

  /** Opens a page, or closes it when it is open. */
  public void toggle(String id) {
    if (shown.get().equals(id)) {
      hide();
    } else {
      show(id);
    }
  }

  /** Opens a page. */
  public void show(String id) {
    @Nullable Page page = pages.get(id);
    if (page == null) {
      throw new IllegalArgumentException("no such page: " + id);
    }
    title.setText(page.title());
    boolean typing = holdsFocus();
    pane.setCenter(page.view());
    if (typing) {
      page.button().requestFocus();
    }
    double asked = Math.max(WIDTH, page.view().getPrefWidth());
    boolean opens = !split.getItems().contains(pane);
    if (opens) {
      split.getItems().add(pane);
    }
    // A page may ask for more than is usual; the next one does not keep what it does not need.
    if (opens || asked != room) {
      double width = Math.max(split.getWidth(), WIDTH * 2);
      double most = asked > WIDTH ? MOST_FOR_WIDE : MOST_OF_WINDOW;
      double wanted = Math.clamp(width * most, MIN_WIDTH, asked);
      // A split pane gives a new item what it prefers, whatever the divider says.
      pane.setPrefWidth(wanted);
      split.setDividerPositions(1 - wanted / width);
      room = asked;
    }
    shown.set(id);
    mark();
  }

  /** Closes the page that is open, if any. */
  public void hide() {
    Page page = pages.get(shown.get());
    if (page != null && holdsFocus()) {
      page.button().requestFocus();
    }
    split.getItems().remove(pane);
    shown.set("");
    mark();
  }

  /** Left alone, the keyboard would go to the window's first button. */
  private boolean holdsFocus() {
    Node holder = pane.getScene() == null ? null : pane.getScene().getFocusOwner();
    for (Node n = holder; n != null; n = n.getParent()) {
      if (n == pane) {
        return true;
      }
    }
    return false;
  }

  private void mark() {
    pages.forEach((id, page) -> page.button().setSelected(id.equals(shown.get())));
  }

  /** The page that is open; empty for none. */
  public ReadOnlyStringProperty shownProperty() {
    return shown.getReadOnlyProperty();
  }

  private static String word(String key, Object... values) {
    Texts texts = Texts.of(Drawer.class);
    return values.length == 0 ? texts.get(key) : texts.get(key, values);
  }
}
