// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.filter;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.tailwalk.event.CtStatus;
import org.tailwalk.event.DropReason;
import org.tailwalk.event.Hook;
import org.tailwalk.event.MapRole;
import org.tailwalk.event.ObservationPoint;
import org.tailwalk.filter.Field.Type;
import org.tailwalk.replay.CtState;
import org.tailwalk.replay.Divergence;
import org.tailwalk.replay.Mark;
import org.tailwalk.replay.ProgramNames;
import org.tailwalk.replay.Reading;

/**
 * Fields of what the datapath did, from the shapes of packets. Those of a lane come three times:
 * plain for the kernel's lane (the model's where there is none), {@code kernel.} and {@code model.}
 * for one of them.
 */
final class PathFields {
  private static final Map<String, Long> REASONS = new HashMap<>();
  private static final String[] LANES = {"", "kernel.", "model."};

  static {
    for (DropReason reason : DropReason.values()) {
      if (DropReason.countsAsDrop(reason.code()) && !reason.text().isEmpty()) {
        REASONS.put(reason.name().toLowerCase(Locale.ROOT), (long) reason.code());
      }
    }
  }

  private PathFields() {}

  static void addTo(Consumer<Field> to) {
    FieldMaker make = new FieldMaker(to, Level.SUMMARY);
    place(make);
    divergence(make);
    for (String prefix : LANES) {
      lane(make, prefix);
    }
    TraceFields.addTo(new FieldMaker(to, Level.TRACE), LANES);
  }

  private static void place(FieldMaker make) {
    make.words(
        "place",
        List.of("run", "not-run", "duplicate"),
        (s, each) -> each.accept(s.shape().place()));
    make.values(
        "notrun",
        Type.TEXT,
        (s, each) -> {
          if (!s.shape().notRun().isEmpty()) {
            each.accept(s.shape().notRun());
          }
        });
    make.number(
        "endpoint",
        s -> {
          int id = s.shape().endpoint();
          return s.shape().hook() == null ? -1 : id;
        });
    make.words(
        "hook",
        List.of("from-container", "to-container", "handle-policy"),
        (s, each) -> {
          if (s.shape().hook() instanceof Hook hook) {
            each.accept(Shapes.word(hook.name()));
          }
        });
    make.words(
        "direction",
        List.of("egress", "ingress"),
        (s, each) -> {
          if (s.shape().hook() instanceof Hook hook) {
            each.accept(hook == Hook.FROM_CONTAINER ? "egress" : "ingress");
          }
        });
    make.flag("predatapath", s -> s.shape().place().equals("run"), s -> s.shape().preDatapath());
    make.words(
        "oddity",
        Arrays.stream(Mark.values()).map(Mark::label).toList(),
        (s, each) -> s.shape().marks().forEach(m -> each.accept(m.label())));
  }

  private static void divergence(FieldMaker make) {
    make.flag("diverges", _ -> true, s -> s.shape().divergence() != null);
    make.values(
        "divergence.code",
        Type.TEXT,
        (s, each) -> {
          if (s.shape().divergence() != null) {
            each.accept(s.shape().divergenceCode());
          }
        });
    make.words(
        "divergence.kind",
        Arrays.stream(Divergence.Kind.values()).map(Divergence.Kind::label).toList(),
        (s, each) -> {
          if (s.shape().divergence() instanceof Divergence.Kind kind) {
            each.accept(kind.label());
          }
        });
  }

  static Shape.@Nullable Lane lane(String prefix, Shape shape) {
    return switch (prefix) {
      case "kernel." -> shape.kernel();
      case "model." -> shape.model();
      default -> shape.primary();
    };
  }

  private static Field.Values of(String prefix, BiConsumer<Shape.Lane, Consumer<Object>> value) {
    return (s, each) -> {
      Shape.Lane lane = lane(prefix, s.shape());
      if (lane != null) {
        value.accept(lane, each);
      }
    };
  }

  private static void lane(FieldMaker make, String p) {
    make.words(
        p + "verdict",
        List.of(
            "to-stack",
            "to-pod",
            "redirected",
            "to-proxy",
            "dropped",
            "passed-unpoliced",
            "not-run"),
        of(p, (lane, each) -> each.accept(lane.verdict())));
    make.values(
        p + "returncode",
        Type.NUMBER,
        of(p, (lane, each) -> each.accept((long) lane.returnCode())));
    make.values(
        p + "drop.reason",
        Type.NUMBER,
        REASONS,
        of(p, (lane, each) -> reason(lane, r -> each.accept((long) r.code()))));
    make.values(
        p + "drop.name",
        Type.TEXT,
        of(
            p,
            (lane, each) ->
                reason(
                    lane,
                    r -> {
                      each.accept(r.name());
                      each.accept(r.text());
                    })));
    make.values(
        p + "unheard", Type.BOOL, of(p, (lane, each) -> each.accept(lane.unheard() ? 1L : 0L)));
    make.values(
        p + "wentwrong",
        Type.BOOL,
        of(p, (lane, each) -> each.accept(lane.notified() != null ? 1L : 0L)));
    make.values(
        p + "notified",
        Type.BOOL,
        of(
            p,
            (lane, each) -> {
              if (lane.notified() != null) {
                each.accept(lane.notified() ? 1L : 0L);
              }
            }));
    make.values(
        p + "counted",
        Type.BOOL,
        of(
            p,
            (lane, each) -> {
              if (lane.notified() != null) {
                each.accept(lane.counted() ? 1L : 0L);
              }
            }));
    conntrack(make, p);
    path(make, p);
    maps(make, p);
  }

