// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.path;

import java.util.List;
import java.util.function.Predicate;
import javafx.geometry.VPos;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.paint.Color;
import javafx.scene.text.TextAlignment;
import org.tailwalk.app.path.StageLayout.Box;
import org.tailwalk.app.theme.Palette;
import org.tailwalk.app.theme.Theme;

/** Paints what stands still: groups, programs, and the ways between them, none of them taken. */
final class StagePainter {
  static final double TITLE_SIZE = 11;
  static final double DETAIL_SIZE = 10;
  static final double[] SOLID = {};
  private static final double[] DASH = {4, 4};

  private final Theme theme;

  StagePainter(Theme theme) {
    this.theme = theme;
  }

  void paint(GraphicsContext g, StageLayout layout) {
    Palette colours = theme.palette();
    for (PathGraph.Group group : layout.graph().groups()) {
      Box box = layout.groups().get(group.id());
      if (box != null) {
        group(g, colours, group, box);
      }
    }
    for (PathGraph.Edge edge : layout.graph().edges()) {
      Track track = layout.tracks().get(StageLayout.key(edge.from(), edge.to()));
      if (track != null) {
        way(g, track, colours.faint(), 1, DASH, 0);
        arrow(g, track, colours.faint(), 0, 5);
      }
    }
    labels(g, layout, _ -> true);
    for (PathGraph.Node node : layout.graph().nodes()) {
      Box box = layout.nodes().get(node.id());
      if (box != null) {
        untouched(g, node, box);
      }
    }
  }

  /** A node that nothing has entered. */
  void untouched(GraphicsContext g, PathGraph.Node node, Box box) {
    Palette colours = theme.palette();
    frame(
        g,
        box,
        colours.raised(),
        colours.groupBorder().interpolate(colours.faint(), 0.45),
        1,
        SOLID);
    words(g, node.title(), node.detail(), box, colours.muted(), colours.faint());
  }

  /** What is written beside ways and groups once more, on a plate: ways pass behind it. */
  void titles(GraphicsContext g, StageLayout layout) {
    groupTitles(g, layout);
    labels(g, layout, edge -> edge.way() == PathGraph.Way.CROSS);
  }

  private void labels(GraphicsContext g, StageLayout layout, Predicate<PathGraph.Edge> which) {
    Palette colours = theme.palette();
    for (PathGraph.Edge edge : layout.graph().edges()) {
      Box at = layout.labels().get(StageLayout.key(edge.from(), edge.to()));
      if (at != null && which.test(edge)) {
        label(g, at, edge.label(), colours.muted(), colours.group());
      }
    }
  }

  /** The groups' names alone, where ways have labels of their own. */
  void groupTitles(GraphicsContext g, StageLayout layout) {
    Palette colours = theme.palette();
    for (PathGraph.Group group : layout.graph().groups()) {
      Box box = layout.groups().get(group.id());
      if (box != null) {
        g.setFill(colours.group());
        Box plate = Labels.title(group, box);
        g.fillRect(plate.x(), plate.y(), plate.width(), plate.height());
        title(g, colours, group, box);
      }
    }
  }

  private void group(GraphicsContext g, Palette colours, PathGraph.Group group, Box box) {
    g.setFill(colours.group());
    g.setStroke(colours.groupBorder());
    g.setLineWidth(1);
    g.setLineDashes();
    g.fillRoundRect(box.x(), box.y(), box.width(), box.height(), 10, 10);
    g.strokeRoundRect(box.x(), box.y(), box.width(), box.height(), 10, 10);
    title(g, colours, group, box);
  }

  private void title(GraphicsContext g, Palette colours, PathGraph.Group group, Box box) {
    g.setFont(theme.strong(10));
    g.setFill(colours.muted());
    g.setTextAlign(TextAlignment.LEFT);
    g.setTextBaseline(VPos.CENTER);
    g.fillText(text(group), box.x() + 11, box.y() + 13);
  }

  static String text(PathGraph.Group group) {
    return group.about().isEmpty() ? group.title() : group.title() + " · " + group.about();
  }

