// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.tailwalk.bpf.Fixtures;
import org.tailwalk.bpf.Privilege;
import org.tailwalk.bpf.elf.CollectionSpec;
import org.tailwalk.bpf.elf.MapShape;

@Tag("kernel")
@ExtendWith(Privilege.class)
class CollectionTest {
  private static byte[] word(int value) {
    return ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array();
  }

  @Test
  void mapsInMapsHoldWhatTheObjectSays() throws Exception {
    try (Collection loaded = Collection.load(Fixtures.spec("ordinary"), Map.of())) {
      BpfMap outer = loaded.map("outer").orElseThrow();
      int second = loaded.map("second_inner").orElseThrow().id();
      assertThat(outer.lookup(word(1))).hasValue(word(second));
      assertThat(outer.lookup(word(0))).isEmpty();
    }
  }

  @Test
  void sharedMapIsUsedAndOutlivesTheCollection() throws Exception {
    CollectionSpec spec = Fixtures.spec("ordinary");
    try (BpfMap shared = Collection.createMap(spec.map("first_inner").orElseThrow())) {
      try (Collection loaded = Collection.load(spec, Map.of("first_inner", shared))) {
        assertThat(loaded.map("first_inner")).hasValue(shared);
        assertThat(loaded.ownMaps()).doesNotContain(shared);
      }
      assertThat(shared.id()).isPositive();
    }
  }

  @Test
  void refusedMapIsNamedInAPath() throws Exception {
    CollectionSpec spec =
        Fixtures.spec("ordinary")
            .mapMaps(m ->
                m.name().equals("first_inner")
                    ? m.withShape(new MapShape(1, 0, 8, 4, 0)).withoutTypes()
                    : m);
    assertThatThrownBy(() -> Collection.load(spec, Map.of()))
        .isInstanceOf(LoadException.class)
        .hasMessage(
            "load \"ordinary.bpf.o\": map \"first_inner\" (type 1, key 0 bytes, value 8 bytes,"
                + " 4 entries, flags 0x0): BPF_MAP_CREATE: EINVAL");
  }
}
