// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.window;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javafx.geometry.Point2D;
import javafx.scene.Scene;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.Dragboard;
import javafx.scene.input.MouseButton;
import javafx.scene.input.TransferMode;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.robot.Robot;
import javafx.stage.Stage;
import javafx.stage.StageStyle;

/** A window beside the one that is tested, as a file manager's: files are dragged out of it. */
final class DragSource {
  private static final int MOVES = 8;

  private final WindowHarness window;
  private final Robot robot;
  private final Stage stage;
  private final Region handle = new Region();
  private final List<File> files = new ArrayList<>();
  private boolean over;

  DragSource(WindowHarness window) {
    this.window = window;
    this.robot = window.ask(Robot::new);
    this.stage = window.ask(this::make);
    window.until("the files lie there", () -> stage.isShowing());
  }

  private Stage make() {
    Stage made = new Stage(StageStyle.UNDECORATED);
    handle.setPrefSize(120, 80);
    handle.setStyle("-fx-background-color: gray");
    handle.setOnDragDetected(event -> {
      Dragboard board = handle.startDragAndDrop(TransferMode.COPY);
      ClipboardContent content = new ClipboardContent();
      content.putFiles(List.copyOf(files));
      board.setContent(content);
      event.consume();
    });
    handle.setOnDragDone(_ -> over = true);
    made.setScene(new Scene(new StackPane(handle)));
    made.setX(1600);
    made.setY(300);
    made.show();
    return made;
  }

  /** Drags files to a place in the window and lets go of them there. */
  void drop(double x, double y, Path... paths) {
    window.ui(() -> {
      over = false;
      files.clear();
      for (Path path : paths) {
        files.add(path.toAbsolutePath().normalize().toFile());
      }
      robot.mouseMove(handle.localToScreen(40, 40));
      robot.mousePress(MouseButton.PRIMARY);
    });
    window.pulses(2);
    Point2D from = window.ask(() -> handle.localToScreen(40, 40));
    Point2D to =
        window.ask(() -> new Point2D(window.stage().getX() + x, window.stage().getY() + y));
    for (int i = 1; i <= MOVES; i++) {
      Point2D at = from.interpolate(to, (double) i / MOVES);
      window.ui(() -> robot.mouseMove(at));
      window.pulses(2);
    }
    window.ui(() -> robot.mouseRelease(MouseButton.PRIMARY));
    window.until("the drag has ended", () -> over);
  }

  void close() {
    window.ui(stage::hide);
  }
}
