// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.source;

import javafx.beans.value.ObservableIntegerValue;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import org.tailwalk.app.source.CodeBook.Heat;

/** A row of source or bytecode: heat, number, sign, text, remark. */
abstract class CodeCell<T> extends ListCell<T> {
  static final double HEIGHT = 17;
  private static final PseudoClass CURRENT = PseudoClass.getPseudoClass("current");
  private static final PseudoClass LINKED = PseudoClass.getPseudoClass("linked");
  private static final String[] SCALE = {"", "k", "M", "G"};
  private static final int HEATS = 4;

  private final Label heat = label("heat", 38);
  private final Label number = label("number", 32);
  private final Label sign = label("sign", 15);
  private final Label text = new Label();
  private final Label remark = new Label();
  private final HBox row = new HBox(heat, number, sign, text, remark);
  private final ObservableIntegerValue current;
  private String mark = "";

  CodeCell(ObservableIntegerValue current) {
    this.current = current;
    getStyleClass().add("code-cell");
    text.getStyleClass().add("text");
    text.setMinWidth(Region.USE_PREF_SIZE);
    remark.getStyleClass().add("remark");
    remark.setMinWidth(Region.USE_PREF_SIZE);
    row.setAlignment(Pos.CENTER_LEFT);
    current.addListener((_, _, _) -> here());
    indexProperty().addListener((_, _, _) -> here());
  }

  private static Label label(String style, double width) {
    Label label = new Label();
    label.getStyleClass().add(style);
    label.setMinWidth(width);
    label.setMaxWidth(width);
    label.setAlignment(Pos.CENTER_RIGHT);
    return label;
  }

  @Override
  protected void updateItem(T item, boolean empty) {
    super.updateItem(item, empty);
    getStyleClass().remove(mark);
    mark = "";
    if (empty || item == null) {
      setGraphic(null);
    } else {
      fill(item);
      setGraphic(row);
    }
    here();
  }

  /** Calls {@link #show}. */
  abstract void fill(T item);

  final void show(
      String numberText, String words, String remarkText, Mark how, Heat often, long hottest) {
    number.setText(numberText);
    text.setText(words);
    remark.setText(remarkText.isEmpty() ? "" : "  // " + remarkText);
    remark.setManaged(!remarkText.isEmpty());
    heat.setText(how == Mark.NO_CODE ? "" : brief(often));
    heat.getStyleClass().removeIf(c -> c.startsWith("heat-"));
    heat.getStyleClass().add("heat-" + (how == Mark.NO_CODE ? 0 : degree(often, hottest)));
    mark = how.style();
    getStyleClass().add(mark);
    sign.setText(how.sign());
  }

  /** What was decided here outshines how it was reached. */
  final void decided(boolean is) {
    getStyleClass().remove("decided");
    if (is) {
      getStyleClass().add("decided");
      sign.setText("✖");
    }
  }

  private void here() {
    boolean is = !isEmpty() && getIndex() == current.get();
    pseudoClassStateChanged(CURRENT, is);
    if (is) {
      sign.setText("▶");
    } else if (!isEmpty() && "▶".equals(sign.getText())) {
      fill(getItem());
    }
  }

  final void linked(boolean is) {
    pseudoClassStateChanged(LINKED, is);
  }

  /** 0 for never, to {@value #HEATS} for the hottest, by orders of magnitude. */
  private static int degree(Heat heat, long hottest) {
    long times = Math.max(heat.atLeast(), heat.atMost() > 0 ? 1 : 0);
    if (times == 0 || hottest <= 0) {
      return 0;
    }
    double share = Math.log1p(times) / Math.log1p(hottest);
    return Math.clamp((int) Math.ceil(share * HEATS), 1, HEATS);
  }

  /** {@code 12}, {@code 3.4k}; with a sign where only some ways are known. */
  static String brief(Heat heat) {
    if (heat.atMost() == 0) {
      return "0";
    }
    if (heat.atLeast() == heat.atMost()) {
      return brief(heat.atLeast());
    }
    return heat.atLeast() == 0 ? "≤" + brief(heat.atMost()) : "≥" + brief(heat.atLeast());
  }

  private static String brief(long number) {
    double scaled = number;
    int unit = 0;
    while (scaled >= 1000 && unit < SCALE.length - 1) {
      scaled /= 1000;
      unit++;
    }
    if (unit == 0) {
      return Long.toString(number);
    }
    return (scaled < 10 ? "%.1f" : "%.0f").formatted(scaled) + SCALE[unit];
  }
}
