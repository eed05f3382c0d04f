// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.path;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.elk.alg.layered.options.LayeredMetaDataProvider;
import org.eclipse.elk.alg.layered.options.LayeredOptions;
import org.eclipse.elk.alg.layered.options.NodePlacementStrategy;
import org.eclipse.elk.alg.layered.options.OrderingStrategy;
import org.eclipse.elk.core.RecursiveGraphLayoutEngine;
import org.eclipse.elk.core.data.LayoutMetaDataService;
import org.eclipse.elk.core.math.ElkPadding;
import org.eclipse.elk.core.options.CoreOptions;
import org.eclipse.elk.core.options.Direction;
import org.eclipse.elk.core.options.EdgeRouting;
import org.eclipse.elk.core.options.PortConstraints;
import org.eclipse.elk.core.options.SizeConstraint;
import org.eclipse.elk.core.util.BasicProgressMonitor;
import org.eclipse.elk.graph.ElkEdge;
import org.eclipse.elk.graph.ElkEdgeSection;
import org.eclipse.elk.graph.ElkNode;
import org.eclipse.elk.graph.util.ElkGraphUtil;
import org.tailwalk.app.path.StageLayout.Box;
import org.tailwalk.app.path.Track.Point;

/**
 * Lays a stage out: each group in layers by ELK, the groups below one another, what is outside of
 * the programs to their right. Takes 0.3 s the first time, so it is called off the UI thread; a
 * layout is kept by the graph's content.
 */
public final class StageLayouter {
  private static final double SELF_CALLING = 172;
  private static final double NODE_HEIGHT = 44;
  private static final double GROUP_GAP = 12;
  private static final double MARGIN = 10;
  private static final double TITLE = 26;
  private static final double PAD = 11;
  private static final double BOTTOM = 22;
  private static final double CORNER = 7;
  private static final double BESIDE = 9;

  private final Map<PathGraph, StageLayout> known = new ConcurrentHashMap<>();

  /** ELK, once it knows its layered algorithm; made by the first layout, not by the window. */
  private static final class Elk {
    static {
      LayoutMetaDataService.getInstance()
          .registerLayoutMetaDataProviders(new LayeredMetaDataProvider(), new CoreOptions());
    }

    static RecursiveGraphLayoutEngine engine() {
      return new RecursiveGraphLayoutEngine();
    }
  }

  /** The layout of a graph. */
  public StageLayout layout(PathGraph graph) {
    return known.computeIfAbsent(graph, StageLayouter::compute);
  }

  private static StageLayout compute(PathGraph graph) {
    if (graph.nodes().isEmpty()) {
      return StageLayout.empty();
    }
    Map<String, Box> nodes = new HashMap<>();
    Map<String, Track> tracks = new HashMap<>();
    Map<String, Box> groups = new HashMap<>();
    Map<String, Box> stacked = new LinkedHashMap<>();
    Box last = new Box(MARGIN, MARGIN, 0, 0);
    String lastId = "";
    double y = MARGIN;
    double width = 0;
    for (PathGraph.Group group : graph.groups()) {
      if (!group.id().equals(PathGraph.NOTIFICATIONS)) {
        last = layoutGroup(graph, group, MARGIN, y, nodes, tracks);
        lastId = group.id();
        stacked.put(lastId, last);
        y = last.bottom() + GROUP_GAP;
        width = Math.max(width, last.right());
      }
    }
    Box outside = outside(graph, last, width, nodes);
    width = Math.max(width, outside.right());
    groups.put(PathGraph.NOTIFICATIONS, outside);
    for (Map.Entry<String, Box> entry : stacked.entrySet()) {
      Box box = entry.getValue();
      double right = entry.getKey().equals(lastId) ? outside.x() - GROUP_GAP : width;
      groups.put(entry.getKey(), new Box(box.x(), box.y(), right - box.x(), box.height()));
    }
    double height = last.bottom() + MARGIN;
    height = Math.max(height, outside.bottom() + MARGIN);
    for (PathGraph.Edge edge : graph.edges()) {
      if (edge.way() == PathGraph.Way.CROSS) {
        cross(edge, graph, nodes, groups, tracks);
      }
    }
    StageLayout layout =
        new StageLayout(
            graph,
            width + MARGIN,
            height,
            groups,
            nodes,
            tracks,
            Labels.place(graph, nodes, groups, tracks),
            Map.of());
    return layout.withTaken(Ways.taken(layout));
  }

