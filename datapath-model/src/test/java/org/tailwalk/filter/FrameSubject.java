// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.filter;

import java.util.Set;
import org.tailwalk.packet.Frame;
import org.tailwalk.packet.PacketSummary;
import org.tailwalk.packet.PacketView;
import org.tailwalk.replay.PacketReplay;
import org.tailwalk.replay.Placement;
import org.tailwalk.text.Message;

/** Subjects of frames that no engine ran. */
public final class FrameSubject {
  private FrameSubject() {}

  /** What the filter language knows of a frame. */
  public static TraceSubject of(int number, Frame frame) {
    PacketReplay replay =
        new PacketReplay(
            number,
            frame,
            new Placement.NotRun("no-endpoint", Message.plain("nobody's packet"), Set.of()),
            null,
            null,
            java.util.List.of(),
            null);
    PacketSummary words = PacketSummary.of(PacketView.of(frame.data()), frame.originalLength());
    return new TraceSubject(
        replay,
        1_700_000_000_000_000_000L,
        frame.timeNanos() - 5_000_000,
        7,
        _ -> words.source() + " → " + words.destination() + " " + words.info());
  }
}
