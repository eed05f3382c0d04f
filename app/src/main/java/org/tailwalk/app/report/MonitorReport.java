// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.report;

import java.io.PrintWriter;
import org.tailwalk.replay.MonitorText;
import org.tailwalk.replay.PacketReplay;
import org.tailwalk.replay.ReplaySummary;

/** A line for each notification, as {@code cilium monitor -v} prints them. */
public final class MonitorReport implements ReplayReport {
  private final PrintWriter out;

  /** Writes to a stream. */
  public MonitorReport(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void packet(PacketReplay packet) {
    MonitorText.lines(packet).forEach(out::println);
  }

  @Override
  public void end(ReplaySummary summary, RunEnd end) {
    out.flush();
  }
}
