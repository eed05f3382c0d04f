// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.notification;

import java.util.Optional;
import javafx.beans.binding.Bindings;
import javafx.geometry.Pos;
import javafx.geometry.VPos;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.tailwalk.app.glossary.Term;
import org.tailwalk.app.glossary.TermTip;
import org.tailwalk.app.inspector.CardPage;
import org.tailwalk.app.notification.NotificationViewModel.Letter;
import org.tailwalk.app.notification.NotificationViewModel.Line;
import org.tailwalk.app.text.Texts;
import org.tailwalk.app.theme.Icon;

/** The notifications below one another, each as a small table. */
public final class NotificationView extends BorderPane {
  private static final int DROP_REASON_AT = 1;

  /** Four bytes are told whole, pixels. */
  private static final double LEAST_RAW = 58;

  private static final double ROOMY = 290;

  /** What stands around a card's title. */
  private static final double FRAME = 70;

  private final NotificationViewModel model;
  private final Texts texts = Texts.of(NotificationView.class);
  private final CardPage letters = new CardPage(texts.get("letters"));

  /** A view of {@code model}. */
  public NotificationView(NotificationViewModel model) {
    this.model = model;
    getStyleClass().addAll("pane", "notification");
    setCenter(letters);
    model.contentProperty().addListener((_, _, now) -> show(now));
    show(model.contentProperty().get());
  }

  private void show(NotificationViewModel.Content content) {
    letters.show(content.letters().stream().map(this::card).toList(), content.nothing());
  }

  private VBox card(Letter letter) {
    VBox card = new VBox(4);
    card.getStyleClass().add("letter-card");
    Region icon = (Region) Icon.LETTER.node(13);
    // Where the title leaves no room beside it, the lanes stand below.
    FlowPane head = new FlowPane(7, 2, icon);
    head.setAlignment(Pos.CENTER_LEFT);
    head.setRowValignment(VPos.CENTER);
    if (letter.row() < 0) {
      Label title = new Label(letter.title());
      title.getStyleClass().add("strong");
      title.setWrapText(true);
      head.getChildren().add(title);
    } else {
      Hyperlink title = new Hyperlink(letter.title());
      title.setOnAction(_ -> model.goTo(letter));
      title.setWrapText(true);
      title.maxWidthProperty().bind(widthProperty().subtract(FRAME));
      head.getChildren().add(title);
    }
    Tooltip.install(head, TermTip.of(Term.NOTIFICATION, Term.MONITOR));
    Label lanes = new Label(letter.lanes());
    lanes.getStyleClass().addAll("muted", "small");
    head.getChildren().add(lanes);
    if (letter.differs()) {
      Region mark = (Region) Icon.NOT_EQUAL.node(12);
      head.getChildren().add(mark);
      card.getStyleClass().add("differs");
    }
    if (letter.missing()) {
      card.getStyleClass().add("missing");
    }
    Label line = new Label(letter.line());
    line.setWrapText(true);
    line.getStyleClass().add(letter.missing() ? "letter-words" : "letter-line");
    card.getChildren().addAll(head, line);
    if (!letter.fields().isEmpty()) {
      card.getChildren().add(table(letter));
    }
    return card;
  }

  private GridPane table(Letter letter) {
    GridPane grid = new GridPane(9, 1);
    grid.getStyleClass().add("field-table");
    ColumnConstraints fixed = new ColumnConstraints();
    fixed.setMinWidth(Region.USE_PREF_SIZE);
    ColumnConstraints raw = new ColumnConstraints();
    // In a narrow card what the bytes mean comes first.
    raw.minWidthProperty()
        .bind(Bindings.when(grid.widthProperty().greaterThan(ROOMY)).then(LEAST_RAW).otherwise(0));
    raw.setMaxWidth(150);
    ColumnConstraints rest = new ColumnConstraints();
    rest.setHgrow(Priority.ALWAYS);
    grid.getColumnConstraints().setAll(fixed, fixed, raw, rest);
    int at = 0;
    grid.addRow(
        at++,
        head(texts.get("offset")),
        head(texts.get("field")),
        head(texts.get("raw")),
        head(texts.get("value")));
    for (Line line : letter.fields()) {
      Label value = new Label();
      value.setWrapText(true);
      String words = line.meaning().isEmpty() ? line.value() : line.value() + "  " + line.meaning();
      value.setText(
          line.other().isEmpty() ? words : words + "   ≠ " + texts.get("model-says", line.other()));
      if (!line.other().isEmpty()) {
        value.getStyleClass().add("other");
      }
      grid.addRow(
          at++, muted(String.valueOf(line.offset())), field(line), muted(line.raw()), value);
    }
    return grid;
  }

  private static Label head(String text) {
    Label label = new Label(text);
    label.getStyleClass().add("head");
    return label;
  }

  private static Label muted(String text) {
    Label label = cell(text);
    label.getStyleClass().add("muted");
    return label;
  }

  /** A field's name, and the term it carries; a trace's reason is conntrack's status. */
  private static Label field(Line line) {
    Label label = cell(line.name());
    boolean ofTrace = line.name().equals("reason") && line.offset() != DROP_REASON_AT;
    (ofTrace ? Optional.of(Term.CONNTRACK) : Term.of(line.name()))
        .ifPresent(term -> TermTip.on(label, term));
    return label;
  }

  private static Label cell(String text) {
    return new Label(text);
  }
}
