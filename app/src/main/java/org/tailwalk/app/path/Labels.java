// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.path;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.tailwalk.app.path.StageLayout.Box;
import org.tailwalk.app.path.Track.Point;

/** Finds places for the labels of ways: beside their way, on no node, no other way and no label. */
final class Labels {
  /** A label's middle stands so much higher than its way: above the arrows of both lanes. */
  static final double ABOVE = 13;

  private static final double HEIGHT = 11;
  private static final double BESIDE = 2;
  private static final double COVERED = 100;
  private static final double CROSSED = 10;

  private final PathGraph graph;
  private final Map<String, Box> nodes;
  private final Map<String, Box> groups;
  private final Map<String, Track> tracks;
  private final Map<String, Box> placed = new LinkedHashMap<>();

  private Labels(
      PathGraph graph, Map<String, Box> nodes, Map<String, Box> groups, Map<String, Track> tracks) {
    this.graph = graph;
    this.nodes = nodes;
    this.groups = groups;
    this.tracks = tracks;
  }

  /** The places by {@link StageLayout#key}; of ways that have none no label is drawn. */
  static Map<String, Box> place(
      PathGraph graph, Map<String, Box> nodes, Map<String, Box> groups, Map<String, Track> tracks) {
    Labels labels = new Labels(graph, nodes, groups, tracks);
    Set<String> crossed = new HashSet<>();
    for (PathGraph.Edge edge : graph.edges()) {
      Track track = tracks.get(StageLayout.key(edge.from(), edge.to()));
      // Ways to another group share their lane: one label is enough for all to the same program.
      boolean again = edge.way() == PathGraph.Way.CROSS && !crossed.add(edge.to());
      if (track != null && !edge.label().isEmpty() && !again) {
        labels.place(edge, track);
      }
    }
    return labels.placed;
  }

  /** A place for what is written beside a way that has no label of its own. */
  static Box beside(StageLayout layout, Track way, String text) {
    Map<String, Track> ways = new HashMap<>(layout.tracks());
    ways.put("", way);
    Labels labels = new Labels(layout.graph(), layout.nodes(), layout.groups(), ways);
    labels.placed.putAll(layout.labels());
    return labels.best(way, width(text));
  }

  /** How wide a label is. */
  static double width(String text) {
    return letters(text) * StagePainter.DETAIL_SIZE * 0.6;
  }

  /** A Korean or Chinese letter takes the room of nearly two. */
  static double letters(String text) {
    return text.length() + 0.75 * text.chars().filter(c -> c >= 0x1100).count();
  }

  /** The plate of a label around its middle. */
  static Box plate(double x, double y, double width) {
    return new Box(x - width / 2 - BESIDE, y - HEIGHT / 2 - 0.5, width + 2 * BESIDE, HEIGHT);
  }

  /** The plate of a group's name. */
  static Box title(PathGraph.Group group, Box box) {
    String text = StagePainter.text(group);
    return new Box(box.x() + 8, box.y() + 6, letters(text) * 6.2 + 6, 14);
  }

  private void place(PathGraph.Edge edge, Track track) {
    placed.put(StageLayout.key(edge.from(), edge.to()), best(track, width(edge.label())));
  }

  private Box best(Track track, double width) {
    Box best = null;
    double least = Double.MAX_VALUE;
    for (Point at : places(track, width)) {
      Box plate = plate(at.x(), at.y(), width);
      double cost = cost(plate);
      if (best == null || cost < least) {
        best = plate;
        least = cost;
      }
      if (cost == 0) {
        break;
      }
    }
    return Objects.requireNonNull(best);
  }

  /**
   * The best first: above the last level piece, then along all of them, above and below, then
   * beside upright ones.
   */
  private static List<Point> places(Track track, double width) {
    List<Point> places = new ArrayList<>();
    Point usual = track.labelPoint(width);
    places.add(new Point(usual.x(), usual.y() - ABOVE));
    for (double side : new double[] {-ABOVE, ABOVE}) {
      for (int i = track.size() - 1; i > 0; i--) {
        double left = Math.min(track.x(i), track.x(i - 1)) + width / 2 + 3;
        double right = Math.max(track.x(i), track.x(i - 1)) - width / 2 - 3;
        if (Math.abs(track.y(i) - track.y(i - 1)) < 0.5 && right >= left) {
          double y = track.y(i) + side;
          for (double part : new double[] {0.5, 1, 0, 0.75, 0.25}) {
            places.add(new Point(left + (right - left) * part, y));
          }
        }
      }
    }
    for (double side : new double[] {1, -1}) {
      for (int i = track.size() - 1; i > 0; i--) {
        boolean upright = Math.abs(track.x(i) - track.x(i - 1)) < 0.5;
        if (upright && Math.abs(track.y(i) - track.y(i - 1)) > HEIGHT) {
          double x = track.x(i) + side * (width / 2 + ABOVE / 2);
          places.add(new Point(x, (track.y(i) + track.y(i - 1)) / 2));
        }
      }
    }
    return places;
  }

  private double cost(Box plate) {
    double cost = 0;
    for (Box node : nodes.values()) {
      cost += overlap(plate, node) ? COVERED : 0;
    }
    for (Box label : placed.values()) {
      cost += overlap(plate, label) ? COVERED : 0;
    }
    for (PathGraph.Group group : graph.groups()) {
      Box box = groups.get(group.id());
      cost += box != null && overlap(plate, title(group, box)) ? COVERED : 0;
    }
    for (Track track : tracks.values()) {
      cost += track.crosses(plate) ? CROSSED : 0;
    }
    return cost;
  }

  private static boolean overlap(Box a, Box b) {
    return a.x() < b.right() && b.x() < a.right() && a.y() < b.bottom() && b.y() < a.bottom();
  }
}
