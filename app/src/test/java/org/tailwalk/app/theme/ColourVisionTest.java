// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.theme;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import javafx.scene.paint.Color;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Colours that mean something stay apart for eyes that lack a kind of cone, after Machado, Oliveira
 * and Fernandes (2009), severity 1; and text stands out from its ground as WCAG 2.2 asks.
 */
class ColourVisionTest {
  /** The least distance (CIE 1976) between two meanings in normal sight and without one cone. */
  private static final double APART = 9;

  /**
   * Kernel and model are solid and hollow, drawn through and dashed as well: they may be nearer.
   */
  private static final double LANES_APART = 7.5;

  private enum Eyes {
    NORMAL(1, 0, 0, 0, 1, 0, 0, 0, 1),
    PROTANOPE(
        0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116,
        1.051998),
    DEUTERANOPE(
        0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.011820, 0.042940, 0.968881),
    TRITANOPE(
        1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367,
        0.303900);

    private final double[] m;

    Eyes(double... m) {
      this.m = m;
    }

    /** CIE L*a*b* of what these eyes see, D65. */
    double[] lab(Color c) {
      double[] in = {linear(c.getRed()), linear(c.getGreen()), linear(c.getBlue())};
      double[] rgb = new double[3];
      for (int i = 0; i < 3; i++) {
        rgb[i] = Math.clamp(m[3 * i] * in[0] + m[3 * i + 1] * in[1] + m[3 * i + 2] * in[2], 0, 1);
      }
      double x = (0.4124 * rgb[0] + 0.3576 * rgb[1] + 0.1805 * rgb[2]) / 0.9505;
      double y = 0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2];
      double z = (0.0193 * rgb[0] + 0.1192 * rgb[1] + 0.9505 * rgb[2]) / 1.089;
      return new double[] {
        116 * root(y) - 16, 500 * (root(x) - root(y)), 200 * (root(y) - root(z))
      };
    }

    private static double root(double t) {
      return t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16.0 / 116;
    }
  }

  private static double linear(double v) {
    return v <= 0.04045 ? v / 12.92 : Math.pow((v + 0.055) / 1.055, 2.4);
  }

  private static double distance(Eyes eyes, Color one, Color other) {
    double[] a = eyes.lab(one);
    double[] b = eyes.lab(other);
    return Math.sqrt(
        Math.pow(a[0] - b[0], 2) + Math.pow(a[1] - b[1], 2) + Math.pow(a[2] - b[2], 2));
  }

  private static double contrast(Color one, Color other) {
    double a = luminance(one);
    double b = luminance(other);
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  }

  private static double luminance(Color c) {
    return 0.2126 * linear(c.getRed())
        + 0.7152 * linear(c.getGreen())
        + 0.0722 * linear(c.getBlue());
  }

  private record Named(String name, Color colour) {}

  /** What is told apart at one glance: the two lanes, and what became of a packet. */
  private static List<List<Named>> meanings(Palette p) {
    return List.of(
        List.of(
            new Named("kernel", p.kernel()),
            new Named("model", p.model()),
            new Named("diverge", p.diverge())),
        List.of(
            new Named("forward", p.forward()),
            new Named("drop", p.drop()),
            new Named("diverge", p.diverge()),
            new Named("faint", p.faint())));
  }

  @ParameterizedTest
  @EnumSource(Theme.Mode.class)
  void meaningsStayApartForEveryKindOfEye(Theme.Mode mode) {
    List<String> close = new ArrayList<>();
    for (List<Named> group : meanings(mode.palette())) {
      for (Eyes eyes : Eyes.values()) {
        for (int i = 0; i < group.size(); i++) {
          for (int k = 0; k < i; k++) {
            double d = distance(eyes, group.get(i).colour(), group.get(k).colour());
            boolean lanes = group.getFirst().name().equals("kernel");
            if (d < (lanes ? LANES_APART : APART)) {
              close.add(
                  "%s and %s for %s: %.1f"
                      .formatted(group.get(i).name(), group.get(k).name(), eyes, d));
            }
          }
        }
      }
    }
    assertThat(close).as("colours of different meaning that look alike").isEmpty();
  }

  private record Text(String name, Color text, Color ground) {}

  @ParameterizedTest
  @EnumSource(Theme.Mode.class)
  void textStandsOutFromItsGround(Theme.Mode mode) {
    Palette p = mode.palette();
    double least = mode == Theme.Mode.CONTRAST ? 7 : 4.5;
    List<Text> texts =
        List.of(
            new Text("text", p.text(), p.window()),
            new Text("text on panels", p.text(), p.panel()),
            new Text("text on buttons", p.text(), p.raised()),
            new Text("text of the selected row", p.text(), p.selection()),
            new Text("text of a dropped row", p.text(), p.dropFill()),
            new Text("text of a diverging row", p.text(), p.divergeFill()),
            new Text("muted", p.muted(), p.window()),
            new Text("muted on panels", p.muted(), p.panel()),
            new Text("kernel", p.kernel(), p.window()),
            new Text("model", p.model(), p.window()),
            new Text("forwarded", p.forward(), p.window()),
            new Text("banner", p.divergeText(), p.divergeFill()),
            new Text("NEW", p.amber(), p.amberFill()),
            new Text("EST", p.forward(), p.forwardFill()),
            new Text("REPLY", p.kernel(), p.kernelFill()),
            new Text("RELATED", p.violet(), p.violetFill()));
    List<String> weak = new ArrayList<>();
    for (Text t : texts) {
      double c = contrast(t.text(), t.ground());
      if (c < least) {
        weak.add("%s: %.2f".formatted(t.name(), c));
      }
    }
    // Drop's orange is Okabe and Ito's: bold and with a shape of its own, as large text.
    double drop = contrast(p.drop(), p.window());
    if (drop < (mode == Theme.Mode.CONTRAST ? 7 : 3)) {
      weak.add("dropped: %.2f".formatted(drop));
    }
    assertThat(weak).as("text below %.1f to 1", least).isEmpty();
  }
}
