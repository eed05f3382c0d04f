// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.replay.why;

import java.util.Optional;
import org.tailwalk.engine.Injection;
import org.tailwalk.event.MapRole;
import org.tailwalk.event.PathEvent;
import org.tailwalk.event.ProgramRef;
import org.tailwalk.packet.Layer;
import org.tailwalk.packet.PacketView;
import org.tailwalk.packet.Protocols;
import org.tailwalk.replay.ProgramNames;
import org.tailwalk.scenario.Fault;
import org.tailwalk.scenario.Scenario;
import org.tailwalk.text.Message;

/** What stands behind a reason code, and where to look next; policy has a class of its own. */
final class Reasons {
  /** The two halves of an account. */
  record Account(Message because, Message next) {
    Account(String because, String next) {
      this(Message.plain(because), Message.plain(next));
    }
  }

  private static final int CALLS = 33;

  private final Scenario scenario;
  private final Injection injection;
  private final Rows rows;
  private final Words words;

  Reasons(Scenario scenario, Injection injection, Rows rows) {
    this.scenario = scenario;
    this.injection = injection;
    this.rows = rows;
    this.words = new Words(scenario.node());
  }

  /** The reason that stands behind what was reported: PR 25426 to 26118 kept the low byte only. */
  static int right(int reported) {
    return reported >= 72 && reported <= 126 ? 256 - reported : reported;
  }

  Account account(int code) {
    PacketView view = PacketView.of(injection.frame());
    return switch (code) {
      case 132 ->
          new Account(
              "the source %s is not the address of %s, %s"
                  .formatted(
                      view.ip().map(i -> i.src().toString()).orElse("address"),
                      words.endpoint(injection.endpoint()),
                      own(view)),
              "who in the pod sends from an address not its own; or the scenario's endpoint");
      case 134 ->
          new Account(
              view.ip().filter(i -> i.ttl() <= 1).isPresent()
                  ? "the TTL would reach 0 in routing"
                  : "a header is shorter than the program must read (%d bytes in the frame)"
                      .formatted(injection.frame().length()),
              cut("the frame as captured: snap length, truncation, TTL"));
      case 135 ->
          new Account(
              "conntrack could not read ports, TCP flags or ICMP type: the frame ends too early (%d"
                      .formatted(injection.frame().length())
                  + " bytes)",
              cut("the frame as captured: it ends too early"));
      case 137 ->
          new Account(
              Message.of(
                  view.ip().filter(i -> i.protocol() == Protocols.SCTP).isPresent()
                      ? "why.137.sctp"
                      : "why.137",
                  view.ip().map(i -> Protocols.name(i.protocol())).orElse("something else")),
              Message.of("why.next.137"));
      case 139, 166 ->
          new Account(
              "ethertype 0x%04x is not one the program handles".formatted(etherType(view)),
              "ENABLE_IPV4, ENABLE_IPV6 and the ARP options of the datapath");
      case 140 -> missedCall();
      case 150 ->
          new Account(
              "nobody on this node has the address that was asked for",
              "the endpoint map: cilium bpf endpoint list");
      case 155 ->
          new Account(
              "the conntrack map refused the new entry",
              scenario.settings().faults().contains(new Fault.ConntrackFull())
                  ? "the conntrackFull fault of the scenario, which did this"
                  : "how full the map is: cilium bpf ct list global");
      case 156, 157 ->
          new Account(
              code == 156
                  ? "the walk over the IPv6 extension headers ran into one it can't pass"
                  : "a fragment, and this build does not track fragments",
              code == 156
                  ? "who sends these extension headers"
                  : "ENABLE_IPV4_FRAGMENTS, or the path MTU that makes fragments");
      case 158 ->
          new Account(
              "the service has no backend that can be chosen",
              "the service's backends and their states: cilium service list");
      case 170 ->
          new Account("a pod may not send to the tunnel's own port", "what in the pod sends there");
      case 175 ->
          new Account(
              "a later fragment whose first fragment was never seen",
              "the first fragment in the capture, and cilium bpf frag list");
      case 184 ->
          new Account(
              view.ip().filter(i -> i.dst().isZero()).isPresent()
                  ? "the destination is all zero, which the hand-over buffer takes for never"
                      + " written"
                  : "the conntrack result could not be handed to the next program",
              scenario.settings().faults().contains(new Fault.BufferRefuses())
                  ? "the bufferRefuses fault of the scenario, which did this"
                  : "cilium_tail_call_buffer4/6 on the node");
      case 14 ->
          new Account(
              "a helper could not read the L4 header, and its error number leaked through",
              cut("the frame as captured: it ends too early"));
      default ->
          new Account(
              "",
              "the program's steps before its decision: tailwalk replay --packets, or --engine");
    };
  }

  /** A fault of the scenario is named before anything that a node might have. */
  private String cut(String otherwise) {
    boolean fault =
        scenario.settings().faults().stream()
            .anyMatch(f -> f instanceof Fault.Truncate t && t.packet() == injection.packet());
    return fault ? "the truncate fault of the scenario, which cut this packet" : otherwise;
  }

  private static int etherType(PacketView view) {
    Layer.Ethernet ethernet = view.ethernet();
    return ethernet == null ? 0 : ethernet.etherType();
  }

  private String own(PacketView view) {
    boolean v6 = view.network() instanceof Layer.Ipv6;
    return scenario
        .node()
        .endpoint(injection.endpoint())
        .flatMap(e -> e.address(v6))
        .map(Object::toString)
        .orElse("which has none of this family");
  }

  private Account missedCall() {
    Optional<Rows.Row> row = rows.missedCall();
    if (row.isEmpty() || !(row.get().event() instanceof PathEvent.TailCallMissed missed)) {
      return new Account("a tail call fell through", "the program arrays: bpftool map dump");
    }
    int burnt =
        scenario.settings().faults().stream()
            .mapToInt(f -> f instanceof Fault.BurnCalls(int calls) ? calls : 0)
            .sum();
    String target =
        missed.map().role() == MapRole.CALLS
            ? "%s (slot %d)".formatted(ProgramNames.call(missed.slot()), missed.slot())
            : "slot %d of %s".formatted(missed.slot(), missed.map());
    if (rows.taken() + burnt >= CALLS) {
      return new Account(
          "the call to %s was number %d: %d is the budget"
              .formatted(target, rows.taken() + burnt + 1, CALLS),
          burnt > 0
              ? "the burnCalls fault of the scenario, which spends %d of them".formatted(burnt)
              : "what spends the calls: a loop of programs");
    }
    ProgramRef caller = missed.program();
    return new Account(
        "the call from %s to %s found no program there".formatted(words.program(caller), target),
        fault(missed)
            ? "the emptySlot fault of the scenario, which did this"
            : missed.map().role() == MapRole.POLICY_CALL
                ? "whether endpoint %d has its programs loaded".formatted(missed.slot())
                : "the endpoint's program array: an upgrade or a failed load leaves slots empty");
  }

  private boolean fault(PathEvent.TailCallMissed missed) {
    return scenario.settings().faults().stream()
        .anyMatch(f ->
            f instanceof Fault.EmptySlot(int endpoint, MapRole map, long slot)
                && map == missed.map().role()
                && slot == missed.slot()
                && (endpoint == 0 || endpoint == missed.map().endpoint()));
  }
}
