// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.replay.json;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tailwalk.event.ContextState;
import org.tailwalk.event.MapKey;
import org.tailwalk.event.MapRef;
import org.tailwalk.event.MapRole;
import org.tailwalk.event.MapValue;
import org.tailwalk.event.Notification;
import org.tailwalk.event.PathEvent;
import org.tailwalk.event.ProgramRef;
import org.tailwalk.event.SourceRef;
import org.tailwalk.event.Step;
import org.tailwalk.event.Verdict;
import org.tailwalk.packet.Bytes;
import org.tailwalk.replay.EventText;
import org.tailwalk.replay.MonitorText;
import org.tailwalk.replay.ProgramNames;

/** Steps and events as JSON, both ways. */
public final class EventJson {
  private EventJson() {}

  /** A step: its event, a line of text, and where it came from. */
  public static JsonObject write(Step step) {
    JsonObject o = write(step.event());
    o.addProperty("text", EventText.line(step.event()));
    SourceRef source = step.source();
    if (source != null) {
      JsonObject s = new JsonObject();
      s.addProperty("function", source.function());
      s.addProperty("insn", source.insn());
      s.addProperty("file", source.file());
      s.addProperty("line", source.line());
      s.addProperty("text", source.text());
      o.add("source", s);
    }
    return o;
  }

  /**
   * Reads a step.
   *
   * @throws IllegalArgumentException when it is not one
   */
  public static Step step(JsonObject o) {
    SourceRef source = null;
    if (JsonValues.present(o, "source")) {
      JsonObject s = JsonValues.object(o, "source");
      source =
          new SourceRef(
              JsonValues.text(s, "function"),
              (int) JsonValues.number(s, "insn"),
              nullable(s, "file"),
              (int) JsonValues.number(s, "line"),
              nullable(s, "text"));
    }
    return new Step(event(o), source);
  }

  private static @Nullable String nullable(JsonObject o, String name) {
    return JsonValues.present(o, name) ? JsonValues.text(o, name) : null;
  }

  /** An event; its label is the field {@code event}. */
  public static JsonObject write(PathEvent event) {
    JsonObject o = new JsonObject();
    switch (event) {
      case PathEvent.Entered e -> {
        begin(o, "entered", e.program());
        ContextState context = e.context();
        o.add("context", context == null ? JsonNull.INSTANCE : context(context));
      }
      case PathEvent.TailCallTaken e -> call(o, "tail-call-taken", e.program(), e.map(), e.slot());
      case PathEvent.TailCallMissed e ->
          call(o, "tail-call-missed", e.program(), e.map(), e.slot());
      case PathEvent.Returned e -> {
        begin(o, "returned", e.program());
        o.addProperty("code", e.code());
      }
      case PathEvent.LookedUp e -> {
        map(o, "looked-up", e);
        o.addProperty("hit", e.hit());
        o.add("value", value(e.value()));
      }
      case PathEvent.Updated e -> {
        map(o, "updated", e);
        o.add("value", value(e.value()));
        o.addProperty("errno", e.errno());
      }
      case PathEvent.Deleted e -> {
        map(o, "deleted", e);
        o.addProperty("errno", e.errno());
      }
      case PathEvent.Changed e -> {
        map(o, "changed", e);
        o.add("before", value(e.before()));
        o.add("after", value(e.after()));
      }
      case PathEvent.Notified e -> {
        begin(o, "notified", e.program());
        o.add("notification", notification(e.notification()));
      }
      case PathEvent.RedirectCalled e -> {
        begin(o, "redirect-called", e.program());
        o.addProperty("helper", e.helper());
        o.addProperty("ifindex", e.ifindex());
        o.addProperty("flags", e.flags());
      }
      case PathEvent.Rewritten e -> {
        o.addProperty("event", "rewritten");
        o.addProperty("offset", e.offset());
        o.addProperty("field", e.field());
        o.addProperty("before", e.before().hex());
        o.addProperty("after", e.after().hex());
      }
      case PathEvent.ContextChanged e -> {
        o.addProperty("event", "context-changed");
        o.addProperty("field", e.field());
        o.addProperty("before", e.before());
        o.addProperty("after", e.after());
      }
      case PathEvent.VerdictReached e -> {
        o.addProperty("event", "verdict-reached");
        verdict(o, e.verdict());
      }
    }
    return o;
  }

  private static void begin(JsonObject o, String label, ProgramRef program) {
    o.addProperty("event", label);
    JsonObject p = new JsonObject();
    p.addProperty("endpoint", program.endpoint());
    p.addProperty("id", program.id());
    p.addProperty("function", ProgramNames.function(program));
    o.add("program", p);
  }

