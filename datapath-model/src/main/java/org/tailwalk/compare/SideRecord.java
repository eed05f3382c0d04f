// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.compare;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tailwalk.event.MapKey;
import org.tailwalk.packet.FlowKey;
import org.tailwalk.scenario.Scenario;
import org.tailwalk.text.Message;

/** What is kept of one side's replay: a few dozen bytes a packet. Immutable. */
public final class SideRecord {
  /** What an entry's life is made of, as far as comparing needs it. */
  public enum Fate {
    CREATED,
    COLLECTED,
    DELETED
  }

  /**
   * A turn in a conntrack entry's life.
   *
   * @param packet which packet did it; for the collector, the one that came next
   * @param sinceFirstNanos time since the capture's first packet
   * @param lifetimeSeconds CREATED: what it was given; COLLECTED: by how much it had expired
   */
  public record Turn(
      int packet, Fate fate, long sinceFirstNanos, long lifetimeSeconds, MapKey.CtTuple tuple) {}

  private final Scenario scenario;
  private final boolean kernelLane;
  private final CapturePrints prints;
  private final long[] digests;
  private final Map<FlowKey, List<Turn>> turns;
  private final long baseNanos;
  private final int[] outcomes;
  private final List<Message> words;

  SideRecord(
      Scenario scenario,
      boolean kernelLane,
      CapturePrints prints,
      long[] digests,
      Map<FlowKey, List<Turn>> turns,
      long baseNanos,
      int[] outcomes,
      List<Message> words) {
    this.scenario = scenario;
    this.kernelLane = kernelLane;
    this.prints = prints;
    this.digests = digests;
    this.turns = turns;
    this.baseNanos = baseNanos;
    this.outcomes = outcomes;
    this.words = List.copyOf(words);
  }

  /** What became of a packet, in English: {@code dropped: Policy denied}. */
  public String outcome(int packet) {
    return ending(packet).english();
  }

  /** What became of a packet. */
  public Message ending(int packet) {
    return words.get(outcomes[packet - 1]);
  }

  /** Whether a packet is another sighting of one that was run. */
  boolean seenBefore(int packet) {
    return ending(packet).equals(Look.SEEN_BEFORE);
  }

  /** Time since the packet before of the same flow, nanoseconds; -1 for the first. */
  public long pauseNanos(int packet) {
    int previous = prints.previousOfFlow(packet);
    return previous == 0 ? -1 : prints.timeNanos(packet) - prints.timeNanos(previous);
  }

  /** What was replayed against. */
  public Scenario scenario() {
    return scenario;
  }

  /** Whether the kernel lane is what this tells of, or the model's. */
  public boolean kernelLane() {
    return kernelLane;
  }

  /** What the alignment goes by. */
  public CapturePrints prints() {
    return prints;
  }

  /** The path of a packet as one number: equal paths have equal ones. */
  long digest(int packet) {
    return digests[packet - 1];
  }

  /** Virtual time as time since the capture's first packet, nanoseconds. */
  public long sinceFirst(long virtualNanos) {
    return virtualNanos - baseNanos;
  }

  /** The last turn of an entry's life before a packet; sweeps right before it count. */
  Optional<Turn> lastTurn(MapKey.CtTuple tuple, int packet) {
    Turn last = null;
    for (Turn turn : turns.getOrDefault(key(tuple), List.of())) {
      boolean before = turn.fate == Fate.COLLECTED ? turn.packet <= packet : turn.packet < packet;
      if (before && turn.tuple.equals(tuple)) {
        last = turn;
      }
    }
    return Optional.ofNullable(last);
  }

  /** The packet that made the entry which a packet found; 0 when it was there from the start. */
  int creator(MapKey.CtTuple tuple, int packet) {
    int found = 0;
    for (Turn turn : turns.getOrDefault(key(tuple), List.of())) {
      if (turn.fate == Fate.CREATED && turn.packet <= packet && turn.tuple.equals(tuple)) {
        found = turn.packet;
      }
    }
    return found;
  }

  /** The flow an entry belongs to, as far as its ports tell. */
  static FlowKey key(MapKey.CtTuple t) {
    return new FlowKey(t.daddr(), t.sport(), t.saddr(), t.dport(), t.nexthdr());
  }
}
