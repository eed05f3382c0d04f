// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.steps;

import javafx.geometry.Orientation;
import javafx.scene.control.Label;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** What a step says in full, as far as the table above has no room for it. */
final class StepWords extends VBox {
  /** The mono face of the table advances so much a letter. */
  private static final double LETTER = 6.9;

  private static final double PADDING = 9;
  private static final int INDENT = 2;

  private final Region kernelDot = dot("kernel-dot");
  private final Label kernel = line(kernelDot);
  private final Label model = line(dot("model-dot"));

  StepWords() {
    getStyleClass().add("step-words");
    setMinHeight(USE_PREF_SIZE);
    getChildren().addAll(kernel, model);
    managedProperty().bind(visibleProperty());
    setVisible(false);
  }

  @Override
  public Orientation getContentBias() {
    // Also while its lines are hidden: who lays it out remembers what it said first.
    return Orientation.HORIZONTAL;
  }

  private static Region dot(String style) {
    Region dot = new Region();
    dot.getStyleClass().add(style);
    // A label reckons with the size that its sign prefers when it says how high its lines are.
    dot.setPrefSize(8, 8);
    dot.setMinSize(8, 8);
    dot.setMaxSize(8, 8);
    return dot;
  }

  private static Label line(Region dot) {
    Label line = new Label("", dot);
    line.setWrapText(true);
    line.setMinHeight(USE_PREF_SIZE);
    line.managedProperty().bind(line.visibleProperty());
    return line;
  }

  /**
   * Shows what is cut of a step.
   *
   * @param row null for none
   * @param kernelRoom the width of the kernel's column, pixels
   * @param modelRoom that of the model's
   */
  void show(@Nullable StepRow row, double kernelRoom, double modelRoom) {
    String first = row == null ? "" : row.kernel();
    String second = row == null ? "" : row.model();
    boolean same = first.equals(second);
    boolean firstCut = row != null && cut(row, first, kernelRoom);
    // What both say is read in the wider column.
    boolean secondCut = row != null && !same && cut(row, second, modelRoom);
    kernel.setText(first);
    model.setText(second);
    kernel.setVisible(firstCut);
    model.setVisible(secondCut);
    kernel.setGraphic(same ? null : kernelDot);
    setVisible(firstCut || secondCut);
  }

  /** Shows both lanes' words of the step, where one column can't. */
  void showBoth() {
    kernel.setVisible(true);
    model.setVisible(true);
    setVisible(true);
  }

  private static boolean cut(StepRow row, String text, double room) {
    int letters = text.length() + (row.inside() ? INDENT : 0);
    long wide = text.chars().filter(c -> c >= 0x1100).count();
    return room > 0 && (letters + 0.75 * wide) * LETTER + PADDING > room;
  }
}
