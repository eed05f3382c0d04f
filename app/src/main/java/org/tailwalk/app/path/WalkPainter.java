// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.path;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javafx.geometry.VPos;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.paint.Color;
import javafx.scene.text.TextAlignment;
import org.jspecify.annotations.Nullable;
import org.tailwalk.app.path.StageLayout.Box;
import org.tailwalk.app.path.Track.Point;
import org.tailwalk.app.text.Texts;
import org.tailwalk.app.theme.Icon;
import org.tailwalk.app.theme.Palette;
import org.tailwalk.app.theme.Theme;

/** Paints over the stage what the packet has done so far: lit ways and nodes, and what they say. */
final class WalkPainter {
  private static final double[] MODEL_DASH = {6, 4};
  private static final double OPENED = 17;
  private static final double LINE = 12;

  private final Theme theme;
  private final StagePainter base;

  WalkPainter(Theme theme, StagePainter base) {
    this.theme = theme;
    this.base = base;
  }

  /**
   * Paints.
   *
   * @param selected a node's id, empty for none
   * @param ahead whether to show what has not happened yet
   */
  void paint(
      GraphicsContext g, StageLayout layout, StageState state, String selected, boolean ahead) {
    Palette colours = theme.palette();
    Walk kernel = state.kernel();
    Walk model = state.model();
    Set<String> both = new HashSet<>();
    if (kernel != null && model != null) {
      both.addAll(keys(kernel.route(state.row())));
      both.retainAll(keys(model.route(state.row())));
    }
    if (kernel != null && ahead) {
      ahead(g, layout, kernel, state.row(), colours.kernel());
    }
    if (model != null) {
      if (ahead) {
        ahead(g, layout, model, state.row(), colours.model());
      }
      lane(g, layout, model, state.row(), Motion.Lane.MODEL, both);
    }
    if (kernel != null) {
      lane(g, layout, kernel, state.row(), Motion.Lane.KERNEL, both);
    }
    base.titles(g, layout);
    Set<String> byKernel = visited(kernel, state.row());
    Set<String> byModel = visited(model, state.row());
    for (PathGraph.Node node : layout.graph().nodes()) {
      Box box = layout.nodes().get(node.id());
      if (box != null) {
        node(g, node, box, state, byKernel.contains(node.id()), byModel.contains(node.id()));
      }
    }
    if (ahead) {
      parting(g, layout, state);
    }
    Box chosen = layout.nodes().get(selected);
    if (chosen != null) {
      g.setStroke(colours.text());
      g.setLineWidth(1.2);
      g.setLineDashes(2, 3);
      g.strokeRoundRect(
          chosen.x() - 4, chosen.y() - 4, chosen.width() + 8, chosen.height() + 8, 13, 13);
      g.setLineDashes();
    }
  }

  private static List<String> keys(List<String> route) {
    List<String> keys = new ArrayList<>();
    for (int i = 1; i < route.size(); i++) {
      keys.add(StageLayout.key(route.get(i - 1), route.get(i)));
    }
    return keys;
  }

  /** The rest of the way, thin: where it will go. */
  private static void ahead(
      GraphicsContext g, StageLayout layout, Walk walk, int row, Color colour) {
    List<String> done = walk.route(row);
    List<String> all = walk.route(Integer.MAX_VALUE - 1);
    for (int i = Math.max(1, done.size()); i < all.size(); i++) {
      Track track = Ways.between(layout, all.get(i - 1), all.get(i));
      if (track != null) {
        StagePainter.way(g, track, colour.deriveColor(0, 1, 1, 0.45), 1.2, new double[] {2, 4}, 0);
      }
    }
  }

