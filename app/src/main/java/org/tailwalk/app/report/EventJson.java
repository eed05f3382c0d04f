// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.report;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tailwalk.event.ContextState;
import org.tailwalk.event.MapKey;
import org.tailwalk.event.MapValue;
import org.tailwalk.event.Notification;
import org.tailwalk.event.PathEvent;
import org.tailwalk.event.SourceRef;
import org.tailwalk.event.Step;
import org.tailwalk.event.Verdict;
import org.tailwalk.packet.Bytes;

/**
 * Events as JSON. The kind stands in {@code event}; struct fields carry their C names; 64-bit
 * numbers are decimal strings, bytes lower-case hex, addresses text.
 */
final class EventJson {
  /** Fields of structs that are 64 bits wide; the other numbers fit a JSON number. */
  private static final Set<String> WIDE =
      Set.of(
          "rx_packets",
          "rx_bytes",
          "tx_packets",
          "tx_bytes",
          "packets",
          "bytes",
          "count",
          "last_used");

  private EventJson() {}

  static JsonElement step(@Nullable Step step, String id) {
    if (step == null) {
      return JsonNull.INSTANCE;
    }
    JsonObject json = event(step.event());
    json.addProperty("id", id);
    SourceRef source = step.source();
    if (source != null) {
      JsonObject from = new JsonObject();
      from.addProperty("function", source.function());
      if (source.insn() >= 0) {
        from.addProperty("insn", source.insn());
      }
      if (source.file() != null) {
        from.addProperty("file", source.file());
      }
      if (source.line() > 0) {
        from.addProperty("line", source.line());
      }
      json.add("source", from);
    }
    return json;
  }

  static JsonObject event(PathEvent event) {
    JsonObject json = new JsonObject();
    switch (event) {
      case PathEvent.Entered(var program, ContextState context) -> {
        kind(json, "entered", program);
        if (context != null) {
          json.add("context", context(context));
        }
      }
      case PathEvent.TailCallTaken(var program, var map, long slot) -> {
        kind(json, "tail-call-taken", program);
        json.addProperty("map", map.toString());
        json.addProperty("slot", slot);
      }
      case PathEvent.TailCallMissed(var program, var map, long slot) -> {
        kind(json, "tail-call-missed", program);
        json.addProperty("map", map.toString());
        json.addProperty("slot", slot);
      }
      case PathEvent.Returned(var program, int code) -> {
        kind(json, "returned", program);
        json.addProperty("code", code);
      }
      case PathEvent.LookedUp e -> {
        map(json, "looked-up", e);
        json.addProperty("hit", e.hit());
        if (e.value() != null) {
          json.add("value", value(e.value()));
        }
      }
      case PathEvent.Updated e -> {
        map(json, "updated", e);
        if (e.value() != null) {
          json.add("value", value(e.value()));
        }
        json.addProperty("errno", e.errno());
      }
      case PathEvent.Deleted e -> {
        map(json, "deleted", e);
        json.addProperty("errno", e.errno());
      }
      case PathEvent.Changed e -> {
        map(json, "changed", e);
        json.add("before", value(e.before()));
        json.add("after", value(e.after()));
      }
      case PathEvent.Notified(var program, Notification notification) -> {
        kind(json, "notified", program);
        JsonObject body = record((Record) notification);
        body.addProperty("type", kebab(notification.getClass().getSimpleName()));
        json.add("notification", body);
      }
      case PathEvent.RedirectCalled(var program, String helper, long ifindex, long flags) -> {
        kind(json, "redirect-called", program);
        json.addProperty("helper", helper);
        json.addProperty("ifindex", ifindex);
        json.addProperty("flags", flags);
      }
      case PathEvent.Rewritten(int offset, String field, Bytes before, Bytes after) -> {
        json.addProperty("event", "rewritten");
        json.addProperty("offset", offset);
        json.addProperty("field", field);
        json.addProperty("before", before.hex());
        json.addProperty("after", after.hex());
      }
      case PathEvent.ContextChanged(String field, long before, long after) -> {
        json.addProperty("event", "context-changed");
        json.addProperty("field", field);
        json.addProperty("before", before);
        json.addProperty("after", after);
      }
      case PathEvent.VerdictReached(Verdict verdict) -> {
        json.addProperty("event", "verdict-reached");
        json.add("verdict", verdict(verdict));
      }
    }
    return json;
  }

