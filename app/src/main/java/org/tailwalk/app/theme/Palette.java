// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.theme;

import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import javafx.scene.paint.Color;

/**
 * Every colour of the window, by what it means. The engines' and verdicts' colours are Okabe and
 * Ito's (on dark ground their lighter relatives), so that they stay apart for colour-blind eyes.
 *
 * @param window ground of lists and of the stage
 * @param panel ground of headers and bars
 * @param raised ground of buttons and nodes
 * @param border lines between panes
 * @param text what is read
 * @param muted what is read second
 * @param faint what did not happen: edges not taken, programs not entered
 * @param kernel the kernel lane
 * @param model the model lane
 * @param forward a packet that goes on
 * @param drop a packet that does not, and what went wrong
 * @param diverge where the engines part
 * @param amber conntrack NEW
 * @param violet conntrack RELATED
 * @param selection ground of the selected row
 */
public record Palette(
    Color window,
    Color panel,
    Color raised,
    Color border,
    Color text,
    Color muted,
    Color faint,
    Color kernel,
    Color kernelFill,
    Color model,
    Color modelFill,
    Color forward,
    Color forwardFill,
    Color drop,
    Color dropFill,
    Color diverge,
    Color divergeFill,
    Color divergeText,
    Color amber,
    Color amberFill,
    Color violet,
    Color violetFill,
    Color group,
    Color groupBorder,
    Color selection) {
  /** Dark text on white. */
  public static final Palette LIGHT =
      new Palette(
          Color.web("#ffffff"),
          Color.web("#f7f9fb"),
          Color.web("#ffffff"),
          Color.web("#d5dce4"),
          Color.web("#1c2733"),
          Color.web("#647181"),
          Color.web("#a3adb8"),
          Color.web("#0072b2"),
          Color.web("#e5f1f9"),
          Color.web("#aa4499"),
          Color.web("#f7ebf4"),
          Color.web("#00805a"),
          Color.web("#ecf8f3"),
          Color.web("#d55e00"),
          Color.web("#fdece2"),
          Color.web("#e69f00"),
          Color.web("#fff4d9"),
          Color.web("#7a5300"),
          Color.web("#8a6100"),
          Color.web("#fff6e0"),
          Color.web("#6a3d9a"),
          Color.web("#f3ecfa"),
          Color.web("#f7fafc"),
          Color.web("#e1e8ee"),
          Color.web("#cfe4f3"));

  /** Light text on near black. */
  public static final Palette DARK =
      new Palette(
          Color.web("#14191f"),
          Color.web("#1b2129"),
          Color.web("#222a33"),
          Color.web("#323c48"),
          Color.web("#e4eaf0"),
          Color.web("#98a5b3"),
          Color.web("#5f6c79"),
          Color.web("#56b4e9"),
          Color.web("#173247"),
          Color.web("#d98cc8"),
          Color.web("#3b2337"),
          Color.web("#35c496"),
          Color.web("#14352b"),
          Color.web("#ff8a3c"),
          Color.web("#43260f"),
          Color.web("#f0b429"),
          Color.web("#3a2f12"),
          Color.web("#f3d28a"),
          Color.web("#f0b84a"),
          Color.web("#3a2e12"),
          Color.web("#bb98e6"),
          Color.web("#30254a"),
          Color.web("#191f26"),
          Color.web("#28313b"),
          Color.web("#24435c"));

  /** White and strong colours on black: every text at 7 to 1 and more. */
  public static final Palette CONTRAST =
      new Palette(
          Color.web("#000000"),
          Color.web("#000000"),
          Color.web("#0b0b0b"),
          Color.web("#b8c2cc"),
          Color.web("#ffffff"),
          Color.web("#d5dde5"),
          Color.web("#9aa5b0"),
          Color.web("#5ab8ff"),
          Color.web("#00283d"),
          Color.web("#ffc9f4"),
          Color.web("#3d0033"),
          Color.web("#4fe3b0"),
          Color.web("#003322"),
          Color.web("#ffa25e"),
          Color.web("#3d1a00"),
          Color.web("#ffd24d"),
          Color.web("#332600"),
          Color.web("#ffe08a"),
          Color.web("#ffd24d"),
          Color.web("#332600"),
          Color.web("#d3b5ff"),
          Color.web("#25104d"),
          Color.web("#000000"),
          Color.web("#7d8894"),
          Color.web("#003a66"));

  /** The palette as a style sheet: each colour under {@code -tw-name}, and Modena's own names. */
  String stylesheet() {
    StringBuilder css = new StringBuilder(".root {\n");
    for (RecordComponent component : Palette.class.getRecordComponents()) {
      try {
        Color colour = (Color) component.getAccessor().invoke(this);
        css.append("  -tw-")
            .append(component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT))
            .append(": ")
            .append(hex(colour))
            .append(";\n");
      } catch (ReflectiveOperationException e) {
        throw new LinkageError("a record's accessor can't be called: " + component, e);
      }
    }
    css.append("  -fx-base: ").append(hex(raised)).append(";\n");
    css.append("  -fx-background: ").append(hex(window)).append(";\n");
    css.append("  -fx-control-inner-background: ").append(hex(window)).append(";\n");
    css.append("  -fx-accent: ").append(hex(kernel)).append(";\n");
    css.append("  -fx-focus-color: ").append(hex(kernel)).append(";\n");
    css.append("  -fx-faint-focus-color: transparent;\n");
    css.append("  -fx-selection-bar: ").append(hex(selection)).append(";\n");
    css.append("  -fx-selection-bar-non-focused: ").append(hex(selection)).append(";\n");
    css.append("  -fx-text-base-color: ").append(hex(text)).append(";\n");
    css.append("}\n");
    return "data:text/css;charset=utf-8;base64,"
        + Base64.getEncoder().encodeToString(css.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static String hex(Color c) {
    return "#%02x%02x%02x"
        .formatted(
            Math.round(c.getRed() * 255),
            Math.round(c.getGreen() * 255),
            Math.round(c.getBlue() * 255));
  }
}
