// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.filter;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.tailwalk.filter.Field.Type;
import org.tailwalk.text.Message;

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
  void number(String name, ToLongFunction<Subject> value) {
    number(name, Map.of(), value);
  }

  /** A number that has names; below 0 it is absent. */
  void number(String name, Map<String, Long> names, ToLongFunction<Subject> value) {
    values(
        name,
        Type.NUMBER,
        names,
        (s, each) -> {
          long v = value.applyAsLong(s);
          if (v >= 0) {
            each.accept(v);
          }
        });
  }

  /** Yes or no of those packets for which {@code there} holds. */
  void flag(String name, Predicate<Subject> there, Predicate<Subject> value) {
    values(
        name,
        Type.BOOL,
        Map.of(),
        (s, each) -> {
          if (there.test(s)) {
            each.accept(value.test(s) ? 1L : 0L);
          }
        });
  }

  void protocol(String name, Predicate<Subject> there) {
    values(
        name,
        Type.PROTOCOL,
        Map.of(),
        (s, each) -> {
          if (there.test(s)) {
            each.accept(1L);
          }
        });
  }

  void values(String name, Type type, Field.Values values) {
    values(name, type, Map.of(), values);
  }

  void words(String name, List<String> words, Field.Values values) {
    Map<String, Long> names = new TreeMap<>();
    words.forEach(w -> names.put(w, 0L));
    values(name, Type.WORD, names, values);
  }

  /** A lane's field means what the one without a lane does. */
  private static Message about(String name) {
    return Message.of("filter.field." + name.replaceFirst("^(kernel|model)\\.", ""));
  }

  void values(String name, Type type, Map<String, Long> names, Field.Values values) {
    to.accept(new Field(name, type, level, about(name), names, values));
  }
}
