// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.report;

import java.io.PrintWriter;
import org.tailwalk.replay.PacketReplay;
import org.tailwalk.replay.ReplaySummary;
import org.tailwalk.replay.why.ProvenanceIndex;
import org.tailwalk.replay.why.Why;

/**
 * Explains one packet in ten lines: the kernel lane's account, or the model's where there is no
 * kernel lane. Must be told of every packet up to that one. ASCII alone, for any terminal.
 */
public final class WhyReport implements ReplayReport {
  private final PrintWriter out;
  private final long wanted;
  private final ProvenanceIndex index;
  private final Why why;
  private boolean done;

  /** Explains the packet of this 1-based number. */
  public WhyReport(PrintWriter out, RunInfo run, long wanted) {
    this.out = out;
    this.wanted = wanted;
    this.index = new ProvenanceIndex(run.scenario(), run.kernel() != null);
    this.why = new Why(run.scenario(), index);
  }

  @Override
  public void packet(PacketReplay packet) {
    index.add(packet);
    if (packet.number() == wanted) {
      why.explain(packet).lines().forEach(l -> out.println(TextReport.ascii(l.toString())));
      done = true;
    }
  }

  @Override
  public boolean done() {
    return done;
  }

  @Override
  public void end(ReplaySummary summary, RunEnd end) {
    out.flush();
  }
}
