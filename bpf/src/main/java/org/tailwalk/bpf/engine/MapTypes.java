// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tailwalk.bpf.btf.Btf;
import org.tailwalk.bpf.btf.BtfField;
import org.tailwalk.bpf.btf.BtfFields;
import org.tailwalk.bpf.btf.BtfFormatException;
import org.tailwalk.bpf.elf.CollectionSpec;
import org.tailwalk.bpf.elf.MapSpec;
import org.tailwalk.event.Field;
import org.tailwalk.packet.Bytes;

/**
 * What an object says of the type of a map's keys or values.
 *
 * @param btf null where it says nothing
 */
record MapTypes(@Nullable Btf btf, int type) {
  /** Of a map by its symbol. */
  static MapTypes of(CollectionSpec object, String symbol, boolean key) {
    Optional<MapSpec> map = object.maps().stream().filter(m -> m.name().equals(symbol)).findFirst();
    int type = map.map(m -> key ? m.btfKeyType() : m.btfValueType()).orElse(0);
    return new MapTypes(object.btf().orElse(null), type);
  }

  /** The fields that the bytes hold whole; empty where the object says nothing of use. */
  Optional<List<Field>> fields(Bytes bytes) {
    if (btf == null || type == 0) {
      return Optional.empty();
    }
    try {
      List<Field> fields = new ArrayList<>();
      byte[] value = bytes.toArray();
      for (BtfField field : BtfFields.of(btf, type)) {
        if (field.within(value.length)) {
          fields.add(new Field(field.path().isEmpty() ? "value" : field.path(), field.text(value)));
        }
      }
      return fields.isEmpty() ? Optional.empty() : Optional.of(fields);
    } catch (BtfFormatException e) {
      return Optional.empty();
    }
  }
}