  private static void call(JsonObject o, String label, ProgramRef program, MapRef map, long slot) {
    begin(o, label, program);
    o.add("map", map(map));
    o.addProperty("slot", slot);
  }

  private static void map(JsonObject o, String label, PathEvent.MapEvent event) {
    begin(o, label, event.program());
    o.add("map", map(event.map()));
    JsonObject key = new JsonObject();
    key.addProperty("raw", event.key().toBytes().hex());
    key.add("fields", JsonValues.record((Record) event.key(), Set.of()));
    o.add("key", key);
  }

  static JsonObject map(MapRef map) {
    JsonObject m = new JsonObject();
    m.addProperty("role", map.role().name().toLowerCase(Locale.ROOT));
    m.addProperty("endpoint", map.endpoint());
    if (!map.name().isEmpty()) {
      m.addProperty("name", map.name());
    }
    return m;
  }

  private static JsonElement value(@Nullable MapValue value) {
    if (value == null) {
      return JsonNull.INSTANCE;
    }
    JsonObject o = new JsonObject();
    o.addProperty("raw", value.toBytes().hex());
    o.add("fields", JsonValues.record((Record) value, Set.of()));
    return o;
  }

  /** Mark and cb, and what else is not 0. */
  public static JsonObject context(ContextState context) {
    JsonObject o = new JsonObject();
    o.addProperty("mark", context.mark());
    JsonArray cb = new JsonArray();
    context.cb().forEach(cb::add);
    o.add("cb", cb);
    o.addProperty("tcIndex", context.tcIndex());
    o.addProperty("queueMapping", context.queueMapping());
    o.addProperty("packetType", context.packetType());
    return o;
  }

  /** Reads a context. */
  public static ContextState context(JsonObject o) {
    List<Long> cb = new ArrayList<>();
    o.getAsJsonArray("cb").forEach(slot -> cb.add(slot.getAsLong()));
    return new ContextState(
        JsonValues.number(o, "mark"),
        cb,
        JsonValues.number(o, "tcIndex"),
        JsonValues.number(o, "queueMapping"),
        JsonValues.number(o, "packetType"));
  }

  /** A notification: its fields by name, its bytes, and the monitor's line. */
  public static JsonObject notification(Notification notification) {
    JsonObject o = new JsonObject();
    o.addProperty(
        "type",
        switch (notification) {
          case Notification.Drop _ -> "drop";
          case Notification.Trace _ -> "trace";
          case Notification.PolicyVerdict _ -> "policy-verdict";
          case Notification.Debug _ -> "debug";
          case Notification.DebugCapture _ -> "debug-capture";
          case Notification.Signal _ -> "signal";
          case Notification.Unknown _ -> "unknown";
        });
    o.add("fields", JsonValues.record((Record) notification, Set.of("captured", "raw")));
    o.addProperty("raw", notification.toBytes().hex());
    o.addProperty("text", MonitorText.line(notification));
    return o;
  }

  private static Notification readNotification(JsonObject o) {
    Bytes raw = Bytes.ofHex(JsonValues.text(o, "raw"));
    if (JsonValues.text(o, "type").equals("signal")) {
      JsonObject fields = JsonValues.object(o, "fields");
      return new Notification.Signal(
          (int) JsonValues.number(fields, "number"), (int) JsonValues.number(fields, "proto"));
    }
    return Notification.of(raw);
  }

  /** Writes a verdict's fields into an object. */
  static void verdict(JsonObject o, Verdict verdict) {
    o.addProperty("verdict", verdict.word());
    switch (verdict) {
      case Verdict.Redirected(long ifindex, long flags) -> {
        JsonObject r = new JsonObject();
        r.addProperty("ifindex", ifindex);
        r.addProperty("flags", flags);
        o.add("redirect", r);
      }
      case Verdict.ToProxy(int port) -> o.addProperty("proxyPort", port);
      case Verdict.PassedUnpoliced(int code) -> {
        o.addProperty("code", code);
        o.addProperty("attachment", "clsact");
      }
      case Verdict.NotRun(String reason, String detail) -> {
        JsonObject n = new JsonObject();
        n.addProperty("reason", reason);
        n.addProperty("detail", detail);
        o.add("notRun", n);
      }
      case Verdict.ToStack _, Verdict.ToPod _, Verdict.Dropped _ -> {}
    }
  }

