// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.instrument;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.tailwalk.bpf.Fixtures;
import org.tailwalk.bpf.Privilege;
import org.tailwalk.bpf.elf.CollectionSpec;
import org.tailwalk.bpf.elf.DataFolding;
import org.tailwalk.bpf.elf.MapType;
import org.tailwalk.bpf.elf.Substitution;
import org.tailwalk.bpf.load.BpfMap;
import org.tailwalk.bpf.load.Collection;
import org.tailwalk.bpf.sys.NativeBuffer;
import org.tailwalk.bpf.sys.TestRun;

/** Instrumented programs in the kernel: what the log says, and that nothing else changes. */
@Tag("kernel")
@ExtendWith(Privilege.class)
class TracedRunTest {
  private static final int CB0 = 48;
  private static final long NOW = 1_000_000_500_000_000L;

  private static CollectionSpec template() throws Exception {
    return DataFolding.foldTemplates(
        Substitution.none()
            .withU32("ENDPOINT_IPV4", 0x0100000a)
            .withU16("ENDPOINT_ID", 42)
            .withU32("IDENTITY", 5000)
            .withSection("1/0xffff", "1/0x002a")
            .apply(Fixtures.spec("template")));
  }

  /** A loaded collection with its mapped log and clock. */
  private record Loaded(
      Instrumented instrumented,
      Collection collection,
      Optional<NativeBuffer> log,
      Optional<NativeBuffer> clock,
      TestRun run)
      implements AutoCloseable {
    static Loaded of(CollectionSpec spec, InstrumentOptions options) throws Exception {
      Instrumented instrumented = Instrumenter.instrument(spec, options);
      assertThat(instrumented.remarks()).isEmpty();
      Collection collection = Collection.load(instrumented.spec(), Map.of());
      Optional<BpfMap> log = collection.map(TraceLog.MAP);
      Optional<BpfMap> clock = collection.map(ReplayClockMap.MAP);
      return new Loaded(
          instrumented,
          collection,
          log.isPresent() ? Optional.of(log.get().mmap()) : Optional.empty(),
          clock.isPresent() ? Optional.of(clock.get().mmap()) : Optional.empty(),
          new TestRun());
    }

    /** Return code, frame, mark and cb after a run. */
    String run(String program, int... cb) {
      log.ifPresent(l -> l.putLong(TraceLog.POSITION, 0));
      clock.ifPresent(c ->
          c.putLong(ReplayClockMap.NANOSECONDS, NOW)
              .putLong(ReplayClockMap.JIFFIES, 77)
              .putInt(ReplayClockMap.RANDOM, 99));
      run.context().fill(0, TestRun.CONTEXT_SIZE, 0);
      for (int i = 0; i < cb.length; i++) {
        run.context().putInt(CB0 + 4 * i, cb[i]);
      }
      assertThat(run.run(collection.program(program).fd(), 64)).isZero();
      return "%d mark %x cb %s frame %s"
          .formatted(
              run.returnCode(),
              run.contextOut().getInt(8),
              HexFormat.of().formatHex(run.contextOut().bytes(CB0, 20)),
              HexFormat.of().formatHex(run.output().bytes(0, run.outputLength())));
    }

    List<TraceRecord> records() throws Exception {
      NativeBuffer buffer = log.orElseThrow();
      int end = (int) buffer.getLong(TraceLog.POSITION);
      assertThat(end).isBetween(0, TraceLog.CAPACITY);
      return TraceRecord.read(buffer.bytes(TraceLog.HEADER, end), instrumented::site);
    }

    Map<String, String> maps() throws Exception {
      Map<String, String> result = new TreeMap<>();
      for (String name : collection.mapNames()) {
        BpfMap map = collection.map(name).orElseThrow();
        // Per-CPU values depend on where the scheduler puts this thread.
        if (name.startsWith("tailwalk")
            || !MapType.holdsPlainValues(map.type())
            || MapType.isPerCpu(map.type())) {
          continue;
        }
        for (BpfMap.Entry entry : map.entries()) {
          result.put(
              name + " " + HexFormat.of().formatHex(entry.key()),
              HexFormat.of().formatHex(entry.value()));
        }
      }
      return result;
    }

    @Override
    public void close() {
      log.ifPresent(NativeBuffer::close);
      clock.ifPresent(NativeBuffer::close);
      run.close();
      collection.close();
    }
  }

