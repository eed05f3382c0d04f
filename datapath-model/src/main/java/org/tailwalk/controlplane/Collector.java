// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.controlplane;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tailwalk.engine.MapEntry;
import org.tailwalk.engine.MapOp;
import org.tailwalk.engine.ReplayException;
import org.tailwalk.engine.ReplaySession;
import org.tailwalk.engine.Sweep;
import org.tailwalk.event.MapKey;
import org.tailwalk.event.MapRef;
import org.tailwalk.event.MapRole;
import org.tailwalk.event.MapValue;
import org.tailwalk.scenario.DatapathConfig;
import org.tailwalk.scenario.DatapathOption;
import org.tailwalk.scenario.GcSettings;

/**
 * The agent's conntrack collector for one lane: it alone removes expired entries, the datapath
 * never does (section 16 of the datapath facts). Used by one thread.
 */
public final class Collector {
  private static final long SECOND = 1_000_000_000L;
  private static final long START_WAIT = 5 * 60;
  private static final long SHORTEST_WAIT = 10;
  private static final long LONGEST_WAIT_LRU = 12 * 60 * 60;
  private static final long LONGEST_WAIT_HASH = 30 * 60;

  /** What the agent sizes its maps to: the ratio is taken of these, not of a replay's maps. */
  private static final Map<MapRole, Long> MAX_ENTRIES =
      Map.of(
          MapRole.CT_TCP4, 524_288L,
          MapRole.CT_TCP6, 524_288L,
          MapRole.CT_ANY4, 262_144L,
          MapRole.CT_ANY6, 262_144L);

  private final GcSettings settings;
  private final List<MapRole> maps;
  private final boolean lru;
  private final boolean idle;
  private long waitSeconds;
  private long nextNanos;
  private boolean started;

  /**
   * A collector that has not started yet.
   *
   * @param endpoints how many the node has: a sweep without endpoints is skipped
   */
  public Collector(GcSettings settings, DatapathConfig config, int endpoints) {
    this.settings = settings;
    List<MapRole> enabled = new ArrayList<>();
    if (config.has(DatapathOption.ENABLE_IPV4)) {
      enabled.add(MapRole.CT_TCP4);
      enabled.add(MapRole.CT_ANY4);
    }
    if (config.has(DatapathOption.ENABLE_IPV6)) {
      enabled.add(MapRole.CT_TCP6);
      enabled.add(MapRole.CT_ANY6);
    }
    this.maps = List.copyOf(enabled);
    this.lru = config.has(DatapathOption.HAVE_LRU_HASH_MAP_TYPE);
    this.idle = settings.mode() == GcSettings.Mode.OFF || endpoints == 0;
    this.waitSeconds =
        settings.mode() == GcSettings.Mode.FIXED ? settings.intervalSeconds() : START_WAIT;
    this.nextNanos = Long.MAX_VALUE;
  }

  /**
   * Goes on as after a sweep: what a collector knows beside the maps is in its last sweep.
   *
   * @param lastNanos virtual time of that sweep
   * @param next when the one behind it is due
   */
  public void resume(long lastNanos, long next) {
    if (!idle) {
      started = true;
      nextNanos = next;
      waitSeconds = (next - lastNanos) / SECOND;
    }
  }

  /** When the next sweep is due, virtual nanoseconds; {@link Long#MAX_VALUE} for never. */
  public long nextNanos() {
    return nextNanos;
  }

  /** Runs every sweep that is due by now, and the one at the start. */
  public List<Sweep> advance(long nowNanos, ReplaySession session) throws ReplayException {
    if (idle || (started && nowNanos < nextNanos)) {
      return List.of();
    }
    List<Sweep> sweeps = new ArrayList<>();
    Entries entries = new Entries(session, maps);
    if (!started) {
      started = true;
      sweeps.add(sweep(nowNanos, Sweep.Cause.START, entries));
    }
    while (nextNanos <= nowNanos) {
      if (entries.earliestLifetime() >= seconds(nextNanos)) {
        sweeps.add(emptySweeps(nowNanos, entries.earliestLifetime()));
      } else {
        sweeps.add(sweep(nextNanos, Sweep.Cause.INTERVAL, entries));
      }
    }
    entries.apply();
    return sweeps;
  }

