// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.replay.why;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tailwalk.event.DropReason;
import org.tailwalk.event.MapKey;
import org.tailwalk.event.MapRef;
import org.tailwalk.event.MapRole;
import org.tailwalk.event.MapValue;
import org.tailwalk.event.PathEvent;
import org.tailwalk.event.ProgramRef;
import org.tailwalk.event.SourceRef;
import org.tailwalk.event.Verdict;
import org.tailwalk.replay.Divergence;
import org.tailwalk.replay.LaneTrace;
import org.tailwalk.replay.PacketReplay;
import org.tailwalk.replay.Placement;
import org.tailwalk.replay.Reading;
import org.tailwalk.replay.history.MapHistory;
import org.tailwalk.replay.history.Moment;
import org.tailwalk.replay.history.Write;
import org.tailwalk.scenario.Scenario;
import org.tailwalk.text.Message;

/** The account of one packet that was run; used once. */
final class LaneAccount {
  private final Scenario scenario;
  private final MapHistory index;
  private final Moment found;
  private final PacketReplay packet;
  private final Reading reading;
  private final Placement.Run run;
  private final Rows rows;
  private final Words words;
  private final List<Gate> gates;
  private final ServiceAccount services;
  private final ConntrackAccount conntrack;
  private final Explanation.Builder out = new Explanation.Builder();

  LaneAccount(
      Scenario scenario,
      MapHistory index,
      PacketReplay packet,
      LaneTrace lane,
      Placement.Run run,
      Message head) {
    this.scenario = scenario;
    this.index = index;
    this.packet = packet;
    this.found = Moment.found(packet.number());
    this.reading = lane.reading();
    this.run = run;
    this.rows = Rows.of(packet, index.kernelLane());
    this.words = new Words(scenario.node());
    this.gates = Gate.of(reading);
    this.services = ServiceAccount.of(scenario, run.injection(), reading, rows);
    this.conntrack =
        new ConntrackAccount(
            index,
            packet.number(),
            run.injection().timeNanos(),
            (index.kernelLane() ? scenario.kernelConfig() : scenario.modelConfig()).era(),
            rows,
            words,
            reading.wentWrong(),
            out);
    out.line("packet", head);
  }

  Explanation explain() {
    out.line("verdict", verdict());
    out.cause(new Cause.Outcome(packet.number(), reading.verdict(), reading.dropReason()));
    Optional<Rows.Row> decision = rows.decision(reading.wentWrong());
    decision.ifPresent(this::decided);
    services.choice().ifPresent(text -> out.line("service", text));
    services.back().ifPresent(text -> out.line("back", text));
    Message next;
    if (!reading.wentWrong()) {
      next = passed();
    } else if (reading.verdict() instanceof Verdict.PassedUnpoliced(int code)) {
      next = unheard(code, decision);
    } else {
      next = dropped();
    }
    Divergence divergence = packet.divergence();
    if (divergence != null) {
      out.line(
          "lanes",
          Message.of(
              index.kernelLane() ? "why.lanes.kernel" : "why.lanes.model",
              packet.number(),
              divergence.step(),
              divergence.code()));
    }
    return out.line("next", next).done();
  }

  private Message verdict() {
    Verdict verdict = reading.verdict();
    Message text =
        switch (verdict) {
          case Verdict.Redirected(long ifindex, _) ->
              Message.plain(Message.of("why.ifindex", ifindex), receiver(ifindex));
          case Verdict.ToProxy(int port) -> Message.of("why.port", port);
          case Verdict.PassedUnpoliced(int code) -> Message.of("why.raw", code);
          case Verdict.ToStack _, Verdict.ToPod _, Verdict.Dropped _, Verdict.NotRun _ ->
              Message.plain();
        };
    Reading.Reason reason = reading.dropReason();
    String why = reason == null ? "" : ": %s (%s)".formatted(reason.text(), reason.name());
    Message heard = Message.plain();
    if (reading.wentWrong()) {
      boolean event = Boolean.TRUE.equals(reading.notified());
      heard =
          Message.of(
              event
                  ? reading.metricCounted() ? "why.heard.both" : "why.heard.event"
                  : reading.metricCounted() ? "why.heard.metric" : "why.heard.nobody");
    }
    Message doubt =
        scenario.inferred() && !reading.wentWrong() ? Message.of("why.doubt") : Message.plain();
    return Message.plain(verdict.word(), text, why, heard, doubt);
  }

