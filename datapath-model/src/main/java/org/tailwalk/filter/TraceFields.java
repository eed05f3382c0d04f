// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.filter;

import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.tailwalk.event.MapKey;
import org.tailwalk.event.Notification;
import org.tailwalk.event.PathEvent;
import org.tailwalk.event.Step;
import org.tailwalk.event.Verdict;
import org.tailwalk.filter.Field.Type;
import org.tailwalk.replay.EventText;
import org.tailwalk.replay.LaneTrace;
import org.tailwalk.replay.PacketReplay;
import org.tailwalk.replay.Reading;

/** Fields that need all that the engines said of a packet. */
final class TraceFields {
  private TraceFields() {}

  static void addTo(FieldMaker make, String[] lanes) {
    make.number(
        "divergence.step",
        s -> {
          var divergence = s.replay().divergence();
          return divergence == null ? -1 : divergence.step();
        });
    make.number("steps", s -> s.replay().rows().size());
    for (String prefix : lanes) {
      lane(make, prefix);
    }
  }

  private static Field.Values of(String prefix, BiConsumer<LaneTrace, Consumer<Object>> value) {
    return (s, each) -> {
      LaneTrace lane = lane(prefix, s.replay());
      if (lane != null) {
        value.accept(lane, each);
      }
    };
  }

  private static @Nullable LaneTrace lane(String prefix, PacketReplay packet) {
    return switch (prefix) {
      case "kernel." -> packet.kernel();
      case "model." -> packet.model();
      default -> packet.primary().orElse(null);
    };
  }

  private static Field.Values events(String prefix, BiConsumer<PathEvent, Consumer<Object>> value) {
    return of(
        prefix,
        (lane, each) -> {
          for (Step step : lane.trace().steps()) {
            value.accept(step.event(), each);
          }
        });
  }

  private static void lane(FieldMaker make, String p) {
    make.values(
        p + "map.key",
        Type.TEXT,
        events(
            p,
            (e, each) -> {
              if (e instanceof PathEvent.MapEvent map) {
                each.accept(EventText.key(map.key()));
              }
            }));
    make.values(p + "step", Type.TEXT, events(p, (e, each) -> each.accept(EventText.line(e))));
    make.values(
        p + "mark", Type.NUMBER, of(p, (lane, each) -> each.accept(lane.trace().context().mark())));
    make.values(
        p + "cb", Type.NUMBER, of(p, (lane, each) -> lane.trace().context().cb().forEach(each)));
    make.values(
        p + "identity.src",
        Type.NUMBER,
        events(
            p,
            (e, each) -> {
              if (e instanceof PathEvent.Notified(_, Notification n)) {
                switch (n) {
                  case Notification.Drop d -> each.accept(d.srcLabel());
                  case Notification.Trace t -> each.accept(t.srcLabel());
                  default -> {}
                }
              }
            }));
    make.values(
        p + "identity.dst",
        Type.NUMBER,
        events(
            p,
            (e, each) -> {
              if (e instanceof PathEvent.Notified(_, Notification n)) {
                switch (n) {
                  case Notification.Drop d -> each.accept(d.dstLabel());
                  case Notification.Trace t -> each.accept(t.dstLabel());
                  default -> {}
                }
              }
            }));
    policy(make, p);
    make.values(
        p + "redirect.ifindex",
        Type.NUMBER,
        of(
            p,
            (lane, each) -> {
              if (lane.trace().verdict() instanceof Verdict.Redirected(long ifindex, _)) {
                each.accept(ifindex);
              }
            }));
    make.values(
        p + "proxy.port",
        Type.NUMBER,
        of(
            p,
            (lane, each) -> {
              if (lane.trace().verdict() instanceof Verdict.ToProxy(int port)) {
                each.accept((long) port);
              }
            }));
  }

  private static void policy(FieldMaker make, String p) {
    make.values(
        p + "policy.identity",
        Type.NUMBER,
        of(
            p,
            (lane, each) -> {
              for (Reading.PolicyDecision decision : lane.reading().policy()) {
                decision.tried().stream()
                    .mapToLong(MapKey.PolicyKey::identity)
                    .distinct()
                    .forEach(each::accept);
              }
            }));
    make.values(
        p + "policy.key",
        Type.TEXT,
        of(
            p,
            (lane, each) -> {
              for (Reading.PolicyDecision decision : lane.reading().policy()) {
                if (decision.winner() instanceof MapKey.PolicyKey key) {
                  each.accept(EventText.key(key));
                }
              }
            }));
  }
}