  /** The datapath has signalled that a conntrack map of a family is full: a sweep at once. */
  public Optional<Sweep> signalled(long nowNanos, boolean v6, ReplaySession session)
      throws ReplayException {
    List<MapRole> family =
        maps.stream().filter(m -> v6 == (m == MapRole.CT_TCP6 || m == MapRole.CT_ANY6)).toList();
    if (idle || family.isEmpty()) {
      return Optional.empty();
    }
    Entries entries = new Entries(session, family);
    Sweep sweep = sweep(nowNanos, Sweep.Cause.SIGNAL, entries);
    entries.apply();
    return Optional.of(sweep);
  }

  private static long seconds(long nanos) {
    return nanos / SECOND;
  }

  private Sweep sweep(long atNanos, Sweep.Cause cause, Entries entries) {
    List<Sweep.Collected> deleted = entries.collect(seconds(atNanos));
    adapt(deleted);
    nextNanos = atNanos + waitSeconds * SECOND;
    return new Sweep(atNanos, atNanos, 1, cause, deleted, nextNanos);
  }

  /** Sweeps that find nothing leave the wait as it is: a row of them is told as one. */
  private Sweep emptySweeps(long nowNanos, long earliestLifetime) {
    long wait = waitSeconds * SECOND;
    long first = nextNanos;
    // The last one before now, and before the first entry expires (lifetime < now in seconds).
    long until =
        earliestLifetime >= nowNanos / SECOND
            ? nowNanos
            : Math.min(nowNanos, (earliestLifetime + 1) * SECOND - 1);
    long count = (until - first) / wait + 1;
    long last = first + (count - 1) * wait;
    nextNanos = last + wait;
    return new Sweep(first, last, count, Sweep.Cause.INTERVAL, List.of(), nextNanos);
  }

  private void adapt(List<Sweep.Collected> deleted) {
    if (settings.mode() == GcSettings.Mode.FIXED || deleted.isEmpty()) {
      return;
    }
    Map<MapRole, Long> counts = new LinkedHashMap<>();
    deleted.forEach(d -> counts.merge(d.map().role(), 1L, Long::sum));
    double ratio = 0;
    for (Map.Entry<MapRole, Long> count : counts.entrySet()) {
      ratio =
          Math.max(ratio, (double) count.getValue() / MAX_ENTRIES.getOrDefault(count.getKey(), 1L));
    }
    waitSeconds = adapted(waitSeconds, ratio, lru);
  }

  /** The agent's rule for the next wait, seconds. */
  static long adapted(long waitSeconds, double ratio, boolean lru) {
    if (ratio > 0.25) {
      long shorter = Math.round(waitSeconds * (1 - Math.min(ratio, 0.9)));
      return Math.max(shorter, SHORTEST_WAIT);
    }
    if (ratio > 0 && ratio < 0.05) {
      return Math.min(Math.round(waitSeconds * 1.5), lru ? LONGEST_WAIT_LRU : LONGEST_WAIT_HASH);
    }
    return waitSeconds;
  }

  /** What is in the maps, read once for all sweeps between two packets. */
  private static final class Entries {
    private final ReplaySession session;
    private final Map<MapRef, List<MapEntry>> left = new LinkedHashMap<>();
    private final List<MapOp> deletes = new ArrayList<>();

    Entries(ReplaySession session, List<MapRole> maps) throws ReplayException {
      this.session = session;
      for (MapRole role : maps) {
        MapRef map = MapRef.shared(role);
        left.put(map, new ArrayList<>(session.entries(map)));
      }
    }

    long earliestLifetime() {
      long earliest = Long.MAX_VALUE;
      for (List<MapEntry> entries : left.values()) {
        for (MapEntry entry : entries) {
          if (entry.value() instanceof MapValue.CtEntry ct) {
            earliest = Math.min(earliest, ct.lifetime());
          }
        }
      }
      return earliest;
    }

    List<Sweep.Collected> collect(long nowSeconds) {
      List<Sweep.Collected> deleted = new ArrayList<>();
      left.forEach((map, entries) ->
          entries.removeIf(entry -> {
            if (entry.key() instanceof MapKey.CtTuple tuple
                && entry.value() instanceof MapValue.CtEntry ct
                && ct.lifetime() < nowSeconds) {
              deleted.add(new Sweep.Collected(map, tuple, ct));
              deletes.add(new MapOp.Delete(map, tuple));
              return true;
            }
            return false;
          }));
      deleted.sort(
          java.util.Comparator.comparing((Sweep.Collected c) -> c.map().role())
              .thenComparing(c -> c.tuple().toBytes().hex()));
      return deleted;
    }

    void apply() throws ReplayException {
      if (!deletes.isEmpty()) {
        session.apply(List.copyOf(deletes));
      }
    }
  }
}
