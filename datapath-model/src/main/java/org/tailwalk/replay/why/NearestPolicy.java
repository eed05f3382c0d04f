// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.replay.why;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.tailwalk.event.MapKey;
import org.tailwalk.event.MapValue;
import org.tailwalk.replay.history.MapHistory;

/**
 * The allowing entry that differs least from what was looked for.
 *
 * @param differences in words; empty when the entry would match, had the datapath looked for it
 */
record NearestPolicy(MapKey.PolicyKey key, MapValue.PolicyEntry entry, List<String> differences) {
  /** Finds it among the entries of an endpoint's policy map. */
  static Optional<NearestPolicy> of(
      MapKey.PolicyKey wanted, List<MapHistory.Standing> entries, Words words) {
    List<NearestPolicy> candidates = new ArrayList<>();
    entries.forEach(each -> {
      if (each.key() instanceof MapKey.PolicyKey policy
          && policy.egress() == wanted.egress()
          && each.value() instanceof MapValue.PolicyEntry entry
          && !entry.deny()) {
        candidates.add(new NearestPolicy(policy, entry, differences(wanted, policy, words)));
      }
    });
    return candidates.stream()
        .min(
            Comparator.comparingInt((NearestPolicy c) -> c.differences.size())
                .thenComparing(c -> !fits(wanted.protocol(), c.key.protocol()))
                .thenComparing(c -> !fits(wanted.identity(), c.key.identity()))
                .thenComparingInt(c -> Math.abs(wanted.dport() - c.key.dport()))
                .thenComparingLong(c -> c.key.identity())
                .thenComparingInt(c -> c.key.dport())
                .thenComparingInt(c -> c.key.protocol()));
  }

  private static boolean fits(long wanted, long given) {
    return given == 0 || given == wanted;
  }

  private static List<String> differences(
      MapKey.PolicyKey wanted, MapKey.PolicyKey given, Words words) {
    List<String> found = new ArrayList<>();
    if (!fits(wanted.identity(), given.identity())) {
      found.add(
          "identity %s, the other end is %s"
              .formatted(words.identity(given.identity()), words.identity(wanted.identity())));
    }
    if (!fits(wanted.protocol(), given.protocol())) {
      found.add(
          "protocol %s, the packet has %s"
              .formatted(Words.protocol(given.protocol()), Words.protocol(wanted.protocol())));
    }
    if (!fits(wanted.dport(), given.dport())) {
      found.add("port %d, the packet has %d".formatted(given.dport(), wanted.dport()));
    }
    return found;
  }

  String text() {
    if (differences.isEmpty()) {
      // Row 3 of the lookup order takes identity 0, not the remote's (section 4.2).
      return Words.key(key)
          + " would fit, but the datapath never looks for one identity with any port of a protocol";
    }
    return Words.key(key) + ": " + String.join("; ", differences);
  }
}
