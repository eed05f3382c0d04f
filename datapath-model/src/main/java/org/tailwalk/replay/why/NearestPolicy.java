// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.replay.why;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.tailwalk.event.MapKey;
import org.tailwalk.event.MapValue;
import org.tailwalk.replay.history.MapHistory;
import org.tailwalk.text.Message;

/**
 * The allowing entry that differs least from what was looked for.
 *
 * @param differences in words; empty when the entry would match, had the datapath looked for it
 */
record NearestPolicy(MapKey.PolicyKey key, MapValue.PolicyEntry entry, List<Message> differences) {
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

  private static List<Message> differences(
      MapKey.PolicyKey wanted, MapKey.PolicyKey given, Words words) {
    List<Message> found = new ArrayList<>();
    if (!fits(wanted.identity(), given.identity())) {
      found.add(
          Message.of(
              "why.near.identity",
              words.identity(given.identity()),
              words.identity(wanted.identity())));
    }
    if (!fits(wanted.protocol(), given.protocol())) {
      found.add(
          Message.of(
              "why.near.protocol",
              Words.protocol(given.protocol()),
              Words.protocol(wanted.protocol())));
    }
    if (!fits(wanted.dport(), given.dport())) {
      found.add(Message.of("why.near.port", given.dport(), wanted.dport()));
    }
    return found;
  }

  Message text() {
    if (differences.isEmpty()) {
      // Row 3 of the lookup order takes identity 0, not the remote's (section 4.2).
      return Message.of("why.near.fits", Words.key(key));
    }
    return Message.plain(Words.key(key), ": ", Message.joined("; ", differences));
  }
}
