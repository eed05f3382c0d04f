// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.maps;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tailwalk.app.text.Texts;
import org.tailwalk.event.DropReason;
import org.tailwalk.event.Field;
import org.tailwalk.event.MapKey;
import org.tailwalk.event.MapRef;
import org.tailwalk.event.MapValue;
import org.tailwalk.packet.Protocols;
import org.tailwalk.replay.CtState;
import org.tailwalk.replay.EventText;
import org.tailwalk.scenario.Scenario;
import org.tailwalk.scenario.SecurityIdentity;

/** The columns of each kind of map. */
final class MapColumns {
  private static final double NUMBER = 62;

  private final Texts texts = Texts.of(MapColumns.class);

  private final FieldsOf fields;
  private final Map<Long, String> labels = new HashMap<>();

  /** With the names of a scenario's identities, and the object's own types. */
  MapColumns(Scenario scenario, FieldsOf fields) {
    this.fields = fields;
    labels.putAll(SecurityIdentity.RESERVED);
    for (SecurityIdentity identity : scenario.node().identities()) {
      if (!identity.labels().isEmpty()) {
        labels.put(identity.id(), String.join(" ", identity.labels()));
      }
    }
  }

  /** The columns of a map. */
  List<MapColumn> of(MapRef map, List<MapLine> lines) {
    return switch (map.role()) {
      case CT_TCP4, CT_ANY4, CT_TCP6, CT_ANY6 -> conntrack();
      case POLICY -> policy();
      case IPCACHE -> ipcache();
      case METRICS -> metrics();
      case CT_BUFFER4, CT_BUFFER6 -> buffer();
      case ENDPOINTS,
          LB4_SERVICES,
          LB6_SERVICES,
          LB4_BACKENDS,
          LB6_BACKENDS,
          LB4_REVERSE_NAT,
          LB6_REVERSE_NAT,
          LB4_AFFINITY,
          LB6_AFFINITY,
          AFFINITY_MATCH,
          FRAGMENTS,
          TUNNEL,
          ENCRYPT,
          EVENTS,
          SIGNALS,
          POLICY_CALL,
          POLICY_EGRESS_CALL,
          CALLS,
          CUSTOM_CALLS,
          OTHER ->
          generic(map, lines);
    };
  }

  private List<MapColumn> conntrack() {
    return List.of(
        new MapColumn(texts.get("column.flow"), 262, List.of(), (key, _, _) -> flow(key)),
        new MapColumn(
            texts.get("column.state"),
            128,
            List.of("seen_non_syn", "rx_closing", "tx_closing"),
            (key, value, now) ->
                key instanceof MapKey.CtTuple t && value instanceof MapValue.CtEntry e
                    ? Texts.say(new CtState(CtState.of(t, e, now).phase(), false).message())
                    : ""),
        new MapColumn(
            texts.get("column.lifetime"),
            104,
            List.of("lifetime"),
            (_, value, now) -> value instanceof MapValue.CtEntry e ? left(e.lifetime() - now) : ""),
        field("tx_packets", NUMBER),
        field("rx_packets", NUMBER),
        new MapColumn(
            texts.get("column.flags"),
            150,
            List.of("lb_loopback", "node_port", "proxy_redirect", "dsr", "from_l7lb", "nat46"),
            (_, value, _) ->
                value instanceof MapValue.CtEntry e ? String.join(" ", e.bitNames()) : ""),
        field("src_sec_id", NUMBER),
        field("rev_nat_index", NUMBER));
  }

  private String left(long seconds) {
    return texts.get(
        seconds >= 0 ? "value.left" : "value.expired", String.valueOf(Math.abs(seconds)));
  }

  /** Stored addresses stand the other way round than the ports (section 3.3 of the facts). */
  private String flow(MapKey key) {
    if (!(key instanceof MapKey.CtTuple t)) {
      return EventText.key(key);
    }
    String kind =
        (t.flags() & MapKey.CtTuple.SERVICE) != 0
            ? " " + texts.get("value.service")
            : (t.flags() & MapKey.CtTuple.RELATED) != 0 ? " " + texts.get("value.related") : "";
    return "%s %s:%d → %s:%d%s"
        .formatted(
            (t.flags() & MapKey.CtTuple.IN) != 0 ? texts.get("value.in") : texts.get("value.out"),
            t.daddr(),
            t.sport(),
            t.saddr(),
            t.dport(),
            kind);
  }

