// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.replay.why;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.tailwalk.event.MapKey;
import org.tailwalk.event.ProgramRef;
import org.tailwalk.event.SourceRef;
import org.tailwalk.packet.IpAddress;
import org.tailwalk.packet.Protocols;
import org.tailwalk.replay.ProgramNames;
import org.tailwalk.scenario.EndpointConfig;
import org.tailwalk.scenario.NodeState;
import org.tailwalk.text.Message;

/** Names of things as people on a node know them. */
final class Words {
  private final NodeState node;

  Words(NodeState node) {
    this.node = node;
  }

  /** Virtual time in seconds and milliseconds, as the datapath's lifetimes count. */
  static String clock(long nanos) {
    return String.format(Locale.ROOT, "%d.%03d", nanos / 1_000_000_000, nanos / 1_000_000 % 1000);
  }

  /** File and line, the file as short as it may be. */
  static String source(@Nullable SourceRef source) {
    if (source == null || source.file() == null) {
      return "";
    }
    String file = shortened(source.file());
    return source.line() > 0 ? file + ":" + source.line() : file;
  }

  /** Without the current folder in front. */
  static String shortened(String file) {
    return file.replaceFirst("^(\\./)+", "");
  }

  Message program(ProgramRef program) {
    return Message.of("why.program", ProgramNames.function(program), endpoint(program.endpoint()));
  }

  Message endpoint(int id) {
    String name = node.endpoint(id).map(EndpointConfig::name).orElse("");
    return Message.of("endpoint", id + (name.isEmpty() ? "" : " (" + name + ")"));
  }

  String identity(long id) {
    List<String> labels = node.labels(id);
    return id + (labels.isEmpty() ? "" : " (" + String.join(", ", labels) + ")");
  }

  static Message protocol(int number) {
    return number == 0 ? Message.of("why.any") : Message.plain(Protocols.name(number));
  }

  static Message key(MapKey.PolicyKey key) {
    return Message.plain(
        "{", orAny(key.identity()), ", ", orAny(key.dport()), ", ", protocol(key.protocol()), "}");
  }

  private static Message orAny(long number) {
    return number == 0 ? Message.of("why.any") : Message.plain(number);
  }

  static Message keys(List<MapKey.PolicyKey> keys) {
    return Message.joined(" ", keys.stream().map(Words::key).toList());
  }

  /** The packet that a conntrack key stands for: stored addresses stand the other way round. */
  static Message flow(MapKey.CtTuple t) {
    String way =
        (t.flags() & MapKey.CtTuple.SERVICE) != 0
            ? "why.flow.service"
            : (t.flags() & MapKey.CtTuple.IN) != 0 ? "why.flow.in" : "why.flow.out";
    return Message.plain(
        socket(t.daddr(), t.sport()),
        " → ",
        socket(t.saddr(), t.dport()),
        " ",
        Protocols.name(t.nexthdr()),
        " ",
        Message.of(way),
        (t.flags() & MapKey.CtTuple.RELATED) != 0
            ? Message.plain(" ", Message.of("why.flow.related"))
            : Message.plain());
  }

  static String socket(IpAddress address, int port) {
    if (port == 0) {
      return address.toString();
    }
    return (address.v6() ? "[" + address + "]" : address.toString()) + ":" + port;
  }
}
