// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.window;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntConsumer;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.tailwalk.app.action.Action;
import org.tailwalk.app.action.Actions;
import org.tailwalk.app.action.Key;
import org.tailwalk.app.action.Prompts;
import org.tailwalk.app.palette.PaletteView;
import org.tailwalk.app.palette.PaletteViewModel;
import org.tailwalk.app.text.Texts;

/**
 * What lies over the window for a moment: the help, the command palette, and the question for a
 * packet's number.
 */
final class Overlay extends StackPane implements Prompts {
  /** What lies around the help's columns. */
  private static final double HELP_MARGIN = 110;

  private static final double HELP_COLUMN = 400;
  private static final double HELP_GAP = 28;

  /** A chapter's heading takes as much room as so many of its lines. */
  private static final int HELP_HEADING = 2;

  private final Actions actions;
  private final Texts texts = Texts.of(Overlay.class);
  private final TextField number = new TextField();
  private final HBox goTo = new HBox(8);
  private final PaletteView palette;
  private @Nullable Node help;
  private @Nullable Node before;
  private @Nullable Node asked;

  /** Lists {@code actions} in the help; calls {@code go} with the number that was typed. */
  Overlay(Actions actions, IntConsumer go) {
    this.actions = actions;
    this.palette = new PaletteView(new PaletteViewModel(actions), this::close);
    setAlignment(palette, Pos.TOP_CENTER);
    setPadding(new Insets(90, 20, 20, 20));
    setPickOnBounds(false);
    setVisible(false);
    number.setPromptText(word("go-to.prompt"));
    number.setPrefColumnCount(9);
    number.setOnAction(_ -> {
      String text = number.getText().strip().replace(",", "");
      if (text.matches("\\d{1,9}")) {
        close();
        go.accept(Integer.parseInt(text));
      }
    });
    Label ask = new Label(word("go-to.title"));
    ask.getStyleClass().add("strong");
    goTo.getChildren().addAll(ask, number);
    goTo.getStyleClass().add("overlay");
    goTo.setAlignment(Pos.CENTER_LEFT);
    goTo.setMaxSize(USE_PREF_SIZE, USE_PREF_SIZE);
    setAlignment(goTo, Pos.TOP_CENTER);
  }

  private Region help() {
    Map<String, List<Action>> chapters = new LinkedHashMap<>();
    for (Action action : actions.all()) {
      if (!action.keys().isEmpty()) {
        List<Action> of = chapters.computeIfAbsent(action.chapter(), _ -> new ArrayList<>());
        // The same in two workspaces is one line to read.
        if (of.stream().noneMatch(a -> a.title().equals(action.title()))) {
          of.add(action);
        }
      }
    }
    HBox columns = new HBox(HELP_GAP);
    // As many columns as the window has room for, filled one after the other.
    double room = getWidth() - HELP_MARGIN;
    int many = (int) Math.clamp(Math.floor(room / HELP_COLUMN), 1, 4);
    int lines =
        chapters.values().stream().mapToInt(of -> of.size() + HELP_HEADING).sum() / many + 1;
    int filled = 0;
    for (Map.Entry<String, List<Action>> chapter : chapters.entrySet()) {
      int size = chapter.getValue().size() + HELP_HEADING;
      if (columns.getChildren().isEmpty()
          || filled + size / 2 > lines && columns.getChildren().size() < many) {
        VBox column = new VBox(14);
        column.setMaxWidth(room / many - HELP_GAP);
        HBox.setHgrow(column, Priority.ALWAYS);
        columns.getChildren().add(column);
        filled = 0;
      }
      ((VBox) columns.getChildren().getLast())
          .getChildren()
          .add(chapter(chapter.getKey(), chapter.getValue()));
      filled += size;
    }
    Label title = new Label(texts.get("help.title"));
    title.getStyleClass().add("empty-title");
    Label legend = new Label(texts.get("help.legend"));
    legend.getStyleClass().addAll("muted", "small");
    Label plain = new Label(texts.get("help.plain"));
    plain.getStyleClass().addAll("muted", "small");
    ScrollPane scroll = new ScrollPane(columns);
    scroll.getStyleClass().add("bare-scroll");
    scroll.setFitToWidth(true);
    scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
    VBox box = new VBox(14, title, scroll, plain, legend);
    box.getStyleClass().add("overlay");
    box.setMaxSize(USE_PREF_SIZE, USE_PREF_SIZE);
    return box;
  }

