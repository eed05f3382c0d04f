// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.window;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tailwalk.app.theme.Theme;
import org.tailwalk.scenario.DatapathSpec;

/**
 * How the window is to open.
 *
 * @param capture what to open; null for nothing
 * @param scenario against what; null to find or infer one
 * @param screenshot where to write a picture of the window, and end; null to stay open
 * @param width of the scene, pixels
 * @param height of the scene, pixels
 * @param packet which to show, 1-based; 0 for the first
 * @param step which of its steps has happened, 1-based; 0 for the last
 * @param timing whether to tell on stderr how long the start took
 * @param tab of the inspector that stands in front; null for the first
 * @param actions to do once the capture is shown, by their names
 * @param lesson a lesson's folder or file, or a folder of lessons, to open; null for none
 * @param datapath in place of the scenario's; null for that
 */
public record WindowOptions(
    @Nullable String capture,
    @Nullable String scenario,
    @Nullable Path screenshot,
    int width,
    int height,
    Theme.Mode theme,
    int packet,
    int step,
    boolean timing,
    @Nullable String tab,
    List<String> actions,
    @Nullable Path lesson,
    @Nullable DatapathSpec datapath) {
  /** Keeps its own copy. */
  public WindowOptions {
    actions = List.copyOf(actions);
  }

  /** The size the window opens with when nobody says otherwise. */
  public static final int DEFAULT_WIDTH = 1440;

  /** See {@link #DEFAULT_WIDTH}. */
  public static final int DEFAULT_HEIGHT = 900;

  /** The least size in which everything is still there. */
  public static final int MIN_WIDTH = 1024;

  /** See {@link #MIN_WIDTH}. */
  public static final int MIN_HEIGHT = 700;

  /** A window of the usual size with a capture in it. */
  public static WindowOptions of(@Nullable String capture, @Nullable String scenario) {
    return new WindowOptions(
        capture,
        scenario,
        null,
        DEFAULT_WIDTH,
        DEFAULT_HEIGHT,
        Theme.Mode.LIGHT,
        0,
        0,
        false,
        null,
        List.of(),
        null,
        null);
  }

  /** Reads {@code 1440x900}. */
  public static int[] parseSize(String text) {
    String[] parts = text.split("x", -1);
    if (parts.length != 2 || !parts[0].matches("\\d{3,5}") || !parts[1].matches("\\d{3,5}")) {
      throw new IllegalArgumentException("a size is WIDTHxHEIGHT, such as 1440x900, not " + text);
    }
    return new int[] {Integer.parseInt(parts[0]), Integer.parseInt(parts[1])};
  }
}
