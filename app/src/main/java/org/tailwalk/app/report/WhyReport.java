// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.report;

import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;
import org.tailwalk.packet.Layer;
import org.tailwalk.packet.PacketView;
import org.tailwalk.replay.PacketReplay;
import org.tailwalk.replay.Placement;
import org.tailwalk.replay.ReplaySummary;
import org.tailwalk.replay.history.ReplayHistory;
import org.tailwalk.replay.why.Explanation;
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
  private final boolean whole;
  private @Nullable PacketReplay found;
  private boolean done;
  private boolean goesOn;

  /**
   * Explains a packet.
   *
   * @param wanted its 1-based number
   * @param whole whether to see all other packets as well first: what became of its connection
   *     afterwards is part of the account then
   */
  public WhyReport(PrintWriter out, RunInfo run, long wanted, boolean whole) {
    this.out = out;
    this.wanted = wanted;
    this.whole = whole;
    boolean kernel = run.kernel() != null;
    this.history = new ReplayHistory(run.scenario(), kernel, !kernel);
    this.why = new Why(run.scenario(), history.primary());
  }

  @Override
  public void packet(PacketReplay packet) {
    history.add(packet);
    if (packet.number() == wanted) {
      found = packet;
      done = !whole;
    }
  }

  @Override
  public boolean done() {
    return done;
  }

  @Override
  public void end(ReplaySummary summary, RunEnd end) {
    PacketReplay packet = found;
    if (packet != null) {
      Explanation explanation = why.explain(packet);
      explanation.lines().forEach(l -> out.println(TextReport.ascii(l.toString())));
      goesOn =
          packet.placement() instanceof Placement.Run
              && PacketView.of(packet.frame().data()).transport() instanceof Layer.Tcp;
    }
    out.flush();
  }

  /** Whether later packets could add to the account: its connection may be closed by one. */
  public boolean goesOn() {
    return goesOn;
  }
}
