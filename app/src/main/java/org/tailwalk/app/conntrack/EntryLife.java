// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.conntrack;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tailwalk.app.text.Texts;
import org.tailwalk.engine.Sweep;
import org.tailwalk.event.Field;
import org.tailwalk.event.MapKey.CtTuple;
import org.tailwalk.event.MapRef;
import org.tailwalk.event.MapRole;
import org.tailwalk.event.MapValue.CtEntry;
import org.tailwalk.event.PathEvent;
import org.tailwalk.replay.LaneTrace;
import org.tailwalk.replay.PacketReplay;
import org.tailwalk.replay.Placement;
import org.tailwalk.replay.Reading;
import org.tailwalk.scenario.DatapathConstants;

/**
 * What a packet did to its conntrack entry, and how long that entry has.
 *
 * @param flow the connection in words
 * @param status the lookup's status in words
 * @param tcp whether the entry has a beginning and an end of its own
 * @param before its state before the packet
 * @param after its state behind the packet
 * @param expiredBefore whether its lifetime was over when the packet came, though it still matched
 * @param collected whether the collector took an entry of this flow since the packet before
 * @param nowSeconds the virtual clock
 * @param expirySeconds when the lifetime ends; 0 without an entry
 * @param timeoutSeconds how long the lifetime was when it was last set; 0 without an entry
 * @param sweepSeconds when the collector is due next; empty when it isn't known or never is
 * @param fields the entry before and after, what changed first
 * @param map where the entry stands
 * @param key its key
 */