  private void lane(
      GraphicsContext g,
      StageLayout layout,
      Walk walk,
      int row,
      Motion.Lane lane,
      Set<String> shared) {
    boolean kernel = lane == Motion.Lane.KERNEL;
    Color colour = kernel ? theme.palette().kernel() : theme.palette().model();
    List<String> route = walk.route(row);
    Map<String, Integer> times = new HashMap<>();
    keys(route).forEach(key -> times.merge(key, 1, Integer::sum));
    Set<String> drawn = new HashSet<>();
    for (int i = 1; i < route.size(); i++) {
      String from = route.get(i - 1);
      String to = route.get(i);
      if (!drawn.add(StageLayout.key(from, to))) {
        continue;
      }
      int often = times.getOrDefault(StageLayout.key(from, to), 1);
      Track track = Ways.between(layout, from, to);
      if (track == null) {
        continue;
      }
      double offset = shared.contains(StageLayout.key(from, to)) ? lane.offset() : 0;
      if (kernel) {
        StagePainter.way(g, track, colour, 2.4, new double[0], offset);
      } else {
        StagePainter.way(g, track, colour, 2, MODEL_DASH, offset);
      }
      StagePainter.arrow(g, track, colour, offset, 6);
      for (PathGraph.Edge edge : layout.graph().edges()) {
        if (edge.from().equals(from) && edge.to().equals(to) && edge.way() != PathGraph.Way.CROSS) {
          String label = often == 1 ? edge.label() : "%s  %d×".formatted(edge.label(), often);
          base.label(g, layout, StageLayout.key(from, to), track, label, colour);
        }
      }
      if (to.startsWith("@") && walk.end() == Walk.End.UNHEARD) {
        unpoliced(g, track);
      }
    }
  }

  private void unpoliced(GraphicsContext g, Track track) {
    Point top = track.at(0.5);
    g.setFont(theme.monoStrong(10));
    g.setTextAlign(TextAlignment.CENTER);
    g.setTextBaseline(VPos.CENTER);
    String words = Texts.of(WalkPainter.class).get("unpoliced");
    double width = 0;
    for (int i = 0; i < words.length(); i++) {
      // Korean and Chinese letters are as wide as they are high.
      width += words.charAt(i) < 0x1100 ? 6 : 10;
    }
    g.setFill(theme.palette().group());
    g.fillRect(top.x() - width / 2 - 3, top.y() + 3, width + 6, 12);
    g.setFill(theme.palette().drop());
    g.fillText(words, top.x(), top.y() + 9);
  }

  private void node(
      GraphicsContext g,
      PathGraph.Node node,
      Box box,
      StageState state,
      boolean byKernel,
      boolean byModel) {
    if (node.kind() == PathGraph.Kind.MONITOR) {
      monitor(g, node, box, state);
      return;
    }
    if (!byKernel && !byModel) {
      // Ways that cross it pass behind.
      base.untouched(g, node, box);
      return;
    }
    Palette colours = theme.palette();
    Map<String, Motion.Lane> notes = notes(node.id(), state);
    boolean wrongExit =
        node.kind() == PathGraph.Kind.PLACE
            && byKernel == unheard(state.kernel())
            && byModel == unheard(state.model());
    Color border = byKernel ? colours.kernel() : colours.model();
    Color fill = byKernel ? colours.kernelFill() : colours.modelFill();
    double line = 1.6;
    if (!notes.isEmpty() || wrongExit) {
      border = colours.drop();
      fill = colours.dropFill();
      line = 2.2;
    } else if (node.kind() == PathGraph.Kind.PLACE) {
      border = colours.forward();
      fill = colours.forwardFill();
    }
    List<DropNote> told = told(notes, box);
    double more = height(told);
    Box opened = new Box(box.x(), box.y(), box.width(), box.height() + more);
    StagePainter.frame(
        g, opened, fill, border, line, byKernel ? StagePainter.SOLID : new double[] {5, 3});
    base.words(g, node.title(), node.detail(), box, colours.text(), colours.muted());
    double y = box.bottom() + 2;
    for (DropNote note : told) {
      note(g, note.words, note.lane, opened, y);
      y += note.height();
    }
  }

  /** How much a node has opened to say what it has to say. */
  static double opened(String node, Box box, StageState state) {
    return height(told(notes(node, state), box));
  }

  private static List<DropNote> told(Map<String, Motion.Lane> notes, Box box) {
    return notes.entrySet().stream()
        .map(n -> new DropNote(StagePainter.lines(n.getKey(), box.width() - 32), n.getValue()))
        .toList();
  }

  private static double height(List<DropNote> told) {
    return told.stream().mapToDouble(DropNote::height).sum();
  }

  /** A drop told in its node: its words by lines, and whose word it is. */
  private record DropNote(List<String> words, Motion.Lane lane) {
    double height() {
      return OPENED + LINE * (words.size() - 1);
    }
  }

