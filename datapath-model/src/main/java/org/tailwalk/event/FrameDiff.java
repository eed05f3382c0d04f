// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.event;

import java.util.ArrayList;
import java.util.List;
import org.tailwalk.packet.Bytes;

/** Names the header fields in which two frames differ. */
final class FrameDiff {
  private record Span(int from, int to, String field) {}

  private FrameDiff() {}

  static List<PathEvent.Rewritten> between(Bytes before, Bytes after) {
    if (before.equals(after)) {
      return List.of();
    }
    if (before.length() != after.length()) {
      return List.of(new PathEvent.Rewritten(0, "frame", before, after));
    }
    List<PathEvent.Rewritten> found = new ArrayList<>();
    boolean[] told = new boolean[before.length()];
    for (Span span : spans(before)) {
      int to = Math.min(span.to, before.length());
      if (span.from < to && !before.sameRange(after, span.from, to)) {
        found.add(
            new PathEvent.Rewritten(
                span.from, span.field, before.slice(span.from, to), after.slice(span.from, to)));
      }
      for (int i = span.from; i < to; i++) {
        told[i] = true;
      }
    }
    for (int i = 0; i < told.length; i++) {
      if (!told[i] && before.at(i) != after.at(i)) {
        int to = i;
        while (to < told.length && !told[to] && before.at(to) != after.at(to)) {
          to++;
        }
        found.add(new PathEvent.Rewritten(i, "bytes", before.slice(i, to), after.slice(i, to)));
        i = to;
      }
    }
    return List.copyOf(found);
  }

  private static List<Span> spans(Bytes frame) {
    List<Span> spans = new ArrayList<>();
    spans.add(new Span(0, 6, "eth.dst"));
    spans.add(new Span(6, 12, "eth.src"));
    spans.add(new Span(12, 14, "eth.type"));
    int type = frame.length() >= 14 ? frame.u16(12) : 0;
    if (type == 0x0800 && frame.length() >= 34) {
      spans.add(new Span(22, 23, "ip.ttl"));
      spans.add(new Span(24, 26, "ip.checksum"));
      spans.add(new Span(26, 30, "ip.src"));
      spans.add(new Span(30, 34, "ip.dst"));
      l4(14 + (frame.at(14) & 15) * 4, frame.at(23), spans);
    } else if (type == 0x86dd && frame.length() >= 54) {
      spans.add(new Span(14, 18, "ipv6.tclass_flow"));
      spans.add(new Span(20, 21, "ipv6.nxt"));
      spans.add(new Span(21, 22, "ipv6.hlim"));
      spans.add(new Span(22, 38, "ipv6.src"));
      spans.add(new Span(38, 54, "ipv6.dst"));
      l4(54, frame.at(20), spans);
    } else if (type == 0x0806) {
      spans.add(new Span(20, 22, "arp.opcode"));
      spans.add(new Span(22, 28, "arp.src.hw_mac"));
      spans.add(new Span(28, 32, "arp.src.proto_ipv4"));
      spans.add(new Span(32, 38, "arp.dst.hw_mac"));
      spans.add(new Span(38, 42, "arp.dst.proto_ipv4"));
    }
    return spans;
  }

  private static void l4(int at, int protocol, List<Span> spans) {
    switch (protocol) {
      case 6 -> {
        spans.add(new Span(at, at + 2, "tcp.srcport"));
        spans.add(new Span(at + 2, at + 4, "tcp.dstport"));
        spans.add(new Span(at + 16, at + 18, "tcp.checksum"));
      }
      case 17 -> {
        spans.add(new Span(at, at + 2, "udp.srcport"));
        spans.add(new Span(at + 2, at + 4, "udp.dstport"));
        spans.add(new Span(at + 6, at + 8, "udp.checksum"));
      }
      default -> {}
    }
  }
}
