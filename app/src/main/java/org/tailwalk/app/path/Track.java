// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.path;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A way as points in the stage's own coordinates, and how far along it one is. Immutable.
 *
 * <p>Curves are given as many short lines: what is painted and what a token follows is then the
 * same thing.
 */
public final class Track {
  /** A point of the stage. */
  public record Point(double x, double y) {}

  private static final int CURVE_PARTS = 28;

  private final double[] x;
  private final double[] y;
  private final double[] upTo;

  private Track(List<Point> points) {
    x = points.stream().mapToDouble(Point::x).toArray();
    y = points.stream().mapToDouble(Point::y).toArray();
    upTo = new double[x.length];
    for (int i = 1; i < x.length; i++) {
      upTo[i] = upTo[i - 1] + Math.hypot(x[i] - x[i - 1], y[i] - y[i - 1]);
    }
  }

  /** Straight lines through at least two points, their corners rounded by {@code radius}. */
  public static Track through(List<Point> corners, double radius) {
    if (corners.size() < 2) {
      throw new IllegalArgumentException("a way has two ends: " + corners);
    }
    List<Point> points = new ArrayList<>();
    points.add(corners.getFirst());
    for (int i = 1; i < corners.size() - 1; i++) {
      Point corner = corners.get(i);
      Point in = towards(corner, corners.get(i - 1), radius);
      Point out = towards(corner, corners.get(i + 1), radius);
      for (int part = 0; part <= 6; part++) {
        points.add(quadratic(in, corner, out, part / 6.0));
      }
    }
    points.add(corners.getLast());
    return new Track(points);
  }

  /** A cubic curve with two control points. */
  public static Track curve(Point from, Point control1, Point control2, Point to) {
    List<Point> points = new ArrayList<>();
    for (int i = 0; i <= CURVE_PARTS; i++) {
      double t = (double) i / CURVE_PARTS;
      double u = 1 - t;
      double a = u * u * u;
      double b = 3 * u * u * t;
      double c = 3 * u * t * t;
      double d = t * t * t;
      points.add(
          new Point(
              a * from.x + b * control1.x + c * control2.x + d * to.x,
              a * from.y + b * control1.y + c * control2.y + d * to.y));
    }
    return new Track(points);
  }

  private static Point towards(Point corner, Point other, double radius) {
    double length = Math.hypot(other.x - corner.x, other.y - corner.y);
    double part = length == 0 ? 0 : Math.min(radius, length / 2) / length;
    return new Point(
        corner.x + (other.x - corner.x) * part, corner.y + (other.y - corner.y) * part);
  }

  private static Point quadratic(Point a, Point b, Point c, double t) {
    double u = 1 - t;
    return new Point(
        u * u * a.x + 2 * u * t * b.x + t * t * c.x, u * u * a.y + 2 * u * t * b.y + t * t * c.y);
  }

  /** The point at {@code fraction} of the whole length, 0 to 1. */
  public Point at(double fraction) {
    double want = Math.clamp(fraction, 0, 1) * length();
    int i = Arrays.binarySearch(upTo, want);
    if (i >= 0) {
      return new Point(x[i], y[i]);
    }
    int after = Math.min(-i - 1, x.length - 1);
    double span = upTo[after] - upTo[after - 1];
    double part = span == 0 ? 0 : (want - upTo[after - 1]) / span;
    return new Point(
        x[after - 1] + (x[after] - x[after - 1]) * part,
        y[after - 1] + (y[after] - y[after - 1]) * part);
  }

  /** The whole length. */
  public double length() {
    return upTo[upTo.length - 1];
  }

  /** The direction in which it ends, in radians. */
  public double endAngle() {
    Point near = at(length() == 0 ? 0 : 1 - Math.min(1, 6 / length()));
    return Math.atan2(y[y.length - 1] - near.y, x[x.length - 1] - near.x);
  }

  /** How many points {@link #x} and {@link #y} have. */
  public int size() {
    return x.length;
  }

  /** The points' first coordinates. */
  public double x(int i) {
    return x[i];
  }

  /** The points' second coordinates. */
  public double y(int i) {
    return y[i];
  }

  /** Whether any of it lies in a box. */
  boolean crosses(StageLayout.Box box) {
    for (int i = 1; i < x.length; i++) {
      if (crosses(i, box)) {
        return true;
      }
    }
    return false;
  }

  /** The part of a straight piece inside of the box, cut off side by side (Liang and Barsky). */
  private boolean crosses(int piece, StageLayout.Box box) {
    double dx = x[piece] - x[piece - 1];
    double dy = y[piece] - y[piece - 1];
    double[] towards = {-dx, dx, -dy, dy};
    double[] room = {
      x[piece - 1] - box.x(),
      box.right() - x[piece - 1],
      y[piece - 1] - box.y(),
      box.bottom() - y[piece - 1]
    };
    double from = 0;
    double to = 1;
    for (int side = 0; side < 4; side++) {
      if (towards[side] == 0 && room[side] < 0) {
        return false;
      }
      double at = room[side] / towards[side];
      if (towards[side] < 0) {
        from = Math.max(from, at);
      } else if (towards[side] > 0) {
        to = Math.min(to, at);
      }
    }
    return from <= to;
  }

  /** The middle of the last level piece with room for a label of that width. */
  public Point labelPoint(double width) {
    double best = -1;
    Point at = at(0.5);
    for (int i = 1; i < x.length; i++) {
      double run = Math.abs(x[i] - x[i - 1]);
      if (Math.abs(y[i] - y[i - 1]) < 0.5 && run >= Math.min(best, width * 0.6)) {
        best = run;
        at = new Point((x[i] + x[i - 1]) / 2, y[i]);
      }
    }
    // Beside the node at the way's end, not below it.
    double end = x[x.length - 1] - width / 2 - 3;
    boolean last = Math.abs(at.y - y[y.length - 1]) < 0.5 && x[x.length - 1] > at.x;
    return last && at.x > end ? new Point(end, at.y) : at;
  }
}
