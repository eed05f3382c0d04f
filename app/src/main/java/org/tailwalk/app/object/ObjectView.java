// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.object;

import javafx.collections.FXCollections;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.layout.StackPane;
import org.tailwalk.app.text.Texts;

/** The page about the loaded object: a list of lines; Ctrl+C copies all of them. */
public final class ObjectView extends StackPane {
  private static final double GAP = 34;
  private static final KeyCombination COPY =
      new KeyCodeCombination(KeyCode.C, KeyCombination.SHORTCUT_DOWN);

  /** Shows what the view-model reads. */
  public ObjectView(ObjectViewModel viewModel) {
    ListView<String> list = new ListView<>();
    list.setAccessibleText(Texts.of(ObjectView.class).get("title"));
    list.getStyleClass().add("object-lines");
    list.setCellFactory(_ -> new Line(list));
    list.setOnKeyPressed(e -> {
      if (COPY.match(e)) {
        ClipboardContent content = new ClipboardContent();
        content.putString(String.join("\n", list.getItems()) + "\n");
        Clipboard.getSystemClipboard().setContent(content);
        e.consume();
      }
    });
    viewModel
        .linesProperty()
        .subscribe(lines -> list.setItems(FXCollections.observableArrayList(lines)));
    getChildren().add(list);
  }

  /** Wraps what is too long, and sets headings apart. */
  private static final class Line extends ListCell<String> {
    Line(ListView<String> list) {
      setWrapText(true);
      setPrefWidth(0);
      maxWidthProperty().bind(list.widthProperty().subtract(GAP / 2));
    }

    @Override
    protected void updateItem(String line, boolean empty) {
      super.updateItem(line, empty);
      boolean any = !empty && line != null;
      setText(any ? line.strip().replaceAll(" {2,}", "  ") : null);
      int indent = any ? (line.length() - line.stripLeading().length()) * 3 : 0;
      setStyle("-fx-padding: 1 6 1 " + (6 + indent) + ";");
      pseudoClassStateChanged(
          javafx.css.PseudoClass.getPseudoClass("heading"), any && !line.isBlank() && indent == 0);
    }
  }
}
