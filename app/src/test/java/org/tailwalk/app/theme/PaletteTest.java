// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.theme;

import static org.assertj.core.api.Assertions.assertThat;

import javafx.scene.paint.Color;
import org.junit.jupiter.api.Test;

final class PaletteTest {
  private static double luminance(Color c) {
    return 0.2126 * linear(c.getRed())
        + 0.7152 * linear(c.getGreen())
        + 0.0722 * linear(c.getBlue());
  }

  private static double linear(double v) {
    return v <= 0.04045 ? v / 12.92 : Math.pow((v + 0.055) / 1.055, 2.4);
  }

  private static double contrast(Color a, Color b) {
    double high = Math.max(luminance(a), luminance(b));
    double low = Math.min(luminance(a), luminance(b));
    return (high + 0.05) / (low + 0.05);
  }

  @Test
  void wordsCanBeReadOnTheirGrounds() {
    for (Palette p : new Palette[] {Palette.LIGHT, Palette.DARK}) {
      record Pair(String name, Color ink, Color ground, double least) {}
      for (Pair pair :
          new Pair[] {
            new Pair("text", p.text(), p.window(), 7),
            new Pair("text on selection", p.text(), p.selection(), 7),
            new Pair("muted", p.muted(), p.panel(), 4.5),
            new Pair("kernel", p.kernel(), p.kernelFill(), 4),
            new Pair("model", p.model(), p.modelFill(), 4),
            new Pair("forward", p.forward(), p.forwardFill(), 4),
            new Pair("drop", p.drop(), p.dropFill(), 3),
            new Pair("diverge", p.divergeText(), p.divergeFill(), 4.5),
            new Pair("new", p.amber(), p.amberFill(), 4.5),
            new Pair("related", p.violet(), p.violetFill(), 4.5)
          }) {
        assertThat(contrast(pair.ink, pair.ground)).as(pair.name).isGreaterThan(pair.least);
      }
    }
  }

  @Test
  void lightLanesAreOkabeAndIto() {
    assertThat(Palette.LIGHT.kernel()).isEqualTo(Color.web("#0072B2"));
    assertThat(Palette.LIGHT.model()).isEqualTo(Color.web("#AA4499"));
    assertThat(Palette.LIGHT.forward()).isEqualTo(Color.web("#00805A"));
    assertThat(Palette.LIGHT.drop()).isEqualTo(Color.web("#D55E00"));
  }

  @Test
  void everyColourReachesTheStyleSheet() {
    String css = Palette.DARK.stylesheet();
    String text =
        new String(
            java.util.Base64.getDecoder().decode(css.substring(css.indexOf(',') + 1)),
            java.nio.charset.StandardCharsets.UTF_8);
    assertThat(text).contains("-tw-kernel-fill: #173247;").contains("-fx-accent: #56b4e9;");
  }
}