  private static void reason(Shape.Lane lane, Consumer<Reading.Reason> to) {
    if (lane.reason() instanceof Reading.Reason reason) {
      to.accept(reason);
    }
  }

  private static void conntrack(FieldMaker make, String p) {
    List<String> statuses = Arrays.stream(CtStatus.values()).map(CtStatus::label).toList();
    make.words(
        p + "ct.result",
        statuses,
        of(
            p,
            (lane, each) -> {
              if (!lane.statuses().isEmpty()) {
                each.accept(lane.statuses().getLast().label());
              }
            }));
    make.words(
        p + "ct.status",
        statuses,
        of(p, (lane, each) -> lane.statuses().forEach(st -> each.accept(st.label()))));
    List<String> phases =
        Arrays.stream(CtState.Phase.values())
            .filter(ph -> ph != CtState.Phase.EVICTED && ph != CtState.Phase.COLLECTED)
            .map(ph -> Shapes.word(ph.name()))
            .toList();
    make.words(
        p + "ct.state",
        phases,
        of(
            p,
            (lane, each) ->
                lane.transitions().forEach(t -> each.accept(Shapes.word(t.to().name())))));
    make.words(
        p + "ct.from",
        phases,
        of(
            p,
            (lane, each) ->
                lane.transitions().forEach(t -> each.accept(Shapes.word(t.from().name())))));
    make.values(
        p + "ct.changed",
        Type.BOOL,
        of(
            p,
            (lane, each) ->
                each.accept(
                    lane.transitions().stream().anyMatch(t -> t.from() != t.to()) ? 1L : 0L)));
    make.values(
        p + "ct.expired", Type.BOOL, of(p, (lane, each) -> each.accept(lane.expired() ? 1L : 0L)));
    make.values(p + "swept", Type.BOOL, of(p, (lane, each) -> each.accept(lane.swept() ? 1L : 0L)));
  }

  private static void path(FieldMaker make, String p) {
    make.values(
        p + "program",
        Type.TEXT,
        of(
            p,
            (lane, each) ->
                lane.programs().forEach(id -> ProgramNames.names(id).forEach(each::accept))));
    make.values(
        p + "tailcall",
        Type.NUMBER,
        of(p, (lane, each) -> lane.calls().forEach(c -> each.accept(c.slot()))));
    make.values(
        p + "tailcall.taken",
        Type.NUMBER,
        of(
            p,
            (lane, each) ->
                lane.calls().stream()
                    .filter(Shape.Call::taken)
                    .forEach(c -> each.accept(c.slot()))));
    make.values(
        p + "tailcall.missed",
        Type.NUMBER,
        of(
            p,
            (lane, each) ->
                lane.calls().stream().filter(c -> !c.taken()).forEach(c -> each.accept(c.slot()))));
    make.words(
        p + "notification",
        List.of("drop", "trace", "policy-verdict", "debug", "debug-capture", "signal", "unknown"),
        of(p, (lane, each) -> lane.notifications().forEach(each)));
    make.words(
        p + "trace.point",
        Arrays.stream(ObservationPoint.values()).map(ObservationPoint::text).toList(),
        of(p, (lane, each) -> lane.points().forEach(each)));
    make.words(
        p + "policy.match",
        Arrays.stream(Reading.PolicyMatch.values()).map(m -> Shapes.word(m.name())).toList(),
        of(p, (lane, each) -> lane.matches().forEach(m -> each.accept(Shapes.word(m.name())))));
    make.values(p + "rewrite", Type.TEXT, of(p, (lane, each) -> lane.rewritten().forEach(each)));
  }

  private static void maps(FieldMaker make, String p) {
    List<String> roles =
        Arrays.stream(MapRole.values())
            .filter(r -> r != MapRole.OTHER)
            .map(r -> r.name().toLowerCase(Locale.ROOT))
            .toList();
    for (String name : List.of("map", "map.hit", "map.miss", "map.written", "map.deleted")) {
      Shape.@Nullable Use use =
          name.equals("map") ? null : Shape.Use.valueOf(name.substring(4).toUpperCase(Locale.ROOT));
      Map<String, Long> known = new HashMap<>();
      roles.forEach(r -> known.put(r, 0L));
      make.values(
          p + name,
          Type.TEXT,
          known,
          of(
              p,
              (lane, each) ->
                  lane.accesses().stream()
                      .filter(a -> use == null || Objects.equals(a.use(), use))
                      .forEach(a -> each.accept(a.map()))));
    }
  }
}
