// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.vector;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.tailwalk.packet.Bytes;

/**
 * A JSON object that knows where it stands, so that what is wrong with it can be said. Numbers are
 * host order.
 */
final class Json {
  /** What is wrong, with its path in the document. */
  static final class Wrong extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Wrong(String path, String why) {
      super(path + ": " + why);
    }
  }

  private final JsonObject object;
  private final String path;

  private Json(JsonObject object, String path) {
    this.object = object;
    this.path = path;
  }

  static Json of(JsonElement element, String path) {
    if (!element.isJsonObject()) {
      throw new Wrong(path, "an object is expected");
    }
    return new Json(element.getAsJsonObject(), path);
  }

  boolean has(String name) {
    return object.has(name);
  }

  private JsonElement get(String name) {
    JsonElement element = object.get(name);
    if (element == null) {
      throw new Wrong(path, "\"" + name + "\" is missing");
    }
    return element;
  }

  private <T> T read(String name, String kind, Function<JsonElement, T> how) {
    JsonElement element = get(name);
    try {
      return how.apply(element);
    } catch (IllegalStateException
        | IllegalArgumentException
        | ArithmeticException
        | UnsupportedOperationException
        | IndexOutOfBoundsException e) {
      throw new Wrong(path + "." + name, kind + " is expected, not " + element);
    }
  }

  long number(String name) {
    return read(name, "a whole number", e -> e.getAsBigDecimal().longValueExact());
  }

  long number(String name, long otherwise) {
    return has(name) ? number(name) : otherwise;
  }

  int integer(String name) {
    return read(name, "a whole number", e -> e.getAsBigDecimal().intValueExact());
  }

  boolean flag(String name) {
    JsonElement element = get(name);
    if (!element.isJsonPrimitive() || !element.getAsJsonPrimitive().isBoolean()) {
      throw new Wrong(path + "." + name, "true or false is expected, not " + element);
    }
    return element.getAsBoolean();
  }

  String text(String name) {
    JsonElement element = get(name);
    if (!element.isJsonPrimitive() || !element.getAsJsonPrimitive().isString()) {
      throw new Wrong(path + "." + name, "a text is expected, not " + element);
    }
    return element.getAsString();
  }

  String text(String name, String otherwise) {
    return has(name) ? text(name) : otherwise;
  }

  Bytes hex(String name) {
    return parsed(name, "hex", Bytes::ofHex);
  }

  /** A text that something else parses; its {@code IllegalArgumentException} says why not. */
  <T> T parsed(String name, String kind, Function<String, T> parser) {
    String text = text(name);
    try {
      return parser.apply(text);
    } catch (IllegalArgumentException e) {
      throw new Wrong(
          path + "." + name, kind + " is expected, not \"" + text + "\": " + e.getMessage());
    }
  }

  Json object(String name) {
    return of(get(name), path + "." + name);
  }

  /** The objects of an array; none when it is absent. */
  List<Json> objects(String name) {
    List<Json> all = new ArrayList<>();
    if (has(name)) {
      List<JsonElement> elements = elements(name);
      for (int i = 0; i < elements.size(); i++) {
        all.add(of(elements.get(i), path + "." + name + "[" + i + "]"));
      }
    }
    return all;
  }

  /** The numbers of an array; none when it is absent. */
  List<Long> numbers(String name) {
    return has(name)
        ? read(
            name,
            "an array of whole numbers",
            e ->
                e.getAsJsonArray().asList().stream()
                    .map(n -> n.getAsBigDecimal().longValueExact())
                    .toList())
        : List.of();
  }

  /** The texts of an array; none when it is absent. */
  List<String> texts(String name) {
    return has(name)
        ? read(
            name,
            "an array of texts",
            e -> e.getAsJsonArray().asList().stream().map(JsonElement::getAsString).toList())
        : List.of();
  }

  private List<JsonElement> elements(String name) {
    return read(name, "an array", e -> e.getAsJsonArray().asList());
  }

  List<String> names() {
    return List.copyOf(object.keySet());
  }

  Wrong wrong(String name, String why) {
    return new Wrong(path + "." + name, why);
  }
}
