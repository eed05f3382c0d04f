// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.facts;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Predicate;

/** A recorded packet, in the words of the facts' rows. */
final class Recorded {
  private static final int LIFETIME = 32;
  private static final int BITS = 36;

  private final JsonObject session;
  private final JsonObject step;
  private final JsonObject result;
  private final List<String> path = new ArrayList<>();

  Recorded(JsonObject session, JsonObject step) {
    this.session = session;
    this.step = step;
    this.result = step.getAsJsonObject("result");
    list(result, "path").forEach(p -> path.add(p.getAsString()));
  }

  /** The session's id. */
  String session() {
    return session.get("id").getAsString();
  }

  /** How many steps its session has. */
  int sessionLength() {
    return session.getAsJsonArray("steps").size();
  }

  String era() {
    return session.get("era").getAsString();
  }

  boolean seed() {
    return era().equals("seed");
  }

  String config() {
    return session.getAsJsonObject("config").get("name").getAsString();
  }

  boolean option(String name) {
    JsonElement on = session.getAsJsonObject("config").getAsJsonObject("options").get(name);
    return on != null && on.getAsBoolean();
  }

  String desc() {
    return step.has("desc") ? step.get("desc").getAsString() : "";
  }

  boolean desc(String part) {
    return desc().contains(part);
  }

  boolean entry(String program) {
    return step.get("prog").getAsString().equals(program);
  }

  /** Seconds. */
  long now() {
    return step.get("t").getAsLong() / 1_000_000_000;
  }

  int ret() {
    return result.get("ret").getAsInt();
  }

  /** The frame's byte at an offset; 0 beyond its end. */
  int byteAt(int offset) {
    String frame = step.get("frame").getAsString();
    return 2 * offset + 2 > frame.length()
        ? 0
        : Integer.parseInt(frame.substring(2 * offset, 2 * offset + 2), 16);
  }

  boolean v4() {
    return byteAt(12) == 8 && byteAt(13) == 0;
  }

  boolean v6() {
    return byteAt(12) == 0x86 && byteAt(13) == 0xdd;
  }

  /** IPv4 protocol or IPv6 next header. */
  int protocol() {
    return v4() ? byteAt(23) : v6() ? byteAt(20) : -1;
  }

  /** First byte behind a fixed IP header. */
  int l4(int offset) {
    return byteAt((v4() ? 34 : 54) + offset);
  }

  long cbBefore(int slot) {
    return step.getAsJsonObject("ctx").getAsJsonArray("cb").get(slot).getAsLong();
  }

  boolean mark(int magic) {
    return (step.getAsJsonObject("ctx").get("mark").getAsLong() & 0xf00) == magic;
  }

  /** Whether a program, as {@code 2/7}, was followed by another. */
  boolean goesOn(String from, String to) {
    for (int i = 1; i < path.size(); i++) {
      if (program(i - 1).equals(from) && program(i).equals(to)) {
        return true;
      }
    }
    return false;
  }

  private String program(int i) {
    return path.get(i).substring(path.get(i).indexOf(':') + 1);
  }

  boolean entered(String program) {
    return path.stream().anyMatch(p -> p.endsWith(":" + program));
  }

  boolean missed(String in, String map, int slot) {
    return list(result, "tail_misses").asList().stream()
        .map(JsonElement::getAsJsonObject)
        .anyMatch(m ->
            m.get("in").getAsString().endsWith(":" + in)
                && m.get("map").getAsString().equals(map)
                && (slot < 0 || m.get("slot").getAsInt() == slot));
  }

  boolean missedAny(String map, int slot) {
    return list(result, "tail_misses").asList().stream()
        .map(JsonElement::getAsJsonObject)
        .anyMatch(m -> m.get("map").getAsString().equals(map) && m.get("slot").getAsInt() == slot);
  }

  boolean metricAny(int reason) {
    return !noMetric(reason);
  }

  /** A drop event; negative numbers match anything. */
  boolean drop(long reason, long from, long to, long endpoint) {
    return event(
        "drop",
        e ->
            matches(e, "reason", reason)
                && matches(e, "src_identity", from)
                && matches(e, "dst_identity", to)
                && matches(e, "dst_id", endpoint));
  }

