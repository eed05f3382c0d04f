// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.tailwalk.packet.Bytes;
import org.tailwalk.scenario.Fault;
import org.tailwalk.scenario.GcSettings;
import org.tailwalk.scenario.InjectionRule;
import org.tailwalk.scenario.IpcacheMapping;
import org.tailwalk.scenario.NodeState;
import org.tailwalk.scenario.Policy;
import org.tailwalk.scenario.ReplaySettings;

/**
 * Makes a failing case smaller as long as it fails in the same way: fewer packets, fewer things in
 * the scenario, simpler fields. Stops when nothing more helps, or when the tries are spent.
 */
final class Shrinker {
  private static final long SECOND = 1_000_000_000;

  private final Predicate<FuzzCase> fails;
  private int tries;

  /**
   * A shrinker.
   *
   * @param fails whether a case still fails in the way we look for
   * @param tries how often it may be asked
   */
  Shrinker(Predicate<FuzzCase> fails, int tries) {
    this.fails = fails;
    this.tries = tries;
  }

  /** The smallest failing case found from a failing one. */
  FuzzCase shrink(FuzzCase failing) {
    FuzzCase best = failing;
    FuzzCase before;
    do {
      before = best;
      best = fewerPackets(best);
      best = simplerScenario(best);
      best = simplerPackets(best);
    } while (!best.equals(before) && tries > 0);
    return best;
  }

  private boolean stillFails(FuzzCase candidate) {
    return tries-- > 0 && fails.test(candidate);
  }

  private FuzzCase fewerPackets(FuzzCase start) {
    // A dropped packet's gap goes to the next one, so that the clock shows the same.
    return start.withPackets(
        minimise(
            start.packets(), Shrinker::join, packets -> stillFails(start.withPackets(packets))));
  }

  private static List<FuzzPacket> join(List<FuzzPacket> all, boolean[] kept) {
    List<FuzzPacket> packets = new ArrayList<>();
    long gap = 0;
    for (int i = 0; i < kept.length; i++) {
      gap += all.get(i).gapNanos();
      if (kept[i]) {
        packets.add(all.get(i).withGap(gap));
        gap = 0;
      }
    }
    return packets;
  }

  private interface Chooser<T> {
    List<T> choose(List<T> all, boolean[] kept);
  }

  private static <T> List<T> choose(List<T> all, boolean[] kept) {
    List<T> chosen = new ArrayList<>();
    for (int i = 0; i < kept.length; i++) {
      if (kept[i]) {
        chosen.add(all.get(i));
      }
    }
    return chosen;
  }

  /** Leaves out runs of elements, long ones first. */
  private static <T> List<T> minimise(List<T> all, Chooser<T> chooser, Predicate<List<T>> fails) {
    List<T> best = all;
    for (int chunk = Math.max(1, best.size() / 2); ; chunk /= 2) {
      for (int from = best.size() - 1; from >= 0; from -= chunk) {
        boolean[] kept = new boolean[best.size()];
        for (int i = 0; i < kept.length; i++) {
          kept[i] = i > from || i <= from - chunk;
        }
        List<T> candidate = chooser.choose(best, kept);
        if (fails.test(candidate)) {
          best = candidate;
        }
      }
      if (chunk == 1) {
        return best;
      }
    }
  }

  private FuzzCase simplerScenario(FuzzCase start) {
    FuzzCase best = start;
    best = fewer(best, n -> n.ipcache(), (n, l) -> node(n, l, n.policy()));
    best = fewer(best, Shrinker::keys, (n, l) -> node(n, n.ipcache(), new Policy.Keys(l)));
    best =
        fewer(best, NodeState::hostAddresses, (n, l) -> parts(n, l, n.services(), n.conntrack()));
    best =
        fewer(best, NodeState::services, (n, l) -> parts(n, n.hostAddresses(), l, n.conntrack()));
    best =
        fewer(best, NodeState::conntrack, (n, l) -> parts(n, n.hostAddresses(), n.services(), l));
    for (GcSettings gc : List.of(new GcSettings(GcSettings.Mode.OFF, 0), GcSettings.AGENT)) {
      best = withSettings(best, gc, best.base().settings().faults());
    }
    // The others are loaded: a session without them is another session.
    List<Fault> loaded =
        best.base().settings().faults().stream()
            .filter(f -> !(f instanceof Fault.EmptySlot) && !(f instanceof Fault.Truncate))
            .toList();
    return withSettings(best, best.base().settings().gc(), loaded);
  }

