// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tailwalk.event.ContextState;
import org.tailwalk.event.Hook;
import org.tailwalk.event.MapKey;
import org.tailwalk.event.MapRef;
import org.tailwalk.event.MapRole;
import org.tailwalk.event.MapValue;
import org.tailwalk.event.MetricDirection;
import org.tailwalk.event.Notification;
import org.tailwalk.event.PathEvent;
import org.tailwalk.event.PathTrace;
import org.tailwalk.event.ProgramRef;
import org.tailwalk.event.SourceRef;
import org.tailwalk.event.TraceBuilder;
import org.tailwalk.packet.Bytes;
import org.tailwalk.packet.IpAddress;
import org.tailwalk.scenario.DatapathConfig;
import org.tailwalk.scenario.Era;

/** What counts as a difference, and what does not. */
final class TraceDiffTest {
  private static final Bytes FRAME = Bytes.copyOf(new byte[60]);
  private static final ProgramRef ENTRY = new ProgramRef(100, "from-container");
  private static final ProgramRef V4 = new ProgramRef(100, "2/7");
  private static final ProgramRef V6 = new ProgramRef(100, "2/10");
  private static final MapRef POLICY = MapRef.of(MapRole.POLICY, 100);
  private static final MapRef IPCACHE = MapRef.shared(MapRole.IPCACHE);
  private static final MapRef BUFFER = MapRef.shared(MapRole.CT_BUFFER4);
  private static final MapRef CALLS = MapRef.of(MapRole.CALLS, 100);
  private static final MapRef CT = MapRef.shared(MapRole.CT_TCP4);
  private static final MapRef METRICS = MapRef.shared(MapRole.METRICS);
  private static final MapKey.CtTuple TUPLE =
      new MapKey.CtTuple(IpAddress.parse("10.0.0.1"), IpAddress.parse("10.0.0.2"), 80, 40000, 6, 0);
  private static final MapKey METRIC = new MapKey.MetricsKey(0, MetricDirection.EGRESS);

  private final TraceDiff diff =
      new TraceDiff(DatapathConfig.dual(Era.SEED), DatapathConfig.dual(Era.SEED));

  private static TraceBuilder begin() {
    return new TraceBuilder(Hook.FROM_CONTAINER, FRAME, ContextState.ZERO)
        .add(new PathEvent.Entered(ENTRY, ContextState.ZERO), new SourceRef("f", 0, "a.c", 1, ""))
        .add(new PathEvent.TailCallTaken(ENTRY, CALLS, 7))
        .add(new PathEvent.Entered(V4, null));
  }

  private static PathTrace end(TraceBuilder builder) {
    return builder.add(new PathEvent.Returned(V4, 0)).finish(0, FRAME, ContextState.ZERO);
  }

  private static PathTrace trace(Consumer<TraceBuilder> middle) {
    TraceBuilder builder = begin();
    middle.accept(builder);
    return end(builder);
  }

  private static MapValue.CtEntry entry(long tx, long lifetime) {
    return new MapValue.CtEntry(0, 0, tx, tx * 60, lifetime, 0, 0, 0, 2, 0, 1000, 0, 0);
  }

  private static Notification drop(int reason, int line) {
    return new Notification.Drop(100, reason, 60, 1000, 0, 0, line, 2, 0, 11, FRAME);
  }

  record Case(
      String name,
      Consumer<TraceBuilder> kernel,
      Consumer<TraceBuilder> model,
      String code,
      Divergence.Kind kind) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Consumer<TraceBuilder> add(PathEvent event) {
    return b -> b.add(event);
  }

  private static Consumer<TraceBuilder> lookup(boolean hit) {
    return add(new PathEvent.LookedUp(V4, CT, TUPLE, hit, hit ? entry(1, 5) : null));
  }

  private static Consumer<TraceBuilder> metric(long before, long after) {
    return b -> {
      b.add(new PathEvent.LookedUp(V4, METRICS, METRIC, before > 0, null));
      b.change(
          METRICS,
          METRIC,
          before == 0 ? null : new MapValue.MetricsEntry(before, before * 60),
          new MapValue.MetricsEntry(after, after * 60));
    };
  }

  private static Consumer<TraceBuilder> counted(long before, long after, long lifetime) {
    return b -> {
      b.add(new PathEvent.LookedUp(V4, CT, TUPLE, true, null));
      b.change(CT, TUPLE, entry(before, 5), entry(after, lifetime));
    };
  }

