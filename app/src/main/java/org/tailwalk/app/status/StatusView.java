// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.status;

import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import org.tailwalk.app.glossary.Term;
import org.tailwalk.app.glossary.TermTip;
import org.tailwalk.app.text.Texts;

/** The bar at the bottom. */
public final class StatusView extends HBox {
  private final BooleanProperty narrow = new SimpleBooleanProperty();

  /** A view of {@code model}; {@code keys} reminds of the most used keys. */
  public StatusView(StatusViewModel model, String keys) {
    getStyleClass().add("status-bar");
    Label ran = label(model.ranProperty(), "ran");
    ran.setMinWidth(USE_PREF_SIZE);
    Label entries = label(model.entriesProperty(), "");
    entries.setMinWidth(USE_PREF_SIZE);
    TermTip.on(entries, Term.CONNTRACK);
    TermTip.on(ran, Term.KERNEL_LANE, Term.MODEL_LANE);
    Label clock = label(model.clockProperty(), "");
    clock.setMinWidth(USE_PREF_SIZE);
    clock.setTooltip(new Tooltip(word("clock.tip")));
    Label confidence = label(model.confidenceProperty(), "confidence");
    TermTip.below(confidence, model.confidenceProperty(), Term.SCENARIO, Term.CAPTURE_POINT);
    HBox work = work(model);
    // How sure we are, and what is being done, are worth more room than which clock it is.
    clock.visibleProperty().bind(narrow.or(work.visibleProperty()).not());
    clock.managedProperty().unbind();
    clock.managedProperty().bind(clock.visibleProperty().and(clock.textProperty().isNotEmpty()));
    Region space = new Region();
    HBox.setHgrow(space, Priority.ALWAYS);
    Label help = new Label();
    BooleanBinding little = narrow.or(work.visibleProperty());
    help.textProperty().bind(little.map(now -> now ? word("help") : keys));
    // The short one is never cut; how sure we are gives way, and tells the rest when pointed at.
    help.minWidthProperty().bind(little.map(now -> now ? USE_PREF_SIZE : 0));
    help.setTextOverrun(OverrunStyle.WORD_ELLIPSIS);
    getChildren().addAll(ran, entries, clock, confidence, space, help, work);
    HBox.setHgrow(confidence, Priority.SOMETIMES);
  }

  /** In a narrow window the reminder of the keys is short. */
  public void setNarrow(boolean now) {
    narrow.set(now);
  }

  private static Label label(javafx.beans.value.ObservableValue<String> text, String style) {
    Label label = new Label();
    label.textProperty().bind(text);
    if (!style.isEmpty()) {
      label.getStyleClass().add(style);
    }
    label.managedProperty().bind(label.textProperty().isNotEmpty());
    return label;
  }

  private static HBox work(StatusViewModel model) {
    Label task = new Label();
    task.textProperty().bind(model.taskProperty());
    task.setMinWidth(USE_PREF_SIZE);
    ProgressBar bar = new ProgressBar();
    bar.setPrefWidth(130);
    bar.progressProperty()
        .bind(
            Bindings.createDoubleBinding(
                () ->
                    Double.isNaN(model.progressProperty().get())
                        ? 0
                        : model.progressProperty().get(),
                model.progressProperty()));
    Button cancel = new Button(word("cancel"));
    cancel.setOnAction(_ -> model.cancel());
    cancel.getStyleClass().add("small-button");
    cancel.setMinWidth(USE_PREF_SIZE);
    HBox work = new HBox(8, task, bar, cancel);
    work.setStyle("-fx-alignment: center-left;");
    work.visibleProperty()
        .bind(
            Bindings.createBooleanBinding(
                () -> !Double.isNaN(model.progressProperty().get()), model.progressProperty()));
    work.managedProperty().bind(work.visibleProperty());
    return work;
  }

  private static String word(String key, Object... values) {
    Texts texts = Texts.of(StatusView.class);
    return values.length == 0 ? texts.get(key) : texts.get(key, values);
  }
}
