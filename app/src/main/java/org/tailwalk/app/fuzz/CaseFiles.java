// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.fuzz;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tailwalk.event.PathTrace;
import org.tailwalk.packet.Frame;
import org.tailwalk.replay.EventText;
import org.tailwalk.scenario.ScenarioJson;

/**
 * A failing case as files that every other command takes: a capture with its scenario beside it.
 */
public final class CaseFiles {
  private static final int NANOSECONDS = 0xa1b23c4d;
  private static final int SNAP_LENGTH = 65535;
  private static final int ETHERNET = 1;
  private static final long SECOND = 1_000_000_000;

  private CaseFiles() {}

  /** Writes {@code capture.pcap}, {@code scenario.json} and {@code finding.txt} into a folder. */
  public static void write(Path folder, Campaign.Failure failure) throws IOException {
    Files.createDirectories(folder);
    FuzzCase c = failure.smallest();
    Files.write(folder.resolve("capture.pcap"), pcap(c.frames()));
    Files.writeString(folder.resolve("scenario.json"), ScenarioJson.write(c.scenario()));
    Files.writeString(folder.resolve("finding.txt"), text(failure));
  }

  private static byte[] pcap(List<Frame> frames) {
    int size = 24 + frames.stream().mapToInt(f -> 16 + f.data().length()).sum();
    ByteBuffer out = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    out.putInt(NANOSECONDS).putShort((short) 2).putShort((short) 4).putLong(0);
    out.putInt(SNAP_LENGTH).putInt(ETHERNET);
    for (Frame frame : frames) {
      out.putInt((int) Math.floorDiv(frame.timeNanos(), SECOND));
      out.putInt((int) Math.floorMod(frame.timeNanos(), SECOND));
      out.putInt(frame.data().length()).putInt(frame.originalLength());
      out.put(frame.data().toArray());
    }
    return out.array();
  }

  /** What differs, in words and as two traces. */
  public static String text(Campaign.Failure failure) {
    Finding finding = failure.finding();
    StringBuilder text = new StringBuilder();
    text.append(failure.world()).append('\n');
    text.append("packet ").append(finding.packet()).append(": ").append(finding.text());
    text.append('\n');
    trace(text, "first engine", finding.first());
    trace(text, "second engine", finding.second());
    return text.toString();
  }

  private static void trace(StringBuilder text, String who, @Nullable PathTrace trace) {
    if (trace == null) {
      return;
    }
    text.append('\n').append(who).append('\n');
    trace.events().forEach(e -> text.append("  ").append(EventText.line(e)).append('\n'));
  }
}