public record EntryLife(
    String flow,
    String status,
    boolean tcp,
    EntryState before,
    EntryState after,
    boolean expiredBefore,
    boolean collected,
    long nowSeconds,
    long expirySeconds,
    long timeoutSeconds,
    Optional<Long> sweepSeconds,
    List<FieldChange> fields,
    MapRef map,
    CtTuple key) {
  private static final Texts TEXTS = Texts.of(EntryLife.class);
  private static final long NANOS = 1_000_000_000L;

  /** Keeps its own copy. */
  public EntryLife {
    fields = List.copyOf(fields);
  }

  /**
   * A field of the entry.
   *
   * @param before empty when there was no entry
   * @param after empty when there is none
   */
  public record FieldChange(String name, String before, String after, boolean changed) {}

  /**
   * Of the packet's last conntrack lookup; empty when it made none.
   *
   * @param nextSweepNanos virtual time
   */
  public static Optional<EntryLife> of(
      PacketReplay packet, DatapathConstants constants, Optional<Long> nextSweepNanos) {
    LaneTrace lane = packet.primary().orElse(null);
    if (lane == null
        || lane.reading().ct().isEmpty()
        || !(packet.placement() instanceof Placement.Run run)) {
      return Optional.empty();
    }
    Reading.CtLookup lookup = lane.reading().ct().getLast();
    Found found = find(lane, lookup);
    long now = run.injection().timeNanos() / NANOS;
    boolean tcp = lookup.map() == MapRole.CT_TCP4 || lookup.map() == MapRole.CT_TCP6;
    CtEntry entry = found.after != null ? found.after : found.before;
    EntryState after = EntryState.of(entry, tcp);
    return Optional.of(
        new EntryLife(
            flow(found.key),
            lookup.status() == null ? TEXTS.get("status.unknown") : lookup.status().name(),
            tcp,
            EntryState.of(found.before, tcp),
            after,
            found.before != null && found.before.lifetime() < now,
            collected(lane.sweeps(), lookup),
            now,
            entry == null ? 0 : entry.lifetime(),
            entry == null ? 0 : timeout(after, tcp, constants),
            nextSweepNanos.filter(n -> n != Long.MAX_VALUE).map(n -> n / NANOS),
            changes(found.key, found.before, entry, now),
            MapRef.shared(lookup.map()),
            found.key));
  }

  /**
   * Of an entry that stands while a packet of its flow, which made no lookup, goes by.
   *
   * @param nextSweepNanos virtual time
   */
  static EntryLife standing(
      MapRef map,
      CtTuple key,
      CtEntry entry,
      long nowNanos,
      DatapathConstants constants,
      Optional<Long> nextSweepNanos) {
    long now = nowNanos / NANOS;
    boolean tcp = map.role() == MapRole.CT_TCP4 || map.role() == MapRole.CT_TCP6;
    EntryState state = EntryState.of(entry, tcp);
    return new EntryLife(
        flow(key),
        TEXTS.get("status.no-lookup"),
        tcp,
        state,
        state,
        entry.lifetime() < now,
        false,
        now,
        entry.lifetime(),
        timeout(state, tcp, constants),
        nextSweepNanos.filter(n -> n != Long.MAX_VALUE).map(n -> n / NANOS),
        changes(key, entry, entry, now),
        map,
        key);
  }

  private record Found(CtTuple key, @Nullable CtEntry before, @Nullable CtEntry after) {}

  /** The entry that was found, or else the one that was made. */
  private static Found find(LaneTrace lane, Reading.CtLookup lookup) {
    CtTuple key = lookup.found();
    CtEntry before = null;
    CtEntry after = null;
    for (PathEvent event : lane.trace().events()) {
      if (event instanceof PathEvent.LookedUp e
          && e.hit()
          && e.key().equals(key)
          && e.value() instanceof CtEntry value) {
        before = before == null ? value : before;
      } else if (event instanceof PathEvent.Changed e
          && conntrack(e.map())
          && e.key() instanceof CtTuple tuple) {
        boolean related = (tuple.flags() & CtTuple.RELATED) != 0;
        boolean made = key == null && e.before() == null && !related;
        if (made || tuple.equals(key)) {
          key = tuple;
          before = e.before() instanceof CtEntry b ? b : null;
          after = e.after() instanceof CtEntry a ? a : null;
        }
      }
    }
    return new Found(key == null ? lookup.tuple().reversed() : key, before, after);
  }

  private static boolean conntrack(MapRef map) {
    return map.role().conntrack();
  }

  private static boolean collected(List<Sweep> sweeps, Reading.CtLookup lookup) {
    CtTuple tuple = lookup.tuple();
    return sweeps.stream()
        .flatMap(s -> s.deleted().stream())
        .anyMatch(c -> c.tuple().equals(tuple) || c.tuple().equals(tuple.reversed()));
  }

  private static long timeout(EntryState state, boolean tcp, DatapathConstants c) {
    if (state == EntryState.DEAD) {
      return c.ctCloseTimeout();
    }
    if (!tcp) {
      return c.ctConnectionLifetimeNontcp();
    }
    return state == EntryState.SYN ? c.ctSynTimeout() : c.ctConnectionLifetimeTcp();
  }

  /** Stored addresses stand the other way round than the ports (section 3.3 of the facts). */
  private static String flow(CtTuple t) {
    String protocol =
        switch (t.nexthdr()) {
          case 6 -> "TCP";
          case 17 -> "UDP";
          case 1 -> "ICMP";
          case 58 -> "ICMPv6";
          default -> TEXTS.get("protocol", Integer.toString(t.nexthdr()));
        };
    String direction = (t.flags() & CtTuple.IN) != 0 ? TEXTS.get("ingress") : TEXTS.get("egress");
    return protocol
        + " "
        + end(t.daddr().toString(), t.sport())
        + " → "
        + end(t.saddr().toString(), t.dport())
        + " · "
        + direction
        + ((t.flags() & CtTuple.RELATED) != 0 ? TEXTS.get("related") : "");
  }

  private static String end(String address, int port) {
    return port == 0 ? address : address + ":" + port;
  }

  private static List<FieldChange> changes(
      CtTuple key, @Nullable CtEntry before, @Nullable CtEntry after, long now) {
    boolean service = (key.flags() & CtTuple.SERVICE) != 0;
    if (after == null) {
      return List.of();
    }
    List<Field> a = before == null ? List.of() : before.fields();
    List<FieldChange> changed = new ArrayList<>();
    List<FieldChange> telling = new ArrayList<>();
    List<FieldChange> zero = new ArrayList<>();
    Set<String> zeroes = new HashSet<>(List.of("0", "0x00"));
    for (Field field : after.fields()) {
      String was =
          a.stream()
              .filter(f -> f.name().equals(field.name()))
              .map(Field::text)
              .findFirst()
              .orElse("");
      boolean differs =
          !was.equals(field.text()) && !(was.isEmpty() && zeroes.contains(field.text()));
      FieldChange change =
          field.name().equals("lifetime") || field.name().startsWith("last_")
              ? new FieldChange(field.name(), time(was, now), time(field.text(), now), differs)
              : service && field.name().equals("rx_bytes")
                  ? new FieldChange(field.name(), backend(was), backend(field.text()), differs)
                  : new FieldChange(field.name(), was, field.text(), differs);
      if (differs) {
        changed.add(change);
      } else if (zeroes.contains(field.text())) {
        zero.add(change);
      } else {
        telling.add(change);
      }
    }
    changed.addAll(telling);
    changed.addAll(zero);
    return changed;
  }

  /** An entry of a service has its backend's id in the bytes of this counter. */
  private static String backend(String id) {
    return id.isEmpty() ? id : TEXTS.get("backend", id);
  }

  /** A clock reading as the distance from now. */
  private static String time(String seconds, long now) {
    if (seconds.isEmpty() || seconds.equals("0")) {
      return seconds;
    }
    long away = Long.parseLong(seconds) - now;
    return away >= 0
        ? TEXTS.get("time.after", Long.toString(away))
        : TEXTS.get("time.before", Long.toString(-away));
  }

  /** Whether the lifetime is over behind the packet. */
  public boolean expired() {
    return expirySeconds > 0 && expirySeconds < nowSeconds;
  }

  /** The lifetime in words. */
  public String lifeText() {
    if (after == EntryState.NO_ENTRY) {
      return TEXTS.get(collected ? "life.collected" : "life.none");
    }
    long left = expirySeconds - nowSeconds;
    return left >= 0
        ? TEXTS.get("life.live", span(left), String.format(Locale.ROOT, "%,d", timeoutSeconds))
        : TEXTS.get("life.expired", span(-left));
  }

  /** When the collector comes, in words. */
  public String sweepText() {
    return sweepSeconds
        .map(s ->
            s >= nowSeconds ? TEXTS.get("sweep.in", span(s - nowSeconds)) : TEXTS.get("sweep.due"))
        .orElseGet(() -> TEXTS.get("sweep.none"));
  }

  /** A span of seconds in the two units that tell most. */
  static String span(long seconds) {
    if (seconds < 60) {
      return TEXTS.get("span.s", seconds);
    }
    if (seconds < 3600) {
      return TEXTS.get("span.m", seconds / 60, seconds % 60);
    }
    if (seconds < 86_400) {
      return TEXTS.get("span.h", seconds / 3600, seconds % 3600 / 60, seconds % 60);
    }
    return TEXTS.get("span.d", seconds / 86_400, seconds % 86_400 / 3600);
  }
}
