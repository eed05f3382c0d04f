// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.path;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tailwalk.app.path.StageLayout.Box;

/**
 * Which part of a stage is seen: a point of the layout stands at {@code left + x * zoom}, {@code
 * top + y * zoom}. Where all of it would be too small to read, the part around the packet is seen.
 *
 * @param zoom screen pixels a pixel of the layout
 * @param left of the layout's left edge, pixels
 * @param top of the layout's upper edge, pixels
 */
record StageFit(double zoom, double left, double top) {
  /** The names of programs, 11 pixels high at zoom 1, can well be read. */
  static final double LEGIBLE = 0.85;

  /** Below this all of it is shown only to who asks for it. */
  static final double SMALL = 0.75;

  /** The names' height at zoom 1, pixels. */
  static final double NAME = StagePainter.TITLE_SIZE;

  private static final double LEAST = 0.3;
  private static final double AROUND = 16;

  /** All of it, in the middle. */
  static StageFit whole(StageLayout layout, double width, double height, double largest) {
    double zoom =
        Math.clamp(Math.min(width / layout.width(), height / layout.height()), LEAST, largest);
    return new StageFit(
        zoom,
        (width - layout.width() * zoom) / 2,
        Math.max(0, (height - layout.height() * zoom) / 2));
  }

  /**
   * How large letters have to be.
   *
   * @param small below this all of the stage is shown only to who asks for it
   * @param least at which the packet's whole way is worth more than larger letters
   * @param legible at which a part is shown
   */
  record Letters(double small, double least, double legible) {
    /** At a desk. */
    static final Letters DESK = new Letters(SMALL, LEGIBLE, LEGIBLE);

    /** For who sits farther away: names nearly as high as other text of that many pixels. */
    static Letters besides(double text) {
      return new Letters(0.72 * text / NAME, 0.72 * text / NAME, 0.9 * text / NAME);
    }
  }

  /**
   * The packet's whole way where that fits; else where it is now, moved as little as is needed.
   *
   * @param before what was seen so far
   */
  static StageFit following(
      StageLayout layout,
      StageState state,
      double width,
      double height,
      Letters letters,
      StageFit before) {
    Box way = around(layout, state, Integer.MAX_VALUE - 1, Integer.MAX_VALUE);
    double room = way == null ? 0 : Math.min(width / way.width(), height / way.height());
    boolean all = room >= letters.least();
    double zoom = all ? Math.min(room, letters.legible()) : letters.legible();
    Box wanted = all ? way : around(layout, state, state.row(), 2);
    if (wanted == null || !fits(wanted, width, height, zoom)) {
      wanted = around(layout, state, state.row(), 1);
    }
    if (wanted != null && !fits(wanted, width, height, zoom) && state.kernel() != null) {
      // They have parted too far: the window shows what really ran.
      wanted = around(layout, state.kernelAlone(), state.row(), 1);
    }
    double left = before.left;
    double top = before.top;
    if (wanted != null && (before.zoom != zoom || !before.shows(wanted, width, height))) {
      left = width / 2 - wanted.centreX() * zoom;
      top = height / 2 - wanted.centreY() * zoom;
    }
    return new StageFit(
        zoom,
        inside(left, width, layout.width() * zoom),
        inside(top, height, layout.height() * zoom));
  }

  /** Whether a box of the layout is wholly seen. */
  boolean shows(Box box, double width, double height) {
    return left + box.x() * zoom >= 0
        && top + box.y() * zoom >= 0
        && left + box.right() * zoom <= width
        && top + box.bottom() * zoom <= height;
  }

  private static boolean fits(Box box, double width, double height, double zoom) {
    return box.width() * zoom <= width + 1 && box.height() * zoom <= height + 1;
  }

  /** Nothing but the stage is seen as long as there is enough of it. */
  private static double inside(double at, double room, double size) {
    return size <= room ? (room - size) / 2 : Math.clamp(at, room - size, 0);
  }

  /** The last nodes of both lanes' ways up to a row, with what they say below; null for none. */
  private static @Nullable Box around(StageLayout layout, StageState state, int row, int last) {
    double x = Double.MAX_VALUE;
    double y = Double.MAX_VALUE;
    double right = 0;
    double bottom = 0;
    for (Walk walk : new @Nullable Walk[] {state.kernel(), state.model()}) {
      List<String> route = walk == null ? List.of() : walk.route(row);
      for (String node : route.subList(Math.max(0, route.size() - last), route.size())) {
        Box box = layout.nodes().get(node);
        if (box != null) {
          x = Math.min(x, box.x() - AROUND);
          y = Math.min(y, box.y() - AROUND);
          right = Math.max(right, box.right() + AROUND);
          bottom = Math.max(bottom, box.bottom() + AROUND);
        }
      }
    }
    return right == 0 ? null : new Box(x, y, right - x, bottom - y);
  }
}
