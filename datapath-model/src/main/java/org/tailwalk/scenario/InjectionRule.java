// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.scenario;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tailwalk.event.Hook;
import org.tailwalk.packet.Prefix;

/**
 * Where a scenario wants certain packets to enter. The first rule that matches wins; packets that
 * no rule matches are placed by their addresses.
 *
 * @param firstPacket 1-based, inclusive
 * @param lastPacket inclusive; {@link Long#MAX_VALUE} for no end
 * @param source null for any
 * @param destination null for any
 * @param entry null: these packets are not run
 */
public record InjectionRule(
    long firstPacket,
    long lastPacket,
    @Nullable Prefix source,
    @Nullable Prefix destination,
    @Nullable Entry entry) {

  /**
   * An entry and its context.
   *
   * @param endpoint id of one of the scenario's endpoints
   * @param cb five slots, or null: what the hook expects is filled in
   * @param ifindex null: the endpoint's
   */
  public record Entry(
      int endpoint, Hook hook, long mark, @Nullable List<Long> cb, @Nullable Long ifindex) {
    /** Keeps its own copy. */
    public Entry {
      cb = cb == null ? null : List.copyOf(cb);
    }
  }

  /** A packet range that is not empty. */
  public InjectionRule {
    if (firstPacket < 1 || lastPacket < firstPacket) {
      throw new IllegalArgumentException(
          "a rule's packets are FIRST-LAST, 1 up, not " + firstPacket + "-" + lastPacket);
    }
  }
}
