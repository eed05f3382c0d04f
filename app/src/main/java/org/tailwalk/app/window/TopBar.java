// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.window;

import javafx.beans.value.ObservableBooleanValue;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import org.tailwalk.app.scenario.ScenarioBar;
import org.tailwalk.app.text.Texts;
import org.tailwalk.app.theme.Icon;
import org.tailwalk.app.theme.Theme;

/**
 * The bar above everything: open, what features add, the choosers, the filter, the lanes' pills,
 * again what features add, light or dark, help.
 */
public final class TopBar {
  private final Texts texts = Texts.of(TopBar.class);
  private final HBox bar = new HBox();
  private final HBox leading = new HBox();
  private final HBox trailing = new HBox();
  private final Node[] choosers;
  private final Theme theme;

  TopBar(Theme theme, Runnable open, ScenarioBar choosers, Region filter, Runnable help) {
    this.theme = theme;
    Button opener = new Button(texts.get("top.open"));
    opener.setTooltip(new Tooltip(texts.get("top.open.tip")));
    opener.setMinWidth(Region.USE_PREF_SIZE);
    opener.setOnAction(_ -> open.run());
    HBox.setHgrow(filter, Priority.ALWAYS);
    Button mode = flat(modeIcon(), texts.get("top.theme"), texts.get("top.theme.tip"));
    mode.setOnAction(_ -> theme.toggle());
    theme.modeProperty().addListener((_, _, _) -> mode.setGraphic(modeIcon()));
    Button keys = flat(Icon.HELP.node(13), texts.get("top.keys"), texts.get("top.keys.tip"));
    keys.setOnAction(_ -> help.run());
    bar.getChildren().addAll(opener, leading);
    this.choosers = choosers.choosers();
    bar.getChildren().addAll(this.choosers);
    bar.getChildren().add(filter);
    bar.getChildren().addAll(choosers.pills());
    bar.getChildren().addAll(trailing, mode, keys);
    bar.getStyleClass().add("top-bar");
    for (HBox place : new HBox[] {leading, trailing}) {
      place.getStyleClass().add("top-bar-place");
      place.managedProperty().bind(place.visibleProperty());
      place.setVisible(false);
    }
  }

  private static Button flat(Node graphic, String name, String tip) {
    Button button = new Button(null, graphic);
    button.getStyleClass().add("flat");
    button.setTooltip(new Tooltip(tip));
    button.setAccessibleText(name);
    return button;
  }

  private Node modeIcon() {
    return (theme.modeProperty().get() == Theme.Mode.LIGHT ? Icon.MOON : Icon.SUN).node(14);
  }

  /** Adds a button behind "Open capture". */
  public void addLeading(Region button) {
    add(leading, button);
  }

  /** Adds a button before the flat ones at the end. */
  public void addTrailing(Region button) {
    add(trailing, button);
  }

  private static void add(HBox place, Region button) {
    button.setMinWidth(Region.USE_PREF_SIZE);
    place.getChildren().add(button);
    place.setVisible(true);
  }

  /** Shows the choosers while that is so. */
  void showChoosers(ObservableBooleanValue when) {
    for (Node chooser : choosers) {
      chooser.visibleProperty().bind(when);
      chooser.managedProperty().bind(when);
    }
  }

  Region node() {
    return bar;
  }
}
