// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.replay;

import java.io.IOException;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;
import org.tailwalk.packet.Frame;

/** Frames in capture order. */
@FunctionalInterface
public interface FrameSource {
  /**
   * The next frame; null at the end.
   *
   * @throws IOException when the capture can't be read on; the message reads as a path
   */
  @Nullable Frame next() throws IOException;

  /**
   * Passes over frames; sources that can find a frame without reading those before do so.
   *
   * @throws IOException as {@link #next}
   */
  default void skip(long frames) throws IOException {
    for (long i = 0; i < frames && next() != null; i++) {
      // Read and forgotten.
    }
  }

  /** No more than so many of a source's frames. */
  static FrameSource limited(FrameSource source, long most) {
    long[] left = {most};
    return () -> left[0]-- > 0 ? source.next() : null;
  }

  /** Frames that are already in memory. */
  static FrameSource of(Iterable<Frame> frames) {
    Iterator<Frame> iterator = frames.iterator();
    return () -> iterator.hasNext() ? iterator.next() : null;
  }
}
