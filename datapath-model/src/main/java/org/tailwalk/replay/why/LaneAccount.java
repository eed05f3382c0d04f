// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.replay.why;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tailwalk.event.DropReason;
import org.tailwalk.event.MapKey;
import org.tailwalk.event.MapRef;
import org.tailwalk.event.MapRole;
import org.tailwalk.event.MapValue;
import org.tailwalk.event.PathEvent;
import org.tailwalk.event.ProgramRef;
import org.tailwalk.event.SourceRef;
import org.tailwalk.event.Verdict;
import org.tailwalk.replay.CtState;
import org.tailwalk.replay.Divergence;
import org.tailwalk.replay.LaneTrace;
import org.tailwalk.replay.PacketReplay;
import org.tailwalk.replay.Placement;
import org.tailwalk.replay.Reading;
import org.tailwalk.replay.history.MapHistory;
import org.tailwalk.replay.history.Moment;
import org.tailwalk.replay.history.Write;
import org.tailwalk.scenario.Era;
import org.tailwalk.scenario.Scenario;

/** The account of one packet that was run; used once. */
final class LaneAccount {
  private static final long SECOND = 1_000_000_000L;

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
  private final Era era;
  private final Explanation.Builder out = new Explanation.Builder();

  /** The packet that made the first conntrack entry found; 0 for none. */
  private long maker;

  private boolean closingTold;

  LaneAccount(
      Scenario scenario,
      MapHistory index,
      PacketReplay packet,
      LaneTrace lane,
      Placement.Run run,
      String head) {
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
    this.era = (index.kernelLane() ? scenario.kernelConfig() : scenario.modelConfig()).era();
    out.line("packet", head);
  }

