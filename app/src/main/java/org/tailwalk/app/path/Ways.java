// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.path;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tailwalk.app.path.StageLayout.Box;
import org.tailwalk.app.path.Track.Point;

/**
 * The way between any two nodes: the layout's where it has one, else a curve. A curve that would
 * run through another node, or a label, gives way to one from above, and that one to level and
 * upright pieces around everything: a way through a node would say that the packet went there.
 */
final class Ways {
  private static final double CORNER = 7;

  /** The straight piece before an arrow. */
  private static final double ARROW = 12;

  private Ways() {}

  /** Null when one of the nodes is not on the stage. */
  static @Nullable Track between(StageLayout layout, String from, String to) {
    String key = StageLayout.key(from, to);
    Track known = layout.tracks().get(key);
    if (known == null) {
      known = layout.taken().get(key);
    }
    return known == null ? make(layout, from, to) : known;
  }

  /**
   * The ways that packets take though nothing is drawn there before: to where drops are told, and
   * out of the programs. Made once, they need not be made while something moves.
   */
  static Map<String, Track> taken(StageLayout layout) {
    List<String> ends =
        List.of(PathGraph.DROP_NOTIFY, PathGraph.STACK, PathGraph.POD, PathGraph.PROXY);
    Map<String, Track> taken = new HashMap<>();
    for (PathGraph.Node node : layout.graph().nodes()) {
      boolean program =
          node.kind() == PathGraph.Kind.ENTRY || node.kind() == PathGraph.Kind.PROGRAM;
      for (String end : program ? ends : List.<String>of()) {
        add(layout, node.id(), end, taken);
      }
    }
    layout.graph().edges().forEach(edge -> add(layout, edge.from(), edge.to(), taken));
    return taken;
  }

  private static void add(StageLayout layout, String from, String to, Map<String, Track> taken) {
    String key = StageLayout.key(from, to);
    Track made = layout.tracks().containsKey(key) ? null : make(layout, from, to);
    if (made != null) {
      taken.put(key, made);
    }
  }

  private static @Nullable Track make(StageLayout layout, String from, String to) {
    Box a = layout.nodes().get(from);
    Box b = layout.nodes().get(to);
    if (a == null || b == null || from.equals(to)) {
      return null;
    }
    Track usual = curve(a, b);
    List<Box> inTheWay = inTheWay(layout, a, b);
    long through = through(usual, inTheWay);
    if (through == 0) {
      return usual;
    }
    Track over = fromAbove(a, b);
    long otherwise = over == null ? through : through(over, inTheWay);
    if (over != null && otherwise == 0) {
      return over;
    }
    Track around = around(layout, a, b);
    return around != null ? around : over != null && otherwise < through ? over : usual;
  }

  private static @Nullable Track fromAbove(Box a, Box b) {
    if (b.y() < a.bottom() || b.x() <= a.right()) {
      return null;
    }
    Point from = new Point(a.x() + a.width() * 0.62, a.bottom());
    Point to = new Point(b.x() + b.width() * 0.4, b.y());
    double half = (to.y() - from.y()) * 0.75;
    return Track.curve(
        from, new Point(from.x(), from.y() + half), new Point(to.x(), to.y() - half), to);
  }

  private static @Nullable Track around(StageLayout layout, Box a, Box b) {
    List<Box> boxes = new ArrayList<>(layout.nodes().values());
    boxes.addAll(words(layout));
    double near = Router.CLEAR;
    double out = a.x() + a.width() * 0.62;
    double in = b.x() + b.width() * 0.4;
    List<Point> corners =
        new Router(boxes)
            .route(
                List.of(
                    new Router.Port(new Point(a.right(), a.centreY()), near, 0),
                    new Router.Port(new Point(out, a.bottom()), 0, near),
                    new Router.Port(new Point(out, a.y()), 0, -near)),
                List.of(
                    new Router.Port(new Point(b.x(), b.centreY()), -ARROW, 0),
                    new Router.Port(new Point(in, b.y()), 0, -ARROW),
                    new Router.Port(new Point(in, b.bottom()), 0, ARROW)));
    return corners == null ? null : Track.through(corners, CORNER);
  }

  /** Nodes, but for the way's own two, and all that is written beside them. */
  private static List<Box> inTheWay(StageLayout layout, Box from, Box to) {
    List<Box> boxes = words(layout);
    for (Box node : layout.nodes().values()) {
      if (!node.equals(from) && !node.equals(to)) {
        boxes.add(node);
      }
    }
    return boxes;
  }

  private static List<Box> words(StageLayout layout) {
    List<Box> boxes = new ArrayList<>(layout.labels().values());
    for (PathGraph.Group group : layout.graph().groups()) {
      Box box = layout.groups().get(group.id());
      if (box != null) {
        boxes.add(Labels.title(group, box));
      }
    }
    return boxes;
  }

  private static long through(Track way, List<Box> boxes) {
    return boxes.stream().filter(way::crosses).count();
  }

  private static Track curve(Box a, Box b) {
    boolean sameRow = Math.abs(a.centreY() - b.centreY()) < a.height();
    if (sameRow && b.x() > a.right()) {
      // Over what stands between: leaves the roof, comes down on the other's roof.
      double lift = 28;
      Point from = new Point(a.x() + a.width() * 0.68, a.y());
      Point to = new Point(b.x() + b.width() * 0.22, b.y());
      return Track.curve(
          from, new Point(from.x() + 34, a.y() - lift), new Point(to.x() - 34, b.y() - lift), to);
    }
    if (b.y() >= a.bottom()) {
      Point from = new Point(a.x() + a.width() * 0.62, a.bottom());
      if (b.x() > a.right()) {
        Point to = new Point(b.x(), b.centreY());
        double down = Math.max(24, (to.y() - from.y()) * 0.75);
        return Track.curve(
            from, new Point(from.x(), from.y() + down), new Point(to.x() - 60, to.y()), to);
      }
      Point to = new Point(b.x() + Math.min(b.width() * 0.5, 60), b.y());
      double half = (to.y() - from.y()) * 0.55;
      return Track.curve(
          from, new Point(from.x(), from.y() + half), new Point(to.x(), to.y() - half), to);
    }
    if (b.bottom() <= a.y()) {
      Point from = new Point(a.x() + a.width() * 0.62, a.y());
      Point to =
          b.x() > a.right()
              ? new Point(b.x(), b.centreY())
              : new Point(b.x() + b.width() * 0.5, b.bottom());
      double up = Math.max(24, (from.y() - to.y()) * 0.6);
      Point end =
          b.x() > a.right() ? new Point(to.x() - 60, to.y()) : new Point(to.x(), to.y() + up);
      return Track.curve(from, new Point(from.x(), from.y() - up), end, to);
    }
    return Track.through(
        List.of(new Point(a.centreX(), a.centreY()), new Point(b.centreX(), b.centreY())), 0);
  }
}
