// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.replay.history;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.tailwalk.event.MapKey;
import org.tailwalk.packet.Prefix;

/** Which entry of a map of prefixes a lookup found: the longest one that holds the address. */
final class PrefixMatch {
  private static final int MOST_KNOWN = 65_536;

  private final Predicate<EntryLog> standing;
  private final Map<MapKey, Optional<EntryLog>> known = new HashMap<>();

  PrefixMatch(Predicate<EntryLog> standing) {
    this.standing = standing;
  }

  void changed(EntryLog entry) {
    if (entry.key instanceof MapKey.IpcacheKey) {
      known.clear();
    }
  }

  @Nullable EntryLog longest(Collection<EntryLog> entries, MapKey key) {
    if (!(key instanceof MapKey.IpcacheKey wanted)) {
      return null;
    }
    if (known.size() > MOST_KNOWN) {
      known.clear();
    }
    return known.computeIfAbsent(key, _ -> search(entries, wanted)).orElse(null);
  }

  private Optional<EntryLog> search(Collection<EntryLog> entries, MapKey.IpcacheKey wanted) {
    EntryLog best = null;
    int length = -1;
    for (EntryLog entry : entries) {
      if (entry.key instanceof MapKey.IpcacheKey given
          && given.prefixlen() > length
          && given.prefixlen() <= wanted.prefixlen()
          && new Prefix(given.address(), given.prefixlen()).contains(wanted.address())
          && standing.test(entry)) {
        best = entry;
        length = given.prefixlen();
      }
    }
    return Optional.ofNullable(best);
  }
}