  private List<MapColumn> policy() {
    return List.of(
        new MapColumn(
            texts.get("column.direction"),
            66,
            List.of(),
            (key, _, _) ->
                key instanceof MapKey.PolicyKey p
                    ? texts.get(p.egress() ? "value.egress" : "value.ingress")
                    : ""),
        new MapColumn(
            texts.get("column.identity"),
            150,
            List.of(),
            (key, _, _) -> key instanceof MapKey.PolicyKey p ? identity(p.identity()) : ""),
        new MapColumn(
            texts.get("column.port"),
            78,
            List.of(),
            (key, _, _) -> key instanceof MapKey.PolicyKey p ? port(p) : EventText.key(key)),
        new MapColumn(
            texts.get("column.verdict"),
            88,
            List.of("deny", "proxy_port"),
            (_, value, _) -> value instanceof MapValue.PolicyEntry e ? verdict(e) : ""),
        field("packets", NUMBER),
        field("bytes", NUMBER));
  }

  private String identity(long id) {
    String label = labels.get(id);
    return id == 0 ? texts.get("value.any") : label == null ? Long.toString(id) : id + " " + label;
  }

  private String port(MapKey.PolicyKey key) {
    String protocol =
        switch (key.protocol()) {
          case 0 -> texts.get("value.any");
          case Protocols.TCP -> "TCP";
          case Protocols.UDP -> "UDP";
          case Protocols.ICMP -> "ICMP";
          case Protocols.ICMPV6 -> "ICMPv6";
          default -> "proto " + key.protocol();
        };
    return key.dport() == 0 ? protocol : key.dport() + "/" + protocol;
  }

  private String verdict(MapValue.PolicyEntry entry) {
    return entry.deny()
        ? texts.get("value.deny")
        : entry.proxyPort() == 0
            ? texts.get("value.allow")
            : texts.get("value.proxy", String.valueOf(entry.proxyPort()));
  }

  private List<MapColumn> ipcache() {
    return List.of(
        new MapColumn(
            texts.get("column.prefix"), 150, List.of(), (key, _, _) -> EventText.key(key)),
        new MapColumn(
            texts.get("column.identity"),
            170,
            List.of("identity"),
            (_, value, _) ->
                value instanceof MapValue.IpcacheEntry e ? identity(e.identity()) : ""),
        field("tunnel_endpoint", 110),
        field("key", 40));
  }

  private List<MapColumn> metrics() {
    return List.of(
        new MapColumn(
            texts.get("column.reason"),
            190,
            List.of(),
            (key, _, _) ->
                key instanceof MapKey.MetricsKey m
                    ? m.reason() == 0
                        ? texts.get("value.forwarded")
                        : DropReason.describe(m.reason(), 0)
                    : ""),
        new MapColumn(
            texts.get("column.direction"),
            72,
            List.of(),
            (key, _, _) -> key instanceof MapKey.MetricsKey m ? m.direction().label() : ""),
        field("count", NUMBER),
        field("bytes", 80));
  }

  private List<MapColumn> buffer() {
    List<MapColumn> columns = new ArrayList<>();
    columns.add(
        new MapColumn(texts.get("column.slot"), 40, List.of(), (key, _, _) -> EventText.key(key)));
    columns.add(
        new MapColumn(
            texts.get("column.tuple"),
            230,
            List.of("tuple"),
            (_, value, _) -> value instanceof MapValue.CtBuffer b ? EventText.key(b.tuple()) : ""));
    for (String name : List.of("ret", "monitor", "rev_nat_index", "state_bits", "backend_id")) {
      columns.add(field(name, 80));
    }
    return columns;
  }

  /** Every field of key and value. */
  private List<MapColumn> generic(MapRef map, List<MapLine> lines) {
    if (lines.isEmpty()) {
      return List.of(
          new MapColumn(
              texts.get("column.key"), 150, List.of(), (key, _, _) -> EventText.key(key)));
    }
    List<MapColumn> columns = new ArrayList<>();
    MapLine first = lines.getFirst();
    for (Field part : fields.of(map, first.key())) {
      if (!(part.name().equals("size"))) {
        String name = part.name();
        columns.add(
            new MapColumn(
                name, width(part), List.of(), (key, _, _) -> text(fields.of(map, key), name)));
      }
    }
    for (Field part : fields.of(map, first.either().value())) {
      String name = part.name();
      columns.add(
          new MapColumn(
              name,
              width(part),
              List.of(name),
              (_, value, _) -> text(fields.of(map, value), name)));
    }
    return columns;
  }

  private static double width(Field field) {
    return Math.clamp(Math.max(field.name().length(), field.text().length()) * 7.4 + 14, 44, 240);
  }

  private static MapColumn field(String name, double width) {
    return new MapColumn(name, width, List.of(name), (_, value, _) -> text(value.fields(), name));
  }

  private static String text(List<Field> fields, String name) {
    for (Field field : fields) {
      if (field.name().equals(name)) {
        return field.text();
      }
    }
    return "";
  }
}
