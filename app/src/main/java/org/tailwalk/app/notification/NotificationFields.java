// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.notification;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tailwalk.app.text.Texts;
import org.tailwalk.event.CtStatus;
import org.tailwalk.event.DropReason;
import org.tailwalk.event.Notification;
import org.tailwalk.event.ObservationPoint;
import org.tailwalk.packet.Bytes;
import org.tailwalk.packet.Protocols;
import org.tailwalk.replay.MonitorText;
import org.tailwalk.scenario.EndpointConfig;
import org.tailwalk.scenario.NodeState;

/** A notification taken apart: every field of its struct with offset, bytes and meaning. */
final class NotificationFields {
  private static final int ENCRYPTED = 0x80;
  private static final int REASON_UNKNOWN = 5;

  /**
   * A field of the struct.
   *
   * @param offset in bytes
   * @param name as the C struct has it
   * @param raw its bytes in memory
   * @param value read little endian, or as the field is meant
   * @param meaning in words; may be empty
   */
  record Part(int offset, String name, Bytes raw, String value, String meaning) {}

  private final Texts texts = Texts.of(NotificationFields.class);
  private final NodeState node;
  private final Bytes bytes;
  private final Optional<String> file;
  private final List<Part> parts = new ArrayList<>();

  private NotificationFields(NodeState node, Bytes bytes, Optional<String> file) {
    this.node = node;
    this.bytes = bytes;
    this.file = file;
  }

  /**
   * All fields.
   *
   * @param file that a drop's line is in, where that is known
   */
  static List<Part> of(Notification notification, NodeState node, Optional<String> file) {
    NotificationFields fields = new NotificationFields(node, notification.toBytes(), file);
    fields.read(notification);
    return List.copyOf(fields.parts);
  }

  private void part(int offset, int size, String name, Object value, String meaning) {
    if (offset + size <= bytes.length()) {
      parts.add(
          new Part(
              offset, name, bytes.slice(offset, offset + size), String.valueOf(value), meaning));
    }
  }

  private void read(Notification notification) {
    switch (notification) {
      case Notification.Drop d -> {
        head(1, "drop_notify", "reason", d.reason(), DropReason.describe(d.reason(), d.extError()));
        source(d.source());
        capture(d.originalLength(), d.captured());
        part(16, 4, "src_label", d.srcLabel(), identity(d.srcLabel()));
        part(20, 4, "dst_label", d.dstLabel(), identity(d.dstLabel()));
        part(
            24,
            4,
            "dst_id",
            d.dstId(),
            d.dstId() == 0 ? texts.get("unknown") : endpoint(d.dstId()));
        part(28, 2, "line", d.line(), texts.get("line"));
        part(30, 1, "file", d.file(), file.orElse(""));
        part(31, 1, "ext_error", d.extError(), d.extError() == 0 ? "" : texts.get("ext-error"));
        part(32, 4, "ifindex", d.ifindex(), ifindex(d.ifindex()));
        packet(36, d.captured());
      }
      case Notification.Trace t -> {
        String point = ObservationPoint.ofCode(t.point()).map(ObservationPoint::text).orElse("");
        head(4, "trace_notify", "point", t.point(), point);
        source(t.source());
        capture(t.originalLength(), t.captured());
        part(16, 4, "src_label", t.srcLabel(), identity(t.srcLabel()));
        part(20, 4, "dst_label", t.dstLabel(), identity(t.dstLabel()));
        part(24, 2, "dst_id", t.dstId(), t.dstId() == 0 ? "" : endpoint(t.dstId()));
        part(26, 1, "reason", t.reason(), reason(t.reason()));
        part(27, 1, "flags", t.ipv6() ? 1 : 0, texts.get(t.ipv6() ? "ipv6" : "ipv4"));
        part(28, 4, "ifindex", t.ifindex(), ifindex(t.ifindex()));
        part(32, 16, "orig_ip", t.origIp(), texts.get("orig-ip"));
        packet(48, t.captured());
      }
      case Notification.PolicyVerdict v -> {
        head(5, "policy_verdict_notify", "subtype", 0, "");
        source(v.source());
        capture(v.originalLength(), v.captured());
        part(16, 4, "remote_label", v.remoteLabel(), identity(v.remoteLabel()));
        part(20, 4, "verdict", v.verdict(), verdict(v.verdict()));
        part(24, 2, "dst_port", v.dstPort(), texts.get("host-order"));
        part(26, 1, "proto", v.proto(), Protocols.name(v.proto()));
        part(27, 1, "flags", "0x%02x".formatted(bytes.at(27)), flags(v));
        part(28, 4, "pad", 0, "");
        packet(32, v.captured());
      }
      case Notification.Debug d -> {
        head(2, "debug_msg", "subtype", d.subtype(), "");
        source(d.source());
        part(8, 4, "arg1", d.arg1(), hex(d.arg1()));
        part(12, 4, "arg2", d.arg2(), hex(d.arg2()));
        part(16, 4, "arg3", d.arg3(), hex(d.arg3()));
      }
      case Notification.DebugCapture c -> {
        head(3, "debug_capture_msg", "subtype", c.subtype(), "");
        source(c.source());
        capture(c.originalLength(), c.captured());
        part(16, 4, "arg1", c.arg1(), hex(c.arg1()));
        part(20, 4, "arg2", c.arg2(), hex(c.arg2()));
        packet(24, c.captured());
      }
      case Notification.Signal s -> {
        part(0, 4, "signal_nr", s.number(), signal(s.number()));
        part(4, 4, "proto", s.proto(), s.proto() == 0 ? "IPv4" : "IPv6");
      }
      case Notification.Unknown u ->
          part(0, u.raw().length(), "bytes", u.raw().length(), texts.get("unknown-type"));
    }
  }