  private Message receiver(long ifindex) {
    return scenario.node().endpoints().stream()
        .filter(e -> e.ifindex() == ifindex && ifindex != 0)
        .findFirst()
        .map(e -> Message.plain(", ", words.endpoint(e.id())))
        .orElse(Message.plain());
  }

  private void decided(Rows.Row row) {
    ProgramRef program = row.event().program();
    if (program == null) {
      return;
    }
    // Where the drop was sent tells more than the line in some header that counts its metric.
    String where =
        rows.drop()
            .filter(d -> d.line() > 0)
            .map(d -> rows.dropFile(program, d) + ":" + d.line())
            .orElse(Words.source(row.source()));
    out.line(
        "decided",
        Message.plain(
            words.program(program),
            ", P%d.S%d".formatted(packet.number(), row.index()),
            where.isEmpty() ? "" : ", " + where));
    SourceRef source =
        rows.drop()
            .filter(d -> d.line() > 0)
            .map(d -> new SourceRef("", 0, rows.dropFile(program, d), d.line(), null))
            .orElse(row.source());
    out.cause(new Cause.Branch(packet.number(), row.index(), program, source));
  }

  // ---- what went wrong

  private Message dropped() {
    Reading.Reason reason = reading.dropReason();
    int code = reason == null ? 0 : reason.code();
    int right = Reasons.right(code);
    if (right != code) {
      out.line("reason", Message.of("why.low-byte", code, right, DropReason.describe(right, 0)));
    }
    if (right == 133 || right == 181) {
      return denied(right == 181);
    }
    conntrack.at(gates.isEmpty() ? null : gates.getLast());
    return because(right);
  }

  private Message because(int code) {
    Reasons.Account account = new Reasons(scenario, run.injection(), rows).account(code);
    out.line("because", account.because());
    rows.missedCall()
        .ifPresent(row -> {
          if (code == 140 && row.event() instanceof PathEvent.TailCallMissed missed) {
            out.cause(
                new Cause.MissedCall(packet.number(), row.index(), missed.map(), missed.slot()));
          }
        });
    return account.next();
  }

  private Message unheard(int code, Optional<Rows.Row> decision) {
    ProgramRef program = decision.map(r -> r.event().program()).orElse(new ProgramRef(0, ""));
    Message next = because(code < 0 ? -code & 0xff : code);
    out.line("effect", Unheard.consequence(code, program));
    if (!reading.unheard()) {
      return next;
    }
    out.line("heard", Unheard.told(rows));
    out.line("history", Unheard.mended(code, program));
    Message told =
        program.id().equals("to-container") ? Message.plain() : Message.of("why.next.tells");
    return Message.plain(next, told, Message.of("why.next.hop"));
  }

  private Message denied(boolean byDeny) {
    Gate gate = gates.reversed().stream().filter(g -> g.policy() != null).findFirst().orElse(null);
    Reading.PolicyDecision policy = gate == null ? null : gate.policy();
    if (gate == null || policy == null || policy.tried().isEmpty()) {
      return Message.of("why.next.policy");
    }
    MapRef map = MapRef.of(MapRole.POLICY, policy.endpoint());
    MapKey.PolicyKey wanted = policy.tried().getFirst();
    Message name = gate.name(words);
    MapKey.PolicyKey winner = policy.winner();
    if (byDeny && winner != null) {
      out.line("tried", Message.of("why.tried.deny", name, Words.key(winner)));
      policyWriter("written", map, winner, true, policy);
      conntrack.at(gate);
      return Message.of("why.next.deny", Words.key(winner), words.identity(wanted.identity()));
    }
    out.line("tried", Message.of("why.tried", name, Words.keys(policy.tried())));
    Cause.Lookup.of(rows, packet.number(), MapRole.POLICY, map, wanted, false)
        .ifPresent(out::cause);
    Optional<NearestPolicy> nearest = NearestPolicy.of(wanted, index.entries(map, found), words);
    out.line(
        "nearest",
        nearest
            .map(NearestPolicy::text)
            .orElse(
                Message.of(
                    gate.direction() == Reading.Direction.INGRESS
                        ? "why.nothing.ingress"
                        : "why.nothing.egress")));
    nearest.ifPresent(n -> policyWriter("written", map, n.key(), true, policy));
    if (services.answersItself(policy.endpoint()) && !wanted.egress()) {
      out.line("because", Message.of("why.hairpin"));
      return Message.of("why.next.hairpin", words.endpoint(policy.endpoint()));
    }
    if (conntrack.at(gate)) {
      return Message.of("why.next.late");
    }
    return Message.of(
        wanted.egress() ? "why.next.to" : "why.next.from",
        words.identity(wanted.identity()),
        Words.protocol(wanted.protocol()),
        wanted.dport() == 0 ? Message.of("why.any") : wanted.dport(),
        "cilium bpf policy get " + policy.endpoint());
  }

