// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.scenario;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.tailwalk.text.Message;
import org.tailwalk.text.Told;

/**
 * Reads an object's fields by name and, when it is done, complains of those nobody asked for. Every
 * error names file, line, path and what would be right.
 */
final class JsonFields {
  /** Reads one value. */
  interface Reader<T> {
    T read(JsonTree value) throws ScenarioException;
  }

  private static final BigInteger MOST = BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);

  private final String file;
  private final JsonTree.Obj object;
  private final Set<String> asked = new HashSet<>();

  private JsonFields(String file, JsonTree.Obj object) {
    this.file = file;
    this.object = object;
  }

  static JsonFields of(String file, JsonTree tree) throws ScenarioException {
    if (!(tree instanceof JsonTree.Obj object)) {
      throw error(file, tree, Message.of("wrong.json.object", tree.kind()));
    }
    return new JsonFields(file, object);
  }

  static ScenarioException error(String file, JsonTree at, Message message) {
    return new ScenarioException(file, at.line(), at.path(), message);
  }

  ScenarioException error(String name, Message message) {
    JsonTree at = object.members().get(name);
    return error(file, at == null ? object : at, message);
  }

  ScenarioException error(Message message) {
    return error(file, object, message);
  }

  boolean has(String name) {
    return object.members().containsKey(name);
  }

  Set<String> names() {
    return object.members().keySet();
  }

  Optional<JsonTree> get(String name) {
    asked.add(name);
    return Optional.ofNullable(object.members().get(name));
  }

  JsonTree need(String name) throws ScenarioException {
    Optional<JsonTree> value = get(name);
    if (value.isEmpty()) {
      throw error(file, object, Message.of("wrong.json.missing", name));
    }
    return value.get();
  }

  /** Complains of the first field nobody asked for. */
  void done() throws ScenarioException {
    for (String name : object.members().keySet()) {
      if (!asked.contains(name)) {
        throw error(
            name,
            Message.of(
                "wrong.json.unknown", name, String.join(", ", asked.stream().sorted().toList())));
      }
    }
  }

  String string(String name) throws ScenarioException {
    return text(file, need(name));
  }

  String string(String name, String otherwise) throws ScenarioException {
    Optional<JsonTree> value = get(name);
    return value.isEmpty() ? otherwise : text(file, value.get());
  }

  static String text(String file, JsonTree value) throws ScenarioException {
    if (value instanceof JsonTree.Str(_, _, String text)) {
      return text;
    }
    throw error(file, value, Message.of("wrong.json.string", value.kind()));
  }

  boolean bool(String name, boolean otherwise) throws ScenarioException {
    Optional<JsonTree> value = get(name);
    return value.isEmpty() ? otherwise : truth(file, value.get());
  }

  static boolean truth(String file, JsonTree value) throws ScenarioException {
    if (value instanceof JsonTree.Bool(_, _, boolean truth)) {
      return truth;
    }
    throw error(file, value, Message.of("wrong.json.truth", value.kind()));
  }

  long number(String name, long least, long most) throws ScenarioException {
    return number(file, need(name), least, most);
  }

  long number(String name, long least, long most, long otherwise) throws ScenarioException {
    Optional<JsonTree> value = get(name);
    return value.isEmpty() ? otherwise : number(file, value.get(), least, most);
  }

  static long number(String file, JsonTree value, long least, long most) throws ScenarioException {
    if (value instanceof JsonTree.Str) {
      throw error(file, value, Message.of("wrong.json.whole", value.kind()));
    }
    return decimal(file, value, least, most);
  }

  /** The same, also as a decimal string, as times and 64-bit numbers are written. */
  long decimal(String name, long least, long most, long otherwise) throws ScenarioException {
    Optional<JsonTree> value = get(name);
    return value.isEmpty() ? otherwise : decimal(file, value.get(), least, most);
  }

  private static long decimal(String file, JsonTree value, long least, long most)
      throws ScenarioException {
    BigInteger number = integer(file, value);
    if (number.compareTo(BigInteger.valueOf(least)) < 0
        || number.compareTo(BigInteger.valueOf(most)) > 0) {
      throw error(file, value, Message.of("wrong.json.range", number, least, most));
    }
    return number.longValue();
  }

  /** 64 bits without a sign, as a decimal string or a number. */
  long unsigned(String name, long otherwise) throws ScenarioException {
    Optional<JsonTree> value = get(name);
    if (value.isEmpty()) {
      return otherwise;
    }
    BigInteger number = integer(file, value.get());
    if (number.signum() < 0 || number.compareTo(MOST) > 0) {
      throw error(file, value.get(), Message.of("wrong.json.range", number, 0, MOST));
    }
    return number.longValue();
  }

  private static BigInteger integer(String file, JsonTree value) throws ScenarioException {
    String text =
        switch (value) {
          case JsonTree.Num(_, _, String digits) -> digits;
          case JsonTree.Str(_, _, String digits) when digits.matches("\\d{1,40}") -> digits;
          default -> throw error(file, value, Message.of("wrong.json.whole", value.kind()));
        };
    if (!text.matches("-?\\d{1,40}")) {
      throw error(file, value, Message.of("wrong.json.whole", text));
    }
    return new BigInteger(text);
  }

  /** A word that a parser knows; its complaint becomes ours. */
  static <T> T word(String file, JsonTree value, Function<String, T> parser)
      throws ScenarioException {
    String text = text(file, value);
    try {
      return parser.apply(text);
    } catch (IllegalArgumentException e) {
      throw error(file, value, Told.of(e));
    }
  }

  <T> T word(String name, Function<String, T> parser) throws ScenarioException {
    return word(file, need(name), parser);
  }

  <T> Optional<T> optionalWord(String name, Function<String, T> parser) throws ScenarioException {
    Optional<JsonTree> value = get(name);
    return value.isEmpty() ? Optional.empty() : Optional.of(word(file, value.get(), parser));
  }

  /** An array's items, each read alike; none when the field is absent. */
  <T> List<T> list(String name, Reader<T> reader) throws ScenarioException {
    Optional<JsonTree> value = get(name);
    return value.isEmpty() ? List.of() : list(file, value.get(), reader);
  }

  static <T> List<T> list(String file, JsonTree value, Reader<T> reader) throws ScenarioException {
    if (!(value instanceof JsonTree.Arr(_, _, List<JsonTree> items))) {
      throw error(file, value, Message.of("wrong.json.array", value.kind()));
    }
    List<T> read = new ArrayList<>();
    for (JsonTree item : items) {
      read.add(reader.read(item));
    }
    return List.copyOf(read);
  }
}
