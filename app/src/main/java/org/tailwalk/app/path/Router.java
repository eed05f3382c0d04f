// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.path;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.PriorityQueue;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.tailwalk.app.path.StageLayout.Box;
import org.tailwalk.app.path.Track.Point;

/**
 * Finds ways of level and upright pieces that keep clear of boxes: the shortest with few corners,
 * over the lines that run along the boxes' edges (Dijkstra's algorithm).
 */
final class Router {
  /** A corner is worth a detour of so many pixels. */
  private static final double CORNER = 30;

  /** How far a way runs from boxes that it passes. */
  static final double CLEAR = 6;

  /** Lines nearer to one another than this are one. */
  private static final double SAME = 2;

  private static final int LEVEL = 0;
  private static final int UPRIGHT = 1;

  private final List<Box> boxes;

  /** With what no way may run through. */
  Router(Collection<Box> boxes) {
    this.boxes = List.copyOf(boxes);
  }

  /**
   * Where a way may begin or end.
   *
   * @param at on a node's edge
   * @param out how far out of the node it runs straight on, to the right
   * @param down the same, downward
   */
  record Port(Point at, double out, double down) {
    Point outside() {
      return new Point(at.x() + out, at.y() + down);
    }

    int direction() {
      return out != 0 ? LEVEL : UPRIGHT;
    }
  }

  /** The corners of the best way from one of some ports to one of others; null for none. */
  @Nullable List<Point> route(List<Port> from, List<Port> to) {
    double[] xs = lines(from, to, true);
    double[] ys = lines(from, to, false);
    Blocked blocked = new Blocked(xs, ys);
    int states = xs.length * ys.length * 2;
    double[] cost = new double[states];
    int[] before = new int[states];
    Arrays.fill(cost, Double.MAX_VALUE);
    Arrays.fill(before, -1);
    PriorityQueue<double[]> open = new PriorityQueue<>((a, b) -> Double.compare(a[0], b[0]));
    for (Port port : from) {
      int state = state(port, xs, ys);
      if (open(port)) {
        cost[state] = 0;
        open.add(new double[] {0, state});
      }
    }
    int[] ends = to.stream().mapToInt(port -> state(port, xs, ys)).toArray();
    while (!open.isEmpty()) {
      double[] next = open.remove();
      int state = (int) next[1];
      if (next[0] > cost[state]) {
        continue;
      }
      for (int i = 0; i < ends.length; i++) {
        if (ends[i] == state && open(to.get(i))) {
          return corners(state, before, xs, ys, from, to.get(i));
        }
      }
      int direction = state % 2;
      int x = state / 2 % xs.length;
      int y = state / 2 / xs.length;
      step(state, state ^ 1, CORNER, cost, before, open);
      for (int by = -1; by <= 1; by += 2) {
        int toX = direction == LEVEL ? x + by : x;
        int toY = direction == LEVEL ? y : y + by;
        if (toX >= 0
            && toY >= 0
            && toX < xs.length
            && toY < ys.length
            && !blocked.at(Math.min(x, toX), Math.min(y, toY), direction)) {
          double length = Math.abs(xs[toX] - xs[x]) + Math.abs(ys[toY] - ys[y]);
          step(state, (toY * xs.length + toX) * 2 + direction, length, cost, before, open);
        }
      }
    }
    return null;
  }

  private static void step(
      int from, int to, double more, double[] cost, int[] before, PriorityQueue<double[]> open) {
    double now = cost[from] + more;
    if (now < cost[to]) {
      cost[to] = now;
      before[to] = from;
      open.add(new double[] {now, to});
    }
  }

  private static int state(Port port, double[] xs, double[] ys) {
    int x = nearest(xs, port.outside().x());
    int y = nearest(ys, port.outside().y());
    return (y * xs.length + x) * 2 + port.direction();
  }

  private static int nearest(double[] lines, double at) {
    int best = 0;
    for (int i = 1; i < lines.length; i++) {
      if (Math.abs(lines[i] - at) < Math.abs(lines[best] - at)) {
        best = i;
      }
    }
    return best;
  }

