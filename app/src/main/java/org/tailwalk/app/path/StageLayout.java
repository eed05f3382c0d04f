// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.path;

import java.util.List;
import java.util.Map;

/**
 * Where everything stands, in pixels at zoom 1 from the stage's top left.
 *
 * @param groups by group id
 * @param nodes by node id
 * @param tracks of ways that are always drawn, by {@link #key}
 * @param labels where the labels of those ways stand, by the same
 * @param taken ways that are drawn only when taken, by the same; {@link Ways} makes what is missing
 */
public record StageLayout(
    PathGraph graph,
    double width,
    double height,
    Map<String, Box> groups,
    Map<String, Box> nodes,
    Map<String, Track> tracks,
    Map<String, Box> labels,
    Map<String, Track> taken) {
  /** Keeps its own copies. */
  public StageLayout {
    groups = Map.copyOf(groups);
    nodes = Map.copyOf(nodes);
    tracks = Map.copyOf(tracks);
    labels = Map.copyOf(labels);
    taken = Map.copyOf(taken);
  }

  /** A rectangle. */
  public record Box(double x, double y, double width, double height) {
    double right() {
      return x + width;
    }

    double bottom() {
      return y + height;
    }

    double centreX() {
      return x + width / 2;
    }

    double centreY() {
      return y + height / 2;
    }

    boolean contains(double px, double py) {
      return px >= x && px <= right() && py >= y && py <= bottom();
    }

    Box moved(double dx, double dy) {
      return new Box(x + dx, y + dy, width, height);
    }
  }

  /** Nothing at all. */
  public static StageLayout empty() {
    return new StageLayout(
        PathGraph.empty(), 0, 0, Map.of(), Map.of(), Map.of(), Map.of(), Map.of());
  }

  /** The same with other ways that are drawn only when taken. */
  StageLayout withTaken(Map<String, Track> others) {
    return new StageLayout(graph, width, height, groups, nodes, tracks, labels, others);
  }

  /** The key of the way between two nodes. */
  public static String key(String from, String to) {
    return from + ">" + to;
  }

  /** The node at a point, or an empty text. */
  public String nodeAt(double x, double y) {
    for (PathGraph.Node node : graph.nodes()) {
      Box box = nodes.get(node.id());
      if (box != null && box.contains(x, y)) {
        return node.id();
      }
    }
    return "";
  }

  /** The nodes of a group, in the graph's order. */
  public List<PathGraph.Node> nodesOf(String group) {
    return graph.nodes().stream().filter(n -> n.group().equals(group)).toList();
  }
}
