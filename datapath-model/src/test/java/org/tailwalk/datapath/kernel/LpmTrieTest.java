// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.datapath.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.tailwalk.event.MapKey.IpcacheKey;
import org.tailwalk.event.MapRef;
import org.tailwalk.event.MapRole;
import org.tailwalk.event.MapValue.IpcacheEntry;
import org.tailwalk.packet.IpAddress;
import org.tailwalk.packet.Prefix;

final class LpmTrieTest {
  private final LpmTrie trie = new LpmTrie(MapRef.shared(MapRole.IPCACHE));

  private static IpcacheKey key(Prefix prefix) {
    return new IpcacheKey(prefix.address(), prefix.length());
  }

  private void put(String prefix, long identity) {
    trie.put(key(Prefix.parse(prefix)), new IpcacheEntry(identity, IpAddress.ANY4, 0));
  }

  private long identity(String address) {
    IpcacheEntry found = trie.get(key(Prefix.parse(address)));
    return found == null ? -1 : found.identity();
  }

  @Test
  void longestPrefixWins() {
    put("0.0.0.0/0", 2);
    put("10.0.0.0/8", 8);
    put("10.1.0.0/16", 16);
    put("10.1.2.3/32", 32);
    assertThat(identity("10.1.2.3")).isEqualTo(32);
    assertThat(identity("10.1.2.4")).isEqualTo(16);
    assertThat(identity("10.2.0.1")).isEqualTo(8);
    assertThat(identity("192.0.2.1")).isEqualTo(2);
    assertThat(identity("fd00::1")).isEqualTo(-1);
  }

  @Test
  void bitsBehindThePrefixDoNotCount() {
    put("10.1.2.3/8", 8);
    assertThat(identity("10.200.0.1")).isEqualTo(8);
    put("10.9.9.9/8", 9);
    assertThat(identity("10.200.0.1")).isEqualTo(9);
    assertThat(trie.entries()).hasSize(1);
    assertThat(trie.remove(key(Prefix.parse("10.0.0.0/8")))).isTrue();
    assertThat(identity("10.200.0.1")).isEqualTo(-1);
  }

  @Test
  void agreesWithASearchThroughAllPrefixes() {
    Random random = new Random(7);
    List<Prefix> stored = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      boolean v6 = i % 2 == 0;
      Prefix prefix = new Prefix(address(random, v6), random.nextInt(v6 ? 129 : 33));
      stored.add(prefix);
      trie.put(key(prefix), new IpcacheEntry(1_000 + i, IpAddress.ANY4, 0));
    }
    for (int i = 0; i < 2_000; i++) {
      IpAddress address = i % 3 == 0 ? stored.get(i % 200).address() : address(random, i % 2 == 0);
      int expected =
          stored.stream()
              .filter(p -> p.contains(address))
              .map(Prefix::length)
              .max(Comparator.naturalOrder())
              .orElse(-1);
      IpcacheEntry found = trie.get(key(Prefix.host(address)));
      int length = found == null ? -1 : stored.get((int) found.identity() - 1_000).length();
      assertThat(length).isEqualTo(expected);
    }
  }

  /** Close together, so that prefixes meet. */
  private static IpAddress address(Random random, boolean v6) {
    return v6
        ? new IpAddress(true, 0xfd00L << 48 | random.nextInt(4), (long) random.nextInt(4) << 62)
        : IpAddress.v4(10L << 24 | (long) random.nextInt(16) << 20 | random.nextInt(4));
  }
}