  /** A verdict as an object whose {@code word} is of the closed set. */
  static JsonObject verdict(Verdict verdict) {
    JsonObject json = new JsonObject();
    json.addProperty("word", verdict.word());
    switch (verdict) {
      case Verdict.Redirected(long ifindex, long flags) -> {
        json.addProperty("ifindex", ifindex);
        json.addProperty("flags", flags);
      }
      case Verdict.ToProxy(int port) -> json.addProperty("port", port);
      case Verdict.PassedUnpoliced(int code) -> json.addProperty("code", code);
      case Verdict.NotRun(String reason, String detail) -> {
        json.addProperty("reason", reason);
        json.addProperty("detail", detail);
      }
      case Verdict.ToStack _, Verdict.ToPod _, Verdict.Dropped _ -> {}
    }
    return json;
  }

  static JsonObject key(MapKey key) {
    return record((Record) key);
  }

  private static void kind(JsonObject json, String kind, Object program) {
    json.addProperty("event", kind);
    json.addProperty("program", program.toString());
  }

  private static void map(JsonObject json, String kind, PathEvent.MapEvent e) {
    kind(json, kind, e.program());
    json.addProperty("map", e.map().toString());
    json.add("key", key(e.key()));
  }

  private static JsonObject context(ContextState context) {
    JsonObject json = new JsonObject();
    json.addProperty("mark", context.mark());
    JsonArray cb = new JsonArray();
    context.cb().forEach(cb::add);
    json.add("cb", cb);
    return json;
  }

  private static JsonElement value(@Nullable MapValue value) {
    if (value == null) {
      return JsonNull.INSTANCE;
    }
    JsonObject json = record((Record) value);
    if (value instanceof MapValue.CtEntry entry) {
      JsonArray bits = new JsonArray();
      entry.bitNames().forEach(bits::add);
      json.add("bits", bits);
    }
    return json;
  }

  private static JsonObject record(Record value) {
    JsonObject json = new JsonObject();
    for (RecordComponent component : value.getClass().getRecordComponents()) {
      String name = cName(component.getName());
      try {
        json.add(name, part(name, component.getAccessor().invoke(value)));
      } catch (ReflectiveOperationException e) {
        throw new LinkageError("a record's accessor can't be called: " + component, e);
      }
    }
    return json;
  }

  private static JsonElement part(String name, @Nullable Object part) {
    return switch (part) {
      case null -> JsonNull.INSTANCE;
      case Boolean flag -> new JsonPrimitive(flag);
      case Long number when WIDE.contains(name) -> new JsonPrimitive(Long.toUnsignedString(number));
      case Number number -> new JsonPrimitive(number);
      case Bytes bytes -> new JsonPrimitive(bytes.hex());
      case Enum<?> word -> new JsonPrimitive(word.name().toLowerCase(Locale.ROOT));
      case List<?> list -> {
        JsonArray array = new JsonArray();
        list.forEach(each -> array.add(part(name, each)));
        yield array;
      }
      case Record inner when inner instanceof MapKey -> record(inner);
      default -> new JsonPrimitive(part.toString());
    };
  }

  private static String cName(String javaName) {
    return separated(javaName, '_');
  }

  private static String kebab(String javaName) {
    return separated(javaName, '-');
  }

  private static String separated(String javaName, char separator) {
    StringBuilder name = new StringBuilder();
    for (char c : javaName.toCharArray()) {
      if (Character.isUpperCase(c)) {
        if (!name.isEmpty()) {
          name.append(separator);
        }
        name.append(Character.toLowerCase(c));
      } else {
        name.append(c);
      }
    }
    return name.toString();
  }
}
