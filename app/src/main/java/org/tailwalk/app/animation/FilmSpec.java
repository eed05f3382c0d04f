// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.animation;

/**
 * How a film is made.
 *
 * @param fps frames a second, 4 to 50
 * @param width in pixels, 320 to 3840, as {@code height}
 * @param speed times as fast as the window's transport at 1×, 0.25 to 16
 */
public record FilmSpec(int fps, int width, int height, double speed) {
  /** Most packets of one film. */
  public static final int MOST_PACKETS = 500;

  /** What a film has when nobody says otherwise. */
  public static final FilmSpec USUAL = new FilmSpec(15, 960, 540, 1);

  /** Rejects what no film can have. */
  public FilmSpec {
    if (fps < 4 || fps > 50) {
      throw new IllegalArgumentException("frames a second are 4 to 50, not " + fps);
    }
    if (width < 320 || width > 3840 || height < 200 || height > 2160) {
      throw new IllegalArgumentException(
          "a film is 320x200 to 3840x2160, not %dx%d".formatted(width, height));
    }
    if (!(speed >= 0.25 && speed <= 16)) {
      throw new IllegalArgumentException("the speed is 0.25 to 16, not " + speed);
    }
  }
}