  private FuzzCase withSettings(FuzzCase start, GcSettings gc, List<Fault> faults) {
    ReplaySettings s = start.base().settings();
    if (s.gc().equals(gc) && s.faults().equals(faults)) {
      return start;
    }
    FuzzCase candidate =
        start.withBase(
            start
                .base()
                .withSettings(
                    new ReplaySettings(
                        gc, s.clockBaseSeconds(), s.seed(), s.ctCapacity(), faults, s.rules())));
    return stillFails(candidate) ? candidate : start;
  }

  private interface Rebuild<T> {
    NodeState with(NodeState node, List<T> list);
  }

  private <T> FuzzCase fewer(
      FuzzCase start, Function<NodeState, List<T>> part, Rebuild<T> rebuild) {
    NodeState node = start.base().node();
    List<T> all = part.apply(node);
    if (all.isEmpty()) {
      return start;
    }
    Function<List<T>, FuzzCase> with =
        list -> start.withBase(start.base().withNode(rebuild.with(node, list)));
    List<T> less = minimise(all, Shrinker::choose, list -> stillFails(with.apply(list)));
    return less.size() == all.size() ? start : with.apply(less);
  }

  private static List<Policy.Key> keys(NodeState node) {
    return node.policy() instanceof Policy.Keys(List<Policy.Key> keys) ? keys : List.of();
  }

  private static NodeState node(NodeState n, List<IpcacheMapping> ipcache, Policy policy) {
    return new NodeState(
        n.endpoints(),
        n.hostAddresses(),
        n.identities(),
        ipcache,
        policy,
        n.services(),
        n.conntrack());
  }

  private static NodeState parts(
      NodeState n,
      List<org.tailwalk.packet.IpAddress> hosts,
      List<org.tailwalk.scenario.ServiceSpec> services,
      List<org.tailwalk.scenario.ConntrackSeed> conntrack) {
    return new NodeState(
        n.endpoints(), hosts, n.identities(), n.ipcache(), n.policy(), services, conntrack);
  }

  private FuzzCase simplerPackets(FuzzCase start) {
    FuzzCase best = start;
    for (int i = 0; i < best.packets().size(); i++) {
      for (UnaryOperator<FuzzPacket> step : STEPS) {
        best = attempt(best, i, step.apply(best.packets().get(i))).orElse(best);
      }
      best = zeroes(best, i);
    }
    return best;
  }

  private static final List<UnaryOperator<FuzzPacket>> STEPS =
      List.of(
          p -> p.withEntry(null),
          p -> p.withGap(0),
          p -> p.withGap(SECOND),
          p -> p.withGap(Math.floorDiv(p.gapNanos(), SECOND) * SECOND),
          Shrinker::withoutMark,
          Shrinker::withoutCb,
          p -> cut(p, 34),
          p -> cut(p, 42),
          p -> cut(p, 54),
          p -> cut(p, p.frame().length() / 2));

  private static FuzzPacket withoutMark(FuzzPacket p) {
    InjectionRule.Entry e = p.entry();
    return e == null
        ? p
        : p.withEntry(new InjectionRule.Entry(e.endpoint(), e.hook(), 0, e.cb(), e.ifindex()));
  }

  private static FuzzPacket withoutCb(FuzzPacket p) {
    InjectionRule.Entry e = p.entry();
    return e == null
        ? p
        : p.withEntry(new InjectionRule.Entry(e.endpoint(), e.hook(), e.mark(), null, e.ifindex()));
  }

  private static FuzzPacket cut(FuzzPacket p, int length) {
    return length < FrameBuilder.ETHERNET || p.frame().length() <= length
        ? p
        : p.withFrame(p.frame().slice(0, length));
  }

  /** Turns bytes behind the Ethernet header to zero, in runs of eight down to one. */
  private FuzzCase zeroes(FuzzCase start, int index) {
    FuzzCase best = start;
    for (int run : new int[] {64, 8, 1}) {
      for (int at = FrameBuilder.ETHERNET;
          at < best.packets().get(index).frame().length();
          at += run) {
        FuzzPacket packet = best.packets().get(index);
        byte[] data = packet.frame().toArray();
        for (int k = at; k < Math.min(data.length, at + run); k++) {
          data[k] = 0;
        }
        best = attempt(best, index, packet.withFrame(Bytes.copyOf(data))).orElse(best);
      }
    }
    return best;
  }

  private Optional<FuzzCase> attempt(FuzzCase start, int index, FuzzPacket simpler) {
    if (simpler.equals(start.packets().get(index))) {
      return Optional.empty();
    }
    List<FuzzPacket> packets = new ArrayList<>(start.packets());
    packets.set(index, simpler);
    FuzzCase candidate = start.withPackets(packets);
    return stillFails(candidate) ? Optional.of(candidate) : Optional.empty();
  }
}
