// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.path;

import java.util.Locale;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.paint.Color;
import org.tailwalk.app.path.StageLayout.Box;
import org.tailwalk.app.theme.Palette;
import org.tailwalk.app.theme.Theme;
import org.tailwalk.app.walk.Tally;

/**
 * Paints over the stage what the whole capture did: how often each program ran, each way was taken.
 */
final class HeatPainter {
  private static final double WIDEST = 6;

  private final Theme theme;
  private final StagePainter base;

  HeatPainter(Theme theme, StagePainter base) {
    this.theme = theme;
    this.base = base;
  }

  void paint(GraphicsContext g, StageLayout layout, StageCounts counts, boolean kernel) {
    Palette colours = theme.palette();
    Color lane = kernel ? colours.kernel() : colours.model();
    long most = 1;
    for (StageCounts.Program program : counts.programs()) {
      most = Math.max(most, kernel ? program.kernel() : program.model());
    }
    for (StageCounts.Call call : counts.calls()) {
      Tally.Count count = kernel ? call.kernel() : call.model();
      Track track = Ways.between(layout, call.from(), call.to());
      if (track == null || count.equals(Tally.Count.NONE)) {
        continue;
      }
      if (count.taken() > 0) {
        double width = 1 + (WIDEST - 1) * share(count.taken(), most);
        StagePainter.way(g, track, lane, width, StagePainter.SOLID, 0);
        StagePainter.arrow(g, track, lane, 0, 4 + width / 2);
      }
      String missed = count.missed() == 0 ? "" : "✖" + number(count.missed());
      String taken = count.taken() == 0 ? "" : number(count.taken());
      base.label(
          g,
          layout,
          StageLayout.key(call.from(), call.to()),
          track,
          taken.isEmpty() || missed.isEmpty() ? taken + missed : taken + " " + missed,
          count.missed() > 0 ? colours.drop() : lane);
    }
    base.groupTitles(g, layout);
    // Ways that cross a node pass behind it.
    layout
        .graph()
        .nodes()
        .forEach(node -> {
          Box box = layout.nodes().get(node.id());
          if (box != null) {
            base.untouched(g, node, box);
          }
        });
    for (StageCounts.Program program : counts.programs()) {
      Box box = layout.nodes().get(program.id());
      long times = kernel ? program.kernel() : program.model();
      if (box == null || times == 0) {
        continue;
      }
      double heat = share(times, most);
      Color fill =
          colours
              .raised()
              .interpolate(kernel ? colours.kernelFill() : colours.modelFill(), 0.3 + 0.7 * heat);
      StagePainter.frame(g, box, fill, lane, 1 + 1.4 * heat, StagePainter.SOLID);
      PathGraph.Node node =
          layout.graph().nodes().stream()
              .filter(n -> n.id().equals(program.id()))
              .findFirst()
              .orElseThrow();
      base.words(g, node.title(), number(times) + "×", box, colours.text(), lane);
    }
  }

  /** By orders of magnitude, 0 to 1. */
  private static double share(long times, long most) {
    return Math.log1p(times) / Math.log1p(most);
  }

  static String number(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }
}
