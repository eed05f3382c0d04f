// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.path;

import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.tailwalk.app.path.StageLayout.Box;
import org.tailwalk.app.path.Track.Point;

/** The way between any two nodes: the layout's where it has one, else a curve. */
final class Ways {
  /** So many points of a way are looked at; boxes are many times as long as what lies between. */
  private static final int POINTS = 48;

  private Ways() {}

  /** Null when one of the nodes is not on the stage. */
  static @Nullable Track between(StageLayout layout, String from, String to) {
    Track known = layout.tracks().get(StageLayout.key(from, to));
    if (known != null) {
      return known;
    }
    Box a = layout.nodes().get(from);
    Box b = layout.nodes().get(to);
    return a == null || b == null || from.equals(to) ? null : around(layout, a, b);
  }

  /** A way through a box would say that the packet went there: then it comes from above. */
  private static Track around(StageLayout layout, Box a, Box b) {
    Track usual = curve(a, b);
    long through = through(layout, usual, a, b);
    if (b.y() < a.bottom() || b.x() <= a.right() || through == 0) {
      return usual;
    }
    Point from = new Point(a.x() + a.width() * 0.62, a.bottom());
    Point to = new Point(b.x() + b.width() * 0.4, b.y());
    double half = (to.y() - from.y()) * 0.75;
    Track over =
        Track.curve(
            from, new Point(from.x(), from.y() + half), new Point(to.x(), to.y() - half), to);
    return through(layout, over, a, b) < through ? over : usual;
  }

  /** How many other boxes a way runs through. */
  private static long through(StageLayout layout, Track way, Box from, Box to) {
    return layout.nodes().values().stream()
        .filter(box -> !box.equals(from) && !box.equals(to))
        .filter(box ->
            IntStream.range(1, POINTS)
                .mapToObj(i -> way.at((double) i / POINTS))
                .anyMatch(at -> box.contains(at.x(), at.y())))
        .count();
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
