// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tailwalk.event.MapKey;
import org.tailwalk.event.Verdict;
import org.tailwalk.replay.Reading;
import org.tailwalk.text.Message;

/** Says why connection tracking saw two packets differently: who lost the entry, and how. */
final class ConntrackDifference {
  private final Comparison comparison;
  private final int row;
  private final Look a;
  private final Look b;

  ConntrackDifference(Comparison comparison, int row, Look a, Look b) {
    this.comparison = comparison;
    this.row = row;
    this.a = a;
    this.b = b;
  }

  Difference tell(int step) {
    List<Difference.Evidence> evidence = new ArrayList<>();
    Message sentence = sentence(evidence);
    return new Difference(Difference.Kind.CONNTRACK, step, sentence, evidence);
  }

  private Message sentence(List<Difference.Evidence> evidence) {
    int common = Math.min(a.ct().size(), b.ct().size());
    for (int i = 0; i < common; i++) {
      Reading.CtLookup left = a.ct().get(i);
      Reading.CtLookup right = b.ct().get(i);
      if ((left.found() == null) != (right.found() == null)) {
        return left.found() == null
            ? missed(a, left, b, right, evidence)
            : missed(b, right, a, left, evidence);
      }
      if (left.status() != right.status()) {
        evidence.add(FirstDifference.observed(a, Aspects.conntrack(a)));
        evidence.add(FirstDifference.observed(b, Aspects.conntrack(b)));
        return Message.of(
            "compare.ct.answers",
            String.valueOf(left.status()),
            String.valueOf(right.status()),
            FirstDifference.outcomes(a, b));
      }
    }
    evidence.add(FirstDifference.observed(a, Aspects.conntrack(a)));
    evidence.add(FirstDifference.observed(b, Aspects.conntrack(b)));
    if (a.ct().size() != b.ct().size()) {
      return Message.of(
          "compare.ct.times", a.ct().size(), b.ct().size(), FirstDifference.outcomes(a, b));
    }
    List<Aspect> aspects = Aspects.of(a, b);
    for (Aspect aspect : aspects) {
      if (aspect.name().equals("CT entry")) {
        return Message.of(
            "compare.ct.leave", aspect.left(), aspect.right(), FirstDifference.outcomes(a, b));
      }
    }
    return Message.of("compare.ct.others", FirstDifference.outcomes(a, b));
  }

  /** One side has the entry, the other has not. */
  private Message missed(
      Look without,
      Reading.CtLookup missed,
      Look with,
      Reading.CtLookup found,
      List<Difference.Evidence> evidence) {
    MapKey.CtTuple tuple = found.found();
    Message noun = with.noun();
    evidence.add(FirstDifference.observed(with, Aspects.conntrack(with)));
    Optional<SideRecord.Turn> lost = without.lost(missed);
    Message what =
        lost.isPresent()
            ? lost(without, noun, lost.get(), evidence)
            : never(without, with, noun, tuple, evidence);
    evidence.add(FirstDifference.observed(without, Aspects.conntrack(without)));
    return Message.plain(what, consequence(without, with));
  }

  private static Message lost(
      Look without, Message noun, SideRecord.Turn turn, List<Difference.Evidence> evidence) {
    String side = without.side();
    if (turn.fate() == SideRecord.Fate.DELETED) {
      evidence.add(
          new Difference.Evidence(
              side, turn.packet(), Message.of("compare.ct.deletes"), Reading.Evidence.OBSERVED));
      return Message.of("compare.ct.deleted", side, turn.packet(), noun);
    }
    String sweep = Look.seconds(turn.sinceFirstNanos());
    long ended = Look.ended(turn);
    evidence.add(
        new Difference.Evidence(
            side,
            turn.packet(),
            Message.of("compare.ct.sweep", sweep, ended),
            Reading.Evidence.OBSERVED));
    int previous = without.record().prints().previousOfFlow(without.number());
    if (previous > 0
        && without.record().prints().sinceFirstNanos(previous) > turn.sinceFirstNanos()) {
      return Message.of("compare.ct.removed", side, ended, trim(sweep), noun);
    }
    long lifetime = without.lifetime(turn);
    Message pause = without.pause().orElse(Message.of("compare.long"));
    Message lived =
        lifetime > 0
            ? Message.of("compare.ct.lived", lifetime, before(without, ended))
            : Message.of("compare.ct.passed", ended);
    return Message.of("compare.ct.late", side, noun, pause, lived, trim(sweep));
  }

  private static Message before(Look look, long ended) {
    long ago =
        Math.floorDiv(look.record().prints().sinceFirstNanos(look.number()), 1_000_000_000L)
            - ended;
    return ago > 30 ? Message.of("compare.long-before") : Message.of("compare.seconds-before", ago);
  }

  private static String trim(String seconds) {
    return seconds.replaceFirst("\\.0+$", "");
  }

  private Message never(
      Look without,
      Look with,
      Message noun,
      MapKey.@Nullable CtTuple tuple,
      List<Difference.Evidence> evidence) {
    int maker = tuple == null ? 0 : with.record().creator(tuple, with.number());
    if (maker == 0) {
      return Message.of("compare.ct.start", with.side(), without.side(), noun);
    }
    evidence.add(
        new Difference.Evidence(
            with.side(), maker, Message.of("compare.ct.makes"), Reading.Evidence.OBSERVED));
    Alignment alignment = comparison.alignment();
    boolean withIsA = with == a;
    int at = withIsA ? alignment.rowOfA(maker) : alignment.rowOfB(maker);
    int mate = withIsA ? alignment.b(at) : alignment.a(at);
    if (at == row) {
      return Message.of("compare.ct.here", with.side(), without.side());
    }
    if (mate == 0) {
      return Message.of("compare.ct.no-mate", with.side(), maker, without.side(), noun);
    }
    Message outcome = without.record().ending(mate);
    evidence.add(new Difference.Evidence(without.side(), mate, outcome, Reading.Evidence.OBSERVED));
    return Message.of("compare.ct.mate", with.side(), maker, without.side(), mate, outcome, noun);
  }

  private static Message consequence(Look without, Look with) {
    if (without.outcome().equals(with.outcome())) {
      return Message.of("compare.ct.end.same", with.outcome());
    }
    if (without.lane() != null && without.lane().reading().verdict() instanceof Verdict.Dropped) {
      Reading.Reason reason = without.lane().reading().dropReason();
      int code = reason == null ? 0 : reason.code();
      return switch (code) {
        case 133 -> Message.of("compare.ct.unallowed");
        case 181 -> Message.of("compare.ct.denied");
        default -> Message.of("compare.ct.it-is", without.outcome());
      };
    }
    return Message.of(
        "compare.ct.end", without.side(), without.outcome(), with.side(), with.outcome());
  }
}
