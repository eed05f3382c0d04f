// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.animation;

import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.control.ButtonBar;
import javafx.scene.control.ButtonType;
import javafx.scene.control.ChoiceBox;
import javafx.scene.control.Dialog;
import javafx.scene.control.Label;
import javafx.scene.control.Spinner;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Region;
import javafx.stage.Window;
import org.tailwalk.app.text.Texts;
import org.tailwalk.app.theme.Theme;

/** Asks what film is to be made. */
public final class FilmDialog {
  private final Dialog<Order> dialog = new Dialog<>();

  /** What was asked for. */
  public record Order(int first, int last, boolean gif, FilmSpec spec) {}

  /**
   * A dialog over a window.
   *
   * @param packet the one that is shown
   * @param packets how many there are
   */
  public FilmDialog(Window owner, Theme theme, int packet, int packets) {
    Texts texts = Texts.of(FilmDialog.class);
    dialog.initOwner(owner);
    dialog.setTitle(texts.get("title"));
    theme.dress(dialog.getDialogPane().getScene());
    Spinner<Integer> first = new Spinner<>(1, packets, packet);
    Spinner<Integer> last = new Spinner<>(1, packets, packet);
    first
        .valueProperty()
        .addListener((_, _, now) -> {
          if (last.getValue() < now) {
            last.getValueFactory().setValue(now);
          }
        });
    last.valueProperty()
        .addListener((_, _, now) -> {
          if (first.getValue() > now) {
            first.getValueFactory().setValue(now);
          }
        });
    Spinner<Integer> fps = new Spinner<>(4, 50, FilmSpec.USUAL.fps());
    ChoiceBox<String> size = new ChoiceBox<>();
    size.getItems().addAll("640x360", "960x540", "1280x720", "1920x1080");
    size.setValue("960x540");
    ChoiceBox<String> format = new ChoiceBox<>();
    format.getItems().addAll(texts.get("format.gif"), texts.get("format.png"));
    format.setValue(texts.get("format.gif"));
    ChoiceBox<String> speed = new ChoiceBox<>();
    speed.getItems().addAll("0.5×", "1×", "2×", "4×");
    speed.setValue("1×");
    for (Spinner<?> spinner : new Spinner<?>[] {first, last, fps}) {
      spinner.setEditable(true);
      spinner.setPrefWidth(110);
    }
    GridPane grid = new GridPane();
    grid.setHgap(10);
    grid.setVgap(8);
    Object[][] rows = {
      {"first", first},
      {"last", last},
      {"format", format},
      {"size", size},
      {"fps", fps},
      {"speed", speed}
    };
    for (int i = 0; i < rows.length; i++) {
      Label label = new Label(texts.get((String) rows[i][0]));
      Node control = (Node) rows[i][1];
      label.setLabelFor(control);
      control.setAccessibleText(label.getText());
      grid.addRow(i, label, control);
    }
    Label note = new Label(texts.get("note"));
    note.setWrapText(true);
    note.setMaxWidth(340);
    note.setMinHeight(Region.USE_PREF_SIZE);
    note.getStyleClass().add("muted");
    grid.add(note, 0, rows.length, 2, 1);
    dialog.getDialogPane().setContent(grid);
    ButtonType make = new ButtonType(texts.get("make"), ButtonBar.ButtonData.OK_DONE);
    dialog.getDialogPane().getButtonTypes().addAll(make, ButtonType.CANCEL);
    dialog.setResultConverter(button -> {
      if (button != make) {
        return null;
      }
      String[] pixels = size.getValue().split("x", -1);
      return new Order(
          first.getValue(),
          last.getValue(),
          format.getValue().equals(texts.get("format.gif")),
          new FilmSpec(
              fps.getValue(),
              Integer.parseInt(pixels[0]),
              Integer.parseInt(pixels[1]),
              Double.parseDouble(speed.getValue().replace("×", ""))));
    });
  }

  /** Asks; empty when nothing is to be made. */
  public Optional<Order> showAndWait() {
    return dialog.showAndWait();
  }
}
