// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.transport;

import java.util.BitSet;
import java.util.List;
import java.util.function.IntConsumer;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.control.Tooltip;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;
import javafx.scene.shape.Rectangle;
import org.tailwalk.app.text.Texts;
import org.tailwalk.app.theme.Palette;
import org.tailwalk.app.theme.SharpCanvas;
import org.tailwalk.app.theme.Theme;
import org.tailwalk.replay.history.SweepNote;

/**
 * The strip: painted when the capture or the width changes; the cursor is a node above it. What
 * went wrong stands taller, so that colour is not the only sign.
 */
public final class StripView extends Region {
  private static final double HEIGHT = 26;
  private static final double LOW = 12;
  private static final double LEAST = 5;

  /** What is there at all is seen, however much there is of the other. */
  private static final double SLICE = 2;

  private static final double DOT = 4;

  /** With the row of dots. */
  private static final double TOTAL = HEIGHT + DOT;

  private final Theme theme;
  private final SharpCanvas canvas = new SharpCanvas();
  private final Rectangle cursor = new Rectangle(2, HEIGHT);
  private final IntConsumer go;
  private final Tooltip tip = new Tooltip();
  private byte[] signs = new byte[0];
  private SweepTicks sweeps = new SweepTicks(List.of());
  private String told = "";
  private Strip strip = Strip.of(signs, 1);
  private BitSet stops = new BitSet();
  private int packet;

  /** Calls {@code go} with the number of the packet that was pointed at. */
  public StripView(Theme theme, IntConsumer go) {
    this.theme = theme;
    this.go = go;
    getChildren().addAll(canvas, cursor);
    setMinHeight(TOTAL);
    setPrefHeight(TOTAL);
    setAccessibleText(Texts.of(StripView.class).get("strip.plain"));
    cursor.setManaged(false);
    cursor.setMouseTransparent(true);
    setOnMousePressed(this::pointed);
    setOnMouseDragged(this::pointed);
    setOnMouseMoved(event -> tell(event.getX()));
    theme.modeProperty().addListener((_, _, _) -> paint());
  }

  /**
   * Shows a capture: one ordinal of {@link Strip.Sign} for each packet; the array is not copied.
   */
  public void show(byte[] packetSigns) {
    signs = packetSigns;
    strip = Strip.of(signs, Math.max(1, getWidth()));
    paint();
  }

  /** Shows below the strip the packets that breakpoints may stop in. */
  public void showTicks(BitSet packets) {
    stops = packets;
    paint();
  }

  /** Shows where the collector ran. */
  public void showSweeps(List<SweepNote> notes) {
    sweeps = new SweepTicks(notes);
    long removed = notes.stream().mapToLong(SweepNote::removed).sum();
    setAccessibleText(Texts.of(StripView.class).get("strip", notes.size(), removed));
    paint();
  }

  private void tell(double x) {
    String now = sweeps.at(x, strip).orElse("");
    if (!now.equals(told)) {
      told = now;
      if (now.isEmpty()) {
        Tooltip.uninstall(this, tip);
      } else {
        tip.setText(now);
        Tooltip.install(this, tip);
      }
    }
  }

  /** Moves the cursor to a packet. */
  public void setPacket(int number) {
    packet = number;
    placeCursor();
  }

  private void pointed(MouseEvent event) {
    int at = strip.packetAt(event.getX());
    if (at > 0 && at != packet) {
      go.accept(at);
    }
  }

  @Override
  protected void layoutChildren() {
    if (canvas.fit(getWidth(), getHeight())) {
      strip = Strip.of(signs, Math.max(1, getWidth()));
      paint();
    }
  }

  private void placeCursor() {
    cursor.setVisible(packet > 0 && strip.size() > 0);
    cursor.setX(Math.round(strip.place(packet)) - 1);
  }

  private void paint() {
    Palette colours = theme.palette();
    GraphicsContext g = canvas.clear();
    double width = canvas.width();
    cursor.setFill(colours.text());
    g.setFill(colours.panel());
    g.fillRect(0, (HEIGHT - LOW) / 2, width, LOW);
    int ticks = strip.size();
    double each = ticks == 0 ? 0 : strip.width() / ticks;
    double gap = each >= 4 ? 1.5 : each >= 2.5 ? 0.5 : 0;
    for (int i = 0; i < ticks; i++) {
      Strip.Sign sign = strip.sign(i);
      double wide = Math.max(1, each - gap);
      if (strip.grave(i) < 1) {
        Strip.Sign calm = sign.compareTo(Strip.Sign.DROPPED) >= 0 ? Strip.Sign.FORWARDED : sign;
        g.setFill(colour(calm, colours));
        g.fillRect(i * each, (HEIGHT - LOW) / 2, wide, LOW);
      }
      if (strip.grave(i) > 0) {
        // A few among many stay visible, many stand tall; what stands for many says of what kind.
        double height = LEAST + (HEIGHT - 6 - LEAST) * strip.grave(i);
        double differing = height * strip.differs(i) / strip.grave(i);
        if (differing > 0 && differing < height) {
          differing = Math.clamp(differing, SLICE, height - SLICE);
        }
        g.setFill(colour(Strip.Sign.DROPPED, colours));
        g.fillRect(i * each, HEIGHT - 3 - height, wide, height - differing);
        g.setFill(colour(Strip.Sign.DIFFERS, colours));
        g.fillRect(i * each, HEIGHT - 3 - differing, wide, differing);
      }
    }
    if (ticks > 0) {
      for (SweepNote note : sweeps.notes()) {
        sweep(g, note, gap > 0, colours);
      }
    }
    paintStops(g, colours);
    placeCursor();
  }

  /** A dot below, at most one in three pixels. */
  private void paintStops(GraphicsContext g, Palette colours) {
    g.setFill(colours.drop());
    double last = -DOT;
    for (int number = stops.nextSetBit(1); number > 0; number = stops.nextSetBit(number + 1)) {
      double x = strip.place(number);
      if (x - last >= DOT) {
        last = x;
        g.fillOval(x - DOT / 2, TOTAL - DOT, DOT, DOT);
      }
    }
  }

  /**
   * A broom's mark: a small triangle that hangs from the top, hollow where nothing was taken. Where
   * packets are a pixel wide its line would hide some.
   */
  private void sweep(GraphicsContext g, SweepNote note, boolean sparse, Palette colours) {
    double x = SweepTicks.place(note, strip);
    double[] xs = {x - 3.5, x + 3.5, x};
    double[] ys = {0.5, 0.5, 6};
    g.setStroke(colours.amber());
    g.setLineWidth(1);
    if (note.removed() > 0) {
      g.setFill(colours.amber());
      g.fillPolygon(xs, ys, 3);
      if (sparse) {
        g.strokeLine(x, 6, x, HEIGHT);
      }
    } else {
      g.setFill(colours.window());
      g.fillPolygon(xs, ys, 3);
    }
    g.strokePolygon(xs, ys, 3);
  }

  private static Color colour(Strip.Sign sign, Palette colours) {
    return switch (sign) {
      case NOT_RUN -> colours.border();
      case FORWARDED -> colours.forward().deriveColor(0, 0.75, 1, 0.55);
      case TO_POD -> colours.kernel().deriveColor(0, 0.75, 1.1, 0.5);
      case DROPPED, UNHEARD -> colours.drop();
      case DIFFERS -> colours.diverge();
    };
  }
}
