// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.report;

import java.io.PrintWriter;
import org.tailwalk.replay.PacketReplay;
import org.tailwalk.replay.ReplaySummary;
import org.tailwalk.replay.json.ReplayJson;

/** JSON lines: an object for each packet, and a summary at the end. */
public final class JsonReport implements ReplayReport {
  private final PrintWriter out;
  private final RunInfo run;
  private final ReplayJson json;

  /** Writes to a stream. */
  public JsonReport(PrintWriter out, RunInfo run) {
    this.out = out;
    this.run = run;
    this.json = new ReplayJson(run.scenario(), run.kernel() != null, run.model() != null);
  }

  @Override
  public void packet(PacketReplay packet) {
    out.println(json.packet(packet));
  }

  @Override
  public void end(ReplaySummary summary, RunEnd end) {
    out.println(
        json.summary(
            summary,
            run.kernel(),
            run.model(),
            new ReplayJson.Run(run.capture(), end.warnings(), end.interrupted(), end.claims())));
  }
}