  Explanation explain() {
    out.line("verdict", verdict());
    out.cause(new Cause.Outcome(packet.number(), reading.verdict(), reading.dropReason()));
    Optional<Rows.Row> decision = rows.decision(reading.wentWrong());
    decision.ifPresent(this::decided);
    services.choice().ifPresent(text -> out.line("service", text));
    services.back().ifPresent(text -> out.line("back", text));
    String next;
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
          "they differ at P%d.S%d (%s): this is the %s's account"
              .formatted(
                  packet.number(),
                  divergence.step(),
                  divergence.code(),
                  index.kernelLane() ? "kernel" : "model"));
    }
    return out.line("next", next).done();
  }

  private String verdict() {
    Verdict verdict = reading.verdict();
    String text =
        switch (verdict) {
          case Verdict.Redirected(long ifindex, _) -> " to ifindex " + ifindex + receiver(ifindex);
          case Verdict.ToProxy(int port) -> " port " + port;
          case Verdict.PassedUnpoliced(int code) -> " on raw code " + code;
          case Verdict.ToStack _, Verdict.ToPod _, Verdict.Dropped _, Verdict.NotRun _ -> "";
        };
    Reading.Reason reason = reading.dropReason();
    String why = reason == null ? "" : ": %s (%s)".formatted(reason.text(), reason.name());
    String heard = "";
    if (reading.wentWrong()) {
      boolean event = Boolean.TRUE.equals(reading.notified());
      heard =
          event
              ? reading.metricCounted() ? "; drop event and metric" : "; drop event, no metric"
              : reading.metricCounted() ? "; metric, no drop event" : "; nobody was told";
    }
    String doubt =
        scenario.inferred() && !reading.wentWrong()
            ? " (scenario inferred: what passes is not a promise)"
            : "";
    return verdict.word() + text + why + heard + doubt;
  }

  private String receiver(long ifindex) {
    return scenario.node().endpoints().stream()
        .filter(e -> e.ifindex() == ifindex && ifindex != 0)
        .findFirst()
        .map(e -> ", " + words.endpoint(e.id()))
        .orElse("");
  }

  private void decided(Rows.Row row) {
    ProgramRef program = Rows.program(row.event());
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
        "%s, P%d.S%d%s"
            .formatted(
                words.program(program),
                packet.number(),
                row.index(),
                where.isEmpty() ? "" : ", " + where));
    SourceRef source =
        rows.drop()
            .filter(d -> d.line() > 0)
            .map(d -> new SourceRef("", 0, rows.dropFile(program, d), d.line(), null))
            .orElse(row.source());
    out.cause(new Cause.Branch(packet.number(), row.index(), program, source));
  }

  // ---- what went wrong

  private String dropped() {
    Reading.Reason reason = reading.dropReason();
    int code = reason == null ? 0 : reason.code();
    int right = Reasons.right(code);
    if (right != code) {
      out.line(
          "reason",
          "%d is what is left of -%d in 8 bits (PR 25426 to 26118): %s"
              .formatted(code, right, DropReason.describe(right, 0)));
    }
    if (right == 133 || right == 181) {
      return denied(right == 181);
    }
    conntrack(gates.isEmpty() ? null : gates.getLast());
    return because(right);
  }

  private String because(int code) {
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

  private String unheard(int code, Optional<Rows.Row> decision) {
    ProgramRef program = decision.map(r -> Rows.program(r.event())).orElse(new ProgramRef(0, ""));
    String next = because(code < 0 ? -code & 0xff : code);
    out.line("effect", Unheard.consequence(code, program));
    if (!reading.unheard()) {
      return next;
    }
    out.line("heard", Unheard.told(rows));
    out.line("history", Unheard.mended(code, program));
    String told =
        program.id().equals("to-container") ? "" : "; --datapath bundled:pr33551 tells of it";
    return next + told + "; on a node, capture at the next hop";
  }

  private String denied(boolean byDeny) {
    Gate gate = gates.reversed().stream().filter(g -> g.policy() != null).findFirst().orElse(null);
    Reading.PolicyDecision policy = gate == null ? null : gate.policy();
    if (gate == null || policy == null || policy.tried().isEmpty()) {
      return "the policy of the endpoint: cilium bpf policy get";
    }
    MapRef map = MapRef.of(MapRole.POLICY, policy.endpoint());
    MapKey.PolicyKey wanted = policy.tried().getFirst();
    String name = gate.name(words);
    MapKey.PolicyKey winner = policy.winner();
    if (byDeny && winner != null) {
      out.line("tried", "policy, %s: %s hits, and denies".formatted(name, Words.key(winner)));
      policyWriter("written", map, winner, true, policy);
      conntrack(gate);
      return "the deny rule behind %s, for identity %s"
          .formatted(Words.key(winner), words.identity(wanted.identity()));
    }
    out.line("tried", "policy, %s: %s, no entry".formatted(name, Words.keys(policy.tried())));
    lookup(MapRole.POLICY, map, wanted, false);
    Optional<NearestPolicy> nearest = NearestPolicy.of(wanted, index.entries(map, found), words);
    out.line(
        "nearest",
        nearest
            .map(NearestPolicy::text)
            .orElse("nothing allows any %s".formatted(gate.direction().label())));
    nearest.ifPresent(n -> policyWriter("written", map, n.key(), true, policy));
    if (services.answersItself(policy.endpoint()) && !wanted.egress()) {
      out.line(
          "because",
          "the pod's answer to itself, translated back to its service, is NEW at its own ingress"
              + " (until the change of January 2023)");
      return "a policy that lets %s reach itself, or a later datapath"
          .formatted(words.endpoint(policy.endpoint()));
    }
    if (conntrack(gate)) {
      return "why this came after its conntrack entry had ended and been collected; no policy lets"
          + " it in without one";
    }
    return "whether %s %s %s port %s should be allowed (%s)"
        .formatted(
            wanted.egress() ? "traffic to" : "traffic from",
            words.identity(wanted.identity()),
            Words.protocol(wanted.protocol()),
            wanted.dport() == 0 ? "any" : wanted.dport(),
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
          out.line(label, "that policy entry: by " + write.writer().text());
          out.cause(new Cause.Written(map, key, write));
        });
  }

  // ---- what passed

  private String passed() {
    Answers.of(rows).ifPresent(text -> out.line("answers", text));
    if (rows.missedCall().isPresent()) {
      out.line("because", new Reasons(scenario, run.injection(), rows).account(140).because());
    }
    if (gates.isEmpty()) {
      out.line("let by", "no conntrack and no policy is asked on this path");
      return "the packet's steps: tailwalk replay --packets " + packet.number();
    }
    // Two gates at most stand for pod to pod; a line for the entry of each keeps within ten.
    for (Gate gate : gates.subList(Math.max(0, gates.size() - 2), gates.size())) {
      if (gate.byConntrack()) {
        conntrack(gate);
      } else {
        policyPass(gate);
      }
    }
    List<String> made = new ArrayList<>();
    for (Rows.Row row : rows.created()) {
      if (row.event() instanceof PathEvent.Changed changed
          && changed.key() instanceof MapKey.CtTuple tuple) {
        made.add("S%d %s".formatted(row.index(), Words.flow(tuple)));
      }
    }
    if (!made.isEmpty()) {
      out.line("makes", "conntrack " + String.join("; ", made));
      rows.created().stream()
          .map(Rows.Row::event)
          .filter(e -> e instanceof PathEvent.Changed)
          .map(e -> (PathEvent.Changed) e)
          .forEach(c -> {
            if (c.key() instanceof MapKey.CtTuple tuple) {
              closing(c.map(), tuple);
            }
          });
      return "packets back match these entries whatever policy says, until the collector takes"
          + " them";
    }
    return maker == 0
        ? "the packet's steps: tailwalk replay --packets " + packet.number()
        : "tailwalk why CAPTURE %d, the packet that made the entry".formatted(maker);
  }

  private void policyPass(Gate gate) {
    Reading.PolicyDecision policy = gate.policy();
    String status = status(gate);
    MapKey.PolicyKey winner = policy == null ? null : policy.winner();
    if (policy == null || winner == null) {
      String how =
          policy != null && policy.verdict() != null
              ? "no policy entry; audit mode lets it by"
              : "no policy is asked (hairpin, or handed on by the proxy)";
      out.line("let by", "%s %s: %s".formatted(gate.name(words), status, how));
      return;
    }
    MapRef map = MapRef.of(MapRole.POLICY, policy.endpoint());
    Optional<Write> write = index.creation(map, winner, found);
    MapValue.PolicyEntry entry =
        index.value(map, winner, found).orElse(null) instanceof MapValue.PolicyEntry e ? e : null;
    out.line(
        "let by",
        "%s, conntrack %s: policy %s%s%s"
            .formatted(
                gate.name(words),
                status,
                Words.key(winner),
                entry != null && entry.proxyPort() != 0 ? " to proxy " + entry.proxyPort() : "",
                write.map(w -> ", written by " + w.writer().text()).orElse("")));
    if (entry != null && entry.deny()) {
      out.line("but", "the entry says deny, a bit that the programs of 2020 do not have");
    }
    lookup(MapRole.POLICY, map, winner, true);
    out.cause(new Cause.Entry(map, winner, entry, false));
    write.ifPresent(w -> out.cause(new Cause.Written(map, winner, w)));
    Reading.CtLookup ct = gate.ct();
    if (ct != null && ct.found() != null) {
      found(ct, "entry");
    }
  }

  // ---- conntrack

  private static String status(Gate gate) {
    Reading.CtLookup ct = gate.ct();
    return ct == null || ct.status() == null ? "not asked" : ct.status().name();
  }

  /**
   * What conntrack said at a gate, and through whom.
   *
   * @return whether there had been an entry that would have matched, and was taken
   */
  private boolean conntrack(@Nullable Gate gate) {
    Reading.CtLookup ct = gate == null ? null : gate.ct();
    if (gate == null || ct == null) {
      return false;
    }
    if (ct.found() != null) {
      out.line(
          gate.byConntrack() && !reading.wentWrong() ? "let by" : "conntrack",
          "%s: conntrack %s".formatted(gate.name(words), status(gate)));
      found(ct, "entry");
      return false;
    }
    MapRef map = MapRef.shared(ct.map());
    Optional<NearestConntrack> nearest =
        NearestConntrack.of(index, packet.number(), map, ct.tuple());
    out.line(
        "conntrack",
        "%s %s: no entry for %s%s"
            .formatted(
                gate.direction().label(),
                ct.status() == null ? "unknown" : ct.status().name(),
                Words.flow(ct.tuple().reversed()),
                nearest.isEmpty() ? ", nor one near it" : ""));
    lookup(ct.map(), map, ct.tuple(), false);
    nearest.ifPresent(n -> {
      String made =
          index.creation(map, n.key(), found).map(w -> "; made by " + w.writer().text()).orElse("");
      out.line("was near", n.words() + made);
      out.cause(new Cause.Entry(map, n.key(), n.value(), true));
      Optional<Write> last = index.last(map, n.key(), found);
      last.ifPresent(w -> out.cause(new Cause.Written(map, n.key(), w)));
      index
          .creation(map, n.key(), found)
          .filter(w -> !w.equals(last.orElse(null)))
          .ifPresent(w -> out.cause(new Cause.Written(map, n.key(), w)));
    });
    return nearest.isPresent() && nearest.get().value() == null;
  }

  /** The entry that a lookup found: its state then, who made it, who changed it last. */
  private void found(Reading.CtLookup ct, String label) {
    MapKey.CtTuple key = ct.found();
    if (key == null) {
      return;
    }
    MapRef map = MapRef.shared(ct.map());
    lookup(ct.map(), map, key, true);
    Optional<Write> last = index.last(map, key, found);
    MapValue.CtEntry entry =
        index.value(map, key, found).orElse(null) instanceof MapValue.CtEntry e ? e : null;
    out.cause(new Cause.Entry(map, key, entry, false));
    long now = run.injection().timeNanos() / SECOND;
    String state =
        entry == null
            ? "made by this packet"
            : "%s, %s"
                .formatted(
                    CtState.of(key, entry, now).text(),
                    entry.lifetime() >= now
                        ? entry.lifetime() - now + " s left"
                        : now - entry.lifetime() + " s past its lifetime");
    Optional<Write> made = index.creation(map, key, found);
    StringBuilder text = new StringBuilder(Words.flow(key)).append(": ").append(state);
    made.ifPresent(w -> {
      text.append("; made by ").append(w.writer().text());
      out.cause(new Cause.Written(map, key, w));
      if (maker == 0 && w.writer() instanceof Write.Writer.ByPacket by) {
        maker = by.packet();
      }
    });
    if (last.isPresent() && !last.equals(made)) {
      text.append(", last changed by ").append(last.get().writer().text());
    }
    if (era == Era.WALKTHROUGH2020 && rows.reopens(key)) {
      text.append("; opened again by this SYN, and nobody is told (2020)");
    }
    out.line(label, text.toString());
    closing(map, key);
  }

  /** Once, though both ends of pod to pod have an entry each. */
  private void closing(MapRef map, MapKey.CtTuple key) {
    if (!closingTold) {
      String text = Closing.of(index, map, key, packet.number());
      closingTold = !text.isEmpty();
      out.line("closing", text);
    }
  }

  private void lookup(MapRole role, MapRef map, MapKey key, boolean hit) {
    rows.lookup(role, key)
        .ifPresent(row -> out.cause(new Cause.Lookup(packet.number(), row.index(), map, key, hit)));
  }
}
