// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.report;

import java.io.PrintWriter;
import org.tailwalk.replay.PacketReplay;
import org.tailwalk.replay.ReplaySummary;
import org.tailwalk.replay.json.HubbleJson;

/** A JSON line for each flow, as {@code hubble observe -o json} prints them. */
public final class HubbleReport implements ReplayReport {
  /** A scenario has no name for its node. */
  private static final String NODE = "tailwalk";

  private final PrintWriter out;
  private final HubbleJson hubble;

  /** Writes to a stream. */
  public HubbleReport(PrintWriter out, RunInfo run) {
    this.out = out;
    this.hubble = new HubbleJson(run.scenario(), NODE);
  }

  @Override
  public void packet(PacketReplay packet) {
    hubble.flows(packet).forEach(out::println);
  }

  @Override
  public void end(ReplaySummary summary, RunEnd end) {
    out.flush();
  }
}