  private void policyWriter(
      String label,
      MapRef map,
      MapKey.PolicyKey key,
      boolean nearest,
      Reading.PolicyDecision policy) {
    boolean missed = policy.winner() == null;
    out.cause(
        new Cause.Entry(map, key, index.value(map, key, found).orElse(null), nearest && missed));
    index
        .creation(map, key, found)
        .ifPresent(write -> {
          out.line(label, Message.of("why.written", write.writer().message()));
          out.cause(new Cause.Written(map, key, write));
        });
  }

  // ---- what passed

  private Message passed() {
    Answers.of(rows).ifPresent(text -> out.line("answers", text));
    if (rows.missedCall().isPresent()) {
      out.line("because", new Reasons(scenario, run.injection(), rows).account(140).because());
    }
    if (gates.isEmpty()) {
      out.line("let by", Message.of("why.nothing-asked"));
      return Message.of("why.next.steps", packet.number());
    }
    // Two gates at most stand for pod to pod; a line for the entry of each keeps within ten.
    for (Gate gate : gates.subList(Math.max(0, gates.size() - 2), gates.size())) {
      if (gate.byConntrack()) {
        conntrack.at(gate);
      } else {
        policyPass(gate);
      }
    }
    List<Message> made = new ArrayList<>();
    for (Rows.Row row : rows.created()) {
      if (row.event() instanceof PathEvent.Changed changed
          && changed.key() instanceof MapKey.CtTuple tuple) {
        made.add(Message.plain("S", row.index(), " ", Words.flow(tuple)));
      }
    }
    if (!made.isEmpty()) {
      out.line("makes", Message.of("why.makes", Message.joined("; ", made)));
      rows.created().stream()
          .map(Rows.Row::event)
          .filter(e -> e instanceof PathEvent.Changed)
          .map(e -> (PathEvent.Changed) e)
          .forEach(c -> {
            if (c.key() instanceof MapKey.CtTuple tuple) {
              conntrack.closing(c.map(), tuple);
            }
          });
      return Message.of("why.next.back");
    }
    return conntrack.maker() == 0
        ? Message.of("why.next.steps", packet.number())
        : Message.of("why.next.maker", conntrack.maker());
  }

  private void policyPass(Gate gate) {
    Reading.PolicyDecision policy = gate.policy();
    Message status = ConntrackAccount.status(gate);
    MapKey.PolicyKey winner = policy == null ? null : policy.winner();
    if (policy == null || winner == null) {
      Message how =
          Message.of(
              policy != null && policy.verdict() != null ? "why.by.audit" : "why.by.unasked");
      out.line("let by", Message.plain(gate.name(words), " ", status, ": ", how));
      return;
    }
    MapRef map = MapRef.of(MapRole.POLICY, policy.endpoint());
    Optional<Write> write = index.creation(map, winner, found);
    MapValue.PolicyEntry entry =
        index.value(map, winner, found).orElse(null) instanceof MapValue.PolicyEntry e ? e : null;
    out.line(
        "let by",
        Message.of(
            "why.by.policy",
            gate.name(words),
            status,
            Words.key(winner),
            entry != null && entry.proxyPort() != 0
                ? Message.of("why.by.proxy", entry.proxyPort())
                : Message.plain(),
            write
                .map(w -> Message.of("why.by.writer", w.writer().message()))
                .orElse(Message.plain())));
    if (entry != null && entry.deny()) {
      out.line("but", Message.of("why.deny-2020"));
    }
    Cause.Lookup.of(rows, packet.number(), MapRole.POLICY, map, winner, true).ifPresent(out::cause);
    out.cause(new Cause.Entry(map, winner, entry, false));
    write.ifPresent(w -> out.cause(new Cause.Written(map, winner, w)));
    Reading.CtLookup ct = gate.ct();
    if (ct != null && ct.found() != null) {
      conntrack.found(ct, "entry");
    }
  }
}
