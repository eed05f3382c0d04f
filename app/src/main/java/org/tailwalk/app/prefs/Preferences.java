// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.prefs;

import com.google.gson.JsonArray;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the window remembers. Immutable.
 *
 * @param theme what the window wears
 * @param motion whether things move
 * @param scale size of everything, percent, 80 to 200
 * @param language {@code en}, {@code ko} or {@code zh}; empty for the machine's
 * @param recent files that were opened, the last first
 * @param scenarios by capture, the scenario's file or name that was last chosen
 * @param layout of the window
 * @param colours colouring rules, as annotations write them
 */
public record Preferences(
    Look theme,
    Motion motion,
    int scale,
    String language,
    List<String> recent,
    Map<String, String> scenarios,
    Layout layout,
    JsonArray colours) {
  /** As on the first start. */
  public static final Preferences DEFAULT =
      new Preferences(
          Look.LIGHT, Motion.SYSTEM, 100, "", List.of(), Map.of(), Layout.DEFAULT, new JsonArray());

  /** The least scale. */
  public static final int MIN_SCALE = 80;

  /** The greatest scale. */
  public static final int MAX_SCALE = 200;

  private static final int MOST_RECENT = 12;
  private static final int MOST_SCENARIOS = 100;

  /** What the window wears. */
  public enum Look {
    LIGHT,
    DARK,
    CONTRAST
  }

  /** Whether things move. */
  public enum Motion {
    /** As the desktop is set. */
    SYSTEM,
    FULL,
    /** Positions are drawn at once, nothing flies. */
    REDUCED
  }

  /**
   * How the window is laid out.
   *
   * @param width of the window, pixels; 0 for the usual
   * @param dividers positions 0 to 1 of each split pane, by its name; of a list, the widths in
   *     pixels that its columns were given
   * @param hidden panes that are put away
   */
  public record Layout(
      int width,
      int height,
      boolean maximized,
      Map<String, List<Double>> dividers,
      List<String> hidden) {
    /** Nothing was moved. */
    public static final Layout DEFAULT = new Layout(0, 0, false, Map.of(), List.of());

    /** Keeps its own copies. */
    public Layout {
      dividers = Collections.unmodifiableMap(new LinkedHashMap<>(dividers));
      hidden = List.copyOf(hidden);
    }
  }

  /** Keeps its own copies, within bounds. */
  public Preferences {
    scale = Math.clamp(scale, MIN_SCALE, MAX_SCALE);
    recent = recent.stream().limit(MOST_RECENT).toList();
    scenarios = Collections.unmodifiableMap(new LinkedHashMap<>(scenarios));
    colours = colours.deepCopy();
  }

  /** Another look. */
  public Preferences withTheme(Look now) {
    return new Preferences(now, motion, scale, language, recent, scenarios, layout, colours);
  }

  /** Another motion. */
  public Preferences withMotion(Motion now) {
    return new Preferences(theme, now, scale, language, recent, scenarios, layout, colours);
  }

  /** Another scale; kept within its bounds. */
  public Preferences withScale(int now) {
    return new Preferences(theme, motion, now, language, recent, scenarios, layout, colours);
  }

  /** Another language. */
  public Preferences withLanguage(String now) {
    return new Preferences(theme, motion, scale, now, recent, scenarios, layout, colours);
  }

  /** A file was opened. */
  public Preferences opened(String file) {
    List<String> files = new ArrayList<>(recent);
    files.remove(file);
    files.addFirst(file);
    return new Preferences(theme, motion, scale, language, files, scenarios, layout, colours);
  }

  /** A file is no longer there. */
  public Preferences forgotten(String file) {
    List<String> files = new ArrayList<>(recent);
    files.remove(file);
    return new Preferences(theme, motion, scale, language, files, scenarios, layout, colours);
  }

  /** A scenario was chosen for a capture. */
  public Preferences withScenario(String capture, String scenario) {
    Map<String, String> all = new LinkedHashMap<>(scenarios);
    all.remove(capture);
    all.put(capture, scenario);
    while (all.size() > MOST_SCENARIOS) {
      all.remove(all.keySet().iterator().next());
    }
    return new Preferences(theme, motion, scale, language, recent, all, layout, colours);
  }

  /** Another layout. */
  public Preferences withLayout(Layout now) {
    return new Preferences(theme, motion, scale, language, recent, scenarios, now, colours);
  }

  /** Other colouring rules. */
  public Preferences withColours(JsonArray now) {
    return new Preferences(theme, motion, scale, language, recent, scenarios, layout, now);
  }
}