  /** Solid or hollow mark: whose word it is. */
  private void note(GraphicsContext g, List<String> words, Motion.Lane lane, Box box, double y) {
    Palette colours = theme.palette();
    laneMark(g, lane, box.x() + 11, y + 4);
    g.setFont(theme.monoStrong(StagePainter.DETAIL_SIZE));
    g.setFill(colours.drop());
    g.setTextAlign(TextAlignment.LEFT);
    g.setTextBaseline(VPos.CENTER);
    for (int i = 0; i < words.size(); i++) {
      g.fillText(words.get(i), box.x() + 24, y + 4 + LINE * i);
    }
  }

  /** What a node has to say at this row, and which lane says it. */
  private static Map<String, Motion.Lane> notes(String node, StageState state) {
    Map<String, Motion.Lane> notes = new LinkedHashMap<>();
    for (Motion.Lane lane : Motion.Lane.values()) {
      Walk walk = lane == Motion.Lane.KERNEL ? state.kernel() : state.model();
      if (walk != null) {
        for (Walk.Note note : walk.notes()) {
          if (note.node().equals(node) && note.row() <= state.row()) {
            notes.putIfAbsent(note.text(), lane);
          }
        }
      }
    }
    return notes;
  }

  private void laneMark(GraphicsContext g, Motion.Lane lane, double x, double y) {
    Palette colours = theme.palette();
    if (lane == Motion.Lane.KERNEL) {
      g.setFill(colours.kernel());
      g.fillOval(x, y - 3.5, 7, 7);
    } else {
      g.setStroke(colours.model());
      g.setLineWidth(1.8);
      g.strokeOval(x + 1, y - 2.7, 5.4, 5.4);
    }
  }

  private static boolean unheard(@Nullable Walk walk) {
    return walk != null && walk.end() == Walk.End.UNHEARD;
  }

  private static Set<String> visited(@Nullable Walk walk, int row) {
    return walk == null ? Set.of() : Set.copyOf(walk.route(row));
  }

  /** How many letters each lane has sent so far. */
  private void monitor(GraphicsContext g, PathGraph.Node node, Box box, StageState state) {
    Map<Motion.Lane, Integer> got = new HashMap<>();
    boolean drop = false;
    for (Motion.Lane lane : Motion.Lane.values()) {
      Walk walk = lane == Motion.Lane.KERNEL ? state.kernel() : state.model();
      if (walk != null) {
        int count = 0;
        for (Walk.Letter letter : walk.letters()) {
          if (letter.row() <= state.row()) {
            count++;
            drop |= letter.drop();
          }
        }
        got.put(lane, count);
      }
    }
    if (got.values().stream().allMatch(n -> n == 0)) {
      base.untouched(g, node, box);
      return;
    }
    Palette colours = theme.palette();
    StagePainter.frame(
        g, box, colours.raised(), drop ? colours.drop() : colours.muted(), 1.6, StagePainter.SOLID);
    icon(g, Icon.LETTER, box.x() + 10, box.y() + 9, 12, drop ? colours.drop() : colours.muted());
    g.setTextAlign(TextAlignment.LEFT);
    g.setTextBaseline(VPos.CENTER);
    g.setFont(theme.monoStrong(StagePainter.TITLE_SIZE));
    g.setFill(colours.text());
    g.fillText(node.title(), box.x() + 27, box.y() + 15);
    g.setFont(theme.mono(StagePainter.DETAIL_SIZE));
    double x = box.x() + 10;
    double y = box.y() + 30;
    for (Motion.Lane lane : Motion.Lane.values()) {
      Integer count = got.get(lane);
      if (count != null) {
        laneMark(g, lane, x, y);
        g.setFill(colours.text());
        g.fillText(Integer.toString(count), x + 11, y + 0.5);
        x += 34;
      }
    }
  }

  /** The mark where the engines part. */
  private void parting(GraphicsContext g, StageLayout layout, StageState state) {
    String at = state.partsAt();
    Box box = layout.nodes().get(at);
    if (box == null) {
      return;
    }
    Palette colours = theme.palette();
    double x = box.x() - 1;
    double y = box.y() - 1;
    g.setFill(colours.diverge());
    g.fillOval(x - 8, y - 8, 16, 16);
    icon(g, Icon.NOT_EQUAL, x - 5, y - 5, 10, Color.web("#3a2a00"));
  }

  static void icon(GraphicsContext g, Icon icon, double x, double y, double size, Color colour) {
    g.save();
    g.translate(x, y);
    g.scale(size / 16, size / 16);
    g.setFill(colour);
    g.beginPath();
    g.appendSVGPath(icon.path());
    g.fill();
    g.restore();
  }
}
