// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.filter;

import java.util.List;
import javafx.animation.PauseTransition;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.stage.Popup;
import javafx.util.Duration;
import org.controlsfx.control.textfield.CustomTextField;
import org.jspecify.annotations.Nullable;
import org.tailwalk.app.text.Texts;
import org.tailwalk.app.theme.Icon;
import org.tailwalk.app.theme.InsideWindow;
import org.tailwalk.filter.Completion;
import org.tailwalk.filter.FilterException;

/** The field, a sign that says whether it is understood, and below it completions or the error. */
public final class FilterBar extends StackPane {
  private static final Duration DELAY = Duration.millis(150);
  private static final Duration ERROR_DELAY = Duration.millis(700);
  private static final double ROW = 22;
  private static final double USUAL = 260;

  /** Enough for a short filter; a long one is read by moving in it. */
  private static final double BARE = 160;

  /** What is wrong wraps here: some errors list all the words of a field. */
  private static final double ERROR_WIDTH = 430;

  /** A popup's ground would show at the corners. */
  private static final String SEE_THROUGH = "-fx-background-color: transparent;";

  private static final int ROWS = 12;

  private final FilterViewModel model;
  private final Texts texts = Texts.of(FilterBar.class);
  private final CustomTextField field = new CustomTextField();
  private final ListView<Completion> offers = new ListView<>();
  private final Popup offering = new Popup();
  private final Popup complaint = new Popup();
  private final Label wrong = new Label();
  private final Label hint = new Label();
  private final PauseTransition soon = new PauseTransition(DELAY);
  private final PauseTransition later = new PauseTransition(ERROR_DELAY);
  private final Runnable toList;
  private boolean completing;

  /** A bar; {@code toList} puts the keyboard into the packet list. */
  public FilterBar(FilterViewModel model, Runnable toList) {
    this.model = model;
    this.toList = toList;
    getStyleClass().add("filter-bar");
    getChildren().add(field);
    setPrefWidth(USUAL);
    setMinWidth(48);
    field.setPromptText(texts.get("prompt"));
    field.setAccessibleText(texts.get("field"));
    field.setTooltip(new Tooltip(texts.get("tip")));
    field.textProperty().bindBidirectional(model.textProperty());
    field.setLeft(sign());
    field.setRight(clearButton());
    listOffers();
    listComplaint();
    soon.setOnFinished(_ -> model.settle());
    later.setOnFinished(_ -> complain());
    field
        .textProperty()
        .addListener((_, _, _) -> {
          soon.playFromStart();
          later.playFromStart();
          complaint.hide();
          if (field.isFocused() && !completing) {
            // The caret moves after the text.
            javafx.application.Platform.runLater(() -> offer(false));
          }
        });
    field
        .focusedProperty()
        .addListener((_, _, now) -> {
          if (!now) {
            offering.hide();
            complaint.hide();
          }
        });
    field.addEventFilter(KeyEvent.KEY_PRESSED, this::pressed);
    field.setOnAction(_ -> enter());
  }

  /** Where room is short the field leaves it to what stands beside it. */
  public void setBare(boolean now) {
    setPrefWidth(now ? BARE : USUAL);
  }

  private Node sign() {
    Region empty = new Region();
    Node good = Icon.CHECK.node(10);
    Node bad = Icon.WARNING.node(11);
    StackPane place = new StackPane(empty);
    place.getStyleClass().add("filter-sign");
    model
        .stateProperty()
        .addListener((_, _, now) -> {
          field.getStyleClass().removeAll("good", "bad");
          switch (now) {
            case EMPTY -> place.getChildren().setAll(empty);
            case GOOD -> {
              place.getChildren().setAll(good);
              field.getStyleClass().add("good");
            }
            case BAD -> {
              place.getChildren().setAll(bad);
              field.getStyleClass().add("bad");
            }
          }
          field.setAccessibleHelp(texts.get("state." + now));
        });
    return place;
  }

  private Node clearButton() {
    StackPane clear = new StackPane(Icon.CROSS.node(9));
    clear.getStyleClass().add("filter-clear");
    clear.setAccessibleText(texts.get("clear"));
    clear.visibleProperty().bind(field.textProperty().isNotEmpty());
    clear.setOnMouseClicked(_ -> model.clear());
    Tooltip.install(clear, new Tooltip(texts.get("clear")));
    return clear;
  }

  private void listOffers() {
    offers.getStyleClass().add("filter-offers");
    offers.setFixedCellSize(ROW);
    offers.setFocusTraversable(false);
    offers.setAccessibleText(texts.get("offers"));
    offers.setCellFactory(_ -> new Offer());
    offers.setOnMouseClicked(_ -> take());
    offering.getContent().add(offers);
    offering.getScene().getRoot().setStyle(SEE_THROUGH);
    offering.setAutoHide(true);
    offering.setConsumeAutoHidingEvents(false);
  }

  private void listComplaint() {
    wrong.getStyleClass().addAll("mono", "filter-caret");
    hint.getStyleClass().add("filter-hint");
    hint.setWrapText(true);
    hint.setMaxWidth(ERROR_WIDTH);
    VBox box = new VBox(4, wrong, hint);
    box.getStyleClass().add("filter-error");
    complaint.getContent().add(box);
    complaint.getScene().getRoot().setStyle(SEE_THROUGH);
    complaint.setAutoHide(true);
    complaint.setConsumeAutoHidingEvents(false);
  }

