// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.status;

import javafx.beans.binding.Bindings;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.tailwalk.app.text.Texts;
import org.tailwalk.app.theme.Icon;

/** What one has to know before one trusts the rest: errors, an inferred scenario, a cut capture. */
public final class BannerView extends VBox {
  /** A view of {@code model}. */
  public BannerView(StatusViewModel model) {
    Button away = new Button(null, Icon.CROSS.node(10));
    away.getStyleClass().add("flat");
    away.setTooltip(new Tooltip(word("away")));
    away.setOnAction(_ -> model.forgetError());
    HBox error = line(model.errorProperty(), Icon.WARNING, away);
    error.getStyleClass().add("error");
    HBox warnings =
        line(
            Bindings.createStringBinding(
                () -> String.join("\n", model.warnings()), model.warnings()),
            Icon.WARNING,
            null);
    HBox scenario = line(model.bannerProperty(), Icon.HELP, null);
    getChildren().addAll(error, warnings, scenario);
  }

  private static HBox line(ObservableValue<String> text, Icon icon, @Nullable Node more) {
    Label label = new Label();
    label.setWrapText(true);
    label.textProperty().bind(text);
    label.setMinHeight(Region.USE_PREF_SIZE);
    label.setMaxWidth(Double.MAX_VALUE);
    HBox.setHgrow(label, Priority.ALWAYS);
    HBox line = new HBox(icon.node(13), label);
    if (more != null) {
      line.getChildren().add(more);
    }
    line.getStyleClass().add("banner");
    line.visibleProperty().bind(label.textProperty().isNotEmpty());
    line.managedProperty().bind(line.visibleProperty());
    return line;
  }

  private static String word(String key, Object... values) {
    Texts texts = Texts.of(BannerView.class);
    return values.length == 0 ? texts.get(key) : texts.get(key, values);
  }
}
