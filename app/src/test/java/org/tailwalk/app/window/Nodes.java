// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.window;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.geometry.Bounds;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Labeled;
import javafx.scene.text.Text;
import javafx.stage.Window;

/** Finds what a user would see in a window. Asked on the UI thread. */
final class Nodes {
  private Nodes() {}

  /** A node and everything below it, seen or not. */
  static List<Node> all(Node node) {
    List<Node> nodes = new ArrayList<>();
    nodes.add(node);
    if (node instanceof Parent parent) {
      parent.getChildrenUnmodifiable().forEach(child -> nodes.addAll(all(child)));
    }
    return nodes;
  }

  /** Whether nothing above it hides it; it may still be scrolled out of sight. */
  static boolean seen(Node node) {
    for (Node n = node; n != null; n = n.getParent()) {
      if (!n.isVisible()) {
        return false;
      }
    }
    return true;
  }

  /** What says exactly this, in whatever window. */
  static Optional<Node> labeled(String text) {
    return Window.getWindows().stream()
        .filter(w -> w.isShowing() && w.getScene() != null)
        .flatMap(w -> all(w.getScene().getRoot()).stream())
        .filter(n -> n instanceof Labeled l && text.equals(l.getText()) && seen(n))
        .findFirst();
  }

  /** What says this, or is called so, in one window. */
  static Node called(String text, Window in) {
    return all(in.getScene().getRoot()).stream()
        .filter(n -> seen(n) && n.localToScreen(0, 0) != null)
        .filter(n ->
            text.equals(n.getAccessibleText())
                || n instanceof Labeled l && text.equals(l.getText())
                || n instanceof Text t && text.equals(t.getText()))
        .findFirst()
        .orElseThrow(() -> new AssertionError("nothing says " + text));
  }

  /** Its middle, on the screen. */
  static Point2D middle(Node node) {
    Bounds on = node.localToScreen(node.getLayoutBounds());
    return new Point2D(on.getCenterX(), on.getCenterY());
  }
}
