// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.animation;

import java.awt.image.BufferedImage;
import java.io.IOException;

/** Takes a film's frames, in order; used by one thread. */
public interface FilmSink extends AutoCloseable {
  /** Takes the next frame. */
  void frame(BufferedImage image) throws IOException;

  /** Makes the film whole. */
  void finish() throws IOException;

  /** Lets go of everything; without {@link #finish} before, nothing half done stays. */
  @Override
  void close() throws IOException;
}
