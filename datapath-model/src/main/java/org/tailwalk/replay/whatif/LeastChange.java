// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.replay.whatif;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.tailwalk.engine.ReplayEngine;
import org.tailwalk.engine.ReplayException;
import org.tailwalk.event.Verdict;
import org.tailwalk.replay.LaneTrace;
import org.tailwalk.replay.PacketReplay;

/**
 * Looks for the least change that lets a packet pass, by trying: only what worked in the model is
 * proposed. A packet that needs two changes (both pods' policies) is followed from the first.
 */
public final class LeastChange {
  private static final int MOST_DEEP = 2;

  private final WhatIf whatIf;
  private final WhatIf model;

  /** Hears how far the search is, and says whether it may go on. */
  @FunctionalInterface
  public interface Progress {
    /** A further candidate was tried. */
    boolean tried(int so);
  }

  /** From where {@code whatIf} begins, tried in {@code model}. */
  public LeastChange(WhatIf whatIf, WhatIf.Frames frames, ReplayEngine model) {
    this.whatIf = whatIf;
    this.model = new WhatIf(whatIf.history(), frames, null, model);
  }

  /** Whether a lane's packet passed as it was meant to. */
  public static boolean passed(LaneTrace lane) {
    return !lane.reading().wentWrong()
        && !(lane.trace().verdict() instanceof Verdict.Dropped)
        && !(lane.trace().verdict() instanceof Verdict.NotRun);
  }

  /**
   * What lets a packet pass; the least first. Empty when it passes in the model anyway, or when
   * nothing that was tried helps.
   *
   * @param start the packet as it is, with the changes made so far
   */
  public List<Proposal> propose(Variant start, Progress progress)
      throws ReplayException, IOException, InterruptedException {
    List<Proposal> found = new ArrayList<>();
    PacketReplay now = one(start);
    LaneTrace lane = now.model();
    if (lane == null || passed(lane)) {
      return found;
    }
    int[] tried = new int[1];
    search(start, now, 1, found, new HashSet<>(), tried, progress);
    found.sort(
        Comparator.comparing((Proposal p) -> p.kind() == Proposal.Kind.OPTION)
            .thenComparing(p -> p.variant().changes().size())
            .thenComparing(Proposal::kind));
    return found;
  }

  private PacketReplay one(Variant variant)
      throws ReplayException, IOException, InterruptedException {
    return model.run(variant, 1).getFirst();
  }

  private void search(
      Variant start,
      PacketReplay now,
      int depth,
      List<Proposal> found,
      Set<String> seen,
      int[] tried,
      Progress progress)
      throws ReplayException, IOException, InterruptedException {
    LaneTrace lane = now.model();
    if (lane == null) {
      return;
    }
    List<Next> further = new ArrayList<>();
    long before = telling(found);
    for (Candidates.Candidate each : new Candidates(whatIf.history(), start, now).all()) {
      if (depth > 1 && each.kind() == Proposal.Kind.OPTION) {
        continue;
      }
      if (!seen.add(each.variant().text()) || !progress.tried(++tried[0])) {
        continue;
      }
      PacketReplay then;
      try {
        then = one(each.variant());
      } catch (ReplayException e) {
        continue; // Such a node can't be had, with this option or that many entries.
      }
      LaneTrace result = then.model();
      if (result != null && passed(result)) {
        found.add(new Proposal(each.kind(), each.variant(), result.trace().verdict()));
      } else if (result != null && moved(lane, result) && each.kind() != Proposal.Kind.OPTION) {
        further.add(new Next(each.variant(), then));
      }
    }
    if (telling(found) == before && depth < MOST_DEEP) {
      for (Next next : further) {
        search(next.variant, next.packet, depth + 1, found, seen, tried, progress);
        if (telling(found) > before) {
          return;
        }
      }
    }
  }

  /** Another build is rarely what one can do about a drop: it ends no search. */
  private static long telling(List<Proposal> found) {
    return found.stream().filter(p -> p.kind() != Proposal.Kind.OPTION).count();
  }

  private record Next(Variant variant, PacketReplay packet) {}

  /** Whether the packet now fails for another reason or at another endpoint. */
  private static boolean moved(LaneTrace was, LaneTrace now) {
    return was.reading().policy().size() != now.reading().policy().size()
        || was.trace().steps().size() < now.trace().steps().size();
  }
}
