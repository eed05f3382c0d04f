// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.engine;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.tailwalk.event.MapKey;
import org.tailwalk.event.MapRole;
import org.tailwalk.event.MapValue;
import org.tailwalk.event.Notification;
import org.tailwalk.event.PathEvent;
import org.tailwalk.event.PathTrace;
import org.tailwalk.packet.Bytes;

/** What a trace says, in the recorded form and field by field. */
final class VectorComparison {
  private static final Map<MapRole, String> CT =
      Map.of(
          MapRole.CT_TCP4, "ct_tcp4",
          MapRole.CT_ANY4, "ct_any4",
          MapRole.CT_TCP6, "ct_tcp6",
          MapRole.CT_ANY6, "ct_any6",
          MapRole.FRAGMENTS, "frag4",
          MapRole.LB4_AFFINITY, "affinity4",
          MapRole.LB6_AFFINITY, "affinity6");

  private VectorComparison() {}

  /** The fields that differ, as {@code field: recorded … here …}. */
  static List<String> differences(JsonObject step, PathTrace trace) {
    JsonObject recorded = step.getAsJsonObject("result");
    Map<String, String> there = recorded(step, recorded);
    Map<String, String> here = observed(trace);
    List<String> differences = new ArrayList<>();
    for (Map.Entry<String, String> field : there.entrySet()) {
      String other = here.get(field.getKey());
      if (!field.getValue().equals(other)) {
        differences.add(
            field.getKey() + ":\n  recorded " + field.getValue() + "\n  here     " + other);
      }
    }
    return differences;
  }

  private static Map<String, String> recorded(JsonObject step, JsonObject r) {
    Map<String, String> fields = new TreeMap<>();
    fields.put("ret", r.get("ret").getAsString());
    fields.put("frame", (r.has("frame") ? r : step).get("frame").getAsString());
    fields.put("mark", r.get("mark").getAsString());
    fields.put("cb", r.get("cb").toString());
    fields.put("tc_index", r.has("tc_index") ? r.get("tc_index").getAsString() : "0");
    fields.put(
        "queue_mapping", r.has("queue_mapping") ? r.get("queue_mapping").getAsString() : "0");
    fields.put("path", texts(r, "path"));
    List<String> misses = new ArrayList<>();
    for (JsonObject m : VectorSession.objects(r, "tail_misses")) {
      misses.add(
          m.get("in").getAsString()
              + " "
              + m.get("map").getAsString()
              + "["
              + m.get("slot").getAsString()
              + "]");
    }
    fields.put("tail_misses", misses.toString());
    fields.put(
        "redirect",
        r.has("redirect")
            ? r.getAsJsonObject("redirect").get("ifindex")
                + " "
                + r.getAsJsonObject("redirect").get("flags")
            : "none");
    List<String> events = new ArrayList<>();
    for (JsonObject e : VectorSession.objects(r, "events")) {
      events.add(e.get("raw").getAsString());
    }
    fields.put("events", String.join("\n           ", events));
    List<String> signals = new ArrayList<>();
    for (JsonObject e : VectorSession.objects(r, "signals")) {
      signals.add(e.get("nr") + " " + e.get("proto"));
    }
    fields.put("signals", signals.toString());
    List<String> ct = new ArrayList<>();
    for (JsonObject c : VectorSession.objects(r, "ct")) {
      ct.add(
          c.get("map").getAsString()
              + " "
              + c.get("key").getAsString()
              + " "
              + (c.has("before") ? c.get("before").getAsString() : "-")
              + " "
              + (c.has("after") ? c.get("after").getAsString() : "-"));
    }
    fields.put("ct", lines(ct));
    List<String> metrics = new ArrayList<>();
    for (JsonObject m : VectorSession.objects(r, "metrics")) {
      metrics.add(
          "%s %s %s %s"
              .formatted(
                  m.get("reason"), m.get("dir").getAsString(), m.get("count"), m.get("bytes")));
    }
    fields.put("metrics", lines(metrics));
    List<String> policy = new ArrayList<>();
    for (JsonObject p : VectorSession.objects(r, "policy")) {
      policy.add(
          "%s %s %s %s %s +%s +%s"
              .formatted(
                  p.get("ep"),
                  p.get("dir").getAsString(),
                  p.get("identity"),
                  p.get("port"),
                  p.get("proto"),
                  p.get("packets"),
                  p.get("bytes")));
    }
    fields.put("policy", lines(policy));
    List<String> buffers = new ArrayList<>();
    for (JsonObject b : VectorSession.objects(r, "ct_buffer")) {
      buffers.add(b.get("ep") + " " + b.get("family") + " " + b.get("value").getAsString());
    }
    fields.put("ct_buffer", lines(buffers));
    return fields;
  }

  private static String texts(JsonObject from, String name) {
    return from.getAsJsonArray(name).asList().stream()
        .map(JsonElement::getAsString)
        .toList()
        .toString();
  }

