// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.maps;

import java.util.List;
import org.tailwalk.event.Field;
import org.tailwalk.event.MapKey;
import org.tailwalk.event.MapRef;
import org.tailwalk.event.MapValue;
import org.tailwalk.packet.Bytes;

/** The fields of keys and values, by the object's own types where ours know bytes alone. */
@FunctionalInterface
interface FieldsOf {
  /**
   * The fields of bytes.
   *
   * @param key whether they are a key's; else a value's
   */
  List<Field> bytes(MapRef map, boolean key, Bytes bytes);

  /** The fields of a key. */
  default List<Field> of(MapRef map, MapKey key) {
    return key instanceof MapKey.RawKey(Bytes raw) ? bytes(map, true, raw) : key.fields();
  }

  /** The fields of a value. */
  default List<Field> of(MapRef map, MapValue value) {
    return value instanceof MapValue.RawValue(Bytes raw) ? bytes(map, false, raw) : value.fields();
  }
}
