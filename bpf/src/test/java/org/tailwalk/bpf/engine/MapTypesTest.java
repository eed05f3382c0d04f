// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tailwalk.bpf.Fixtures;
import org.tailwalk.bpf.elf.CollectionSpec;
import org.tailwalk.event.Field;
import org.tailwalk.packet.Bytes;

/** Values of maps that we know nothing about, by the types in the object. */
final class MapTypesTest {
  @Test
  void valueIsTakenApartByItsType() throws Exception {
    CollectionSpec object = Fixtures.spec("template");
    byte[] value = new byte[32];
    value[0] = 7;
    List<Field> fields =
        MapTypes.of(object, "flows_tcp", false).fields(Bytes.copyOf(value)).orElseThrow();
    assertThat(fields).contains(new Field("packets", "7"), new Field("closing", "0"));
    assertThat(
            MapTypes.of(object, "flows_tcp", true).fields(Bytes.copyOf(new byte[14])).orElseThrow())
        .extracting(Field::name)
        .containsExactly("daddr", "saddr", "dport", "sport", "proto", "flags");
  }

  @Test
  void nothingIsSaidOfAMapThatIsNotThere() throws Exception {
    assertThat(
            MapTypes.of(Fixtures.spec("template"), "no_such_map", true).fields(Bytes.ofHex("01")))
        .isEmpty();
  }
}