  private void head(int type, String struct, String subtype, int code, String meaning) {
    part(0, 1, "type", type, struct);
    part(1, 1, subtype, code, meaning);
  }

  private void source(int source) {
    part(2, 2, "source", source, endpoint(source));
    part(4, 4, "hash", 0, texts.get("hash"));
  }

  private void capture(int original, Bytes captured) {
    part(8, 4, "len_orig", original, texts.get("len-orig"));
    part(12, 2, "len_cap", captured.length(), texts.get("len-cap"));
    part(14, 2, "version", 1, "");
  }

  private void packet(int offset, Bytes captured) {
    if (captured.length() > 0) {
      part(
          offset,
          captured.length(),
          texts.get("packet"),
          texts.get("bytes", captured.length()),
          MonitorText.packet(captured));
    }
  }

  private String endpoint(long id) {
    String name = node.endpoint((int) id).map(EndpointConfig::name).orElse("");
    return texts.get("endpoint", String.valueOf(id)) + (name.isEmpty() ? "" : " “" + name + "”");
  }

  private String identity(long id) {
    List<String> labels = node.labels(id);
    if (!labels.isEmpty()) {
      return String.join(", ", labels);
    }
    return id == 0 ? texts.get("unknown") : "";
  }

  private String ifindex(long ifindex) {
    return ifindex == 0
        ? ""
        : node.endpoints().stream()
            .filter(e -> e.ifindex() == ifindex)
            .findFirst()
            .map(e -> endpoint(e.id()))
            .orElse("");
  }

  private String reason(int reason) {
    int code = reason & ~ENCRYPTED;
    String status =
        code == REASON_UNKNOWN
            ? texts.get("unknown")
            : CtStatus.ofCode(code).map(CtStatus::label).orElse("");
    return (reason & ENCRYPTED) != 0 ? texts.get("encrypted", status) : status;
  }

  private String verdict(int verdict) {
    if (verdict < 0) {
      return texts.get("denied", DropReason.describe(-verdict & 0xff, 0));
    }
    int port = (verdict & 0xff) << 8 | verdict >> 8 & 0xff;
    return verdict == 0 ? texts.get("allowed") : texts.get("proxy", String.valueOf(port));
  }

  private String flags(Notification.PolicyVerdict v) {
    String[] matches = {"none", "L3-Only", "L3-L4", "L4-Only", "all"};
    String match = v.matchType() < matches.length ? matches[v.matchType()] : "?";
    return texts.get(v.direction() == 2 ? "egress" : "ingress")
        + ", "
        + texts.get(v.ipv6() ? "ipv6" : "ipv4")
        + ", "
        + texts.get("match", match)
        + (v.audited() ? ", " + texts.get("audited") : "");
  }

  private String signal(int number) {
    return switch (number) {
      case 0 -> texts.get("nat-full");
      case 1 -> texts.get("ct-full");
      default -> "";
    };
  }

  private static String hex(long value) {
    return "0x%x".formatted(value);
  }
}