  static Stream<Case> cases() {
    Consumer<TraceBuilder> nothing = _ -> {};
    return Stream.of(
        new Case("nothing", nothing, nothing, null, null),
        new Case(
            "hit against miss",
            lookup(true),
            lookup(false),
            "conntrack-lookup-differs",
            Divergence.Kind.MAP),
        new Case(
            "value found is not compared, its change is",
            lookup(true),
            add(new PathEvent.LookedUp(V4, CT, TUPLE, true, entry(9, 9))),
            null,
            null),
        new Case("same growth of a metric", metric(1, 2), metric(7, 8), null, null),
        new Case(
            "other growth of a metric",
            metric(1, 2),
            metric(1, 3),
            "metric-differs",
            Divergence.Kind.MAP),
        new Case("same growth of an entry", counted(1, 2, 9), counted(5, 6, 9), null, null),
        new Case(
            "other lifetime",
            counted(1, 2, 9),
            counted(1, 2, 60),
            "conntrack-entry-differs",
            Divergence.Kind.MAP),
        new Case(
            "source line of a drop is not compared",
            add(new PathEvent.Notified(V4, drop(133, 1163))),
            add(new PathEvent.Notified(V4, drop(133, 7))),
            null,
            null),
        new Case(
            "reason of a drop is",
            add(new PathEvent.Notified(V4, drop(133, 1))),
            add(new PathEvent.Notified(V4, drop(134, 1))),
            "notification-differs",
            Divergence.Kind.EVENT),
        new Case(
            "reasons that add up to 256",
            add(new PathEvent.Notified(V4, drop(122, 1))),
            add(new PathEvent.Notified(V4, drop(134, 1))),
            "wrong-reason-unsigned",
            Divergence.Kind.EVENT),
        new Case(
            "event in one lane alone",
            add(new PathEvent.Notified(V4, drop(133, 1))),
            nothing,
            "notification-missing",
            Divergence.Kind.EVENT),
        new Case(
            "tail call in one lane alone",
            add(new PathEvent.TailCallMissed(V4, CALLS, 29)),
            nothing,
            "tail-call-differs",
            Divergence.Kind.PATH),
        new Case(
            "other redirect",
            add(new PathEvent.RedirectCalled(V4, "redirect", 12, 0)),
            add(new PathEvent.RedirectCalled(V4, "redirect_peer", 12, 0)),
            "redirect-differs",
            Divergence.Kind.VERDICT),
        new Case(
            "update that fails in one lane",
            add(new PathEvent.Updated(V4, CT, TUPLE, null, -28)),
            add(new PathEvent.Updated(V4, CT, TUPLE, entry(1, 1), 0)),
            "conntrack-entry-differs",
            Divergence.Kind.MAP),
        new Case(
            "another program behind the same slot",
            chain(new ProgramRef(100, "2/8")),
            chain(new ProgramRef(100, "2/9")),
            "program-differs",
            Divergence.Kind.PATH),
        new Case(
            "policy entry found or not",
            found(POLICY, true),
            found(POLICY, false),
            "policy-lookup-differs",
            Divergence.Kind.MAP),
        new Case(
            "ipcache entry found or not",
            found(IPCACHE, true),
            found(IPCACHE, false),
            "lookup-differs",
            Divergence.Kind.MAP),
        new Case(
            "entry made in one lane alone",
            lookup(false).andThen(b -> b.change(CT, TUPLE, null, entry(1, 5))),
            lookup(false),
            "conntrack-entry-missing",
            Divergence.Kind.MAP),
        new Case(
            "hand-over buffer of another size",
            grown(BUFFER, 1),
            grown(BUFFER, 2),
            "conntrack-buffer-differs",
            Divergence.Kind.MAP),
        new Case(
            "counter of a policy entry",
            grown(POLICY, 1),
            grown(POLICY, 2),
            "policy-counter-differs",
            Divergence.Kind.MAP),
        new Case(
            "entry of another map",
            grown(IPCACHE, 1),
            grown(IPCACHE, 2),
            "map-entry-differs",
            Divergence.Kind.MAP));
  }

  private static Consumer<TraceBuilder> chain(ProgramRef to) {
    return b ->
        b.add(new PathEvent.TailCallTaken(V4, CALLS, 9)).add(new PathEvent.Entered(to, null));
  }