  private static String text(TraceRecord record) {
    return switch (record.site().event()) {
      case TraceSite.Entered e ->
          "%s entered, cb1 %d"
              .formatted(
                  record.site().program(),
                  e.context().stream()
                      .filter(c -> c.name() == ContextField.CB1)
                      .mapToLong(c -> record.number(c.field()))
                      .sum());
      case TraceSite.TailCall e ->
          "tail call %s[%d]".formatted(map(e.map()), record.number(e.index()));
      case TraceSite.TailCallMissed e -> "missed " + map(e.map());
      case TraceSite.Lookup e -> "lookup %s %s".formatted(map(e.map()), hex(record, e.key()));
      case TraceSite.LookupHit e -> "hit " + hex(record, e.value());
      case TraceSite.LookupMissed _ -> "miss";
      case TraceSite.Update e ->
          "update %s %s = %s, flags %d"
              .formatted(
                  map(e.map()),
                  hex(record, e.key()),
                  hex(record, e.value()),
                  record.number(e.flags()));
      case TraceSite.Delete e -> "delete %s %s".formatted(map(e.map()), hex(record, e.key()));
      case TraceSite.Returned e ->
          "helper %d returned %d".formatted(e.helper(), record.number(e.result()));
      case TraceSite.Redirect e ->
          "redirect "
              + e.arguments().stream().map(a -> a.name() + " " + record.number(a.field())).toList();
      case TraceSite.Exited e -> "exit %d".formatted((int) record.number(e.returnCode()));
    };
  }

  private static String map(TraceSite.MapRef map) {
    return switch (map) {
      case TraceSite.MapRef.Known(String name) -> name;
      case TraceSite.MapRef.OneOf(List<String> names, Field _) -> String.join("|", names);
      case TraceSite.MapRef.InnerOf(String outer) -> "inner of " + outer;
      case TraceSite.MapRef.Unknown(String reason) -> "? " + reason;
    };
  }

  private static String hex(TraceRecord record, TraceSite.Bytewise bytes) {
    return record.bytes(bytes).map(Object::toString).orElse("?");
  }

  @Test
  void tellsEveryStepOfAPacket() throws Exception {
    try (Loaded loaded = Loaded.of(template(), InstrumentOptions.traced())) {
      loaded.run("from_container", 0, 0x0200000a, 0x5000, 6, 3);
      String key = "0a0000010a000002" + "0000" + "0050" + "0600";
      String fresh =
          "0100000000000000" // packets
              + "54420f00" // lifetime: 1,000,000 s + 20
              + "00002a00" // flags, endpoint id 42
              + "0a000002"
              + "020406080a0c"
              + "000000000000"; // pad
      List<String> steps = loaded.records().stream().map(TracedRunTest::text).toList();
      assertThat(steps)
          .containsExactly(
              "from_container entered, cb1 33554442",
              "tail call calls_65535[3]",
              "handle_flow entered, cb1 33554442",
              "lookup flows_any|flows_tcp " + key,
              "miss",
              "update flows_any|flows_tcp %s = %s, flags 0".formatted(key, fresh),
              "helper 2 returned 0",
              // Nobody opened a perf ring: ENOENT.
              "helper 25 returned -2",
              "delete flows_any " + key,
              // It went into flows_tcp: ENOENT.
              "helper 3 returned -2",
              "lookup prefixes 200000000a000002",
              "miss",
              "exit 0");
      loaded.run("from_container", 0, 0x0200000a, 0x5000, 6, 2);
      assertThat(loaded.records().stream().map(TracedRunTest::text))
          .contains("hit " + fresh, "redirect [ifindex 20480, flags 1]", "exit 7")
          .doesNotContain("miss");
      loaded.run("handle_policy", 0, 0x0200000a);
      assertThat(loaded.records().stream().map(TracedRunTest::text))
          .startsWith("handle_policy entered, cb1 33554442", "lookup scratch 00000000")
          .contains("lookup flows_tcp 00000000" + "0a000002" + "00000000" + "0600", "exit 1");
    }
  }

