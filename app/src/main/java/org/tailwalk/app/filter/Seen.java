// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.filter;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.tailwalk.app.session.Replay;
import org.tailwalk.app.session.Summaries;
import org.tailwalk.filter.Field;
import org.tailwalk.filter.Shape;
import org.tailwalk.filter.Subject;
import org.tailwalk.packet.IpAddress;
import org.tailwalk.replay.ProgramNames;
import org.tailwalk.scenario.EndpointConfig;

/** Values that occur in a replay, for completion. Counted once, when first asked for. */
final class Seen implements Function<Field, List<String>> {
  private static final int MOST = 200;

  private final Replay replay;
  private final Map<String, List<String>> known = new ConcurrentHashMap<>();

  Seen(Replay replay) {
    this.replay = replay;
  }

  @Override
  public List<String> apply(Field field) {
    return known.computeIfAbsent(field.name(), _ -> find(field));
  }

  private List<String> find(Field field) {
    Summaries all = replay.summaries();
    return switch (field.type()) {
      case IPV4 -> addresses(false);
      case IPV6 -> addresses(true);
      case NUMBER, TEXT, WORD -> {
        String name = field.name();
        if (name.endsWith("port") && transport(name) instanceof Subject.Transport of) {
          yield all.ports(of).stream().limit(MOST).map(String::valueOf).toList();
        }
        if (name.equals("endpoint")) {
          yield replay.scenario().node().endpoints().stream()
              .map(EndpointConfig::id)
              .map(String::valueOf)
              .toList();
        }
        yield lane(name);
      }
      case BOOL, TIME, MAC, BYTES, PROTOCOL -> List.of();
    };
  }

  private static Subject.@Nullable Transport transport(String name) {
    return switch (name.substring(0, Math.max(0, name.indexOf('.')))) {
      case "tcp" -> Subject.Transport.TCP;
      case "udp" -> Subject.Transport.UDP;
      case "sctp" -> Subject.Transport.SCTP;
      default -> null;
    };
  }

  private List<String> addresses(boolean six) {
    return replay.summaries().addresses().stream()
        .filter(a -> a.v6() == six)
        .limit(MOST)
        .map(IpAddress::toString)
        .toList();
  }

  private List<String> lane(String name) {
    Set<String> found = new LinkedHashSet<>();
    for (Shape shape : replay.summaries().shapes()) {
      if (name.equals("divergence.code") && !shape.divergenceCode().isEmpty()) {
        found.add(shape.divergenceCode());
      }
      if (name.equals("notrun") && !shape.notRun().isEmpty()) {
        found.add(shape.notRun());
      }
      List<Shape.Lane> lanes = new ArrayList<>();
      if (shape.kernel() != null) {
        lanes.add(shape.kernel());
      }
      if (shape.model() != null) {
        lanes.add(shape.model());
      }
      String bare = name.replaceFirst("^(kernel|model)\\.", "");
      for (Shape.Lane lane : lanes) {
        switch (bare) {
          case "program" ->
              lane.programs()
                  .forEach(id -> {
                    found.add(ProgramNames.function(id));
                    found.add(id);
                  });
          case "tailcall", "tailcall.taken" ->
              lane.calls().forEach(c -> found.add(Long.toString(c.slot())));
          case "tailcall.missed" ->
              lane.calls().stream()
                  .filter(c -> !c.taken())
                  .forEach(c -> found.add(Long.toString(c.slot())));
          case "rewrite" -> found.addAll(new TreeSet<>(lane.rewritten()));
          case "map", "map.hit", "map.miss", "map.written", "map.deleted" ->
              lane.accesses().forEach(a -> found.add(a.map()));
          case "drop.name" -> {
            if (lane.reason() != null) {
              found.add(lane.reason().name());
            }
          }
          case "returncode" -> found.add(Integer.toString(lane.returnCode()));
          default -> {}
        }
      }
    }
    return found.stream().limit(MOST).toList();
  }
}
