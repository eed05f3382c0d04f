// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.vector;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.tailwalk.engine.Injection;
import org.tailwalk.engine.MapOp;
import org.tailwalk.event.ContextState;
import org.tailwalk.event.Hook;
import org.tailwalk.packet.Bytes;
import org.tailwalk.packet.IpAddress;
import org.tailwalk.packet.MacAddress;
import org.tailwalk.scenario.DatapathConfig;
import org.tailwalk.scenario.DatapathConstants;
import org.tailwalk.scenario.DatapathOption;
import org.tailwalk.scenario.EndpointConfig;
import org.tailwalk.scenario.Era;

/** Turns a session's JSON into what engines take. */
final class SessionReader {
  /** Switches of the recording that say how it was compiled and change no behaviour of ours. */
  private static final Set<String> WITHOUT_EFFECT =
      Set.of("HAVE_DIRECT_ACCESS_TO_MAP_VALUES", "PREALLOCATE_MAPS");

  private final Json json;
  private final MapOpReader ops;

  SessionReader(Json json) {
    this.json = json;
    this.ops = new MapOpReader();
  }

  VectorSession read() {
    Json config = json.object("config");
    EnumSet<DatapathOption> options = EnumSet.noneOf(DatapathOption.class);
    Set<String> unknown = new TreeSet<>();
    Json switches = config.object("options");
    for (String name : switches.names()) {
      if (switches.flag(name) && !name.equals("ENABLE_PER_PACKET_LB")) {
        known(name, options, unknown);
      }
    }
    DatapathConfig build =
        new DatapathConfig(
            json.parsed("era", "an era", Era::parse),
            options,
            constants(config.object("constants")));
    if (switches.flag("ENABLE_PER_PACKET_LB") != build.perPacketLb()) {
      throw switches.wrong("ENABLE_PER_PACKET_LB", "does not follow from the other options");
    }
    List<MapOp> state = new ArrayList<>();
    for (String table : MapOpReader.TABLES) {
      json.objects(table).forEach(row -> state.addAll(ops.set(table, row)));
    }
    return new VectorSession(
        json.text("id"),
        json.text("title", ""),
        config.text("name"),
        build,
        unknown,
        !json.objects("services").isEmpty(),
        json.objects("endpoints").stream().map(SessionReader::endpoint).toList(),
        state,
        json.has("ct_capacity") ? OptionalInt.of(json.integer("ct_capacity")) : OptionalInt.empty(),
        steps());
  }

  private static void known(String name, Set<DatapathOption> options, Set<String> unknown) {
    if (WITHOUT_EFFECT.contains(name)) {
      return;
    }
    Arrays.stream(DatapathOption.values())
        .filter(o -> o.name().equals(name))
        .findFirst()
        .ifPresentOrElse(options::add, () -> unknown.add(name));
  }

  private static DatapathConstants constants(Json c) {
    return new DatapathConstants(
        c.integer("MONITOR_AGGREGATION"),
        c.number("CT_CONNECTION_LIFETIME_TCP"),
        c.number("CT_CONNECTION_LIFETIME_NONTCP"),
        c.number("CT_SERVICE_LIFETIME_TCP"),
        c.number("CT_SERVICE_LIFETIME_NONTCP"),
        c.number("CT_SERVICE_CLOSE_REBALANCE"),
        c.number("CT_SYN_TIMEOUT"),
        c.number("CT_CLOSE_TIMEOUT"),
        c.number("CT_REPORT_INTERVAL"),
        c.integer("CT_REPORT_FLAGS"),
        c.integer("TRACE_PAYLOAD_LEN"),
        c.number("HOST_IFINDEX"),
        c.parsed("HOST_IFINDEX_MAC", "a MAC address", MacAddress::parse),
        c.integer("HOST_EP_ID"),
        c.parsed("IPV4_LOOPBACK", "an address", IpAddress::parse),
        c.parsed("ROUTER_IP", "an address", IpAddress::parse));
  }

  private static EndpointConfig endpoint(Json e) {
    return new EndpointConfig(
        e.integer("id"),
        "",
        e.has("ipv4") ? e.parsed("ipv4", "an address", IpAddress::parse) : null,
        e.has("ipv6") ? e.parsed("ipv6", "an address", IpAddress::parse) : null,
        e.parsed("mac", "a MAC address", MacAddress::parse),
        e.parsed("node_mac", "a MAC address", MacAddress::parse),
        e.number("ifindex"),
        e.number("identity"),
        e.integer("verdict_filter"),
        false);
  }

  private List<VectorSession.Step> steps() {
    List<VectorSession.Step> steps = new ArrayList<>();
    for (Json step : json.objects("steps")) {
      String words = step.text("desc", "");
      if (step.has("edit")) {
        List<MapOp> edits = new ArrayList<>();
        step.objects("edit").forEach(e -> edits.addAll(ops.edit(e)));
        steps.add(new VectorSession.Edit(words, edits));
      } else {
        steps.add(packet(step, steps.size() + 1, words));
      }
    }
    return steps;
  }

  private static VectorSession.Packet packet(Json step, int number, String words) {
    Bytes frame = step.hex("frame");
    if (frame.length() < 14) {
      throw step.wrong("frame", "14 bytes or more are expected");
    }
    Json ctx = step.object("ctx");
    long packetType = packetType(frame);
    Injection injection =
        new Injection(
            number,
            frame,
            step.integer("ep"),
            step.parsed("prog", "an entry program", SessionReader::hook),
            context(ctx, packetType),
            ctx.number("ifindex"),
            ctx.number("ingress_ifindex"),
            step.number("t"),
            step.number("random", 0));
    return new VectorSession.Packet(
        words, injection, new RecordedOutcome(step.object("result")).read(frame, packetType));
  }

  private static ContextState context(Json ctx, long packetType) {
    List<Long> cb = ctx.numbers("cb");
    if (cb.size() != 5) {
      throw ctx.wrong("cb", "five numbers are expected");
    }
    return new ContextState(ctx.number("mark"), cb, 0, 0, packetType);
  }

  /**
   * What the kernel makes of a frame's destination when a test run begins: the devices there have
   * other addresses, so it is broadcast (1), multicast (2), or for another host (3).
   */
  private static long packetType(Bytes frame) {
    if ((frame.at(0) & 1) == 0) {
      return 3;
    }
    return frame.slice(0, 6).hex().equals("ffffffffffff") ? 1 : 2;
  }

  private static Hook hook(String program) {
    return Arrays.stream(Hook.values())
        .filter(h -> h.programId().equals(program))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "there are "
                    + Arrays.stream(Hook.values())
                        .map(Hook::programId)
                        .collect(Collectors.joining(", "))));
  }
}
