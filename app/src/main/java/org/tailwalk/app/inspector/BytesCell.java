// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.inspector;

import java.util.HexFormat;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.geometry.VPos;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.control.ListCell;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;
import org.tailwalk.app.inspector.InspectorViewModel.Content;
import org.tailwalk.app.inspector.InspectorViewModel.Span;
import org.tailwalk.app.theme.Palette;
import org.tailwalk.app.theme.SharpCanvas;
import org.tailwalk.app.theme.Theme;

/** A line of bytes: offset, hex, characters. What was changed wears a ground and a line below. */
final class BytesCell extends ListCell<Integer> {
  private static final int WIDE = 16;
  static final double HEIGHT = 17;
  private static final HexFormat HEX_DIGITS = HexFormat.of();
  private static final double SIZE = 10.5;
  private static final double ADVANCE = SIZE * 0.6;
  private static final double PER_BYTE = 2.75;
  private static final double LEFT = 10;
  private static final double HEX = LEFT + 5.5 * ADVANCE;

  private final InspectorViewModel model;
  private final Theme theme;
  private final ReadOnlyIntegerProperty perLine;
  private final SharpCanvas canvas = new SharpCanvas();
  private final Region line =
      new Region() {
        {
          getChildren().add(canvas);
          setMinHeight(HEIGHT);
          setMaxHeight(HEIGHT);
        }

        @Override
        protected void layoutChildren() {
          if (canvas.fit(getWidth(), HEIGHT)) {
            paint();
          }
        }
      };

  BytesCell(InspectorViewModel model, Theme theme, ReadOnlyIntegerProperty perLine) {
    this.model = model;
    this.theme = theme;
    this.perLine = perLine;
    model.contentProperty().addListener((_, _, _) -> paint());
    model.markedProperty().addListener((_, _, _) -> paint());
    perLine.addListener((_, _, _) -> paint());
    theme.modeProperty().addListener((_, _, _) -> paint());
    line.setOnMousePressed(press -> pick(press.getX()));
  }

  private void pick(double x) {
    Integer number = getItem();
    if (number == null) {
      return;
    }
    int each = perLine.get();
    int start = number * each;
    for (int i = 0; i < each && start + i < model.contentProperty().get().bytes().length(); i++) {
      double hex = hex(i);
      double character = characters(each) + i * ADVANCE;
      if (x >= hex - 2 && x < hex - 2 + PER_BYTE * ADVANCE
          || x >= character && x < character + ADVANCE) {
        model.pick(start + i);
        return;
      }
    }
  }

  /** Where the digits of the line's byte {@code i} begin. */
  private static double hex(int i) {
    return HEX + (i * PER_BYTE + (i >= WIDE / 2 ? 0.8 : 0)) * ADVANCE;
  }

  /** How many bytes go into a line of that many pixels. */
  static int fits(double width) {
    return width >= width(WIDE) ? WIDE : WIDE / 2;
  }

  private static double width(int bytes) {
    return characters(bytes) + (bytes + 1) * ADVANCE;
  }

  private static double characters(int bytes) {
    return HEX + (bytes * PER_BYTE + 2) * ADVANCE;
  }

  @Override
  protected void updateItem(Integer number, boolean empty) {
    super.updateItem(number, empty);
    setGraphic(empty || number == null ? null : line);
    paint();
  }

  private void paint() {
    Integer number = getItem();
    Content content = model.contentProperty().get();
    int each = perLine.get();
    if (line.getPrefWidth() != width(each)) {
      line.setMinWidth(width(each));
      line.setPrefWidth(width(each));
    }
    canvas.fit(width(each), HEIGHT);
    GraphicsContext g = canvas.clear();
    if (number == null || isEmpty()) {
      return;
    }
    Palette colours = theme.palette();
    g.setFont(theme.mono(SIZE));
    g.setTextBaseline(VPos.CENTER);
    int start = number * each;
    g.setFill(colours.faint());
    g.fillText("%04x".formatted(start), LEFT, HEIGHT / 2);
    Span marked = model.markedProperty().get();
    for (int i = 0; i < each && start + i < content.bytes().length(); i++) {
      int at = start + i;
      int value = content.bytes().at(at);
      boolean changed = content.changed().get(at);
      double x = hex(i);
      double c = characters(each) + i * ADVANCE;
      if (at >= marked.from() && at < marked.to()) {
        g.setFill(colours.selection());
        g.fillRect(x - 2, 0, PER_BYTE * ADVANCE, HEIGHT);
        g.fillRect(c, 0, ADVANCE, HEIGHT);
      }
      if (changed) {
        g.setFill(colours.dropFill());
        g.fillRect(x - 1, 1, 2 * ADVANCE + 2, HEIGHT - 2);
        g.setFill(colours.drop());
        g.fillRect(x - 1, HEIGHT - 3, 2 * ADVANCE + 2, 1.3);
      }
      Color ink = changed ? colours.drop() : colours.text();
      g.setFill(ink);
      g.fillText(HEX_DIGITS.toHexDigits((byte) value), x, HEIGHT / 2);
      g.setFill(changed ? colours.drop() : colours.muted());
      g.fillText(value >= 32 && value < 127 ? String.valueOf((char) value) : "·", c, HEIGHT / 2);
    }
  }
}