  private void pressed(KeyEvent event) {
    boolean open = offering.isShowing();
    boolean handled =
        switch (event.getCode()) {
          case DOWN -> open ? move(1) : offer(true);
          case UP -> open && move(-1);
          case PAGE_DOWN -> open && move(ROWS - 1);
          case PAGE_UP -> open && move(1 - ROWS);
          case TAB -> open && !event.isShiftDown() && take();
          case ENTER ->
              event.isAltDown()
                  ? mend()
                  : open && offers.getSelectionModel().getSelectedIndex() >= 0 && take();
          case SPACE -> event.isControlDown() && offer(true);
          default -> false;
        };
    if (handled) {
      event.consume();
    }
  }

  private boolean mend() {
    boolean done = model.mend();
    if (done) {
      field.end();
    }
    return done;
  }

  private boolean move(int by) {
    int size = offers.getItems().size();
    int now = offers.getSelectionModel().getSelectedIndex();
    int next = now < 0 ? by > 0 ? 0 : size - 1 : Math.clamp(now + by, 0, size - 1);
    offers.getSelectionModel().select(next);
    offers.scrollTo(Math.max(0, next - ROWS / 2));
    return true;
  }

  /** Shows what may follow; false when nothing may. */
  private boolean offer(boolean asked) {
    List<Completion> found = model.completions(field.getCaretPosition());
    boolean said =
        found.size() == 1
            && found.getFirst().applyTo(field.getText()).strip().equals(field.getText().strip());
    boolean blank = field.getText().isBlank();
    if (found.isEmpty() || said || !asked && (blank || !typing())) {
      offering.hide();
      return false;
    }
    offers.getItems().setAll(found);
    offers.getSelectionModel().clearSelection();
    offers.setPrefHeight(Math.min(ROWS, found.size()) * ROW + 4);
    offers.setPrefWidth(Math.clamp(field.getWidth(), 430, 620));
    Bounds at = field.localToScreen(field.getLayoutBounds());
    if (at != null && field.getScene() != null) {
      complaint.hide();
      offering.show(field, at.getMinX(), at.getMaxY() + 2);
      InsideWindow.keep(offering, field.getScene());
    }
    return true;
  }

  /** Behind a blank nothing is offered unasked, unless a value is due. */
  private boolean typing() {
    String before = field.getText(0, Math.min(field.getCaretPosition(), field.getLength()));
    return !before.isEmpty()
        && (!Character.isWhitespace(before.charAt(before.length() - 1))
            || before.strip().matches(".*(==|!=|<|>|=|\\b(eq|ne|gt|lt|ge|le)|[{,])$"));
  }

  private boolean take() {
    int index = Math.max(0, offers.getSelectionModel().getSelectedIndex());
    if (index >= offers.getItems().size()) {
      return false;
    }
    Completion chosen = offers.getItems().get(index);
    offering.hide();
    completing = true;
    field.setText(chosen.applyTo(field.getText()));
    field.positionCaret(chosen.caret());
    completing = false;
    if (chosen.text().endsWith(" ") || chosen.text().endsWith("{")) {
      javafx.application.Platform.runLater(() -> offer(true));
    }
    return true;
  }

  private void enter() {
    offering.hide();
    if (model.apply()) {
      complaint.hide();
      toList.run();
    } else {
      complain();
    }
  }

  private void complain() {
    @Nullable FilterException e = model.errorProperty().get();
    if (e == null || !field.isFocused() || offering.isShowing() || field.getScene() == null) {
      return;
    }
    wrong.setText(window(e));
    String told = Texts.say(e.told());
    hint.setText(e.suggestion().isEmpty() ? told : told + "  " + texts.get("mend"));
    Bounds at = field.localToScreen(field.getLayoutBounds());
    if (at != null) {
      complaint.show(field, at.getMinX(), at.getMaxY() + 2);
      InsideWindow.keep(complaint, field.getScene());
    }
  }

  /** The piece of a long filter around the place that is wrong, with its caret. */
  private static String window(FilterException e) {
    String[] lines = e.caret().split("\n", -1);
    int from = Math.max(0, e.from() - 40);
    int to = Math.min(lines[0].length(), from + 80);
    String under =
        lines[1].length() <= from
            ? ""
            : lines[1].substring(from, Math.min(lines[1].length(), from + 80));
    return (from > 0 ? "…" : "")
        + lines[0].substring(Math.min(from, lines[0].length()), to)
        + (to < lines[0].length() ? "…" : "")
        + "\n"
        + (from > 0 ? " " : "")
        + under;
  }

  /** Puts the keyboard into the field. */
  public void focusField() {
    field.requestFocus();
    field.selectAll();
  }

  /** Shows all packets again; false when they were. */
  public boolean clear() {
    offering.hide();
    complaint.hide();
    boolean was = model.clear();
    if (was) {
      toList.run();
    }
    return was;
  }

  private static final class Offer extends ListCell<Completion> {
    private final Label text = new Label();
    private final Label about = new Label();
    private final HBox box;

    Offer() {
      text.getStyleClass().add("mono");
      about.getStyleClass().addAll("muted", "small");
      Region space = new Region();
      HBox.setHgrow(space, Priority.ALWAYS);
      text.setMinWidth(Region.USE_PREF_SIZE);
      box = new HBox(10, text, space, about);
      box.getStyleClass().add("filter-offer");
    }

    /** As wide as the list: what is said at the end gives way, nothing is scrolled sideways. */
    @Override
    protected double computePrefWidth(double height) {
      return 0;
    }

    @Override
    protected void updateItem(Completion item, boolean empty) {
      super.updateItem(item, empty);
      if (empty || item == null) {
        setGraphic(null);
      } else {
        text.setText(item.text().strip());
        about.setText(Texts.say(item.about()));
        setGraphic(box);
      }
    }
  }
}