  private static Consumer<TraceBuilder> found(MapRef map, boolean hit) {
    return add(new PathEvent.LookedUp(V4, map, METRIC, hit, null));
  }

  private static Consumer<TraceBuilder> grown(MapRef map, long by) {
    MapValue after = new MapValue.MetricsEntry(1 + by, 60 + by * 60);
    return found(map, true)
        .andThen(b -> b.change(map, METRIC, new MapValue.MetricsEntry(1, 60), after));
  }

  private String code(PathTrace kernel, PathTrace model) {
    return diff.compare(kernel, model).divergence().code();
  }

  private static PathTrace ended(ProgramRef program, int returned, int verdict, PathEvent... more) {
    TraceBuilder builder =
        new TraceBuilder(Hook.FROM_CONTAINER, FRAME, ContextState.ZERO)
            .add(new PathEvent.Entered(ENTRY, ContextState.ZERO))
            .add(new PathEvent.TailCallTaken(ENTRY, CALLS, 7))
            .add(new PathEvent.Entered(program, null));
    for (PathEvent each : more) {
      builder.add(each);
    }
    return builder
        .add(new PathEvent.Returned(program, returned))
        .finish(verdict, FRAME, ContextState.ZERO);
  }

  /**
   * The codes are stable and documented: each of them can come up, and there are no others here.
   */
  @Test
  void everyCodeOfTheDocumentCanComeUp() throws IOException {
    Set<String> seen = new TreeSet<>();
    cases().filter(c -> c.code() != null).forEach(c -> seen.add(c.code()));
    PathTrace plain = trace(_ -> {});
    PathTrace notRun = PathTrace.notRun("too-short", "20 bytes", FRAME, ContextState.ZERO);
    seen.add(code(notRun, plain));
    seen.add(code(plain, notRun));
    seen.add(code(ended(V4, 0, 0), ended(V4, 1, 1)));
    seen.add(code(ended(V4, 0, 0), ended(V4, 0, 2)));
    seen.add(code(finished(ContextState.of(0, 1, 2, 3, 4, 5), _ -> {}), plain));
    byte[] bytes = FRAME.toArray();
    bytes[3] = 9;
    seen.add(
        code(
            begin()
                .add(new PathEvent.Returned(V4, 0))
                .finish(0, Bytes.copyOf(bytes), ContextState.ZERO),
            plain));
    seen.add(
        code(
            new TraceBuilder(Hook.FROM_CONTAINER, FRAME, ContextState.ZERO)
                .add(new PathEvent.Entered(ENTRY, ContextState.of(7, 0, 0, 0, 0, 0)))
                .add(new PathEvent.TailCallTaken(ENTRY, CALLS, 7))
                .add(new PathEvent.Entered(V4, null))
                .add(new PathEvent.Returned(V4, 0))
                .finish(0, FRAME, ContextState.ZERO),
            plain));
    seen.add(
        code(
            ended(
                V4,
                0,
                0,
                new PathEvent.TailCallTaken(V4, CALLS, 9),
                new PathEvent.Entered(V6, null)),
            ended(V4, 0, 0, new PathEvent.TailCallMissed(V4, CALLS, 9))));
    record Silent(ProgramRef program, int code) {}
    for (Silent s : List.of(new Silent(V4, -137), new Silent(V4, -140), new Silent(V6, -156))) {
      Notification heard = drop(-s.code, 1);
      PathTrace model = ended(s.program, 2, 2, new PathEvent.Notified(s.program, heard));
      seen.add(code(ended(s.program, s.code, s.code), model));
    }
    Set<String> told = new TreeSet<>();
    for (String line : Files.readAllLines(Path.of("../docs/divergences.md"))) {
      if (line.startsWith("| `")) {
        Matcher code = Pattern.compile("`([a-z-]+)`").matcher(line.split("\\|")[1]);
        while (code.find()) {
          told.add(code.group(1));
        }
      }
    }
    assertThat(seen).isEqualTo(told);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void differenceIsFoundAndNamed(Case c) {
    TraceDiff.Comparison comparison = diff.compare(trace(c.kernel()), trace(c.model()));
    if (c.code() == null) {
      assertThat(comparison.divergence()).isNull();
      assertThat(comparison.rows()).allMatch(AlignedStep::same);
    } else {
      assertThat(comparison.divergence().code()).isEqualTo(c.code());
      assertThat(comparison.divergence().kind()).isEqualTo(c.kind());
      assertThat(comparison.divergence().explanation()).endsWith(".");
      assertThat(comparison.rows().get(comparison.divergence().step() - 1).same()).isFalse();
    }
    for (int i = 0; i < comparison.rows().size(); i++) {
      assertThat(comparison.rows().get(i).index()).isEqualTo(i + 1);
    }
    assertThat(EventText.line(comparison.rows().getLast().kernel().event())).isEqualTo("to stack");
  }

  private static PathTrace finished(ContextState context, Consumer<TraceBuilder> middle) {
    TraceBuilder builder = begin();
    middle.accept(builder);
    return builder.add(new PathEvent.Returned(V4, 0)).finish(0, FRAME, context);
  }

  @Test
  void lineInCbIsNotComparedAfterADrop() {
    Consumer<TraceBuilder> drops = add(new PathEvent.TailCallMissed(V4, CALLS, 1));
    ContextState seed = ContextState.of(0, 1, 2, 3, 4, 0x048b_0202L);
    ContextState ours = ContextState.of(0, 1, 2, 3, 4, 0x0001_0202L);
    assertThat(diff.compare(finished(seed, drops), finished(ours, drops)).divergence()).isNull();
    Divergence without =
        diff.compare(finished(seed, _ -> {}), finished(ours, _ -> {})).divergence();
    assertThat(without.code())
        .as("cb[4] also holds the reverse NAT index")
        .isEqualTo("context-differs");
    assertThat(without.kind()).isEqualTo(Divergence.Kind.BYTES);
  }

  @Test
  void fieldsThatATestRunCantShowAreNotCompared() {
    ContextState shown = new ContextState(0, List.of(0L, 0L, 0L, 0L, 0L), 1, 7, 3);
    assertThat(
            diff.compare(finished(ContextState.ZERO, _ -> {}), finished(shown, _ -> {}))
                .divergence())
        .isNull();
  }

  @Test
  void rewrittenBytesAreCompared() {
    byte[] changed = FRAME.toArray();
    changed[3] = 9;
    PathTrace rewritten =
        begin()
            .add(new PathEvent.Returned(V4, 0))
            .finish(0, Bytes.copyOf(changed), ContextState.ZERO);
    Divergence divergence = diff.compare(rewritten, trace(_ -> {})).divergence();
    assertThat(divergence.code()).isEqualTo("bytes-differ");
    assertThat(divergence.explanation()).startsWith("Only the kernel: eth.dst");
  }

  @Test
  void packetThatOneLaneDidNotRunIsIncomparable() {
    PathTrace notRun =
        PathTrace.notRun("too-short", "20 bytes, at least 34", FRAME, ContextState.ZERO);
    Divergence divergence = diff.compare(notRun, trace(_ -> {})).divergence();
    assertThat(divergence.kind()).isEqualTo(Divergence.Kind.INCOMPARABLE);
    assertThat(divergence.code()).isEqualTo("kernel-not-run");
    assertThat(divergence.step()).isZero();
    assertThat(diff.compare(notRun, notRun).divergence()).isNull();
  }

  @Test
  void skeletonOfProgramsIsAlignedBeforeWhatIsInside() {
    ProgramRef drop = new ProgramRef(100, "2/1");
    PathTrace kernel = trace(_ -> {});
    PathTrace model =
        begin()
            .add(new PathEvent.TailCallTaken(V4, CALLS, 1))
            .add(new PathEvent.Entered(drop, null))
            .add(new PathEvent.Notified(drop, drop(134, 3)))
            .add(new PathEvent.Returned(drop, 2))
            .finish(2, FRAME, ContextState.ZERO);
    TraceDiff.Comparison comparison = diff.compare(kernel, model);
    List<String> rows =
        comparison.rows().stream()
            .map(r -> (r.kernel() == null ? "-" : "k") + (r.model() == null ? "-" : "m"))
            .toList();
    assertThat(rows).containsExactly("km", "km", "km", "km", "-m", "-m", "-m", "km");
    assertThat(comparison.divergence().step()).isEqualTo(4);
    assertThat(comparison.divergence().code()).isEqualTo("path-differs");
  }
}
