// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.conntrack;

import java.util.EnumMap;
import java.util.Map;
import javafx.geometry.VPos;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.paint.Color;
import javafx.scene.text.TextAlignment;
import org.tailwalk.app.text.Texts;
import org.tailwalk.app.theme.Palette;
import org.tailwalk.app.theme.Theme;

/** Paints the state diagram and the lifetime bar. */
final class LifePainter {
  private static final Texts TEXTS = Texts.of(LifePainter.class);

  private static final double HEIGHT = 132;

  /** With what comes next in a line of its own. */
  private static final double TIGHT_HEIGHT = 146;

  /** Smaller letters can't be read. */
  private static final double LEAST_SCALE = 0.86;

  private static final double BOX = 30;
  private static final double TOP = 22;
  private static final double BAR = 100;
  private static final double LEAST = 344;

  /** The same when the states move together. */
  private static final double LEAST_TIGHT = 256;

  private record Spot(double x, double y, double width) {
    double right() {
      return x + width;
    }

    double middle() {
      return y + BOX / 2;
    }
  }

  private final Theme theme;

  LifePainter(Theme theme) {
    this.theme = theme;
  }

  /** How large it is drawn in a pane of that width. */
  private static double scale(double room) {
    double usual = Math.clamp(room / LEAST, LEAST_SCALE, 1);
    // Small letters are better than states that are out of sight.
    return Math.min(usual, Math.max(0.1, room / LEAST_TIGHT));
  }

  /** Less than this and the states move together. */
  private static boolean tight(double room) {
    return room / scale(room) < LEAST - 1;
  }

  /** What it takes of a pane of that width, pixels. */
  static double height(double room) {
    return Math.ceil((tight(room) ? TIGHT_HEIGHT : HEIGHT) * scale(room));
  }

  void paint(GraphicsContext g, double room, EntryLife life) {
    Palette colours = theme.palette();
    double scale = scale(room);
    double width = room / scale;
    boolean tight = tight(room);
    g.save();
    g.scale(scale, scale);
    double edge = tight ? 6 : 10;
    double none = tight ? 54 : 62;
    double syn = tight ? 36 : 46;
    double active = tight ? 54 : 66;
    double closing = tight ? 70 : 78;
    double gap =
        Math.clamp((width - 2 * edge - none - syn - active - closing) / 3, tight ? 10 : 22, 64);
    Map<EntryState, Spot> spots = new EnumMap<>(EntryState.class);
    double x = edge;
    spots.put(EntryState.NO_ENTRY, new Spot(x, TOP, none));
    x += none + gap;
    if (life.tcp()) {
      spots.put(EntryState.SYN, new Spot(x, TOP, syn));
      x += syn + gap;
      spots.put(EntryState.ACTIVE, new Spot(x, TOP, active));
      x += active + gap;
      spots.put(EntryState.HALF_CLOSED, new Spot(x, 2, closing));
      spots.put(EntryState.DEAD, new Spot(x, 46, closing));
    } else {
      spots.put(EntryState.ACTIVE, new Spot(x, TOP, active));
    }
    if (life.tcp()) {
      way(g, spots, EntryState.NO_ENTRY, EntryState.SYN, TEXTS.get("way.create"), life);
      way(g, spots, EntryState.SYN, EntryState.ACTIVE, TEXTS.get("way.non-syn"), life);
      way(g, spots, EntryState.ACTIVE, EntryState.HALF_CLOSED, "FIN", life);
      way(g, spots, EntryState.ACTIVE, EntryState.DEAD, "RST", life);
      down(g, spots, life);
    } else {
      way(g, spots, EntryState.NO_ENTRY, EntryState.ACTIVE, TEXTS.get("way.create"), life);
    }
    spots.forEach((state, spot) -> state(g, state, spot, life));
    bar(g, width, tight, life, colours);
    g.restore();
  }

  private void state(GraphicsContext g, EntryState state, Spot spot, EntryLife life) {
    Palette c = theme.palette();
    boolean now = state == life.after();
    boolean before = state == life.before() && !now;
    boolean bad = now && life.expired();
    Color line = now ? bad ? c.diverge() : c.forward() : before ? c.text() : c.faint();
    g.setFill(now ? bad ? c.divergeFill() : c.forwardFill() : c.raised());
    g.fillRoundRect(spot.x, spot.y, spot.width, BOX, 30, 30);
    g.setStroke(line);
    g.setLineWidth(now ? 2.4 : before ? 1.4 : 1);
    g.setLineDashes(before ? new double[] {4, 3} : new double[0]);
    g.strokeRoundRect(spot.x, spot.y, spot.width, BOX, 30, 30);
    g.setLineDashes();
    g.setFont(now ? theme.strong(11.5) : theme.sans(11.5));
    g.setFill(now || before ? c.text() : c.muted());
    g.setTextAlign(TextAlignment.CENTER);
    g.setTextBaseline(VPos.CENTER);
    g.fillText(state.label(), spot.x + spot.width / 2, spot.middle());
  }

