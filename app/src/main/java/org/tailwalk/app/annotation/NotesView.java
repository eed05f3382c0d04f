// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.annotation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import javafx.geometry.Insets;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.TextArea;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.tailwalk.app.action.TabKey;
import org.tailwalk.app.session.Annotations;
import org.tailwalk.app.session.Focus;
import org.tailwalk.app.text.Texts;
import org.tailwalk.app.theme.Icon;

/** The drawer's page of notes, marks and time references: one is written above, all lie below. */
public final class NotesView extends VBox {
  private static final int MOST_MARKS = 1000;

  private enum Kind {
    NOTE(Icon.NOTE),
    MARK(Icon.FLAG),
    REFERENCE(Icon.CLOCK);

    private final Icon icon;

    Kind(Icon icon) {
      this.icon = icon;
    }
  }

  private record Line(Kind kind, int packet, int step, String text) {}

  private final AnnotationsViewModel model;
  private final Focus focus;
  private final Texts texts = Texts.of(NotesView.class);
  private final Label about = new Label();
  private final TextArea text = new TextArea();
  private final CheckBox onStep = new CheckBox();
  private final ListView<Line> list = new ListView<>();
  private boolean showing;
  private List<Integer> written = List.of();
  private String kept = "";

  /** A page on {@code model}, writing on what {@code focus} shows. */
  public NotesView(AnnotationsViewModel model, Focus focus) {
    this.model = model;
    this.focus = focus;
    getStyleClass().add("drawer-page");
    setSpacing(8);
    setPadding(new Insets(10));
    about.getStyleClass().add("strong");
    onStep.setText(texts.get("notes.on-step"));
    text.setPromptText(texts.get("notes.prompt"));
    text.setAccessibleText(texts.get("notes.text"));
    text.setWrapText(true);
    TabKey.leaves(text);
    text.setPrefRowCount(4);
    text.setMinHeight(84);
    Button keep = new Button(texts.get("notes.keep"));
    keep.setOnAction(_ -> keep());
    Button drop = new Button(texts.get("notes.remove"));
    drop.setOnAction(_ -> {
      text.clear();
      keep();
    });
    text.addEventFilter(
        KeyEvent.KEY_PRESSED,
        e -> {
          if (e.getCode() == KeyCode.ENTER && e.isControlDown()) {
            keep();
            e.consume();
          }
        });
    Region space = new Region();
    HBox.setHgrow(space, Priority.ALWAYS);
    HBox buttons = new HBox(8, onStep, space, drop, keep);
    buttons.getStyleClass().add("drawer-buttons");
    list.setAccessibleText(texts.get("notes.list"));
    list.getStyleClass().add("drawer-list");
    Label empty = new Label(texts.get("notes.empty"));
    empty.getStyleClass().add("empty-text");
    empty.setWrapText(true);
    list.setPlaceholder(empty);
    list.setCellFactory(_ -> new LineCell());
    list.setOnMouseClicked(_ -> go());
    list.setOnKeyPressed(e -> {
      if (e.getCode() == KeyCode.ENTER) {
        go();
      } else if (e.getCode() == KeyCode.DELETE) {
        remove();
      }
    });
    VBox.setVgrow(list, Priority.ALWAYS);
    getChildren().setAll(about, text, buttons, list);
    focus.packetProperty().addListener((_, _, _) -> show());
    focus.rowProperty().addListener((_, _, _) -> show());
    onStep.selectedProperty().addListener((_, _, _) -> show());
    model.annotationsProperty().addListener((_, _, now) -> list(now));
    list(model.annotationsProperty().get());
    show();
  }

  private int packet() {
    return focus.packet().map(p -> (int) p.number()).orElse(0);
  }

  private int step() {
    return onStep.isSelected() ? focus.rowProperty().get() + 1 : 0;
  }

  private void show() {
    if (showing) {
      return;
    }
    int packet = packet();
    List<Integer> place = List.of(packet, step());
    String known =
        model
            .annotationsProperty()
            .get()
            .note(packet, step())
            .map(Annotations.Note::text)
            .orElse("");
    if (place.equals(written) && known.equals(kept)) {
      // What is being written stays.
      return;
    }
    written = place;
    kept = known;
    showing = true;
    setDisable(packet == 0);
    about.setText(
        packet == 0
            ? texts.get("notes.no-packet")
            : step() == 0
                ? texts.get("notes.packet", packet)
                : texts.get("notes.step", packet, step()));
    text.setText(known);
    showing = false;
  }

  private void keep() {
    model.note(packet(), step(), text.getText());
  }

  /** Puts the keyboard where a note is written. */
  public void write() {
    text.requestFocus();
    text.end();
  }

  private void list(Annotations now) {
    List<Line> lines = new ArrayList<>();
    now.notes().forEach(n -> lines.add(new Line(Kind.NOTE, n.packet(), n.step(), n.text())));
    now.references().forEach(p -> lines.add(new Line(Kind.REFERENCE, p, 0, "")));
    now.marks().stream().limit(MOST_MARKS).forEach(p -> lines.add(new Line(Kind.MARK, p, 0, "")));
    lines.sort(Comparator.comparingInt(Line::packet).thenComparingInt(Line::step));
    list.getItems().setAll(lines);
    show();
  }

  private void go() {
    Line line = list.getSelectionModel().getSelectedItem();
    if (line != null) {
      focus.go(line.packet(), line.step() - 1);
    }
  }

  private void remove() {
    Line line = list.getSelectionModel().getSelectedItem();
    if (line != null) {
      Annotations now = model.annotationsProperty().get();
      model.set(
          switch (line.kind()) {
            case NOTE -> now.withNote(line.packet(), line.step(), "");
            case MARK -> now.withMark(line.packet(), false);
            case REFERENCE -> now.withReference(line.packet(), false);
          });
    }
  }

  private final class LineCell extends ListCell<Line> {
    LineCell() {
      getStyleClass().add("drawer-line");
      setWrapText(true);
      setPrefWidth(0);
    }

    @Override
    protected void updateItem(Line line, boolean empty) {
      super.updateItem(line, empty);
      if (empty || line == null) {
        setText(null);
        setGraphic(null);
        return;
      }
      String place =
          line.step() == 0
              ? texts.get("notes.packet", line.packet())
              : texts.get("notes.step", line.packet(), line.step());
      setText(
          switch (line.kind()) {
            case NOTE -> place + ": " + line.text();
            case MARK -> texts.get("notes.marked", place);
            case REFERENCE -> texts.get("notes.reference", place);
          });
      setGraphic(line.kind().icon.node(11));
    }
  }
}