  @Test
  void countsThirtyThreeTailCallsAndMissesTheNext() throws Exception {
    try (Loaded loaded = Loaded.of(Fixtures.spec("looper"), InstrumentOptions.traced())) {
      assertThat(loaded.run("start")).startsWith("-1 ");
      List<String> steps = loaded.records().stream().map(TracedRunTest::text).toList();
      assertThat(steps).filteredOn(s -> s.startsWith("again entered")).hasSize(33);
      assertThat(steps).endsWith("tail call self[0]", "missed self", "exit -1");
    }
  }

  @Test
  void theProbeTellsMapsApart() throws Exception {
    CollectionSpec spec = template();
    try (Loaded loaded = Loaded.of(spec, InstrumentOptions.traced())) {
      PointerProbe probe = PointerProbe.of(List.of("flows_tcp", "flows_any"));
      Map<String, BpfMap> shared = new HashMap<>();
      for (String name : probe.maps()) {
        shared.put(name, loaded.collection().map(name).orElseThrow());
      }
      CollectionSpec probing =
          spec.withPrograms(List.of(probe.program()))
              .withMaps(List.of(probe.map()))
              .withBtf(Optional.empty());
      Map<Long, String> pointers;
      try (Collection probed = Collection.load(probing, shared)) {
        assertThat(loaded.run().run(probed.program(probe.program().name()).fd(), 64)).isZero();
        byte[] value = probed.map(PointerProbe.MAP).orElseThrow().lookup(new byte[4]).orElseThrow();
        pointers = probe.read(value);
      }
      assertThat(pointers).hasSize(2);
      for (int proto : new int[] {6, 17}) {
        loaded.run("handle_flow", 0, 1, 2, proto, 0);
        TraceRecord lookup =
            loaded.records().stream()
                .filter(r -> r.site().event() instanceof TraceSite.Lookup)
                .findFirst()
                .orElseThrow();
        TraceSite.MapRef.OneOf map =
            (TraceSite.MapRef.OneOf) ((TraceSite.Lookup) lookup.site().event()).map();
        assertThat(pointers.get(lookup.number(map.pointer())))
            .isEqualTo(proto == 6 ? "flows_tcp" : "flows_any");
      }
    }
  }

  @Test
  void tracingChangesNothingThatCanBeSeen() throws Exception {
    for (TraceDetail detail : TraceDetail.values()) {
      for (String cpu : Fixtures.CPUS) {
        CollectionSpec spec =
            DataFolding.foldTemplates(
                Substitution.none()
                    .withSection("1/0xffff", "1/0x0003")
                    .apply(
                        org.tailwalk.bpf.elf.ObjectReader.read(
                            "template " + cpu, Fixtures.object("template", cpu))));
        try (Loaded clocked = Loaded.of(spec, InstrumentOptions.clocked());
            Loaded traced = Loaded.of(spec, InstrumentOptions.traced().withDetail(detail))) {
          SplittableRandom random = new SplittableRandom(7);
          for (int i = 0; i < 200; i++) {
            String[] programs = {"from_container", "handle_flow", "handle_policy"};
            String program = programs[random.nextInt(programs.length)];
            int[] cb = {
              0, random.nextInt(3), random.nextInt(4), random.nextInt(5, 8), random.nextInt(4)
            };
            assertThat(traced.run(program, cb))
                .as("%s %s %s", cpu, program, Arrays.toString(cb))
                .isEqualTo(clocked.run(program, cb));
          }
          assertThat(traced.maps()).isEqualTo(clocked.maps()).isNotEmpty();
        }
      }
    }
  }

  @Test
  void theClockIsTheReplays() throws Exception {
    try (Loaded clocked = Loaded.of(template(), InstrumentOptions.clocked())) {
      clocked.run("handle_policy", 0, 1);
      byte[] values =
          clocked.collection().map("scratch").orElseThrow().lookup(new byte[4]).orElseThrow();
      ByteBuffer in = ByteBuffer.wrap(values).order(ByteOrder.LITTLE_ENDIAN);
      List<Long> seen = new ArrayList<>();
      for (int at = 0; at < values.length; at += 48) {
        if (in.getLong(at) != 0) {
          seen.addAll(List.of(in.getLong(at), in.getLong(at + 40)));
        }
      }
      assertThat(seen).containsExactly(99L, 77L);
    }
  }
}
