// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import javafx.application.Platform;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.tailwalk.app.text.Texts;
import org.tailwalk.app.theme.Worn;
import org.tailwalk.compare.PathBox;

/** One packet's path as a row of boxes: buttons, so that the keyboard reaches each of them. */
final class ChainView extends VBox {
  /** What a scroll bar below the boxes takes. */
  private static final double BAR = 14;

  private final Label title = new Label();
  private final HBox row = new HBox();
  private final ScrollPane scroll = new ScrollPane(row);
  private final IntConsumer chosen;
  private final Texts texts = Texts.of(ChainView.class);
  private final List<Button> boxes = new ArrayList<>();
  private final List<Worn> dresses = new ArrayList<>();
  private List<PathBox> shown = List.of();

  /** Calls {@code chosen} with the 1-based row of the aligned steps where a clicked box begins. */
  ChainView(IntConsumer chosen) {
    this.chosen = chosen;
    title.getStyleClass().add("chain-title");
    row.setAlignment(Pos.CENTER_LEFT);
    row.getStyleClass().add("chain");
    scroll.setFitToHeight(true);
    scroll.setVbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
    scroll.setFocusTraversable(false);
    scroll.getStyleClass().add("chain-scroll");
    scroll.setMinHeight(0);
    VBox.setVgrow(scroll, Priority.ALWAYS);
    title.setMinHeight(Region.USE_PREF_SIZE);
    getChildren().addAll(title, scroll);
    setMinHeight(Region.USE_PREF_SIZE);
    // Whether there is a scroll bar hangs on the width, which is known only when all is laid out.
    widthProperty().addListener((_, _, _) -> Platform.runLater(this::requestLayout));
  }

  /** All boxes, and the bar where they don't fit: a scroll pane by itself would cover them. */
  @Override
  protected double computePrefHeight(double width) {
    double room = width < 0 ? getWidth() : width;
    return title.prefHeight(-1)
        + row.prefHeight(-1)
        + (row.prefWidth(-1) > room ? BAR : 0)
        + snappedTopInset()
        + snappedBottomInset();
  }

  void show(String name, List<PathBox> path) {
    title.setText(name);
    if (path.equals(shown) && !path.isEmpty()) {
      scroll.setHvalue(0);
      return;
    }
    shown = List.copyOf(path);
    row.getChildren().clear();
    boxes.clear();
    dresses.clear();
    boolean first = true;
    for (PathBox box : path) {
      if (!first) {
        row.getChildren().add(link(box.kind() == PathBox.Kind.NOT_REACHED));
      }
      first = false;
      Button node = button(box);
      boxes.add(node);
      dresses.add(new Worn(node));
      row.getChildren().add(node);
    }
    if (path.isEmpty()) {
      Label none = new Label(texts.get("no-counterpart"));
      none.getStyleClass().add("empty-text");
      row.getChildren().add(none);
    }
    scroll.setHvalue(0);
  }

  private static Node link(boolean notTaken) {
    Region line = new Region();
    line.getStyleClass().add(notTaken ? "chain-link-off" : "chain-link");
    line.setMinSize(26, 2);
    line.setMaxSize(26, 2);
    return line;
  }

  private Button button(PathBox box) {
    Label name = new Label(Texts.say(box.heading()));
    name.getStyleClass().add("box-title");
    Label words = new Label(Texts.say(box.note()).isEmpty() ? " " : Texts.say(box.note()));
    words.getStyleClass().add("box-words");
    VBox inside = new VBox(name, words);
    inside.setAlignment(Pos.CENTER_LEFT);
    Button button = new Button(null, inside);
    button
        .getStyleClass()
        .setAll(
            "chain-box",
            switch (box.kind()) {
              case PROGRAM -> "program";
              case ARRIVED -> "arrived";
              case DROPPED -> "dropped";
              case UNPOLICED -> "unpoliced";
              case NOT_REACHED -> "not-reached";
            });
    if (box.differs()) {
      button.getStyleClass().add("differs");
    }
    button.setMinSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
    button.setAccessibleText(
        Texts.say(box.heading())
            + ": "
            + Texts.say(box.note())
            + (box.differs() ? ", " + texts.get("box.differs") : ""));
    button.setOnAction(_ -> {
      if (box.firstRow() > 0) {
        chosen.accept(box.firstRow());
      }
    });
    return button;
  }

  /** Marks the box that is on, and those behind it as still to come; -1 for none. */
  void on(int index) {
    for (int i = 0; i < boxes.size(); i++) {
      dresses.get(i).wear(i == index ? "on" : i > index ? "to-come" : "");
    }
    @Nullable Button now = index >= 0 && index < boxes.size() ? boxes.get(index) : null;
    if (now != null && row.getWidth() > scroll.getViewportBounds().getWidth()) {
      double at = now.getBoundsInParent().getCenterX();
      double room = row.getWidth() - scroll.getViewportBounds().getWidth();
      scroll.setHvalue(Math.clamp((at - scroll.getViewportBounds().getWidth() / 2) / room, 0, 1));
    }
  }
}
