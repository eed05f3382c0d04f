// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.animation;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Brings a picture down to 256 colours. A stage is mostly plain ground, frames and text: the
 * colours that occur most stay exactly what they are, so that ground looks the same in every frame;
 * the rest takes the nearest of them. The same picture gives the same colours.
 */
final class GifPalette {
  private static final int COLOURS = 256;

  /** The most frequent ones are kept whatever is near them. */
  private static final int KEPT = 48;

  /** Squared distance under which a rarer colour counts as one that is there already. */
  private static final int NEAR = 60;

  private GifPalette() {}

  private record Counted(int rgb, int count) {}

  /** The same picture with a palette of its own. */
  static BufferedImage reduce(BufferedImage image) {
    int width = image.getWidth();
    int height = image.getHeight();
    int[] pixels = image.getRGB(0, 0, width, height, null, 0, width);
    Map<Integer, Integer> counts = new HashMap<>();
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] &= 0xffffff;
      counts.merge(pixels[i], 1, Integer::sum);
    }
    int[] palette = palette(counts);
    byte[][] channels = new byte[3][palette.length];
    for (int i = 0; i < palette.length; i++) {
      channels[0][i] = (byte) (palette[i] >> 16);
      channels[1][i] = (byte) (palette[i] >> 8);
      channels[2][i] = (byte) palette[i];
    }
    BufferedImage reduced =
        new BufferedImage(
            width,
            height,
            BufferedImage.TYPE_BYTE_INDEXED,
            new IndexColorModel(8, palette.length, channels[0], channels[1], channels[2]));
    Map<Integer, Integer> places = new HashMap<>();
    int[] indices = new int[pixels.length];
    for (int i = 0; i < pixels.length; i++) {
      indices[i] = places.computeIfAbsent(pixels[i], colour -> nearest(palette, colour));
    }
    reduced.getRaster().setPixels(0, 0, width, height, indices);
    return reduced;
  }

  private static int[] palette(Map<Integer, Integer> counts) {
    List<Counted> sorted = new ArrayList<>();
    counts.forEach((rgb, count) -> sorted.add(new Counted(rgb, count)));
    sorted.sort(Comparator.comparingInt(Counted::count).reversed().thenComparingInt(Counted::rgb));
    boolean all = sorted.size() <= COLOURS;
    int[] chosen = new int[COLOURS];
    int size = 0;
    for (Counted each : sorted) {
      if (size == COLOURS) {
        break;
      }
      if (all || size < KEPT || distance(chosen, size, each.rgb) > NEAR) {
        chosen[size++] = each.rgb;
      }
    }
    return java.util.Arrays.copyOf(chosen, size);
  }

  private static int distance(int[] palette, int size, int colour) {
    int least = Integer.MAX_VALUE;
    for (int i = 0; i < size; i++) {
      least = Math.min(least, distance(palette[i], colour));
    }
    return least;
  }

  private static int nearest(int[] palette, int colour) {
    int best = 0;
    int least = Integer.MAX_VALUE;
    for (int i = 0; i < palette.length; i++) {
      int far = distance(palette[i], colour);
      if (far < least) {
        least = far;
        best = i;
      }
    }
    return best;
  }

  private static int distance(int a, int b) {
    int red = (a >> 16 & 0xff) - (b >> 16 & 0xff);
    int green = (a >> 8 & 0xff) - (b >> 8 & 0xff);
    int blue = (a & 0xff) - (b & 0xff);
    return red * red + green * green + blue * blue;
  }
}
