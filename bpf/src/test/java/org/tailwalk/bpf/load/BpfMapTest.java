// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.tailwalk.bpf.Privilege;
import org.tailwalk.bpf.elf.MapType;
import org.tailwalk.bpf.sys.Bpf.MapAttr;
import org.tailwalk.bpf.sys.NativeBuffer;

@Tag("kernel")
@ExtendWith(Privilege.class)
class BpfMapTest {
  private static byte[] word(int v) {
    return ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(v).array();
  }

  @Test
  void storesFindsAndDeletes() throws IOException {
    try (BpfMap map = BpfMap.create("m", MapAttr.plain(MapType.HASH, 4, 8, 4, 1, "m"))) {
      byte[] value = {1, 2, 3, 4, 5, 6, 7, 8};
      map.update(word(7), value);
      assertThat(map.lookup(word(7))).hasValue(value);
      assertThat(map.lookup(word(8))).isEmpty();
      assertThat(map.delete(word(7))).isTrue();
      assertThat(map.delete(word(7))).isFalse();
    }
  }

  @Test
  void batchesReadWriteAndClearEveryKindOfPlainMap() throws IOException {
    record Case(String name, int type, int keySize, int flags) {}
    List<Case> cases =
        List.of(
            new Case("hash", MapType.HASH, 4, 1),
            new Case("lru", MapType.LRU_HASH, 4, 0),
            new Case("percpu hash", MapType.PERCPU_HASH, 4, 1),
            new Case("trie", MapType.LPM_TRIE, 8, 1));
    for (Case c : cases) {
      int n = 5000;
      try (BpfMap map =
          BpfMap.create(c.name, MapAttr.plain(c.type, c.keySize, 8, 2 * n, c.flags, "batch"))) {
        List<BpfMap.Entry> in = new ArrayList<>();
        for (int i = 0; i < n; i++) {
          ByteBuffer key = ByteBuffer.allocate(c.keySize).order(ByteOrder.LITTLE_ENDIAN);
          if (c.keySize == 8) {
            key.putInt(32);
          }
          key.putInt(i);
          byte[] value = new byte[map.userValueSize()];
          value[0] = (byte) i;
          in.add(new BpfMap.Entry(key.array(), value));
        }
        map.updateAll(in);
        assertThat(map.entries()).as(c.name).containsExactlyInAnyOrderElementsOf(in);
        map.clear();
        assertThat(map.entries()).as(c.name).isEmpty();
      }
    }
  }

  @Test
  void clearingAnArrayZeroesItsValues() throws IOException {
    try (BpfMap map = BpfMap.create("a", MapAttr.plain(MapType.PERCPU_ARRAY, 4, 48, 2, 0, "a"))) {
      byte[] value = new byte[48 * Cpus.possible()];
      value[50] = 9;
      map.update(word(1), value);
      map.clear();
      assertThat(map.entries()).allSatisfy(e -> assertThat(e.value()).containsOnly(0)).hasSize(2);
    }
  }

  @Test
  void mappedValuesAreTheMapsValues() throws IOException {
    try (BpfMap map = BpfMap.create("mm", MapAttr.plain(MapType.ARRAY, 4, 64, 1, 0x400, "mm"));
        NativeBuffer memory = map.mmap()) {
      memory.putLong(8, 0x1122334455667788L);
      assertThat(map.lookup(word(0)).orElseThrow()[8]).isEqualTo((byte) 0x88);
    }
  }

  @Test
  void fullMapIsToldFromABadIndexAndABadShape() throws IOException {
    try (BpfMap map = BpfMap.create("tiny", MapAttr.plain(MapType.HASH, 4, 4, 1, 0, "tiny"))) {
      map.update(word(1), word(1));
      assertThatThrownBy(() -> map.update(word(2), word(2)))
          .isInstanceOf(LoadException.class)
          .hasMessage(
              "map \"tiny\": update key 02000000: E2BIG: beyond the last index, or all 1 entries"
                  + " are taken");
    }
    try (BpfMap trie = BpfMap.create("t", MapAttr.plain(MapType.LPM_TRIE, 8, 4, 1, 1, "t"))) {
      trie.update(new byte[] {32, 0, 0, 0, 1, 1, 1, 1}, word(1));
      assertThatThrownBy(() -> trie.update(new byte[] {32, 0, 0, 0, 1, 1, 1, 2}, word(1)))
          .hasMessage("map \"t\": update key 2000000001010102: ENOSPC: all 1 entries are taken");
    }
    assertThatThrownBy(() -> BpfMap.create("ct", MapAttr.plain(MapType.HASH, 0, 4, 1, 0, "ct")))
        .hasMessage(
            "map \"ct\" (type 1, key 0 bytes, value 4 bytes, 1 entries, flags 0x0):"
                + " BPF_MAP_CREATE: EINVAL");
  }
}