  /** The ports' lines as they are, and those beside the boxes that aren't the same as another. */
  private double[] lines(List<Port> from, List<Port> to, boolean across) {
    TreeSet<Double> lines = new TreeSet<>();
    for (List<Port> ports : List.of(from, to)) {
      ports.forEach(port -> lines.add(across ? port.outside().x() : port.outside().y()));
    }
    for (Box box : boxes) {
      double first = across ? box.x() : box.y();
      double last = across ? box.right() : box.bottom();
      for (double line : new double[] {first - CLEAR, last + CLEAR}) {
        Double below = lines.floor(line);
        Double above = lines.ceiling(line);
        if ((below == null || line - below > SAME) && (above == null || above - line > SAME)) {
          lines.add(line);
        }
      }
    }
    return lines.stream().mapToDouble(Double::doubleValue).toArray();
  }

  /** Which pieces between neighbouring lines run through a box. */
  private final class Blocked {
    private final double[] xs;
    private final double[] ys;
    private final BitSet pieces;

    Blocked(double[] xs, double[] ys) {
      this.xs = xs;
      this.ys = ys;
      this.pieces = new BitSet(xs.length * ys.length * 2);
      for (Box box : boxes) {
        double near = CLEAR / 2;
        mark(box.x() - near, box.right() + near, box.y() - near, box.bottom() + near);
      }
    }

    private void mark(double left, double right, double top, double bottom) {
      int firstX = first(xs, left);
      int firstY = first(ys, top);
      for (int y = Math.max(0, firstY - 1); y < ys.length && ys[y] < bottom; y++) {
        for (int x = Math.max(0, firstX - 1); x < xs.length && xs[x] < right; x++) {
          if (ys[y] > top && x + 1 < xs.length && xs[x + 1] > left) {
            pieces.set((y * xs.length + x) * 2 + LEVEL);
          }
          if (xs[x] > left && y + 1 < ys.length && ys[y + 1] > top) {
            pieces.set((y * xs.length + x) * 2 + UPRIGHT);
          }
        }
      }
    }

    /** The first line behind a place. */
    private static int first(double[] lines, double place) {
      int at = Arrays.binarySearch(lines, place);
      return at >= 0 ? at : -at - 1;
    }

    /** The piece from a point to the right, or downward. */
    boolean at(int x, int y, int direction) {
      return pieces.get((y * xs.length + x) * 2 + direction);
    }
  }

  /** Whether nothing but its own node is near a port. */
  private boolean open(Port port) {
    return boxes.stream()
        .filter(box -> !box.contains(port.at().x(), port.at().y()))
        .noneMatch(box -> runsThrough(box, port.at(), port.outside()));
  }

  private static boolean runsThrough(Box box, Point a, Point b) {
    double near = CLEAR / 2;
    return Math.max(a.x(), b.x()) > box.x() - near
        && Math.min(a.x(), b.x()) < box.right() + near
        && Math.max(a.y(), b.y()) > box.y() - near
        && Math.min(a.y(), b.y()) < box.bottom() + near;
  }

  private static List<Point> corners(
      int last, int[] before, double[] xs, double[] ys, List<Port> from, Port end) {
    List<Point> back = new ArrayList<>();
    back.add(end.at());
    int first = last;
    for (int state = last; state >= 0; state = before[state]) {
      int at = state / 2;
      back.add(new Point(xs[at % xs.length], ys[at / xs.length]));
      first = state;
    }
    for (Port port : from) {
      if (state(port, xs, ys) == first) {
        back.add(port.at());
        break;
      }
    }
    Collections.reverse(back);
    return straightened(back);
  }

  /** Without the points in the middle of straight pieces. */
  private static List<Point> straightened(List<Point> points) {
    List<Point> corners = new ArrayList<>();
    for (Point point : points) {
      int size = corners.size();
      if (size > 0 && corners.getLast().equals(point)) {
        continue;
      }
      if (size > 1 && level(corners.get(size - 2), corners.getLast(), point)) {
        corners.removeLast();
      }
      corners.add(point);
    }
    return corners;
  }

  private static boolean level(Point a, Point b, Point c) {
    return a.x() == b.x() && b.x() == c.x() || a.y() == b.y() && b.y() == c.y();
  }
}
