// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.lesson;

import java.util.OptionalInt;
import org.tailwalk.replay.EventText;
import org.tailwalk.replay.PacketReplay;

/** Where the window stands, as an author writes it into a lesson. */
public final class LessonPointer {
  private LessonPointer() {}

  /**
   * A block to paste: by words where they find the row again, else by number.
   *
   * @param row 0-based
   */
  public static String of(PacketReplay packet, int row) {
    return "```show\npacket: %d\nstep: %s\n```\n".formatted(packet.number(), step(packet, row));
  }

  private static String step(PacketReplay packet, int row) {
    if (packet.rows().isEmpty() || row <= 0) {
      return "start";
    }
    if (row >= packet.rows().size() - 1) {
      return "end";
    }
    String words =
        StepPointer.plain(EventText.line(packet.rows().get(row).either().event())).strip();
    OptionalInt found = new StepPointer.Worded(words).row(packet);
    boolean same = found.isPresent() && found.getAsInt() == row;
    return same && StepPointer.parse(words) instanceof StepPointer.Worded
        ? words
        : Integer.toString(row + 1);
  }
}
