// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.path;

import javafx.scene.control.Tooltip;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Region;
import org.jspecify.annotations.Nullable;
import org.tailwalk.app.glossary.Term;
import org.tailwalk.app.glossary.TermTip;

/** Tells what the node is on which the mouse rests: the stage is a picture and has no controls. */
final class NodeTip {
  /** The node at a place of the stage, in its own pixels; null for none. */
  @FunctionalInterface
  interface Finder {
    PathGraph.@Nullable Node at(double x, double y);
  }

  private final Region stage;
  private final Finder finder;
  private final Tooltip tip = TermTip.of("");
  private PathGraph.@Nullable Node shown;

  /** Watches the mouse over {@code stage}. */
  NodeTip(Region stage, Finder finder) {
    this.stage = stage;
    this.finder = finder;
    stage.addEventHandler(MouseEvent.MOUSE_MOVED, this::moved);
    stage.addEventHandler(MouseEvent.MOUSE_EXITED, _ -> show(null));
  }

  private void moved(MouseEvent event) {
    show(finder.at(event.getX(), event.getY()));
  }

  private void show(PathGraph.@Nullable Node node) {
    if (node == shown) {
      return;
    }
    // A tooltip that is up stays where it came up: each node brings its own.
    tip.hide();
    Tooltip.uninstall(stage, tip);
    shown = node;
    if (node != null) {
      tip.setText(words(node));
      Tooltip.install(stage, tip);
    }
  }

  /** Name, what stands below it, and what such a node is. */
  static String words(PathGraph.Node node) {
    String head = node.detail().isEmpty() ? node.title() : node.title() + " · " + node.detail();
    return head + "\n\n" + TermTip.words(terms(node));
  }

  private static Term[] terms(PathGraph.Node node) {
    return switch (node.id()) {
      case PathGraph.STACK -> new Term[] {Term.FORWARDED, Term.MARK};
      case PathGraph.POD -> new Term[] {Term.ENDPOINT};
      case PathGraph.PROXY -> new Term[] {Term.PROXIED};
      case PathGraph.MONITOR -> new Term[] {Term.MONITOR, Term.NOTIFICATION};
      case PathGraph.DROP_NOTIFY -> new Term[] {Term.DROP_NOTIFICATION};
      default ->
          switch (node.kind()) {
            case ENTRY -> new Term[] {Term.HOOK, Term.NODE};
            case PROGRAM -> new Term[] {Term.NODE, Term.TAIL_CALL, Term.CB};
            case PLACE, MONITOR -> new Term[] {Term.NODE};
          };
    };
  }
}
