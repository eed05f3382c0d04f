// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.event;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;

/**
 * One named field of a record, as text: what tables and field deltas are made of.
 *
 * @param name the field's name in C style ({@code rx_packets})
 * @param text its value as shown
 */
public record Field(String name, String text) {
  /** The fields of a record, in declaration order. */
  public static List<Field> of(Record value) {
    List<Field> fields = new ArrayList<>();
    for (RecordComponent component : value.getClass().getRecordComponents()) {
      try {
        Object part = component.getAccessor().invoke(value);
        fields.add(new Field(cName(component.getName()), String.valueOf(part)));
      } catch (ReflectiveOperationException e) {
        throw new LinkageError("a record's accessor can't be called: " + component, e);
      }
    }
    return List.copyOf(fields);
  }

  private static String cName(String javaName) {
    StringBuilder name = new StringBuilder();
    for (char c : javaName.toCharArray()) {
      if (Character.isUpperCase(c)) {
        name.append('_').append(Character.toLowerCase(c));
      } else {
        name.append(c);
      }
    }
    return name.toString();
  }
}
