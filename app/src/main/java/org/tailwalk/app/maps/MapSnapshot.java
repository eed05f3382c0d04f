// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.maps;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tailwalk.event.Field;
import org.tailwalk.event.MapKey;
import org.tailwalk.event.MapRef;
import org.tailwalk.event.MapRole;
import org.tailwalk.event.PathEvent;
import org.tailwalk.event.Step;
import org.tailwalk.packet.Prefix;
import org.tailwalk.replay.AlignedStep;
import org.tailwalk.replay.PacketReplay;
import org.tailwalk.replay.history.MapHistory;
import org.tailwalk.replay.history.Moment;
import org.tailwalk.replay.history.ReplayHistory;

/**
 * One map at one moment, as the table shows it; made in the background.
 *
 * @param choices the maps there are, with the number of their entries
 * @param lines the entries that the search leaves
 * @param total how many there are
 * @param nowSeconds of the virtual clock
 */
record MapSnapshot(
    List<MapChoice> choices,
    @Nullable MapRef map,
    List<MapColumn> columns,
    List<MapLine> lines,
    int total,
    long nowSeconds) {
  private static final long SECOND = 1_000_000_000L;

  /** What is wanted. */
  record Wish(
      ReplayHistory history,
      FieldsOf fields,
      PacketReplay packet,
      int row,
      @Nullable MapRef map,
      String search,
      boolean touchedOnly) {
    Moment moment() {
      return Moment.at(packet.number(), row + 1);
    }
  }

  static MapSnapshot of(Wish wish) {
    MapNames names = new MapNames(wish.history.scenario());
    Moment moment = wish.moment();
    Map<MapRef, Integer> kernel = wish.history.kernel().map(h -> h.counts(moment)).orElse(Map.of());
    Map<MapRef, Integer> model = wish.history.model().map(h -> h.counts(moment)).orElse(Map.of());
    boolean both = wish.history.kernel().isPresent() && wish.history.model().isPresent();
    Map<MapRef, MapChoice> choices = new LinkedHashMap<>();
    kernel.forEach((map, n) ->
        choices.put(
            map, new MapChoice(map, names.of(map), n, both ? model.getOrDefault(map, 0) : n)));
    model.forEach((map, n) ->
        choices.computeIfAbsent(map, _ -> new MapChoice(map, names.of(map), both ? 0 : n, n)));
    List<MapChoice> sorted = choices.values().stream().sorted(MapChoice.ORDER).toList();
    MapRef map = wish.map != null && choices.containsKey(wish.map) ? wish.map : first(sorted);
    long now = wish.history.clockNanos(wish.packet.number()) / SECOND;
    if (map == null) {
      return new MapSnapshot(sorted, null, List.of(), List.of(), 0, now);
    }
    List<MapLine> all = lines(wish, map, both);
    List<MapColumn> columns = new MapColumns(wish.history.scenario(), wish.fields).of(map, all);
    List<MapLine> shown = new ArrayList<>();
    String needle = wish.search.strip().toLowerCase(Locale.ROOT);
    for (MapLine line : all) {
      boolean wanted = !wish.touchedOnly || line.touch() != MapLine.Touch.NONE;
      if (wanted
          && (needle.isEmpty()
              || text(line, columns, wish.fields.of(map, line.either().value()), now)
                  .contains(needle))) {
        shown.add(line);
      }
    }
    return new MapSnapshot(sorted, map, columns, shown, all.size(), now);
  }

  private static @Nullable MapRef first(List<MapChoice> choices) {
    return choices.stream()
        .filter(c -> c.entries() > 0)
        .findFirst()
        .or(() -> choices.stream().findFirst())
        .map(MapChoice::map)
        .orElse(null);
  }

  private static String text(MapLine line, List<MapColumn> columns, List<Field> fields, long now) {
    StringBuilder text = new StringBuilder();
    columns.forEach(c -> text.append(c.text(line, now)).append(' '));
    for (Field field : fields) {
      text.append(field.name()).append('=').append(field.text()).append(' ');
    }
    return text.toString().toLowerCase(Locale.ROOT);
  }

  private static List<MapLine> lines(Wish wish, MapRef map, boolean both) {
    Moment moment = wish.moment();
    List<MapHistory.Standing> kernel =
        wish.history.kernel().map(h -> h.entries(map, moment)).orElse(List.of());
    List<MapHistory.Standing> model =
        wish.history.model().map(h -> h.entries(map, moment)).orElse(List.of());
    Map<MapKey, MapHistory.Standing> others = LinkedHashMap.newLinkedHashMap(model.size());
    model.forEach(e -> others.put(e.key(), e));
    Touches touches = Touches.of(wish, map);
    List<MapLine> lines = new ArrayList<>(kernel.size() + 16);
    for (MapHistory.Standing each : kernel) {
      lines.add(touches.line(each.key(), each, others.remove(each.key()), both));
    }
    others.forEach((key, each) -> lines.add(touches.line(key, null, each, both)));
    return touches.prefixes(lines);
  }

  /** What the packet shown has done with a map's entries so far. */
  private record Touches(
      Map<MapKey, Set<String>> written, Set<MapKey> found, List<MapKey.IpcacheKey> addresses) {
    static Touches of(Wish wish, MapRef map) {
      Touches touches = new Touches(new HashMap<>(), new HashSet<>(), new ArrayList<>());
      Moment from = Moment.found(wish.packet.number());
      for (MapHistory lane :
          List.of(wish.history.kernel(), wish.history.model()).stream()
              .flatMap(java.util.Optional::stream)
              .toList()) {
        for (MapHistory.Touch each : lane.between(from, wish.moment())) {
          if (each.map().equals(map)) {
            touches.written.computeIfAbsent(each.key(), _ -> new HashSet<>()).addAll(changed(each));
          }
        }
      }
      List<AlignedStep> rows = wish.packet.rows();
      for (AlignedStep row : rows.subList(0, Math.clamp(wish.row + 1, 0, rows.size()))) {
        touches.found(row.kernel(), map);
        touches.found(row.model(), map);
      }
      return touches;
    }

    private static Set<String> changed(MapHistory.Touch touch) {
      Set<String> names = new HashSet<>();
      if (touch.write().before() != null && touch.write().after() != null) {
        Set<Field> before = new HashSet<>(touch.write().before().fields());
        for (Field field : touch.write().after().fields()) {
          if (!before.contains(field)) {
            names.add(field.name());
          }
        }
      }
      return names;
    }

    private void found(@Nullable Step step, MapRef map) {
      if (step != null
          && step.event() instanceof PathEvent.LookedUp look
          && look.hit()
          && look.map().equals(map)) {
        found.add(look.key());
        if (map.role() == MapRole.IPCACHE && look.key() instanceof MapKey.IpcacheKey address) {
          addresses.add(address);
        }
      }
    }

    MapLine line(
        MapKey key,
        MapHistory.@Nullable Standing kernel,
        MapHistory.@Nullable Standing model,
        boolean both) {
      Set<String> changed = written.get(key);
      MapLine.Touch touch =
          changed != null
              ? MapLine.Touch.WRITTEN
              : found.contains(key) ? MapLine.Touch.FOUND : MapLine.Touch.NONE;
      return new MapLine(key, kernel, model, touch, changed == null ? Set.of() : changed, both);
    }

    /** A lookup of an address found the longest prefix that holds it. */
    List<MapLine> prefixes(List<MapLine> lines) {
      Set<MapKey> matched = new HashSet<>();
      for (MapKey.IpcacheKey address : addresses) {
        MapKey.IpcacheKey best = null;
        for (MapLine line : lines) {
          if (line.key() instanceof MapKey.IpcacheKey given
              && (best == null || given.prefixlen() > best.prefixlen())
              && new Prefix(given.address(), given.prefixlen()).contains(address.address())) {
            best = given;
          }
        }
        if (best != null) {
          matched.add(best);
        }
      }
      return matched.isEmpty()
          ? lines
          : lines.stream()
              .map(l ->
                  matched.contains(l.key()) && l.touch() == MapLine.Touch.NONE
                      ? new MapLine(
                          l.key(),
                          l.kernel(),
                          l.model(),
                          MapLine.Touch.FOUND,
                          l.changed(),
                          l.bothLanes())
                      : l)
              .toList();
    }
  }
}
