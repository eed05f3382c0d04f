// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.report.html;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.tailwalk.app.text.Texts;
import org.tailwalk.compare.PathBox;

/** A packet's path as a picture, with the same in words for who can't see it. */
final class PathSvg {
  private static final double LETTER = 6.7;
  private static final double HEIGHT = 46;
  private static final double GAP = 28;
  private static final double LINE = 62;
  private static final double WIDEST = 1130;

  private PathSvg() {}

  /**
   * The picture.
   *
   * @param id unique on the page
   */
  static Html of(String id, String title, List<PathBox> path) {
    double[] x = new double[path.size()];
    int[] line = new int[path.size()];
    double at = 3;
    int row = 0;
    double right = 3;
    for (int i = 0; i < path.size(); i++) {
      double width = width(path.get(i));
      if (at > 3 && at + width > WIDEST) {
        at = 3 + GAP;
        row++;
      }
      x[i] = at;
      line[i] = row;
      at += width + GAP;
      right = Math.max(right, at - GAP + 3);
    }
    double bottom = row * LINE + HEIGHT + 6;
    Html svg = new Html();
    svg.open(
        "svg",
        "xmlns",
        "http://www.w3.org/2000/svg",
        "role",
        "img",
        "aria-labelledby",
        id + "-title " + id + "-words",
        "class",
        "path",
        "viewBox",
        "0 0 " + number(right) + " " + number(bottom),
        "width",
        number(right),
        "height",
        number(bottom));
    svg.element("title", title, "id", id + "-title");
    svg.element("desc", words(path), "id", id + "-words");
    for (int i = 0; i < path.size(); i++) {
      if (i > 0) {
        link(svg, path, x, line, i);
      }
      box(svg, path.get(i), x[i], 3 + line[i] * LINE);
    }
    return svg.end();
  }

  private static void link(Html svg, List<PathBox> path, double[] x, int[] line, int i) {
    double y = 3 + line[i] * LINE + HEIGHT / 2;
    boolean same = line[i] == line[i - 1];
    double from = same ? x[i - 1] + width(path.get(i - 1)) : 3;
    String off = path.get(i).kind() == PathBox.Kind.NOT_REACHED ? " off" : "";
    svg.empty(
        "line",
        "class",
        "link" + off,
        "x1",
        number(from),
        "y1",
        number(y),
        "x2",
        number(x[i]),
        "y2",
        number(y));
  }

  private static void box(Html svg, PathBox box, double x, double y) {
    String kind =
        switch (box.kind()) {
          case PROGRAM -> "program";
          case ARRIVED -> "arrived";
          case DROPPED -> "dropped";
          case UNPOLICED -> "unpoliced";
          case NOT_REACHED -> "not-reached";
        };
    svg.open("g", "class", "box " + kind + (box.differs() ? " differs" : ""));
    svg.empty(
        "rect",
        "x",
        number(x),
        "y",
        number(y),
        "width",
        number(width(box)),
        "height",
        number(HEIGHT),
        "rx",
        "7");
    svg.element(
        "text",
        Texts.say(box.heading()),
        "class",
        "name",
        "x",
        number(x + 11),
        "y",
        number(y + 19));
    svg.element(
        "text", Texts.say(box.note()), "class", "words", "x", number(x + 11), "y", number(y + 35));
    svg.close();
  }

  private static double width(PathBox box) {
    double title = letters(Texts.say(box.heading())) * 1.08;
    return Math.max(title, letters(Texts.say(box.note()))) * LETTER + 24;
  }

  /** A Korean or Chinese letter takes the room of nearly two. */
  private static double letters(String text) {
    return text.length() + 0.75 * text.chars().filter(c -> c >= 0x1100).count();
  }

  /** The path in words: what a screen reader says, and the table's equivalent. */
  static String words(List<PathBox> path) {
    Texts texts = Page.texts();
    return path.stream()
        .map(b -> {
          String words = Texts.say(b.note());
          return Texts.say(b.heading())
              + (words.isEmpty() ? "" : " (" + words + ")")
              + (b.differs() ? texts.get("path.differs") : "");
        })
        .collect(Collectors.joining(texts.get("path.then"), "", texts.get("path.end")));
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, value == Math.rint(value) ? "%.0f" : "%.1f", value);
  }
}