  private void way(
      GraphicsContext g,
      Map<EntryState, Spot> spots,
      EntryState from,
      EntryState to,
      String label,
      EntryLife life) {
    Spot a = spots.get(from);
    Spot b = spots.get(to);
    if (a == null || b == null) {
      return;
    }
    boolean taken = life.before() == from && life.after() == to;
    Color colour = taken ? theme.palette().forward() : theme.palette().faint();
    g.setStroke(colour);
    g.setLineWidth(taken ? 2 : 1);
    double x1 = a.right() + 2;
    double x2 = b.x - 3;
    g.strokeLine(x1, a.middle(), x2 - 4, b.middle());
    double angle = Math.atan2(b.middle() - a.middle(), x2 - x1);
    head(g, x2, b.middle(), angle, colour);
    g.setFont(theme.sans(10));
    g.setFill(taken ? theme.palette().text() : theme.palette().muted());
    g.setTextAlign(TextAlignment.CENTER);
    g.setTextBaseline(VPos.CENTER);
    boolean falls = b.middle() > a.middle();
    double y = (a.middle() + b.middle()) / 2 + (falls ? 12 : a.y == b.y ? -22 : -10);
    double shift = a.y == b.y ? 0 : -8;
    g.fillText(label, (x1 + x2) / 2 + shift, y);
  }

  /** From half closed to dead. */
  private void down(GraphicsContext g, Map<EntryState, Spot> spots, EntryLife life) {
    Spot a = spots.get(EntryState.HALF_CLOSED);
    Spot b = spots.get(EntryState.DEAD);
    if (a == null || b == null) {
      return;
    }
    boolean taken = life.before() == EntryState.HALF_CLOSED && life.after() == EntryState.DEAD;
    Color colour = taken ? theme.palette().forward() : theme.palette().faint();
    double x = a.x + a.width / 2;
    g.setStroke(colour);
    g.setLineWidth(taken ? 2 : 1);
    g.strokeLine(x, a.y + BOX + 1, x, b.y - 5);
    head(g, x, b.y - 1, Math.PI / 2, colour);
    g.setFont(theme.sans(10));
    g.setFill(theme.palette().muted());
    g.setTextAlign(TextAlignment.LEFT);
    g.fillText("FIN", x + 7, (a.y + BOX + b.y) / 2);
  }

  private static void head(GraphicsContext g, double x, double y, double angle, Color colour) {
    double back = 7;
    double half = 3.4;
    g.setFill(colour);
    g.fillPolygon(
        new double[] {
          x,
          x - back * Math.cos(angle) + half * Math.sin(angle),
          x - back * Math.cos(angle) - half * Math.sin(angle)
        },
        new double[] {
          y,
          y - back * Math.sin(angle) - half * Math.cos(angle),
          y - back * Math.sin(angle) + half * Math.cos(angle)
        },
        3);
  }

  /** From when the lifetime was set to behind the sweep that may take the entry. */
  private void bar(GraphicsContext g, double width, boolean tight, EntryLife life, Palette c) {
    double left = 10;
    double length = width - 20;
    g.setTextBaseline(VPos.CENTER);
    g.setFont(theme.sans(10.5));
    if (life.after() == EntryState.NO_ENTRY) {
      g.setFill(c.border());
      g.fillRoundRect(left, BAR, length, 8, 8, 8);
      g.setFill(c.muted());
      g.setTextAlign(TextAlignment.LEFT);
      g.fillText(life.lifeText(), left, BAR + 20);
      return;
    }
    double start = life.expirySeconds() - (double) life.timeoutSeconds();
    double sweep = life.sweepSeconds().map(Long::doubleValue).orElse(0.0);
    boolean sweepAfter = sweep > life.expirySeconds();
    double live = sweepAfter ? 0.72 : 0.82;
    double span = Math.max(1, life.timeoutSeconds());
    double nowAt =
        life.expired()
            ? live
                + (0.96 - live)
                    * Math.min(
                        1,
                        (life.nowSeconds() - life.expirySeconds())
                            / Math.max(
                                1,
                                (sweepAfter ? sweep : life.nowSeconds() + 1.0)
                                    - life.expirySeconds()))
            : live * Math.clamp((life.nowSeconds() - start) / span, 0, 1);
    g.setFill(c.forwardFill());
    g.setStroke(c.forward());
    g.setLineWidth(1);
    g.fillRoundRect(left, BAR, length * live, 8, 6, 6);
    g.strokeRoundRect(left, BAR, length * live, 8, 6, 6);
    g.setFill(c.divergeFill());
    g.setStroke(c.diverge());
    g.setLineDashes(3, 2);
    g.fillRect(left + length * live, BAR, length * (0.96 - live), 8);
    g.strokeRect(left + length * live, BAR, length * (0.96 - live), 8);
    g.setLineDashes();
    g.setFill(life.expired() ? c.diverge() : c.forward());
    g.fillRoundRect(left, BAR, Math.max(6, length * nowAt), 8, 6, 6);
    g.setFill(c.text());
    g.fillRect(left + length * nowAt - 1, BAR - 4, 2, 16);
    double sweepX = left + length * 0.96;
    if (sweepAfter) {
      g.setFill(c.drop());
      g.fillRect(sweepX - 1, BAR - 5, 2.4, 18);
    } else if (life.sweepSeconds().isPresent() && sweep >= life.nowSeconds()) {
      double at = left + length * live * Math.clamp((sweep - start) / span, 0, 1);
      g.setFill(c.drop());
      g.fillRect(at - 0.8, BAR - 3, 1.6, 14);
    }
    g.setFill(life.expired() ? c.divergeText() : c.muted());
    g.setTextAlign(TextAlignment.LEFT);
    g.fillText(life.lifeText(), left, BAR + 21);
    g.setFill(c.drop());
    // Side by side the two would run into each other in a narrow pane.
    g.setTextAlign(tight ? TextAlignment.LEFT : TextAlignment.RIGHT);
    g.fillText(life.sweepText(), tight ? left : left + length, BAR + (tight ? 36 : 21));
    g.setTextAlign(TextAlignment.RIGHT);
    if (!life.expired()) {
      g.setFill(c.divergeText());
      g.fillText(TEXTS.get("bar.expired"), left + length * 0.96, BAR - 9);
    }
  }
}
