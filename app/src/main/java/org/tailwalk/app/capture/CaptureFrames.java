// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.capture;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tailwalk.packet.Frame;
import org.tailwalk.replay.FrameSource;

/**
 * The frames of a capture, one after the other. Remembers what was odd about how packets were read;
 * that may be asked for when the reading thread is done.
 */
public final class CaptureFrames implements FrameSource {
  private final Capture capture;
  private final CaptureReader reader;
  private final Map<String, Notes> notes = new LinkedHashMap<>();
  private long next = 1;

  private static final class Notes {
    final long first;
    long count;

    Notes(long first) {
      this.first = first;
    }
  }

  /** From the first packet on. */
  public CaptureFrames(Capture capture) {
    this.capture = capture;
    this.reader = capture.reader();
  }

  @Override
  public @Nullable Frame next() throws IOException {
    if (next > capture.size()) {
      return null;
    }
    try {
      CapturedPacket packet = reader.packet(next++);
      if (!packet.note().isEmpty()) {
        note(packet);
      }
      return packet.frame();
    } catch (CaptureException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  @Override
  public void skip(long frames) {
    next += Math.min(frames, capture.size() + 1 - next);
  }

  private synchronized void note(CapturedPacket packet) {
    notes.computeIfAbsent(packet.note(), _ -> new Notes(packet.number())).count++;
  }

  /** What was odd, a line each. */
  public synchronized List<String> notes() {
    return notes.entrySet().stream()
        .map(e -> {
          long others = e.getValue().count - 1;
          return "read capture: %s: packet %d: %s%s"
              .formatted(
                  capture.name(),
                  e.getValue().first,
                  e.getKey(),
                  others == 0 ? "" : ", and " + others + " more like it");
        })
        .toList();
  }
}
