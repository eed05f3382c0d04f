// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.fuzz;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import org.tailwalk.engine.EngineUnavailableException;
import org.tailwalk.engine.ReplayEngine;
import org.tailwalk.engine.ReplayException;
import org.tailwalk.scenario.NodeState;
import org.tailwalk.scenario.Scenario;

/** Many cases in many worlds, from one seed. The same seed and numbers give the same cases. */
public final class Campaign {
  private static final int SEQUENCE = 60;
  private static final int SHRINK_TRIES = 3000;

  private final ReplayEngine first;
  private final ReplayEngine second;
  private final List<World> worlds;
  private final Function<World, TraceCheck> checks;
  private final int mostFindings;

  /**
   * What came out.
   *
   * @param packets run in both lanes, those of shrinking left out
   * @param failures one for each signature, made small
   */
  public record Result(long packets, long cases, List<Failure> failures) {}

  /** A case that fails, and how. */
  public record Failure(World world, FuzzCase smallest, Finding finding) {}

  /**
   * A campaign.
   *
   * @param checks what has to hold in a world
   * @param mostFindings stops after so many different ones
   */
  public Campaign(
      ReplayEngine first,
      ReplayEngine second,
      List<World> worlds,
      Function<World, TraceCheck> checks,
      int mostFindings) {
    this.first = first;
    this.second = second;
    this.worlds = worlds;
    this.checks = checks;
    this.mostFindings = mostFindings;
  }

  /**
   * Runs at least {@code packets} packets, evenly over the worlds.
   *
   * @param goOn asked before each case, and while a failing one is made small; once it says no, a
   *     failing engine counts as stopped
   * @param progress told a line now and then
   */
  public Result run(long seed, long packets, BooleanSupplier goOn, Consumer<String> progress)
      throws ReplayException {
    return run(seed, packets, goOn, progress, _ -> {});
  }

  /**
   * The same, for those who keep what was found even when the run ends in an exception.
   *
   * @param found told each failure as soon as it is small
   */
  public Result run(
      long seed,
      long packets,
      BooleanSupplier goOn,
      Consumer<String> progress,
      Consumer<Failure> found)
      throws ReplayException {
    List<Failure> failures = new ArrayList<>();
    Set<String> signatures = new LinkedHashSet<>();
    long run = 0;
    long cases = 0;
    for (int w = 0;
        w < worlds.size() && failures.size() < mostFindings && goOn.getAsBoolean();
        w++) {
      World world = worlds.get(w);
      Dice dice = new Dice(seed * 1_000_003 + w);
      long until = packets * (w + 1) / worlds.size();
      TraceCheck check = checks.apply(world);
      try (DualSession session =
          DualSession.open(first, second, generate(world, dice.split(), 0).base())) {
        long before = run;
        while (run < until && failures.size() < mostFindings && goOn.getAsBoolean()) {
          FuzzCase c = generate(world, dice.split(), ++cases);
          long already = session.packetsRun();
          var finding = session.run(c, check);
          run += session.packetsRun() - already;
          if (finding.isPresent() && signatures.add(finding.get().signature())) {
            progress.accept("found: " + finding.get().signature() + "; making it small");
            Failure failure = shrink(world, session, c, finding.get(), check, goOn);
            failures.add(failure);
            found.accept(failure);
          }
        }
        progress.accept((run - before) + " packets in " + world);
      } catch (EngineUnavailableException e) {
        throw e;
      } catch (ReplayException e) {
        if (!goOn.getAsBoolean()) {
          break; // what stopped us stopped a compiler of ours as well
        }
        throw new ReplayException(world + ": " + e.getMessage(), e);
      }
    }
    return new Result(run, cases, List.copyOf(failures));
  }

  static FuzzCase generate(World world, Dice dice, long number) {
    Scenario scenario = new ScenarioGenerator(dice).next("case " + number, world);
    PacketGenerator packets = new PacketGenerator(dice, scenario);
    NodeState n = scenario.node();
    NodeState node =
        new NodeState(
            n.endpoints(),
            n.hostAddresses(),
            n.identities(),
            n.ipcache(),
            n.policy(),
            n.services(),
            world.conntrackFull() ? List.of() : new ConntrackSeeds(dice).of(packets.flows()));
    List<FuzzPacket> list = new ArrayList<>(SEQUENCE);
    for (int i = 0; i < SEQUENCE; i++) {
      list.add(packets.next());
    }
    return new FuzzCase(scenario.withNode(node), list);
  }

  private static Failure shrink(
      World world,
      DualSession session,
      FuzzCase failing,
      Finding finding,
      TraceCheck check,
      BooleanSupplier goOn) {
    FuzzCase cut =
        finding.packet() > failing.packets().size()
            ? failing
            : failing.withPackets(failing.packets().subList(0, finding.packet()));
    Shrinker shrinker =
        new Shrinker(
            candidate -> {
              try {
                return goOn.getAsBoolean()
                    && session
                        .run(candidate, check)
                        .filter(f -> f.signature().equals(finding.signature()))
                        .isPresent();
              } catch (ReplayException e) {
                return false;
              }
            },
            SHRINK_TRIES);
    FuzzCase smallest = shrinker.shrink(cut);
    try {
      return new Failure(world, smallest, session.run(smallest, check).orElse(finding));
    } catch (ReplayException e) {
      return new Failure(world, smallest, finding);
    }
  }
}