  /** Reads a verdict's fields. */
  static Verdict verdict(JsonObject o) {
    String word = JsonValues.text(o, "verdict");
    return switch (word) {
      case "TO_STACK" -> new Verdict.ToStack();
      case "TO_POD" -> new Verdict.ToPod();
      case "REDIRECTED" -> {
        JsonObject r = JsonValues.object(o, "redirect");
        yield new Verdict.Redirected(
            JsonValues.number(r, "ifindex"), JsonValues.number(r, "flags"));
      }
      case "TO_PROXY" -> new Verdict.ToProxy((int) JsonValues.number(o, "proxyPort"));
      case "DROPPED" -> new Verdict.Dropped();
      case "PASSED_UNPOLICED" -> new Verdict.PassedUnpoliced((int) JsonValues.number(o, "code"));
      case "NOT_RUN" -> {
        JsonObject n = JsonValues.object(o, "notRun");
        yield new Verdict.NotRun(JsonValues.text(n, "reason"), JsonValues.text(n, "detail"));
      }
      default -> throw new IllegalArgumentException("unknown verdict \"" + word + "\"");
    };
  }

  /**
   * Reads an event.
   *
   * @throws IllegalArgumentException when it is not one
   */
  public static PathEvent event(JsonObject o) {
    String label = JsonValues.text(o, "event");
    return switch (label) {
      case "entered" ->
          new PathEvent.Entered(
              program(o),
              JsonValues.present(o, "context") ? context(JsonValues.object(o, "context")) : null);
      case "tail-call-taken" ->
          new PathEvent.TailCallTaken(program(o), map(o), JsonValues.number(o, "slot"));
      case "tail-call-missed" ->
          new PathEvent.TailCallMissed(program(o), map(o), JsonValues.number(o, "slot"));
      case "returned" -> new PathEvent.Returned(program(o), (int) JsonValues.number(o, "code"));
      case "looked-up" ->
          new PathEvent.LookedUp(
              program(o), map(o), key(o), JsonValues.truth(o, "hit"), value(o, "value"));
      case "updated" ->
          new PathEvent.Updated(
              program(o), map(o), key(o), value(o, "value"), (int) JsonValues.number(o, "errno"));
      case "deleted" ->
          new PathEvent.Deleted(program(o), map(o), key(o), (int) JsonValues.number(o, "errno"));
      case "changed" ->
          new PathEvent.Changed(program(o), map(o), key(o), value(o, "before"), value(o, "after"));
      case "notified" ->
          new PathEvent.Notified(
              program(o), readNotification(JsonValues.object(o, "notification")));
      case "redirect-called" ->
          new PathEvent.RedirectCalled(
              program(o),
              JsonValues.text(o, "helper"),
              JsonValues.number(o, "ifindex"),
              JsonValues.number(o, "flags"));
      case "rewritten" ->
          new PathEvent.Rewritten(
              (int) JsonValues.number(o, "offset"),
              JsonValues.text(o, "field"),
              Bytes.ofHex(JsonValues.text(o, "before")),
              Bytes.ofHex(JsonValues.text(o, "after")));
      case "context-changed" ->
          new PathEvent.ContextChanged(
              JsonValues.text(o, "field"),
              JsonValues.number(o, "before"),
              JsonValues.number(o, "after"));
      case "verdict-reached" -> new PathEvent.VerdictReached(verdict(o));
      default -> throw new IllegalArgumentException("unknown event \"" + label + "\"");
    };
  }

  private static ProgramRef program(JsonObject o) {
    JsonObject p = JsonValues.object(o, "program");
    return new ProgramRef(
        (int) JsonValues.number(p, "endpoint"),
        JsonValues.text(p, "id"),
        JsonValues.present(p, "function") ? JsonValues.text(p, "function") : "");
  }

  private static MapRef map(JsonObject o) {
    JsonObject m = JsonValues.object(o, "map");
    return new MapRef(
        MapRole.valueOf(JsonValues.text(m, "role").toUpperCase(Locale.ROOT)),
        (int) JsonValues.number(m, "endpoint"),
        m.has("name") ? JsonValues.text(m, "name") : "");
  }

  private static MapKey key(JsonObject o) {
    return map(o).role().key(Bytes.ofHex(JsonValues.text(JsonValues.object(o, "key"), "raw")));
  }

  private static @Nullable MapValue value(JsonObject o, String name) {
    return JsonValues.present(o, name)
        ? map(o).role().value(Bytes.ofHex(JsonValues.text(JsonValues.object(o, name), "raw")))
        : null;
  }
}
