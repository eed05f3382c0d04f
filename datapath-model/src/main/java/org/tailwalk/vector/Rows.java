// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.vector;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tailwalk.event.Field;
import org.tailwalk.event.MapKey;
import org.tailwalk.event.MapRole;
import org.tailwalk.event.MapValue;
import org.tailwalk.event.Notification;
import org.tailwalk.packet.Bytes;
import org.tailwalk.replay.EventText;
import org.tailwalk.vector.Outcome.Builder;
import org.tailwalk.vector.Outcome.Value;

/** How rows are named and worded, the same for recordings and traces. */
final class Rows {
  /** The map names of the vector files. */
  static final Map<MapRole, String> STATE_MAPS =
      new EnumMap<>(
          Map.of(
              MapRole.CT_TCP4, "ct_tcp4",
              MapRole.CT_ANY4, "ct_any4",
              MapRole.CT_TCP6, "ct_tcp6",
              MapRole.CT_ANY6, "ct_any6",
              MapRole.FRAGMENTS, "frag4",
              MapRole.LB4_AFFINITY, "affinity4",
              MapRole.LB6_AFFINITY, "affinity6"));

  static final Map<MapRole, String> CALL_MAPS =
      new EnumMap<>(
          Map.of(
              MapRole.CALLS, "calls",
              MapRole.POLICY_CALL, "policy_call",
              MapRole.POLICY_EGRESS_CALL, "policy_egress_call",
              MapRole.CUSTOM_CALLS, "custom_calls"));

  /** Bytes 28 and 29 of a drop event: the line of the source it was compiled from. */
  private static final int LINE = 28;

  private Rows() {}

  static void list(Builder rows, String name, List<String> values) {
    for (int i = 0; i < values.size(); i++) {
      rows.row(name + "[" + i + "]", values.get(i));
    }
  }

  /** An event with the struct's and the captured bytes; a drop's source line left out. */
  static Value event(Bytes raw) {
    Notification notification = Notification.of(raw);
    byte[] bytes = raw.toArray();
    if (notification instanceof Notification.Drop && bytes.length > LINE + 1) {
      bytes[LINE] = 0;
      bytes[LINE + 1] = 0;
    }
    return new Value(Bytes.copyOf(bytes).hex(), () -> text(notification));
  }

  private static String text(Notification notification) {
    return notification.getClass().getSimpleName()
        + notification.fields().stream()
            .filter(f -> !f.name().equals("line"))
            .map(f -> f.name() + "=" + f.text())
            .collect(Collectors.joining(" ", " {", "}"))
        + " with "
        + notification.captured().length()
        + " captured bytes";
  }

  static String stateRow(MapRole role, MapKey key) {
    return "ct " + STATE_MAPS.get(role) + " " + EventText.key(key);
  }

  static Value change(MapKey key, @Nullable MapValue before, @Nullable MapValue after) {
    String exact = key.toBytes().hex() + " " + hex(before) + " -> " + hex(after);
    if (after == null) {
      return new Value(exact, () -> "deleted");
    }
    String word = before == null ? "create " : "update ";
    return new Value(exact, () -> word + fields(after.fields()));
  }

  private static String hex(@Nullable MapValue value) {
    return value == null ? "none" : value.toBytes().hex();
  }

  static String metricRow(int reason, String direction) {
    return "metric " + reason + " " + direction;
  }

  static String policyRow(int endpoint, MapKey.PolicyKey key) {
    return "policy "
        + endpoint
        + " "
        + (key.egress() ? "egress" : "ingress")
        + " identity="
        + key.identity()
        + " port="
        + key.dport()
        + " proto="
        + key.protocol();
  }

  static String bufferRow(int endpoint, boolean v6) {
    return "ct_buffer " + endpoint + (v6 ? " v6" : " v4");
  }

  static Value buffer(Bytes bytes, boolean v6) {
    return new Value(bytes.hex(), () -> fields(MapValue.CtBuffer.of(bytes, v6).fields()));
  }

  static String counts(long count, long bytes) {
    return count + " of " + bytes + " bytes";
  }

  private static String fields(List<Field> fields) {
    return fields.stream()
        .map(f -> f.name() + "=" + f.text())
        .collect(Collectors.joining(" ", "{", "}"));
  }
}
