// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.event;

import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
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
    Part[] parts = PARTS.get(value.getClass());
    Field[] fields = new Field[parts.length];
    for (int i = 0; i < parts.length; i++) {
      try {
        fields[i] = new Field(parts[i].name, String.valueOf(parts[i].accessor.invoke(value)));
      } catch (ReflectiveOperationException e) {
        throw new LinkageError("a record's accessor can't be called: " + parts[i].accessor, e);
      }
    }
    return List.of(fields);
  }

  private record Part(String name, Method accessor) {}

  /** Looked up once for each kind of record: tables ask for fields by the thousand. */
  private static final ClassValue<Part[]> PARTS =
      new ClassValue<>() {
        @Override
        protected Part[] computeValue(Class<?> type) {
          RecordComponent[] components = type.getRecordComponents();
          Part[] parts = new Part[components.length];
          for (int i = 0; i < parts.length; i++) {
            parts[i] = new Part(cName(components[i].getName()), components[i].getAccessor());
          }
          return parts;
        }
      };

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