  private VBox chapter(String heading, List<Action> of) {
    GridPane grid = new GridPane(14, 4);
    int row = 0;
    for (Action action : of) {
      HBox keys = new HBox(4);
      for (Key key : action.keys()) {
        Label label = new Label(key.toString());
        label.getStyleClass().add("key");
        label.setMinWidth(Region.USE_PREF_SIZE);
        keys.getChildren().add(label);
      }
      // In the palette titles stand in the middle of a line, here at its start.
      String title = action.title();
      Label does = new Label(title.substring(0, 1).toUpperCase(Locale.ROOT) + title.substring(1));
      does.setWrapText(true);
      grid.addRow(row++, keys, does);
    }
    Label above = new Label(heading);
    above.getStyleClass().add("strong");
    return new VBox(8, above, grid);
  }

  void toggleHelp() {
    if (isVisible() && help != null && getChildren().contains(help)) {
      close();
    } else {
      help = help();
      setAlignment(help, Pos.CENTER);
      show(help);
    }
  }

  void togglePalette() {
    if (isVisible() && getChildren().contains(palette)) {
      close();
    } else {
      show(palette);
      palette.open();
    }
  }

  void askForPacket() {
    show(goTo);
    number.clear();
    number.requestFocus();
  }

  /** Whether a question waits for an answer. */
  boolean asks() {
    return isVisible() && asked != null;
  }

  @Override
  public void ask(Region question) {
    setAlignment(question, Pos.TOP_CENTER);
    show(question);
    asked = question;
    // What lies below must wait.
    setPickOnBounds(true);
    getStyleClass().add("asking");
    question.addEventFilter(KeyEvent.KEY_PRESSED, event -> keepInside(question, event));
    question.applyCss();
    first(question).ifPresent(Node::requestFocus);
  }

  @Override
  public void dismiss() {
    close();
  }

  /** Tab goes round inside the question. */
  private void keepInside(Region question, KeyEvent event) {
    if (event.getCode() != KeyCode.TAB) {
      return;
    }
    List<Node> stops = new ArrayList<>();
    collect(question, stops);
    int at = stops.indexOf(getScene().getFocusOwner());
    if (!stops.isEmpty()) {
      int next = Math.floorMod(at + (event.isShiftDown() ? -1 : 1), stops.size());
      stops.get(next).requestFocus();
    }
    event.consume();
  }

  private static void collect(Node node, List<Node> stops) {
    if (node.isFocusTraversable() && !node.isDisabled() && node.isVisible()) {
      stops.add(node);
    }
    if (node instanceof Parent parent) {
      parent.getChildrenUnmodifiable().forEach(child -> collect(child, stops));
    }
  }

  /** The first text field; else the button that Enter presses. */
  private static Optional<Node> first(Region question) {
    Optional<Node> field =
        question.lookupAll(".text-field").stream().filter(Node::isFocusTraversable).findFirst();
    return field.isPresent()
        ? field
        : question.lookupAll(".button").stream()
            .filter(n -> n instanceof Button b && b.isDefaultButton())
            .findFirst();
  }

  private void show(Node what) {
    if (!isVisible()) {
      before = getScene().getFocusOwner();
    }
    getChildren().setAll(what);
    setVisible(true);
  }

  boolean close() {
    boolean was = isVisible();
    asked = null;
    setPickOnBounds(false);
    getStyleClass().remove("asking");
    setVisible(false);
    getChildren().clear();
    if (was && before != null) {
      // The keyboard goes back to where it was.
      before.requestFocus();
      before = null;
    }
    return was;
  }

  private static String word(String key, Object... values) {
    Texts texts = Texts.of(Overlay.class);
    return values.length == 0 ? texts.get(key) : texts.get(key, values);
  }
}
