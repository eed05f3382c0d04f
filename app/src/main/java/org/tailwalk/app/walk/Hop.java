// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.walk;

import org.jspecify.annotations.Nullable;
import org.tailwalk.event.PathEvent;
import org.tailwalk.event.ProgramRef;
import org.tailwalk.event.SourceRef;
import org.tailwalk.event.Step;
import org.tailwalk.replay.AlignedStep;
import org.tailwalk.replay.PacketReplay;

/**
 * From one trace point to the next within a run of a program.
 *
 * @param program as in {@link ProgramRef#id}
 * @param from slot of the first; {@link #ENTRY} where the program began
 * @param to slot of the second
 * @param found whether the lookup at {@code from} found something; null where it was none
 */
public record Hop(String program, int from, int to, @Nullable Boolean found) {
  /** Before the first instruction. */
  public static final int ENTRY = -1;

  /** Hears of hops. */
  @FunctionalInterface
  public interface Sink {
    /**
     * A hop was made.
     *
     * @param row 0-based aligned row of the second trace point's event
     */
    void accept(Hop hop, int row);
  }

  /** The kernel lane's hops of a packet, in order. */
  public static void forEach(PacketReplay packet, Sink sink) {
    Reader reader = new Reader(sink);
    for (AlignedStep row : packet.rows()) {
      Step step = row.kernel();
      if (step != null) {
        reader.read(step, row.index() - 1);
      }
    }
  }

  private static final class Reader {
    private final Sink sink;
    private boolean running;
    private int row;
    private int last;
    private @Nullable Boolean found;

    Reader(Sink sink) {
      this.sink = sink;
    }

    void read(Step step, int atRow) {
      row = atRow;
      switch (step.event()) {
        case PathEvent.Entered _ -> {
          running = true;
          last = ENTRY;
          found = null;
        }
        case PathEvent.TailCallTaken e -> {
          at(e.program(), step.source(), null);
          running = false;
        }
        case PathEvent.Returned e -> {
          at(e.program(), step.source(), null);
          running = false;
        }
        case PathEvent.TailCallMissed e -> at(e.program(), step.source(), null);
        case PathEvent.LookedUp e -> at(e.program(), step.source(), e.hit());
        case PathEvent.Updated e -> at(e.program(), step.source(), null);
        case PathEvent.Deleted e -> at(e.program(), step.source(), null);
        case PathEvent.Notified e -> at(e.program(), step.source(), null);
        case PathEvent.RedirectCalled e -> at(e.program(), step.source(), null);
        // Derived from what maps, frame and context were afterwards: no trace point of their own.
        case PathEvent.Changed _,
            PathEvent.Rewritten _,
            PathEvent.ContextChanged _,
            PathEvent.VerdictReached _ -> {}
      }
    }

    private void at(ProgramRef program, @Nullable SourceRef source, @Nullable Boolean outcome) {
      if (source == null || source.insn() < 0 || !running) {
        return;
      }
      sink.accept(new Hop(program.id(), last, source.insn(), found), row);
      last = source.insn();
      found = outcome;
    }
  }
}
