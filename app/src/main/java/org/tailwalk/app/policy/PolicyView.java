// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.policy;

import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.tailwalk.app.glossary.Term;
import org.tailwalk.app.glossary.TermTip;
import org.tailwalk.app.inspector.CardPage;
import org.tailwalk.app.policy.PolicyAccount.Asked;
import org.tailwalk.app.policy.PolicyAccount.Content;
import org.tailwalk.app.policy.PolicyAccount.Entry;
import org.tailwalk.app.policy.PolicyAccount.Gate;
import org.tailwalk.app.text.Texts;

/** The decisions below one another: the order of keys, then the entries there are. */
public final class PolicyView extends BorderPane {
  private final Texts texts = Texts.of(PolicyView.class);
  private final CardPage gates = new CardPage(texts.get("gates"));

  /** A view of {@code model}. */
  public PolicyView(PolicyViewModel model) {
    getStyleClass().addAll("pane", "policy");
    setCenter(gates);
    model.contentProperty().addListener((_, _, now) -> show(now));
    show(model.contentProperty().get());
  }

  private void show(Content content) {
    gates.show(content.gates().stream().map(this::card).toList(), content.nothing());
  }

  private VBox card(Gate gate) {
    Label title = new Label(gate.title());
    title.getStyleClass().add("strong");
    TermTip.on(title, Term.POLICY_MAP, Term.IDENTITY);
    Label lane = new Label(gate.lane());
    lane.getStyleClass().addAll("muted", "small");
    HBox head = new HBox(8, title, lane);
    head.setAlignment(Pos.BASELINE_LEFT);
    Label result = new Label(gate.result());
    result.setWrapText(true);
    result.getStyleClass().add("letter-words");
    VBox card = new VBox(5, head, result);
    card.getStyleClass().add("letter-card");
    if (gate.bad()) {
      card.getStyleClass().add("missing");
    }
    if (!gate.order().isEmpty()) {
      card.getChildren().addAll(heading("order"), order(gate));
    }
    card.getChildren().add(heading("entries"));
    if (gate.entries().isEmpty()) {
      Label none = new Label(texts.get("no-entries"));
      none.getStyleClass().addAll("muted", "small");
      card.getChildren().add(none);
    } else {
      card.getChildren().add(entries(gate));
    }
    return card;
  }

  private Label heading(String key) {
    Label label = new Label(texts.get(key));
    label.getStyleClass().addAll("muted", "small");
    label.setWrapText(true);
    return label;
  }

  private GridPane order(Gate gate) {
    GridPane grid = grid(3);
    int at = 0;
    for (Asked row : gate.order()) {
      Label result = cell(row.result() + (row.match().isEmpty() ? "" : "  " + row.match()));
      result.setWrapText(true);
      Label key = cell(row.key());
      result.getStyleClass().add(row.style());
      key.getStyleClass().add(row.style());
      grid.addRow(at++, cell(row.number() + "."), key, result);
    }
    return grid;
  }

  private GridPane entries(Gate gate) {
    GridPane grid = grid(3);
    int at = 0;
    for (Entry entry : gate.entries()) {
      Label key = cell(entry.key());
      Label what = cell(entry.what());
      Label from = cell(entry.from() + "\n" + entry.why());
      from.setWrapText(true);
      if (entry.winner()) {
        key.getStyleClass().add("hit");
        from.getStyleClass().add("hit");
      }
      grid.addRow(at++, key, what, from);
    }
    return grid;
  }

  private static GridPane grid(int columns) {
    GridPane grid = new GridPane(10, 2);
    grid.getStyleClass().add("field-table");
    for (int i = 0; i < columns; i++) {
      ColumnConstraints column = new ColumnConstraints();
      if (i == columns - 1) {
        column.setHgrow(Priority.ALWAYS);
      } else {
        column.setMinWidth(Region.USE_PREF_SIZE);
      }
      grid.getColumnConstraints().add(column);
    }
    return grid;
  }

  private static Label cell(String text) {
    Label label = new Label(text);
    GridPane.setValignment(label, javafx.geometry.VPos.TOP);
    return label;
  }
}
