// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.filter;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.tailwalk.filter.Field.Type;

/** Short ways to write fields down. */
final class FieldMaker {
  private final Consumer<Field> to;
  private final Level level;

  /** Makes fields that need a packet at {@code level}. */
  FieldMaker(Consumer<Field> to, Level level) {
    this.to = to;
    this.level = level;
  }

  /** A number; below 0 it is absent. */
  void number(String name, String about, ToLongFunction<Subject> value) {
    number(name, about, Map.of(), value);
  }

  /** A number that has names; below 0 it is absent. */
  void number(String name, String about, Map<String, Long> names, ToLongFunction<Subject> value) {
    values(
        name,
        Type.NUMBER,
        about,
        names,
        (s, each) -> {
          long v = value.applyAsLong(s);
          if (v >= 0) {
            each.accept(v);
          }
        });
  }

  /** Yes or no of those packets for which {@code there} holds. */
  void flag(String name, String about, Predicate<Subject> there, Predicate<Subject> value) {
    values(
        name,
        Type.BOOL,
        about,
        Map.of(),
        (s, each) -> {
          if (there.test(s)) {
            each.accept(value.test(s) ? 1L : 0L);
          }
        });
  }

  void protocol(String name, String about, Predicate<Subject> there) {
    values(
        name,
        Type.PROTOCOL,
        about,
        Map.of(),
        (s, each) -> {
          if (there.test(s)) {
            each.accept(1L);
          }
        });
  }

  void values(String name, Type type, String about, Field.Values values) {
    values(name, type, about, Map.of(), values);
  }

  void words(String name, String about, List<String> words, Field.Values values) {
    Map<String, Long> names = new TreeMap<>();
    words.forEach(w -> names.put(w, 0L));
    values(name, Type.WORD, about, names, values);
  }

  void values(String name, Type type, String about, Map<String, Long> names, Field.Values values) {
    to.accept(new Field(name, type, level, about, names, values));
  }
}
