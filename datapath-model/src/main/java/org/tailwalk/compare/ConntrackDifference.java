// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tailwalk.event.MapKey;
import org.tailwalk.event.Verdict;
import org.tailwalk.replay.Reading;

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
    String sentence = sentence(evidence);
    return new Difference(Difference.Kind.CONNTRACK, step, sentence, evidence);
  }

  private String sentence(List<Difference.Evidence> evidence) {
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
        return "Connection tracking answers %s in A and %s in B.%s"
            .formatted(left.status(), right.status(), FirstDifference.outcomes(a, b));
      }
    }
    evidence.add(FirstDifference.observed(a, Aspects.conntrack(a)));
    evidence.add(FirstDifference.observed(b, Aspects.conntrack(b)));
    if (a.ct().size() != b.ct().size()) {
      return "A looks into connection tracking %d times, B %d times.%s"
          .formatted(a.ct().size(), b.ct().size(), FirstDifference.outcomes(a, b));
    }
    List<Aspect> aspects = Aspects.of(a, b);
    for (Aspect aspect : aspects) {
      if (aspect.name().equals("CT entry")) {
        return "Both find the same in connection tracking, but leave another entry: in A %s, in B %s.%s"
            .formatted(aspect.a(), aspect.b(), FirstDifference.outcomes(a, b));
      }
    }
    return "The entries that both look for are not the same ones.%s"
        .formatted(FirstDifference.outcomes(a, b));
  }

  /** One side has the entry, the other has not. */
  private String missed(
      Look without,
      Reading.CtLookup missed,
      Look with,
      Reading.CtLookup found,
      List<Difference.Evidence> evidence) {
    MapKey.CtTuple tuple = found.found();
    String noun = with.noun();
    evidence.add(FirstDifference.observed(with, Aspects.conntrack(with)));
    Optional<SideRecord.Turn> lost = without.lost(missed);
    String what =
        lost.isPresent()
            ? lost(without, noun, lost.get(), evidence)
            : never(without, with, noun, tuple, evidence);
    evidence.add(FirstDifference.observed(without, Aspects.conntrack(without)));
    return what + consequence(without, with);
  }

  private static String lost(
      Look without, String noun, SideRecord.Turn turn, List<Difference.Evidence> evidence) {
    String side = without.side();
    if (turn.fate() == SideRecord.Fate.DELETED) {
      evidence.add(
          new Difference.Evidence(
              side, turn.packet(), "deletes the entry", Reading.Evidence.OBSERVED));
      return "In %s packet %d deleted the entry, so the %s is NEW"
          .formatted(side, turn.packet(), noun);
    }
    String sweep = Look.seconds(turn.sinceFirstNanos());
    long ended = Look.ended(turn);
    evidence.add(
        new Difference.Evidence(
            side,
            turn.packet(),
            "the collector's sweep at %s s takes the entry, which had ended at %d s"
                .formatted(sweep, ended),
            Reading.Evidence.OBSERVED));
    int previous = without.record().prints().previousOfFlow(without.number());
    if (previous > 0
        && without.record().prints().sinceFirstNanos(previous) > turn.sinceFirstNanos()) {
      return "In %s the entry's lifetime had ended at %d s and the collector's sweep at %s s removed it; no packet since has made another, so the %s is NEW"
          .formatted(side, ended, trim(sweep), noun);
    }
    long lifetime = without.lifetime(turn);
    String pause = without.pause().orElse("long");
    String lived =
        lifetime > 0
            ? "Its %d s lifetime had passed %s".formatted(lifetime, before(without, ended))
            : "Its lifetime had passed at %d s".formatted(ended);
    return "In %s the %s came %s after the flow was last seen. %s; the collector's sweep at %s s removed the entry, so the %s is NEW"
        .formatted(side, noun, pause, lived, trim(sweep), noun);
  }

  private static String before(Look look, long ended) {
    long ago =
        Math.floorDiv(look.record().prints().sinceFirstNanos(look.number()), 1_000_000_000L)
            - ended;
    return ago > 30 ? "long before" : ago + " s before";
  }

  private static String trim(String seconds) {
    return seconds.replaceFirst("\\.0+$", "");
  }

  private String never(
      Look without,
      Look with,
      String noun,
      MapKey.@Nullable CtTuple tuple,
      List<Difference.Evidence> evidence) {
    int maker = tuple == null ? 0 : with.record().creator(tuple, with.number());
    if (maker == 0) {
      return "%s has the entry from the start, %s has none, so there the %s is NEW"
          .formatted(with.side(), without.side(), noun);
    }
    evidence.add(
        new Difference.Evidence(with.side(), maker, "makes the entry", Reading.Evidence.OBSERVED));
    Alignment alignment = comparison.alignment();
    boolean withIsA = with == a;
    int at = withIsA ? alignment.rowOfA(maker) : alignment.rowOfB(maker);
    int mate = withIsA ? alignment.b(at) : alignment.a(at);
    if (at == row) {
      return "%s makes the entry with this very packet, %s does not"
          .formatted(with.side(), without.side());
    }
    if (mate == 0) {
      return "In %s packet %d made the entry. %s has no such packet, so there the %s is NEW"
          .formatted(with.side(), maker, without.side(), noun);
    }
    String outcome = without.record().outcome(mate);
    evidence.add(new Difference.Evidence(without.side(), mate, outcome, Reading.Evidence.OBSERVED));
    return "In %s packet %d made the entry. Its counterpart in %s, packet %d, made none (%s), so there the %s is NEW"
        .formatted(with.side(), maker, without.side(), mate, outcome, noun);
  }

  private static String consequence(Look without, Look with) {
    if (without.outcome().equals(with.outcome())) {
      return ". Both end the same way: %s.".formatted(with.outcome());
    }
    if (without.lane() != null && without.lane().reading().verdict() instanceof Verdict.Dropped) {
      Reading.Reason reason = without.lane().reading().dropReason();
      int code = reason == null ? 0 : reason.code();
      return switch (code) {
        case 133 -> " and no policy allows it.";
        case 181 -> " and a policy denies it.";
        default -> "; it is %s.".formatted(without.outcome());
      };
    }
    return ". %s ends so: %s; %s: %s."
        .formatted(without.side(), without.outcome(), with.side(), with.outcome());
  }
}
