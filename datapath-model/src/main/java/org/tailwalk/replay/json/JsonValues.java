// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.replay.json;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;
import org.tailwalk.packet.Bytes;

/** Plain values and records as JSON. */
final class JsonValues {
  private static final long SECOND = 1_000_000_000L;

  /** The 64-bit components of the vocabulary: decimal strings. */
  private static final Set<String> WIDE =
      Set.of(
          "rxPackets", "rxBytes", "txPackets", "txBytes", "packets", "bytes", "count", "lastUsed");

  private static final ConcurrentMap<Class<?>, RecordComponent[]> COMPONENTS =
      new ConcurrentHashMap<>();

  private JsonValues() {}

  /** Seconds with nine decimals. */
  static String time(long nanos) {
    long seconds = Math.floorDiv(nanos, SECOND);
    return seconds + "." + "%09d".formatted(Math.floorMod(nanos, SECOND));
  }

  /** The nanoseconds of {@link #time}. */
  static long nanos(String time) {
    int dot = time.indexOf('.');
    if (dot < 0 || time.length() != dot + 10) {
      throw new IllegalArgumentException("not a time of nine decimals: \"" + time + "\"");
    }
    return Math.addExact(
        Math.multiplyExact(Long.parseLong(time.substring(0, dot)), SECOND),
        Long.parseLong(time.substring(dot + 1)));
  }

  /** A record's components by name. */
  static JsonObject record(Record value, Set<String> leftOut) {
    JsonObject o = new JsonObject();
    RecordComponent[] components =
        COMPONENTS.computeIfAbsent(value.getClass(), Class::getRecordComponents);
    for (RecordComponent component : components) {
      if (!leftOut.contains(component.getName())) {
        try {
          o.add(
              component.getName(),
              value(component.getName(), component.getAccessor().invoke(value)));
        } catch (ReflectiveOperationException e) {
          throw new LinkageError("a record's accessor can't be called: " + component, e);
        }
      }
    }
    return o;
  }

  private static JsonElement value(String name, @Nullable Object value) {
    return switch (value) {
      case null -> JsonNull.INSTANCE;
      case Long number when WIDE.contains(name) -> new JsonPrimitive(Long.toUnsignedString(number));
      case Number number -> new JsonPrimitive(number);
      case Boolean truth -> new JsonPrimitive(truth);
      case Bytes bytes -> new JsonPrimitive(bytes.hex());
      case Enum<?> constant -> new JsonPrimitive(constant.name().toLowerCase(Locale.ROOT));
      case Record nested when nested.getClass().getEnclosingClass() != null ->
          record(nested, Set.of());
      case List<?> items -> {
        JsonArray array = new JsonArray();
        items.forEach(i -> array.add(value(name, i)));
        yield array;
      }
      default -> new JsonPrimitive(value.toString());
    };
  }

  static JsonObject object(JsonObject o, String name) {
    JsonElement value = o.get(name);
    if (value == null || !value.isJsonObject()) {
      throw new IllegalArgumentException("field \"" + name + "\" is not an object");
    }
    return value.getAsJsonObject();
  }

  static String text(JsonObject o, String name) {
    return primitive(o, name).getAsString();
  }

  static long number(JsonObject o, String name) {
    return primitive(o, name).getAsLong();
  }

  static boolean truth(JsonObject o, String name) {
    return primitive(o, name).getAsBoolean();
  }

  private static JsonPrimitive primitive(JsonObject o, String name) {
    JsonElement value = o.get(name);
    if (value == null || !value.isJsonPrimitive()) {
      throw new IllegalArgumentException("field \"" + name + "\" is missing");
    }
    return value.getAsJsonPrimitive();
  }

  static boolean present(JsonObject o, String name) {
    return o.has(name) && !o.get(name).isJsonNull();
  }
}
