// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.report;

import java.io.PrintWriter;
import org.tailwalk.replay.PacketReplay;
import org.tailwalk.replay.ReplaySummary;
import org.tailwalk.replay.history.ReplayHistory;
import org.tailwalk.replay.why.Why;

/**
 * Explains one packet in ten lines: the kernel lane's account, or the model's where there is no
 * kernel lane. Must be told of every packet up to that one. ASCII alone, for any terminal.
 */
public final class WhyReport implements ReplayReport {
  private final PrintWriter out;
  private final long wanted;
  private final ReplayHistory history;
  private final Why why;
  private boolean done;

  /** Explains the packet of this 1-based number. */
  public WhyReport(PrintWriter out, RunInfo run, long wanted) {
    this.out = out;
    this.wanted = wanted;
    boolean kernel = run.kernel() != null;
    this.history = new ReplayHistory(run.scenario(), kernel, !kernel);
    this.why = new Why(run.scenario(), history.primary());
  }

  @Override
  public void packet(PacketReplay packet) {
    history.add(packet);
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
