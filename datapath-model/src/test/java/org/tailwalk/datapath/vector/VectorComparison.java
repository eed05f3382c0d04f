// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.datapath.vector;

import static org.tailwalk.datapath.vector.Json.list;
import static org.tailwalk.datapath.vector.Json.number;
import static org.tailwalk.datapath.vector.Json.text;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.tailwalk.engine.Injection;
import org.tailwalk.event.ContextState;
import org.tailwalk.event.MapKey;
import org.tailwalk.event.MapRole;
import org.tailwalk.event.MapValue;
import org.tailwalk.event.Notification;
import org.tailwalk.event.PathEvent;
import org.tailwalk.event.PathTrace;
import org.tailwalk.packet.Bytes;

/** Holds a trace against what was recorded, field by field. */
final class VectorComparison {
  private final JsonObject result;
  private final Injection injection;
  private final PathTrace trace;
  private final List<String> differences = new ArrayList<>();

  private VectorComparison(JsonObject step, Injection injection, PathTrace trace) {
    this.result = step.getAsJsonObject("result");
    this.injection = injection;
    this.trace = trace;
  }

  /** One line per field that differs. */
  static List<String> differences(JsonObject step, Injection injection, PathTrace trace) {
    VectorComparison comparison = new VectorComparison(step, injection, trace);
    comparison.compareAll();
    return comparison.differences;
  }

  private void compareAll() {
    same("ret", number(result, "ret"), (long) trace.returnCode());
    Bytes frame = result.has("frame") ? Bytes.ofHex(text(result, "frame")) : injection.frame();
    same("frame", frame, trace.frame());
    context();
    same("path", strings("path"), path());
    same("tail_misses", rows("tail_misses", List.of("in", "map", "slot")), misses());
    same("redirect", redirectRecorded(), redirect());
    same("events", raw("events"), notifications(false));
    same("signals", raw("signals"), notifications(true));
    same("ct", ctRecorded(), changes());
    same("metrics", metricsRecorded(), metrics());
    same("policy", policyRecorded(), policy());
    same("ct_buffer", buffersRecorded(), buffers());
  }

  private void same(String field, Object recorded, Object ours) {
    if (!Objects.equals(recorded, ours)) {
      differences.add(field + "\n    recorded " + recorded + "\n    model    " + ours);
    }
  }

  private void context() {
    ContextState after = trace.context();
    same("mark", number(result, "mark"), after.mark());
    List<Long> cb = new ArrayList<>();
    list(result, "cb").forEach(e -> cb.add(e.getAsLong()));
    List<Long> ours = new ArrayList<>(after.cb());
    if (events(PathEvent.Notified.class).stream()
        .anyMatch(e -> e.notification() instanceof Notification.Drop)) {
      ours.set(4, ours.get(4) & 0xffff);
    } else if (trace.returnCode() == 2) {
      ours.set(4, ours.get(4) & 0xffff);
    }
    same("cb", cb, ours);
    same("tc_index", number(result, "tc_index"), after.tcIndex());
    same("queue_mapping", number(result, "queue_mapping"), after.queueMapping());
    same(
        "pkt_type",
        number(result, "pkt_type", injection.context().packetType()),
        after.packetType());
  }

  private <E extends PathEvent> List<E> events(Class<E> type) {
    return trace.events().stream().filter(type::isInstance).map(type::cast).toList();
  }

  private List<String> strings(String name) {
    List<String> strings = new ArrayList<>();
    list(result, name).forEach(e -> strings.add(e.getAsString()));
    return strings;
  }

  private List<String> path() {
    return events(PathEvent.Entered.class).stream().map(e -> e.program().toString()).toList();
  }

  private List<List<String>> rows(String name, List<String> fields) {
    List<List<String>> rows = new ArrayList<>();
    for (JsonElement row : list(result, name)) {
      rows.add(fields.stream().map(f -> text(row.getAsJsonObject(), f)).toList());
    }
    return rows;
  }

  private List<List<String>> misses() {
    return events(PathEvent.TailCallMissed.class).stream()
        .map(e ->
            List.of(
                e.program().toString(), VectorSetup.word(e.map().role()), Long.toString(e.slot())))
        .toList();
  }

  private String redirectRecorded() {
    if (!result.has("redirect")) {
      return "none";
    }
    JsonObject redirect = result.getAsJsonObject("redirect");
    return number(redirect, "ifindex") + "/" + number(redirect, "flags");
  }

  private String redirect() {
    List<PathEvent.RedirectCalled> calls = events(PathEvent.RedirectCalled.class);
    if (trace.returnCode() != 7 || calls.isEmpty()) {
      return "none";
    }
    return calls.getLast().ifindex() + "/" + calls.getLast().flags();
  }