  private static String lines(List<String> list) {
    return String.join("\n           ", list.stream().sorted().toList());
  }

  private static Map<String, String> observed(PathTrace trace) {
    List<String> path = new ArrayList<>();
    List<String> misses = new ArrayList<>();
    List<String> events = new ArrayList<>();
    List<String> signals = new ArrayList<>();
    List<String> ct = new ArrayList<>();
    List<String> metrics = new ArrayList<>();
    List<String> policy = new ArrayList<>();
    List<String> buffers = new ArrayList<>();
    String redirect = "none";
    for (PathEvent event : trace.events()) {
      switch (event) {
        case PathEvent.Entered(var program, _) -> path.add(program.toString());
        case PathEvent.TailCallMissed(var program, var map, long slot) ->
            misses.add(
                program + " " + map.role().name().toLowerCase(Locale.ROOT) + "[" + slot + "]");
        case PathEvent.RedirectCalled call -> redirect = call.ifindex() + " " + call.flags();
        case PathEvent.Notified(_, Notification.Signal(int number, int proto)) ->
            signals.add(number + " " + proto);
        case PathEvent.Notified(_, var notification) -> events.add(masked(notification));
        case PathEvent.Changed changed -> {
          MapRole role = changed.map().role();
          if (CT.containsKey(role)) {
            ct.add(
                CT.get(role)
                    + " "
                    + changed.key().toBytes().hex()
                    + " "
                    + hex(changed.before())
                    + " "
                    + hex(changed.after()));
          } else if (role == MapRole.METRICS) {
            metrics.add(metric(changed));
          } else if (role == MapRole.POLICY) {
            policy.add(policy(changed));
          } else if (role == MapRole.CT_BUFFER4 || role == MapRole.CT_BUFFER6) {
            buffers.add(
                changed.map().endpoint()
                    + (role == MapRole.CT_BUFFER4 ? " 4 " : " 6 ")
                    + hex(changed.after()));
          }
        }
        default -> {}
      }
    }
    if (trace.returnCode() != 7) {
      redirect = "none";
    }
    List<Long> cb = new ArrayList<>(trace.context().cb());
    // A sender of a drop leaves its source line there, whether or not the event's program exists.
    if (events.stream().anyMatch(e -> e.startsWith("01"))
        || misses.stream().anyMatch(m -> m.endsWith(" calls[1]"))) {
      cb.set(4, cb.get(4) & 0xffff);
    }
    return Map.ofEntries(
        Map.entry("ret", String.valueOf(trace.returnCode())),
        Map.entry("frame", trace.frame().hex()),
        Map.entry("mark", String.valueOf(trace.context().mark())),
        Map.entry("cb", cb.toString().replace(" ", "")),
        Map.entry("tc_index", String.valueOf(trace.context().tcIndex())),
        Map.entry("queue_mapping", String.valueOf(trace.context().queueMapping())),
        Map.entry("path", path.toString()),
        Map.entry("tail_misses", misses.toString()),
        Map.entry("redirect", redirect),
        Map.entry("events", String.join("\n           ", events)),
        Map.entry("signals", signals.toString()),
        Map.entry("ct", lines(ct)),
        Map.entry("metrics", lines(metrics)),
        Map.entry("policy", lines(policy)),
        Map.entry("ct_buffer", lines(buffers)));
  }

  private static String masked(Notification notification) {
    byte[] raw = notification.toBytes().toArray();
    if (notification instanceof Notification.Drop) {
      raw[28] = 0;
      raw[29] = 0;
    }
    return Bytes.copyOf(raw).hex();
  }

  private static String hex(MapValue value) {
    return value == null ? "-" : value.toBytes().hex();
  }

  private static String metric(PathEvent.Changed changed) {
    MapKey.MetricsKey key = (MapKey.MetricsKey) changed.key();
    MapValue.MetricsEntry before =
        changed.before() == null
            ? new MapValue.MetricsEntry(0, 0)
            : (MapValue.MetricsEntry) changed.before();
    MapValue.MetricsEntry after = (MapValue.MetricsEntry) changed.after();
    return "%d %s %d %d"
        .formatted(
            key.reason(),
            key.direction().label(),
            after.count() - before.count(),
            after.bytes() - before.bytes());
  }

  private static String policy(PathEvent.Changed changed) {
    MapKey.PolicyKey key = (MapKey.PolicyKey) changed.key();
    MapValue.PolicyEntry before = (MapValue.PolicyEntry) changed.before();
    MapValue.PolicyEntry after = (MapValue.PolicyEntry) changed.after();
    return "%d %s %d %d %d +%d +%d"
        .formatted(
            changed.map().endpoint(),
            key.egress() ? "egress" : "ingress",
            key.identity(),
            key.dport(),
            key.protocol(),
            after.packets() - before.packets(),
            after.bytes() - before.bytes());
  }
}
