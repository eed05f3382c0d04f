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
  private static final double SMALL = 0.75;

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

  /** Whether the letters would be too small. */
  boolean small() {
    return zoom < SMALL;
  }

  /**
   * The packet's whole way where that fits; else where it is now, moved as little as is needed.
   *
   * @param before what was seen so far
   */
  static StageFit following(
      StageLayout layout, StageState state, double width, double height, StageFit before) {
    Box way = around(layout, state, Integer.MAX_VALUE - 1, Integer.MAX_VALUE);
    boolean all = way != null && fits(way, width, height);
    Box wanted = all ? way : around(layout, state, state.row(), 2);
    if (wanted == null || !fits(wanted, width, height)) {
      wanted = around(layout, state, state.row(), 1);
    }
    if (wanted != null && !fits(wanted, width, height) && state.kernel() != null) {
      // They have parted too far: the window shows what really ran.
      wanted = around(layout, state.kernelAlone(), state.row(), 1);
    }
    double left = before.left;
    double top = before.top;
    if (wanted != null && (before.zoom != LEGIBLE || !before.shows(wanted, width, height))) {
      left = width / 2 - wanted.centreX() * LEGIBLE;
      top = height / 2 - wanted.centreY() * LEGIBLE;
    }
    return new StageFit(
        LEGIBLE,
        inside(left, width, layout.width() * LEGIBLE),
        inside(top, height, layout.height() * LEGIBLE));
  }

  /** Whether a box of the layout is wholly seen. */
  boolean shows(Box box, double width, double height) {
    return left + box.x() * zoom >= 0
        && top + box.y() * zoom >= 0
        && left + box.right() * zoom <= width
        && top + box.bottom() * zoom <= height;
  }

  private static boolean fits(Box box, double width, double height) {
    return box.width() * LEGIBLE <= width && box.height() * LEGIBLE <= height;
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
