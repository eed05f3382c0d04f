// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.window;

import java.util.function.IntConsumer;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/** What lies over the window for a moment: the help, and the question for a packet's number. */
final class Overlay extends StackPane {
  private final VBox help = help();
  private final TextField number = new TextField();
  private final HBox goTo = new HBox(8);

  /** Calls {@code go} with the number that was typed. */
  Overlay(IntConsumer go) {
    setPickOnBounds(false);
    setVisible(false);
    number.setPromptText("number");
    number.setPrefColumnCount(9);
    number.setOnAction(_ -> {
      String text = number.getText().strip().replace(",", "");
      if (text.matches("\\d{1,9}")) {
        close();
        go.accept(Integer.parseInt(text));
      }
    });
    Label ask = new Label("Go to packet");
    ask.getStyleClass().add("strong");
    goTo.getChildren().addAll(ask, number);
    goTo.getStyleClass().add("overlay");
    goTo.setAlignment(Pos.CENTER_LEFT);
    goTo.setMaxSize(USE_PREF_SIZE, USE_PREF_SIZE);
    setAlignment(goTo, Pos.TOP_CENTER);
    setAlignment(help, Pos.CENTER);
  }

  private static VBox help() {
    HBox chapters = new HBox(34);
    for (Keys.Chapter chapter : Keys.CHAPTERS) {
      GridPane grid = new GridPane(14, 7);
      int row = 0;
      for (Keys.Key key : chapter.keys()) {
        HBox keys = new HBox(4);
        for (String one : key.keys().split("  ")) {
          Label label = new Label(one);
          label.getStyleClass().add("key");
          label.setMinWidth(Region.USE_PREF_SIZE);
          keys.getChildren().add(label);
        }
        grid.addRow(row++, keys, new Label(key.what()));
      }
      Label title = new Label(chapter.title());
      title.getStyleClass().add("strong");
      chapters.getChildren().add(new VBox(8, title, grid));
    }
    Label title = new Label("Keys");
    title.getStyleClass().add("empty-title");
    Label legend =
        new Label(
            "● solid token: the kernel's real programs   ○ hollow token: the model   "
                + "✉ a notification on its way to the monitor; struck through: it never leaves");
    legend.getStyleClass().addAll("muted", "small");
    VBox box = new VBox(14, title, chapters, legend);
    box.getStyleClass().add("overlay");
    box.setMaxSize(USE_PREF_SIZE, USE_PREF_SIZE);
    return box;
  }

  void toggleHelp() {
    if (isVisible() && getChildren().contains(help)) {
      close();
    } else {
      show(help);
    }
  }

  void askForPacket() {
    show(goTo);
    number.clear();
    number.requestFocus();
  }

  private void show(Node what) {
    getChildren().setAll(what);
    setVisible(true);
  }

  boolean close() {
    boolean was = isVisible();
    setVisible(false);
    getChildren().clear();
    return was;
  }
}