  /** A way, {@code offset} pixels below its middle. */
  static void way(
      GraphicsContext g, Track track, Color colour, double width, double[] dash, double offset) {
    g.setStroke(colour);
    g.setLineWidth(width);
    g.setLineDashes(dash);
    g.beginPath();
    g.moveTo(track.x(0), track.y(0) + offset);
    for (int i = 1; i < track.size(); i++) {
      g.lineTo(track.x(i), track.y(i) + offset);
    }
    g.stroke();
    g.setLineDashes();
  }

  static void arrow(GraphicsContext g, Track track, Color colour, double offset, double size) {
    double angle = track.endAngle();
    double x = track.x(track.size() - 1);
    double y = track.y(track.size() - 1) + offset;
    double back = size * 1.6;
    double leftX = x - back * Math.cos(angle) + size * 0.75 * Math.sin(angle);
    double leftY = y - back * Math.sin(angle) - size * 0.75 * Math.cos(angle);
    double rightX = x - back * Math.cos(angle) - size * 0.75 * Math.sin(angle);
    double rightY = y - back * Math.sin(angle) + size * 0.75 * Math.cos(angle);
    g.setFill(colour);
    g.fillPolygon(new double[] {x, leftX, rightX}, new double[] {y, leftY, rightY}, 3);
  }

  /** Writes beside a way: where its label stands, or would if it had one. */
  void label(
      GraphicsContext g, StageLayout layout, String key, Track track, String text, Color colour) {
    Box known = layout.labels().get(key);
    if (!text.isEmpty()) {
      Box at = known == null ? Labels.beside(layout, track, text) : known;
      label(g, at, text, colour, theme.palette().group());
    }
  }

  private void label(GraphicsContext g, Box at, String text, Color colour, Color ground) {
    Box plate = Labels.plate(at.centreX(), at.centreY(), Labels.width(text));
    g.setFont(theme.mono(DETAIL_SIZE));
    g.setTextAlign(TextAlignment.CENTER);
    g.setTextBaseline(VPos.CENTER);
    g.setFill(ground);
    g.fillRect(plate.x(), plate.y(), plate.width(), plate.height());
    g.setFill(colour);
    g.fillText(text, plate.centreX(), plate.centreY() + 0.5);
  }

  static void frame(
      GraphicsContext g, Box box, Color fill, Color border, double width, double[] dash) {
    g.setFill(fill);
    g.fillRoundRect(box.x(), box.y(), box.width(), box.height(), 9, 9);
    g.setStroke(border);
    g.setLineWidth(width);
    g.setLineDashes(dash);
    g.strokeRoundRect(box.x(), box.y(), box.width(), box.height(), 9, 9);
    g.setLineDashes();
  }

  void words(GraphicsContext g, String title, String detail, Box box, Color first, Color second) {
    g.setTextAlign(TextAlignment.LEFT);
    g.setTextBaseline(VPos.CENTER);
    boolean one = detail.isEmpty();
    double top = box.y() + 22;
    g.setFont(theme.monoStrong(TITLE_SIZE));
    g.setFill(first);
    g.fillText(cut(title, box.width() - 18, TITLE_SIZE), box.x() + 10, one ? top : top - 7);
    if (!one) {
      g.setFont(theme.mono(DETAIL_SIZE));
      g.setFill(second);
      g.fillText(cut(detail, box.width() - 18, DETAIL_SIZE), box.x() + 10, top + 8);
    }
  }

  /** Words in two lines where one has no room for them. */
  static List<String> lines(String text, double width) {
    int fits = (int) Math.max(1, Math.floor(width / (DETAIL_SIZE * 0.6)));
    if (text.length() <= fits) {
      return List.of(text);
    }
    int space = text.lastIndexOf(' ', fits);
    return space <= 0
        ? List.of(cut(text, width, DETAIL_SIZE))
        : List.of(text.substring(0, space), cut(text.substring(space + 1), width, DETAIL_SIZE));
  }

  /** The mono face advances 0.6 of its size. */
  static String cut(String text, double width, double size) {
    int fits = (int) Math.max(1, Math.floor(width / (size * 0.6)));
    return text.length() <= fits ? text : text.substring(0, fits - 1) + "…";
  }
}
