// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.path;

import org.jspecify.annotations.Nullable;
import org.tailwalk.app.path.StageLayout.Box;
import org.tailwalk.app.path.Track.Point;

/**
 * Where tokens and letters are: a function of layout, walk, row and fraction, and of nothing else.
 */
public final class Motion {
  /**
   * Which lane a token belongs to: the kernel's rests on a node's roof, the model's at its foot.
   */
  public enum Lane {
    KERNEL(-3),
    MODEL(3);

    private final double offset;

    Lane(double offset) {
      this.offset = offset;
    }

    /** How far from a way's middle this lane runs, in pixels downward. */
    double offset() {
      return offset;
    }
  }

  private static final double LEAVE = 0.15;
  private static final double REST = 14;

  /** How far out of its node a token rests, so that it covers no line of the node's words. */
  private static final double OUT = 3;

  /** How much lower a node's foot is than laid out, where it has opened to say something. */
  @FunctionalInterface
  interface Feet {
    /** Nobody has anything to say. */
    Feet PLAIN = (_, _) -> 0;

    /** At that row. */
    double lower(String node, int row);
  }

  private Motion() {}

  /**
   * Where a lane's token is.
   *
   * @param feet of nodes that have something to say
   * @param eased whether it starts and stops softly
   * @return null when it is nowhere on the stage
   */
  static @Nullable Point token(
      StageLayout layout,
      Walk walk,
      Feet feet,
      Lane lane,
      int row,
      double fraction,
      boolean eased) {
    String from = walk.place(row);
    String to = walk.place(row + 1);
    Point start = rest(layout, from, lane, feet.lower(from, row));
    Point end = rest(layout, to, lane, feet.lower(to, row + 1));
    if (start == null) {
      return fraction > 0.5 ? end : null;
    }
    boolean stays = from.equals(to) && !walk.again().contains(row + 1);
    if (end == null || stays || fraction <= 0) {
      return start;
    }
    return along(layout, from, to, start, end, lane.offset, eased ? ease(fraction) : fraction);
  }

  /** Where a letter is that leaves {@code from} for the monitor. */
  public static @Nullable Point letter(StageLayout layout, String from, double fraction) {
    Box node = layout.nodes().get(from);
    Box monitor = layout.nodes().get(PathGraph.MONITOR);
    if (node == null || monitor == null) {
      return null;
    }
    Point start = new Point(node.centreX(), node.centreY());
    Point end = new Point(monitor.x() + 18, monitor.centreY());
    double t = ease(fraction);
    double lift = Math.sin(Math.PI * t) * 26;
    return new Point(
        start.x() + (end.x() - start.x()) * t, start.y() + (end.y() - start.y()) * t - lift);
  }

  private static @Nullable Point rest(StageLayout layout, String node, Lane lane, double lower) {
    Box box = layout.nodes().get(node);
    return box == null
        ? null
        : new Point(
            box.right() - REST, lane == Lane.KERNEL ? box.y() - OUT : box.bottom() + lower + OUT);
  }

  private static Point along(
      StageLayout layout,
      String from,
      String to,
      Point start,
      Point end,
      double offset,
      double fraction) {
    Track track = Ways.between(layout, from, to);
    if (track == null) {
      return mix(start, end, fraction);
    }
    Point in = shift(track.at(0), offset);
    Point out = shift(track.at(1), offset);
    if (fraction < LEAVE) {
      return mix(start, in, fraction / LEAVE);
    }
    if (fraction > 1 - LEAVE) {
      return mix(out, end, (fraction - 1 + LEAVE) / LEAVE);
    }
    return shift(track.at((fraction - LEAVE) / (1 - 2 * LEAVE)), offset);
  }

  private static Point shift(Point p, double offset) {
    return new Point(p.x(), p.y() + offset);
  }

  private static Point mix(Point a, Point b, double t) {
    return new Point(a.x() + (b.x() - a.x()) * t, a.y() + (b.y() - a.y()) * t);
  }

  private static double ease(double t) {
    return t * t * (3 - 2 * t);
  }
}
