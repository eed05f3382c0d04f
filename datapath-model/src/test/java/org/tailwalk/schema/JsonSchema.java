// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.schema;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * As much of JSON Schema 2020-12 as our schemas use. A keyword it doesn't know is an error, so that
 * no rule is passed over in silence.
 */
public final class JsonSchema {
  private static final Set<String> KNOWN =
      Set.of(
          "$schema",
          "$id",
          "$defs",
          "$ref",
          "title",
          "description",
          "type",
          "properties",
          "additionalProperties",
          "required",
          "items",
          "enum",
          "const",
          "anyOf",
          "oneOf",
          "minimum",
          "maximum",
          "minLength",
          "pattern",
          "minItems",
          "maxItems");

  private final JsonObject root;

  private JsonSchema(JsonObject root) {
    this.root = root;
    known(root);
  }

  /** The schema of this name in the repository's {@code docs/schema}. */
  public static JsonSchema load(String name) throws IOException {
    Path file = Path.of("../docs/schema").resolve(name);
    return new JsonSchema(JsonParser.parseString(Files.readString(file)).getAsJsonObject());
  }

  /** The schema's own document. */
  public JsonObject root() {
    return root;
  }

  private static void known(JsonObject schema) {
    for (String word : schema.keySet()) {
      if (!KNOWN.contains(word)) {
        throw new IllegalStateException("schema keyword not known to the tests: " + word);
      }
    }
    for (String map : List.of("properties", "$defs")) {
      if (schema.has(map)) {
        schema.getAsJsonObject(map).asMap().values().forEach(s -> known(s.getAsJsonObject()));
      }
    }
  }

  /** What is wrong with a document, each with its path; empty when it is valid. */
  public List<String> errors(JsonElement document) {
    List<String> errors = new ArrayList<>();
    check(root, document, "$", errors);
    return errors;
  }

  private void check(JsonObject schema, JsonElement value, String path, List<String> errors) {
    if (schema.has("$ref")) {
      String name = schema.get("$ref").getAsString().substring("#/$defs/".length());
      check(root.getAsJsonObject("$defs").getAsJsonObject(name), value, path, errors);
    }
    if (schema.has("const") && !schema.get("const").equals(value)) {
      errors.add(path + ": not " + schema.get("const"));
    }
    if (schema.has("enum") && !schema.getAsJsonArray("enum").contains(value)) {
      errors.add(path + ": " + value + " is none of " + schema.get("enum"));
    }
    alternatives(schema, value, path, errors);
    if (schema.has("type") && !typed(schema.get("type"), value)) {
      errors.add(path + ": not of type " + schema.get("type") + ": " + value);
      return;
    }
    if (value.isJsonObject()) {
      object(schema, value.getAsJsonObject(), path, errors);
    } else if (value.isJsonArray()) {
      array(schema, value.getAsJsonArray(), path, errors);
    } else if (value.isJsonPrimitive()) {
      primitive(schema, value, path, errors);
    }
  }

  private void alternatives(
      JsonObject schema, JsonElement value, String path, List<String> errors) {
    for (String word : List.of("anyOf", "oneOf")) {
      if (!schema.has(word)) {
        continue;
      }
      int valid = 0;
      List<String> all = new ArrayList<>();
      for (JsonElement option : schema.getAsJsonArray(word)) {
        List<String> mine = new ArrayList<>();
        check(option.getAsJsonObject(), value, path, mine);
        valid += mine.isEmpty() ? 1 : 0;
        all.addAll(mine);
      }
      if (valid == 0 || (word.equals("oneOf") && valid != 1)) {
        errors.add(path + ": " + valid + " of " + word + " hold: " + all);
      }
    }
  }

  private static boolean typed(JsonElement type, JsonElement value) {
    if (type.isJsonArray()) {
      for (JsonElement one : type.getAsJsonArray()) {
        if (typed(one, value)) {
          return true;
        }
      }
      return false;
    }
    boolean primitive = value.isJsonPrimitive();
    return switch (type.getAsString()) {
      case "object" -> value.isJsonObject();
      case "array" -> value.isJsonArray();
      case "null" -> value.isJsonNull();
      case "string" -> primitive && value.getAsJsonPrimitive().isString();
      case "boolean" -> primitive && value.getAsJsonPrimitive().isBoolean();
      case "number" -> primitive && value.getAsJsonPrimitive().isNumber();
      case "integer" ->
          primitive
              && value.getAsJsonPrimitive().isNumber()
              && value.getAsBigDecimal().stripTrailingZeros().scale() <= 0;
      default -> throw new IllegalStateException("type not known to the tests: " + type);
    };
  }

  private void object(JsonObject schema, JsonObject value, String path, List<String> errors) {
    JsonObject properties =
        schema.has("properties") ? schema.getAsJsonObject("properties") : new JsonObject();
    for (Map.Entry<String, JsonElement> member : value.entrySet()) {
      String name = member.getKey();
      String at = path + "." + name;
      if (properties.has(name)) {
        check(properties.getAsJsonObject(name), member.getValue(), at, errors);
      } else if (schema.has("additionalProperties")) {
        JsonElement more = schema.get("additionalProperties");
        if (more.isJsonObject()) {
          check(more.getAsJsonObject(), member.getValue(), at, errors);
        } else if (!more.getAsBoolean()) {
          errors.add(at + ": unknown field");
        }
      }
    }
    if (schema.has("required")) {
      for (JsonElement name : schema.getAsJsonArray("required")) {
        if (!value.has(name.getAsString())) {
          errors.add(path + ": " + name + " is missing");
        }
      }
    }
  }

  private void array(JsonObject schema, JsonArray value, String path, List<String> errors) {
    if (schema.has("minItems") && value.size() < schema.get("minItems").getAsInt()
        || schema.has("maxItems") && value.size() > schema.get("maxItems").getAsInt()) {
      errors.add(path + ": " + value.size() + " items");
    }
    if (schema.has("items")) {
      for (int i = 0; i < value.size(); i++) {
        check(schema.getAsJsonObject("items"), value.get(i), path + "[" + i + "]", errors);
      }
    }
  }

  private static void primitive(
      JsonObject schema, JsonElement value, String path, List<String> errors) {
    if (value.getAsJsonPrimitive().isNumber()) {
      BigDecimal number = value.getAsBigDecimal();
      if (schema.has("minimum") && number.compareTo(schema.get("minimum").getAsBigDecimal()) < 0
          || schema.has("maximum")
              && number.compareTo(schema.get("maximum").getAsBigDecimal()) > 0) {
        errors.add(path + ": " + number + " is out of range");
      }
    } else if (value.getAsJsonPrimitive().isString()) {
      String text = value.getAsString();
      if (schema.has("minLength") && text.length() < schema.get("minLength").getAsInt()
          || schema.has("pattern")
              && !Pattern.compile(schema.get("pattern").getAsString()).matcher(text).find()) {
        errors.add(path + ": \"" + text + "\" does not fit");
      }
    }
  }
}