  private List<String> raw(String name) {
    List<String> raw = new ArrayList<>();
    list(result, name).forEach(e -> raw.add(text(e.getAsJsonObject(), "raw")));
    return raw;
  }

  private List<String> notifications(boolean signals) {
    return events(PathEvent.Notified.class).stream()
        .map(PathEvent.Notified::notification)
        .filter(n -> n instanceof Notification.Signal == signals)
        .map(VectorComparison::masked)
        .toList();
  }

  /** The source line of a drop differs between builds and is not compared. */
  private static String masked(Notification notification) {
    byte[] bytes = notification.toBytes().toArray();
    if (notification instanceof Notification.Drop) {
      bytes[28] = 0;
      bytes[29] = 0;
    }
    return Bytes.copyOf(bytes).hex();
  }

  private List<String> ctRecorded() {
    List<String> changes = new ArrayList<>();
    for (JsonElement element : list(result, "ct")) {
      JsonObject change = element.getAsJsonObject();
      changes.add(
          "%s %s: %s -> %s"
              .formatted(
                  VectorSetup.ctMap(text(change, "map")),
                  text(change, "key"),
                  text(change, "before"),
                  text(change, "after")));
    }
    return changes.stream().sorted().toList();
  }

  private List<String> changes() {
    return events(PathEvent.Changed.class).stream()
        .filter(e ->
            e.map().role().conntrack()
                || e.map().role() == MapRole.FRAGMENTS
                || e.map().role() == MapRole.LB4_AFFINITY
                || e.map().role() == MapRole.LB6_AFFINITY)
        .map(e ->
            "%s %s: %s -> %s"
                .formatted(
                    e.map().role(), e.key().toBytes().hex(), hex(e.before()), hex(e.after())))
        .sorted()
        .toList();
  }

  private static String hex(MapValue value) {
    return value == null ? "" : value.toBytes().hex();
  }

  private TreeSet<String> metricsRecorded() {
    TreeSet<String> metrics = new TreeSet<>();
    for (JsonElement element : list(result, "metrics")) {
      JsonObject row = element.getAsJsonObject();
      metrics.add(
          "%s/%s +%d +%d"
              .formatted(
                  text(row, "reason"),
                  text(row, "dir"),
                  number(row, "count"),
                  number(row, "bytes")));
    }
    return metrics;
  }

  private TreeSet<String> metrics() {
    TreeSet<String> metrics = new TreeSet<>();
    for (PathEvent.Changed e : events(PathEvent.Changed.class)) {
      if (e.key() instanceof MapKey.MetricsKey key
          && e.after() instanceof MapValue.MetricsEntry m) {
        MapValue.MetricsEntry before =
            e.before() instanceof MapValue.MetricsEntry b ? b : new MapValue.MetricsEntry(0, 0);
        metrics.add(
            "%d/%s +%d +%d"
                .formatted(
                    key.reason(),
                    key.direction().label(),
                    m.count() - before.count(),
                    m.bytes() - before.bytes()));
      }
    }
    return metrics;
  }

  private TreeSet<String> policyRecorded() {
    TreeSet<String> rows = new TreeSet<>();
    for (JsonElement element : list(result, "policy")) {
      JsonObject row = element.getAsJsonObject();
      rows.add(
          "%d %s +%d +%d"
              .formatted(
                  number(row, "ep"),
                  VectorSetup.policyKey(row),
                  number(row, "packets"),
                  number(row, "bytes")));
    }
    return rows;
  }

  private TreeSet<String> policy() {
    TreeSet<String> rows = new TreeSet<>();
    for (PathEvent.Changed e : events(PathEvent.Changed.class)) {
      if (e.before() instanceof MapValue.PolicyEntry before
          && e.after() instanceof MapValue.PolicyEntry after) {
        rows.add(
            "%d %s +%d +%d"
                .formatted(
                    e.map().endpoint(),
                    e.key(),
                    after.packets() - before.packets(),
                    after.bytes() - before.bytes()));
      }
    }
    return rows;
  }

  private Map<String, String> buffersRecorded() {
    Map<String, String> buffers = new TreeMap<>();
    for (JsonElement element : list(result, "ct_buffer")) {
      JsonObject row = element.getAsJsonObject();
      buffers.put(number(row, "ep") + "/" + number(row, "family"), text(row, "value"));
    }
    return buffers;
  }

  private Map<String, String> buffers() {
    Map<String, String> buffers = new TreeMap<>();
    for (PathEvent.Changed e : events(PathEvent.Changed.class)) {
      if (e.after() instanceof MapValue.CtBuffer buffer) {
        int family = e.map().role() == MapRole.CT_BUFFER6 ? 6 : 4;
        buffers.put(e.map().endpoint() + "/" + family, buffer.toBytes().hex());
      }
    }
    return buffers;
  }
}
