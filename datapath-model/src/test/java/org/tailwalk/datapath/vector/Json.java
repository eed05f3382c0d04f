// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.datapath.vector;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;

/** Reading with the defaults of the vectors: a field left out is 0, empty or false. */
final class Json {
  private static final JsonArray EMPTY = new JsonArray();

  private Json() {}

  static JsonArray list(JsonObject object, String name) {
    return object.has(name) ? object.getAsJsonArray(name) : EMPTY;
  }

  static long number(JsonObject object, String name) {
    return number(object, name, 0);
  }

  static long number(JsonObject object, String name, long otherwise) {
    JsonElement element = object.get(name);
    return element == null || element.isJsonNull() ? otherwise : element.getAsLong();
  }

  static String text(JsonObject object, String name) {
    JsonElement element = object.get(name);
    return element == null || element.isJsonNull() ? "" : element.getAsString();
  }

  static boolean flag(JsonObject object, String name) {
    return object.has(name) && object.get(name).getAsBoolean();
  }
}
