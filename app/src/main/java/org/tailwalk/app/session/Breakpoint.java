// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.session;

import org.tailwalk.event.PathEvent;

/**
 * A place where running to the next one stops.
 *
 * @param id unique among those of a session, from 1 on
 * @param enabled whether it stops anything
 * @param on what it stops at
 * @param condition a filter that the packet must pass besides; empty for none
 */
public record Breakpoint(int id, boolean enabled, On on, String condition) {
  /** What a breakpoint stops at. Empty texts stand for anything. */
  public sealed interface On {}

  /**
   * A program begins.
   *
   * @param program its id ({@code 2/7}, {@code from-container}) or function
   */
  public record Program(String program) implements On {}

  /** How a tail call ended. */
  public enum Outcome {
    TAKEN,
    MISSED,
    EITHER
  }

  /**
   * A tail call.
   *
   * @param slot of the program array; -1 for any
   */
  public record TailCall(long slot, Outcome outcome) implements On {}

  /** What is done with a map's entry. */
  public enum Access {
    READ,
    WRITE,
    DELETE,
    ANY;

    /** What a step does with the entry it names, found or not. */
    public static Access of(PathEvent.MapEvent event) {
      return switch (event) {
        case PathEvent.LookedUp _ -> READ;
        case PathEvent.Updated _ -> WRITE;
        case PathEvent.Deleted _ -> DELETE;
        case PathEvent.Changed c -> c.after() == null ? DELETE : WRITE;
      };
    }
  }

  /**
   * A map.
   *
   * @param map the role in lower case ({@code ct_tcp4}), or the map's own name
   * @param key occurs in the key as the steps show it; a leading and closing / makes it a regular
   *     expression
   */
  public record MapEntry(String map, String key, Access access) implements On {}

  /**
   * A conntrack entry goes from one state to another, or a lookup has a status.
   *
   * @param from state before, such as {@code none}, {@code syn}, {@code half-closed-rx}
   * @param to state afterwards
   * @param status of a lookup ({@code new}, {@code reply}, …); empty for changes of state
   */
  public record Conntrack(String from, String to, String status) implements On {}

  /**
   * A packet is dropped, or passes on a code that is no verdict.
   *
   * @param reason symbol, words or number
   */
  public record Drop(String reason) implements On {}

  /**
   * Kernel and model part.
   *
   * @param code the stable word
   */
  public record Divergence(String code) implements On {}

  /**
   * A notification is sent.
   *
   * @param type drop, trace, policy-verdict, debug, debug-capture, signal
   */
  public record Notification(String type) implements On {}

  /** A packet that passes the condition enters. */
  public record Packet() implements On {}

  /**
   * The first packet at or behind a time.
   *
   * @param sinceFirstNanos capture time since the first packet's
   */
  public record Time(long sinceFirstNanos) implements On {}

  /** On or off. */
  public Breakpoint withEnabled(boolean on) {
    return new Breakpoint(id, on, this.on, condition);
  }
}
