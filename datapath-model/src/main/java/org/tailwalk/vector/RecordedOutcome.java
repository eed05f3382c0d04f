// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.vector;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tailwalk.event.MapKey;
import org.tailwalk.event.MapRole;
import org.tailwalk.event.MapValue;
import org.tailwalk.packet.Bytes;

/** The outcome of a recorded {@code result}. */
final class RecordedOutcome {
  private static final Map<String, MapRole> MAPS =
      Rows.STATE_MAPS.entrySet().stream()
          .collect(Collectors.toMap(Map.Entry::getValue, Map.Entry::getKey));

  private final Json result;
  private final Outcome.Builder rows = new Outcome.Builder();

  RecordedOutcome(Json result) {
    this.result = result;
  }

  Outcome read(Bytes frame, long packetType) {
    Rows.list(rows, "path", result.texts("path"));
    Rows.list(
        rows,
        "tail miss",
        result.objects("tail_misses").stream()
            .map(m -> m.text("in") + " " + m.text("map") + "[" + m.number("slot") + "]")
            .toList());
    Rows.list(
        rows, "signal", result.objects("signals").stream().map(s -> s.hex("raw").hex()).toList());
    rows.row("ret", result.number("ret"));
    if (result.has("redirect")) {
      Json redirect = result.object("redirect");
      rows.row(
          "redirect",
          "ifindex " + redirect.number("ifindex") + ", flags " + redirect.number("flags"));
    }
    TraceOutcome.frame(rows, frame, result.has("frame") ? result.hex("frame") : frame);
    TraceOutcome.context(
        rows,
        result.number("mark"),
        result.numbers("cb"),
        result.number("tc_index", 0),
        result.number("queue_mapping", 0),
        result.number("pkt_type", packetType));
    events();
    result.objects("ct").forEach(this::state);
    for (Json m : result.objects("metrics")) {
      rows.row(
          Rows.metricRow(m.integer("reason"), m.text("dir")),
          Rows.counts(m.number("count"), m.number("bytes")));
    }
    for (Json p : result.objects("policy")) {
      MapKey.PolicyKey key =
          new MapKey.PolicyKey(
              p.number("identity"),
              p.integer("port"),
              p.integer("proto"),
              p.text("dir").equals("egress"));
      rows.row(
          Rows.policyRow(p.integer("ep"), key),
          Rows.counts(p.number("packets"), p.number("bytes")));
    }
    for (Json b : result.objects("ct_buffer")) {
      boolean v6 = b.integer("family") == 6;
      rows.row(Rows.bufferRow(b.integer("ep"), v6), Rows.buffer(b.hex("value"), v6));
    }
    return rows.build();
  }

  private void events() {
    List<Json> events = result.objects("events");
    for (int i = 0; i < events.size(); i++) {
      rows.row("event[" + i + "]", Rows.event(events.get(i).hex("raw")));
    }
  }

  private void state(Json change) {
    MapRole role = MAPS.get(change.text("map"));
    if (role == null) {
      throw change.wrong("map", "unknown map \"" + change.text("map") + "\"");
    }
    rows.row(
        Rows.stateRow(role, role.key(change.hex("key"))),
        Rows.change(
            role.key(change.hex("key")),
            value(role, change, "before"),
            value(role, change, "after")));
  }

  private static @Nullable MapValue value(MapRole role, Json change, String name) {
    return change.has(name) ? role.value(change.hex(name)) : null;
  }
}
