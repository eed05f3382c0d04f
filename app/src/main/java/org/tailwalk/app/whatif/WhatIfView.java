// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.whatif;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import javafx.beans.binding.Bindings;
import javafx.collections.ListChangeListener;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.tailwalk.app.text.Texts;
import org.tailwalk.replay.whatif.Proposal;
import org.tailwalk.replay.whatif.Variant;

/** The page: what lets the packet pass, forms for other changes, and what comes of them. */
public final class WhatIfView extends BorderPane {
  /** Of each kind so many are shown before one asks for more. */
  private static final int OF_A_KIND = 2;

  /** Steps as they were and as they would be stand beside each other. */
  private static final double WIDTH = 480;

  private final WhatIfViewModel model;
  private final Texts texts = Texts.of(WhatIfView.class);
  private final VBox proposals = new VBox(1);
  private final VBox changes = new VBox(2);
  private final Button undo = new Button();
  private final Button reset = new Button();
  private boolean all;

  /** A view of {@code model}. */
  public WhatIfView(WhatIfViewModel model) {
    this.model = model;
    getStyleClass().addAll("pane", "whatif");
    setPrefWidth(WIDTH);
    VBox outcome =
        new VBox(
            6,
            section("title.changed"),
            changes,
            buttons(),
            section("title.result"),
            running(),
            new ResultsView(model));
    outcome
        .visibleProperty()
        .bind(
            Bindings.createBooleanBinding(
                () ->
                    model.canUndo()
                        || model
                            .variantProperty()
                            .get()
                            .filter(v -> !v.changes().isEmpty())
                            .isPresent(),
                model.variantProperty()));
    outcome.managedProperty().bind(outcome.visibleProperty());
    VBox page =
        new VBox(
            heading(),
            least(),
            proposals,
            outcome,
            section("title.change"),
            new ChangeForms(model));
    page.getStyleClass().add("whatif-page");
    page.setFillWidth(true);
    ScrollPane scroll = new ScrollPane(page);
    scroll.setFitToWidth(true);
    scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
    scroll.getStyleClass().add("bare-scroll");
    setCenter(scroll);
    setMinSize(0, 0);
    model.proposals().addListener((ListChangeListener<Proposal>) _ -> showProposals());
    model.variantProperty().addListener((_, _, now) -> showChanges(now));
    showChanges(model.variantProperty().get());
  }

  private VBox heading() {
    Label about = new Label();
    about.textProperty().bind(model.aboutProperty());
    about.getStyleClass().add("strong");
    about.setWrapText(true);
    Button here = new Button(texts.get("restart"));
    here.getStyleClass().add("small-button");
    here.setOnAction(_ -> model.restart());
    Label elsewhere = new Label(texts.get("elsewhere"));
    elsewhere.setWrapText(true);
    elsewhere.getStyleClass().addAll("muted", "small");
    VBox other = new VBox(4, elsewhere, here);
    other.visibleProperty().bind(model.elsewhereProperty());
    other.managedProperty().bind(other.visibleProperty());
    return new VBox(6, about, other);
  }

  private Label section(String key) {
    Label label = new Label(texts.get(key));
    label.getStyleClass().add("whatif-title");
    return label;
  }

  /** A title over nothing would promise what isn't there. */
  private VBox least() {
    Label note = note();
    VBox least = new VBox(6, section("title.least"), note);
    least.visibleProperty().bind(note.textProperty().isNotEmpty());
    least.managedProperty().bind(least.visibleProperty());
    return least;
  }

  private Label note() {
    Label note = new Label();
    note.textProperty().bind(model.proposedProperty());
    note.setWrapText(true);
    note.getStyleClass().addAll("muted", "small");
    return note;
  }

  private void showProposals() {
    proposals.getChildren().clear();
    Map<Proposal.Kind, Integer> shown = new EnumMap<>(Proposal.Kind.class);
    int hidden = 0;
    for (Proposal each : model.proposals()) {
      if (!all && shown.merge(each.kind(), 1, Integer::sum) > OF_A_KIND) {
        hidden++;
        continue;
      }
      Hyperlink link = new Hyperlink(Texts.say(each.message()));
      link.setWrapText(true);
      link.setMaxWidth(Double.MAX_VALUE);
      link.getStyleClass().add("whatif-proposal");
      link.setTooltip(new Tooltip(texts.get("proposal.tip")));
      link.setOnAction(_ -> model.adopt(each));
      Label kind =
          new Label(texts.get("kind." + each.kind().name().toLowerCase(java.util.Locale.ROOT)));
      kind.getStyleClass().addAll("pill", "reopened");
      kind.setMinWidth(Region.USE_PREF_SIZE);
      HBox.setHgrow(link, Priority.ALWAYS);
      HBox row = new HBox(6, kind, link);
      row.getStyleClass().add("whatif-row");
      proposals.getChildren().add(row);
    }
    if (hidden > 0) {
      Hyperlink more = new Hyperlink(texts.get("more", hidden));
      more.getStyleClass().add("small");
      more.setOnAction(_ -> {
        all = true;
        showProposals();
      });
      proposals.getChildren().add(more);
    }
  }

  private HBox buttons() {
    undo.setText(texts.get("undo"));
    undo.setTooltip(new Tooltip(texts.get("undo.tip")));
    undo.setOnAction(_ -> model.undo());
    reset.setText(texts.get("reset"));
    reset.setOnAction(_ -> model.reset());
    undo.getStyleClass().add("small-button");
    reset.getStyleClass().add("small-button");
    return new HBox(6, undo, reset);
  }

  private void showChanges(Optional<Variant> now) {
    changes.getChildren().clear();
    boolean none = now.map(v -> v.changes().isEmpty()).orElse(true);
    reset.setDisable(none);
    undo.setDisable(!model.canUndo());
    if (none) {
      Label nothing = new Label(texts.get("changed.nothing"));
      nothing.getStyleClass().addAll("muted", "small");
      nothing.setWrapText(true);
      changes.getChildren().add(nothing);
      return;
    }
    for (String change : now.orElseThrow().changes().stream().map(Texts::say).toList()) {
      Label line = new Label("• " + change);
      line.setWrapText(true);
      changes.getChildren().add(line);
    }
  }

  private VBox running() {
    ProgressBar bar = new ProgressBar();
    bar.setMaxWidth(Double.MAX_VALUE);
    Button cancel = new Button(texts.get("cancel"));
    cancel.getStyleClass().add("small-button");
    cancel.setMinWidth(Region.USE_PREF_SIZE);
    cancel.setOnAction(_ -> model.cancel());
    HBox.setHgrow(bar, Priority.ALWAYS);
    HBox work = new HBox(6, bar, cancel);
    work.setAlignment(Pos.CENTER_LEFT);
    work.visibleProperty().bind(model.busyProperty());
    work.managedProperty().bind(work.visibleProperty());
    Label message = new Label();
    message.textProperty().bind(model.messageProperty());
    message.setWrapText(true);
    message.getStyleClass().addAll("small", "whatif-message");
    message.visibleProperty().bind(message.textProperty().isNotEmpty());
    message.managedProperty().bind(message.visibleProperty());
    return new VBox(4, work, message);
  }
}