  boolean drop(int reason) {
    return drop(reason, -1, -1, -1);
  }

  boolean heard() {
    return event("drop", _ -> true);
  }

  private static boolean matches(JsonObject object, String field, long value) {
    return value < 0 || object.get(field).getAsLong() == value;
  }

  boolean event(String type, Predicate<JsonObject> condition) {
    return list(result, "events").asList().stream()
        .map(JsonElement::getAsJsonObject)
        .anyMatch(e -> e.get("type").getAsString().equals(type) && condition.test(e));
  }

  boolean trace(String point) {
    return event("trace", e -> e.get("point").getAsString().equals(point));
  }

  /** A policy verdict. */
  boolean verdict(int match, Predicate<Integer> value) {
    return event(
        "policy-verdict",
        e -> e.get("match").getAsInt() == match && value.test(e.get("verdict").getAsInt()));
  }

  boolean noVerdict() {
    return !event("policy-verdict", _ -> true);
  }

  boolean metric(int reason, String direction) {
    return list(result, "metrics").asList().stream()
        .map(JsonElement::getAsJsonObject)
        .anyMatch(m ->
            m.get("reason").getAsInt() == reason && m.get("dir").getAsString().equals(direction));
  }

  boolean noMetric(int reason) {
    return list(result, "metrics").asList().stream()
        .noneMatch(m -> m.getAsJsonObject().get("reason").getAsInt() == reason);
  }

  boolean signal() {
    return !list(result, "signals").isEmpty();
  }

  /** A policy entry was counted. */
  boolean policyHit(Predicate<JsonObject> key) {
    return list(result, "policy").asList().stream().map(JsonElement::getAsJsonObject).anyMatch(key);
  }

  /** A change of a conntrack entry. */
  boolean ct(String op, Predicate<Entry> condition) {
    return list(result, "ct").asList().stream()
        .map(JsonElement::getAsJsonObject)
        .filter(c -> c.get("op").getAsString().equals(op))
        .filter(c -> c.has("tuple"))
        .anyMatch(c -> condition.test(new Entry(c)));
  }

  boolean created(Predicate<Entry> condition) {
    return ct("create", condition);
  }

  boolean updated(Predicate<Entry> condition) {
    return ct("update", condition);
  }

  boolean fragmentStored() {
    return list(result, "ct").asList().stream()
        .anyMatch(c -> c.getAsJsonObject().get("map").getAsString().equals("frag4"));
  }

  int traceReason(String point) {
    int[] found = {-1};
    event(
        "trace",
        e -> {
          if (e.get("point").getAsString().equals(point)) {
            found[0] = e.get("reason").getAsInt();
          }
          return false;
        });
    return found[0];
  }

  private static JsonArray list(JsonObject object, String name) {
    JsonElement element = object.get(name);
    return element == null || element.isJsonNull() ? new JsonArray() : element.getAsJsonArray();
  }

  /** A conntrack entry that changed. */
  record Entry(JsonObject json) {
    boolean map(String name) {
      return json.get("map").getAsString().equals(name);
    }

    long tuple(String field) {
      return json.getAsJsonObject("tuple").get(field).getAsLong();
    }

    long field(String name) {
      JsonElement value = json.getAsJsonObject("entry").get(name);
      return value == null ? -1 : value.getAsLong();
    }

    boolean has(String bit) {
      return json.getAsJsonObject("entry").getAsJsonArray("bits").asList().stream()
          .anyMatch(b -> b.getAsString().equals(bit));
    }

    boolean flags(int flags) {
      return tuple("flags") == flags;
    }

    private long before(int offset, int length) {
      byte[] bytes = HexFormat.of().parseHex(json.get("before").getAsString());
      long value = 0;
      for (int i = length - 1; i >= 0; i--) {
        value = value << 8 | bytes[offset + i] & 0xff;
      }
      return value;
    }

    long lifetimeBefore() {
      return before(LIFETIME, 4);
    }

    /** The closing bits before: 1 rx, 2 tx. */
    long closingBefore() {
      return before(BITS, 2) & 3;
    }
  }
}
