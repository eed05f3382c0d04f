// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.why;

import java.util.List;
import javafx.collections.ListChangeListener;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.tailwalk.app.text.Texts;
import org.tailwalk.app.theme.Icon;
import org.tailwalk.replay.why.Cause;
import org.tailwalk.replay.why.Explanation;

/** The page: the chain of causes as links, one below the other, and the account in words. */
public final class WhyView extends BorderPane {
  private final WhyViewModel model;
  private final Texts texts = Texts.of(WhyView.class);
  private final VBox chain = new VBox(0);
  private final VBox lines = new VBox(5);

  /** A view of {@code model}. */
  public WhyView(WhyViewModel model) {
    this.model = model;
    getStyleClass().addAll("pane", "why-page");
    Label nothing = new Label();
    nothing.textProperty().bind(model.nothingProperty());
    nothing.getStyleClass().add("empty-text");
    nothing.setWrapText(true);
    nothing.managedProperty().bind(nothing.textProperty().isNotEmpty());
    nothing.visibleProperty().bind(nothing.managedProperty());
    VBox page =
        new VBox(nothing, title("title.chain", chain), chain, title("title.account", lines), lines);
    page.getStyleClass().add("whatif-page");
    ScrollPane scroll = new ScrollPane(page);
    scroll.setFitToWidth(true);
    scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
    scroll.getStyleClass().add("bare-scroll");
    setCenter(scroll);
    setMinSize(0, 0);
    model.chain().addListener((ListChangeListener<WhyLink>) _ -> showChain());
    model.linesProperty().addListener((_, _, now) -> showLines(now));
  }

  private Label title(String key, VBox below) {
    Label label = new Label(texts.get(key));
    label.getStyleClass().add("whatif-title");
    label.managedProperty().bind(javafx.beans.binding.Bindings.isNotEmpty(below.getChildren()));
    label.visibleProperty().bind(label.managedProperty());
    return label;
  }

  private void showChain() {
    chain.getChildren().clear();
    for (WhyLink link : model.chain()) {
      Hyperlink text = new Hyperlink(link.text());
      text.setWrapText(true);
      text.setMaxWidth(Double.MAX_VALUE);
      text.getStyleClass().add("whatif-proposal");
      text.setAccessibleText(link.text() + " " + link.place());
      text.setDisable(link.target() instanceof WhyLink.Target.Nowhere);
      text.setOnAction(_ -> model.follow(link));
      HBox.setHgrow(text, Priority.ALWAYS);
      Label place = new Label(link.place());
      place.getStyleClass().add("step-link");
      place.setMinWidth(Region.USE_PREF_SIZE);
      HBox row = new HBox(8, icon(link.cause()).node(11), text, place);
      row.getStyleClass().add("why-link");
      chain.getChildren().add(row);
    }
  }

  private static Icon icon(Cause cause) {
    return switch (cause) {
      case Cause.Outcome o -> o.reason() == null ? Icon.CHECK : Icon.CROSS;
      case Cause.Branch _ -> Icon.ENTER;
      case Cause.MissedCall _ -> Icon.CROSS;
      case Cause.Lookup _ -> Icon.MAP;
      case Cause.Entry _ -> Icon.MAP;
      case Cause.Written _ -> Icon.WRITE;
    };
  }

  private void showLines(List<Explanation.Line> now) {
    lines.getChildren().clear();
    for (Explanation.Line line : now) {
      Label label = new Label(Texts.say(line.title()));
      label.getStyleClass().addAll("muted", "small");
      Label text = new Label(Texts.say(line.message()));
      text.setWrapText(true);
      lines.getChildren().add(new VBox(0, label, text));
    }
  }
}
