// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.walk;

import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.tailwalk.event.MapRole;
import org.tailwalk.event.PathEvent;
import org.tailwalk.event.Step;
import org.tailwalk.replay.AlignedStep;
import org.tailwalk.replay.PacketReplay;

/** How often the packets of a capture went where. Filled by one thread, then only read. */
public final class Tally {
  private final Map<Hop, long[]> hops = new HashMap<>();
  private final Lane kernel = new Lane();
  private final Lane model = new Lane();

  /** A tail call site's slot, by the program it stands in. */
  public record Call(String program, MapRole map, long slot) {}

  /**
   * What became of a tail call.
   *
   * @param taken how often the other program began
   * @param missed how often it fell through
   */
  public record Count(long taken, long missed) {
    /** Never tried. */
    public static final Count NONE = new Count(0, 0);
  }

  /** One lane's counts. */
  private static final class Lane {
    final Map<Call, long[]> calls = new HashMap<>();
    final Map<String, long[]> entered = new HashMap<>();

    void add(PathEvent event) {
      switch (event) {
        case PathEvent.Entered e -> bump(entered, e.program().id(), 0);
        case PathEvent.TailCallTaken e ->
            bump(calls, new Call(e.program().id(), e.map().role(), e.slot()), 0);
        case PathEvent.TailCallMissed e ->
            bump(calls, new Call(e.program().id(), e.map().role(), e.slot()), 1);
        case PathEvent.Returned _,
            PathEvent.MapEvent _,
            PathEvent.Notified _,
            PathEvent.RedirectCalled _,
            PathEvent.Rewritten _,
            PathEvent.ContextChanged _,
            PathEvent.VerdictReached _ -> {}
      }
    }
  }

  private static <K> void bump(Map<K, long[]> counts, K key, int which) {
    counts.computeIfAbsent(key, _ -> new long[2])[which]++;
  }

  /** Counts a packet in. */
  public void add(PacketReplay packet) {
    Hop.forEach(packet, (hop, _) -> bump(hops, hop, 0));
    for (AlignedStep row : packet.rows()) {
      count(row.kernel(), kernel);
      count(row.model(), model);
    }
  }

  private static void count(@Nullable Step step, Lane lane) {
    if (step != null) {
      lane.add(step.event());
    }
  }

  /** The hops of the kernel lane, each with how often it was made. */
  public void forEachHop(BiConsumer<Hop, Long> sink) {
    hops.forEach((hop, count) -> sink.accept(hop, count[0]));
  }

  /** What became of a tail call in one lane. */
  public Count call(boolean kernelLane, Call call) {
    long[] counts = (kernelLane ? kernel : model).calls.get(call);
    return counts == null ? Count.NONE : new Count(counts[0], counts[1]);
  }

  /** Every tail call that was tried, with its counts, in one lane. */
  public void forEachCall(boolean kernelLane, BiConsumer<Call, Count> sink) {
    (kernelLane ? kernel : model)
        .calls.forEach((call, counts) -> sink.accept(call, new Count(counts[0], counts[1])));
  }

  /** How often a program began to run in one lane. */
  public long entered(boolean kernelLane, String program) {
    long[] counts = (kernelLane ? kernel : model).entered.get(program);
    return counts == null ? 0 : counts[0];
  }
}