  private static Box layoutGroup(
      PathGraph graph,
      PathGraph.Group group,
      double x,
      double y,
      Map<String, Box> nodes,
      Map<String, Track> tracks) {
    ElkNode root = ElkGraphUtil.createGraph();
    root.setProperty(CoreOptions.ALGORITHM, LayeredOptions.ALGORITHM_ID);
    root.setProperty(CoreOptions.DIRECTION, Direction.RIGHT);
    root.setProperty(CoreOptions.EDGE_ROUTING, EdgeRouting.ORTHOGONAL);
    root.setProperty(CoreOptions.PADDING, new ElkPadding(TITLE, PAD, BOTTOM, PAD));
    root.setProperty(CoreOptions.SPACING_NODE_NODE, 22.0);
    root.setProperty(LayeredOptions.SPACING_NODE_NODE_BETWEEN_LAYERS, 26.0);
    root.setProperty(LayeredOptions.SPACING_EDGE_NODE_BETWEEN_LAYERS, 14.0);
    root.setProperty(LayeredOptions.NODE_PLACEMENT_STRATEGY, NodePlacementStrategy.NETWORK_SIMPLEX);
    root.setProperty(
        LayeredOptions.CONSIDER_MODEL_ORDER_STRATEGY, OrderingStrategy.NODES_AND_EDGES);
    Map<String, ElkNode> placed = new HashMap<>();
    for (PathGraph.Node node : graph.nodes()) {
      if (node.group().equals(group.id())) {
        ElkNode elk = ElkGraphUtil.createNode(root);
        elk.setDimensions(width(node, graph), NODE_HEIGHT);
        elk.setProperty(CoreOptions.NODE_SIZE_CONSTRAINTS, EnumSet.noneOf(SizeConstraint.class));
        elk.setProperty(CoreOptions.PORT_CONSTRAINTS, PortConstraints.FREE);
        placed.put(node.id(), elk);
      }
    }
    Map<ElkEdge, PathGraph.Edge> ways = new HashMap<>();
    for (PathGraph.Edge edge : graph.edges()) {
      ElkNode from = placed.get(edge.from());
      ElkNode to = placed.get(edge.to());
      if (from != null && to != null && edge.way() != PathGraph.Way.NOTIFY) {
        ways.put(ElkGraphUtil.createSimpleEdge(from, to), edge);
      }
    }
    Elk.engine().layout(root, new BasicProgressMonitor());
    placed.forEach((id, elk) ->
        nodes.put(id, new Box(x + elk.getX(), y + elk.getY(), elk.getWidth(), elk.getHeight())));
    ways.forEach((elk, edge) -> {
      List<Point> corners = new ArrayList<>();
      for (ElkEdgeSection section : elk.getSections()) {
        corners.add(new Point(x + section.getStartX(), y + section.getStartY()));
        section.getBendPoints().forEach(b -> corners.add(new Point(x + b.getX(), y + b.getY())));
        corners.add(new Point(x + section.getEndX(), y + section.getEndY()));
      }
      if (corners.size() >= 2) {
        tracks.put(StageLayout.key(edge.from(), edge.to()), Track.through(corners, CORNER));
      }
    });
    return new Box(x, y, root.getWidth(), root.getHeight());
  }

  /** Programs by the length of their two lines; 6.6 pixels a letter of the title, 6 below. */
  private static double width(PathGraph.Node node) {
    double text = Math.max(Labels.letters(node.title()) * 6.6, Labels.letters(node.detail()) * 6);
    return Math.clamp(Math.ceil(text) + 20, 96, 250);
  }

  /** A program that calls itself needs room for what it says when its calls are spent. */
  private static double width(PathGraph.Node node, PathGraph graph) {
    boolean loop =
        graph.edges().stream()
            .anyMatch(e -> e.from().equals(node.id()) && e.to().equals(node.id()));
    return loop ? Math.max(SELF_CALLING, width(node)) : width(node);
  }

  /** Proxy, notifying program and monitor: a column at the right of the last group. */
  private static Box outside(PathGraph graph, Box last, double widest, Map<String, Box> nodes) {
    List<PathGraph.Node> column =
        graph.nodes().stream().filter(n -> n.group().equals(PathGraph.NOTIFICATIONS)).toList();
    double node = column.stream().mapToDouble(StageLayouter::width).max().orElse(0);
    double width = node + 2 * PAD;
    double x = Math.max(last.right() + GROUP_GAP, widest - width);
    double need = TITLE + column.size() * (NODE_HEIGHT + 14) - 14 + PAD;
    double height = Math.max(need, last.height());
    double gap = column.size() < 2 ? 0 : Math.min(30, (height - need) / (column.size() - 1));
    double y = last.y() + TITLE + Math.max(0, (height - need - gap * (column.size() - 1)) / 2);
    for (PathGraph.Node n : column) {
      nodes.put(n.id(), new Box(x + PAD, y, node, NODE_HEIGHT));
      y += NODE_HEIGHT + 14 + gap;
    }
    return new Box(x, last.y(), width, height);
  }

  /** From group to group: down into the lane between the groups, along it, and in from the left. */
  private static void cross(
      PathGraph.Edge edge,
      PathGraph graph,
      Map<String, Box> nodes,
      Map<String, Box> groups,
      Map<String, Track> tracks) {
    Box from = nodes.get(edge.from());
    Box to = nodes.get(edge.to());
    if (from == null || to == null || to.y() < from.bottom()) {
      return;
    }
    String group =
        graph.nodes().stream()
            .filter(n -> n.id().equals(edge.to()))
            .map(PathGraph.Node::group)
            .findFirst()
            .orElse("");
    Box target = groups.get(group);
    if (target == null) {
      return;
    }
    double lane = target.y() - GROUP_GAP / 2;
    double left = to.x() - BESIDE;
    List<Point> corners = new ArrayList<>(downTo(lane, from, nodes));
    corners.add(new Point(left, lane));
    corners.add(new Point(left, to.centreY()));
    corners.add(new Point(to.x(), to.centreY()));
    tracks.put(StageLayout.key(edge.from(), edge.to()), Track.through(corners, CORNER));
  }

  /** Straight down where nothing stands in the way, else beside the node. */
  private static List<Point> downTo(double lane, Box from, Map<String, Box> nodes) {
    for (double x = from.x() + from.width() * 0.4; x < from.right() - 6; x += 6) {
      double at = x;
      boolean free =
          nodes.values().stream()
              .noneMatch(n ->
                  n.y() > from.bottom()
                      && n.y() < lane
                      && at > n.x() - BESIDE
                      && at < n.right() + BESIDE);
      if (free) {
        return List.of(new Point(x, from.bottom()), new Point(x, lane));
      }
    }
    double x = from.right() + BESIDE;
    double y = from.bottom() - BESIDE;
    return List.of(new Point(from.right(), y), new Point(x, y), new Point(x, lane));
  }
}
