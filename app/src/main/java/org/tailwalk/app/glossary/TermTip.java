// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.glossary;

import java.util.Arrays;
import java.util.stream.Collectors;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.control.Control;
import javafx.scene.control.Label;
import javafx.scene.control.Labeled;
import javafx.scene.control.TableColumnBase;
import javafx.scene.control.Tooltip;
import javafx.scene.text.Text;
import javafx.util.Duration;

/** A tooltip that teaches a term. */
public final class TermTip {
  private static final double WIDTH = 380;

  private TermTip() {}

  /** A tooltip with these words. */
  public static Tooltip of(String words) {
    Tooltip tip = new Tooltip(words);
    tip.setWrapText(true);
    tip.setMaxWidth(WIDTH);
    // There is something to read.
    tip.setShowDuration(Duration.minutes(1));
    return tip;
  }

  /** A tooltip that tells what the terms mean, a paragraph each. */
  public static Tooltip of(Term... terms) {
    return of(words(terms));
  }

  /** The meanings of the terms, one a line. */
  public static String words(Term... terms) {
    return Arrays.stream(terms).map(Term::text).collect(Collectors.joining("\n"));
  }

  /** Teaches the terms where the mouse rests on this. */
  public static void on(Control control, Term... terms) {
    control.setTooltip(of(terms));
  }

  /** The same for what is no control. */
  public static void on(Node node, Term... terms) {
    Tooltip.install(node, of(terms));
  }

  /** Tells what stands there in full, and below it what the terms mean. */
  public static void below(Control control, ObservableValue<String> whole, Term... terms) {
    Tooltip tip = of("");
    String words = words(terms);
    tip.textProperty().bind(whole.map(w -> w.isEmpty() ? words : w + "\n\n" + words));
    control.setTooltip(tip);
  }

  /** Tells all of what is cut, when it is pointed at: cells are filled by the thousand. */
  public static void whole(Labeled cell) {
    Tooltip tip = of("");
    cell.setOnMouseEntered(_ -> {
      tip.setText(cell.getText());
      cell.setTooltip(cut(cell) ? tip : null);
    });
    cell.textProperty().addListener((_, _, _) -> cell.setTooltip(null));
  }

  private static boolean cut(Labeled cell) {
    return cell.lookup(".text") instanceof Text shown && !shown.getText().equals(cell.getText());
  }

  /** Teaches the terms where the mouse rests on a column's title. */
  public static void on(TableColumnBase<?, ?> column, Term... terms) {
    Label title = new Label(null, column.getGraphic());
    title.textProperty().bind(column.textProperty());
    on(title, terms);
    // The column keeps its text, for who has it read out; the style shows the graphic alone.
    column.setGraphic(title);
    column.getStyleClass().add("taught");
  }
}
