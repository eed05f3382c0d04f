// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.replay.why;

import java.util.Optional;
import org.tailwalk.engine.Injection;
import org.tailwalk.event.MapRole;
import org.tailwalk.event.PathEvent;
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
    /** Two texts of the bundle without places. */
    static Account of(String because, String next) {
      return new Account(Message.of(because), Message.of(next));
    }
  }

  private static final int CALLS = 33;
  private static final String SHORT = "why.next.short";

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
              Message.of(
                  "why.132",
                  view.ip().map(i -> i.src().toString()).orElse("address"),
                  words.endpoint(injection.endpoint()),
                  own(view)),
              Message.of("why.next.132"));
      case 134 ->
          new Account(
              view.ip().filter(i -> i.ttl() <= 1).isPresent()
                  ? Message.of("why.134.ttl")
                  : Message.of("why.134", injection.frame().length()),
              cut("why.next.134"));
      case 135 -> new Account(Message.of("why.135", injection.frame().length()), cut(SHORT));
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
              Message.of("why.139", "0x%04x".formatted(etherType(view))),
              Message.of("why.next.139"));
      case 140 -> missedCall();
      case 150 -> Account.of("why.150", "why.next.150");
      case 155 ->
          Account.of(
              "why.155",
              scenario.settings().faults().contains(new Fault.ConntrackFull())
                  ? "why.next.full"
                  : "why.next.155");
      case 156 -> Account.of("why.156", "why.next.156");
      case 157 -> Account.of("why.157", "why.next.157");
      case 158 -> Account.of("why.158", "why.next.158");
      case 170 -> Account.of("why.170", "why.next.170");
      case 175 -> Account.of("why.175", "why.next.175");
      case 184 ->
          Account.of(
              view.ip().filter(i -> i.dst().isZero()).isPresent() ? "why.184.zero" : "why.184",
              scenario.settings().faults().contains(new Fault.BufferRefuses())
                  ? "why.next.refuses"
                  : "why.next.184");
      case 14 -> new Account(Message.of("why.14"), cut(SHORT));
      default -> new Account(Message.plain(), Message.of("why.next.other"));
    };
  }

  /** A fault of the scenario is named before anything that a node might have. */
  private Message cut(String otherwise) {
    boolean fault =
        scenario.settings().faults().stream()
            .anyMatch(f -> f instanceof Fault.Truncate t && t.packet() == injection.packet());
    return Message.of(fault ? "why.next.truncate" : otherwise);
  }

  private static int etherType(PacketView view) {
    Layer.Ethernet ethernet = view.ethernet();
    return ethernet == null ? 0 : ethernet.etherType();
  }

  private Message own(PacketView view) {
    boolean v6 = view.network() instanceof Layer.Ipv6;
    return scenario
        .node()
        .endpoint(injection.endpoint())
        .flatMap(e -> e.address(v6))
        .map(address -> Message.plain(address))
        .orElse(Message.of("why.132.none"));
  }

  private Account missedCall() {
    Optional<Rows.Row> row = rows.missedCall();
    if (row.isEmpty() || !(row.get().event() instanceof PathEvent.TailCallMissed missed)) {
      return Account.of("why.140", "why.next.140");
    }
    int burnt =
        scenario.settings().faults().stream()
            .mapToInt(f -> f instanceof Fault.BurnCalls(int calls) ? calls : 0)
            .sum();
    Message target =
        missed.map().role() == MapRole.CALLS
            ? Message.of("why.140.call", ProgramNames.call(missed.slot()), missed.slot())
            : Message.of("why.140.slot", missed.slot(), missed.map());
    if (rows.taken() + burnt >= CALLS) {
      return new Account(
          Message.of("why.140.budget", target, rows.taken() + burnt + 1, CALLS),
          burnt > 0 ? Message.of("why.next.burn", burnt) : Message.of("why.next.loop"));
    }
    return new Account(
        Message.of("why.140.from", words.program(missed.program()), target),
        fault(missed)
            ? Message.of("why.next.slot")
            : missed.map().role() == MapRole.POLICY_CALL
                ? Message.of("why.next.loaded", missed.slot())
                : Message.of("why.next.array"));
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
