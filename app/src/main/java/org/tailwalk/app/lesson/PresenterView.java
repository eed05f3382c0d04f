// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.lesson;

import java.util.ArrayList;
import java.util.List;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.IntegerBinding;
import javafx.geometry.Orientation;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.SplitPane;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.tailwalk.app.path.PathView;
import org.tailwalk.app.path.PathViewModel;
import org.tailwalk.app.steps.StepRow;
import org.tailwalk.app.steps.StepsViewModel;
import org.tailwalk.app.text.Texts;
import org.tailwalk.app.theme.Theme;
import org.tailwalk.app.theme.WideGrip;

/**
 * The window before a class: the lesson's page, the stage and the last steps, in large type, and
 * nothing else. The type grows with the window.
 */
public final class PresenterView extends BorderPane {
  private static final int STEPS = 4;

  /** What so many steps take, the current one in two lines; in heights of the type. */
  private static final double STEPS_HEIGHT = 6.9;

  private static final double LARGEST_FIT = 2.6;

  private final StepsViewModel steps;
  private final VBox lines = new VBox();
  private final Texts texts = Texts.of(PresenterView.class);

  /** A view of a lesson, of the stage and of the steps. */
  public PresenterView(
      LessonViewModel lessons, PathViewModel path, StepsViewModel steps, Theme theme) {
    this.steps = steps;
    getStyleClass().add("presenter");
    setFocusTraversable(true);
    PathView stage = new PathView(path, theme);
    stage.bare(LARGEST_FIT);
    Label about = new Label();
    about.textProperty().bind(path.aboutProperty());
    about.getStyleClass().add("presenter-about");
    Label keys = new Label(texts.get("present.keys"));
    keys.getStyleClass().add("presenter-keys");
    keys.setMinWidth(Region.USE_PREF_SIZE);
    HBox head = new HBox(about);
    head.getStyleClass().add("presenter-head");
    lines.getStyleClass().add("presenter-steps");
    BorderPane left = new BorderPane(stage);
    left.setTop(head);
    left.setBottom(new VBox(lines, keys));
    left.setMinWidth(0);
    LessonView page = new LessonView(lessons, true);
    page.setMinWidth(0);
    SplitPane both = new SplitPane(left, page);
    WideGrip.on(both);
    both.setOrientation(Orientation.HORIZONTAL);
    both.setDividerPositions(0.6);
    setCenter(both);
    IntegerBinding type =
        Bindings.createIntegerBinding(
            () -> size(getWidth(), getHeight()), widthProperty(), heightProperty());
    styleProperty().bind(type.map(size -> "-fx-font-size: %dpx;".formatted(size.intValue())));
    // From the back of a room a part of the stage says more than all of it.
    type.addListener((_, _, now) -> stage.legibleBeside(now.doubleValue()));
    // The stage above does not move when a step needs two lines.
    lines.minHeightProperty().bind(type.multiply(STEPS_HEIGHT));
    lines.maxHeightProperty().bind(lines.minHeightProperty());
    steps.currentProperty().addListener((_, _, _) -> tell());
    steps.titleProperty().addListener((_, _, _) -> tell());
    // In the scene it is only while it presents.
    sceneProperty().addListener((_, _, _) -> tell());
  }

  /** Type as large as the window allows: 16 at 1024×700, 20 at 1440×900, 27 at 1920×1080. */
  static int size(double width, double height) {
    return Math.clamp(Math.round(Math.min(width / 71, height / 40)), 13, 44);
  }

  /** The last steps up to the current one, the newest below and strong. */
  private void tell() {
    if (getScene() == null) {
      return;
    }
    int current = steps.currentProperty().get();
    List<Node> shown = new ArrayList<>();
    for (int i = Math.max(0, current - STEPS + 1); i <= current && i < steps.rows().size(); i++) {
      shown.add(line(steps.rows().get(i), i == current));
    }
    lines.getChildren().setAll(shown);
  }

  private Node line(StepRow row, boolean now) {
    boolean apart = !row.same();
    Label kernel = new Label(row.kernel().isEmpty() ? "—" : row.kernel());
    Label model = new Label(row.model().isEmpty() ? "—" : row.model());
    HBox line = new HBox();
    line.getStyleClass().add("presenter-line");
    if (now) {
      line.getStyleClass().add("now");
    }
    if (apart) {
      line.getStyleClass().add("apart");
      line.getChildren().addAll(dot("kernel-dot"), kernel, dot("model-dot"), model);
    } else {
      line.getChildren().add(row.kernel().isEmpty() ? model : kernel);
    }
    for (Label label : List.of(kernel, model)) {
      label.setTextOverrun(OverrunStyle.ELLIPSIS);
      label.setMinWidth(0);
      label.setWrapText(now);
    }
    return line;
  }

  private static Region dot(String style) {
    Region dot = new Region();
    dot.getStyleClass().add(style);
    dot.setMinSize(11, 11);
    dot.setMaxSize(11, 11);
    return dot;
  }
}
