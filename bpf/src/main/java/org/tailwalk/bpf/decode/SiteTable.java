// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.decode;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.tailwalk.bpf.elf.CollectionSpec;
import org.tailwalk.bpf.elf.ProgArraySlot;
import org.tailwalk.bpf.elf.ProgramSpec;
import org.tailwalk.bpf.host.LoadPlan;
import org.tailwalk.bpf.host.RawRun;
import org.tailwalk.bpf.instrument.Instrumented;
import org.tailwalk.bpf.instrument.TraceSite;
import org.tailwalk.event.Hook;
import org.tailwalk.event.MapRef;
import org.tailwalk.event.MapRole;
import org.tailwalk.event.ProgramRef;
import org.tailwalk.event.SourceRef;

/** All trace points of a session by id, each with the endpoint whose instance holds it. */
public final class SiteTable {
  /** Entries that have their section in common with others in newer objects. */
  private static final Map<String, Hook> ENTRIES =
      Map.of(
          "cil_from_container", Hook.FROM_CONTAINER,
          "cil_to_container", Hook.TO_CONTAINER);

  /** What a step up does not take away: another one, and the root. */
  private static final Set<String> UNFOLDED = Set.of("..", "");

  private final List<Site> sites;
  private final Map<Long, String> mapPointers;
  private final Map<Integer, Map<String, MapRef>> refs = new HashMap<>();

  /** A trace point of one endpoint's instance. */
  record Site(int instance, TraceSite site, ProgramRef program, @Nullable SourceRef source) {}

  /** An endpoint's collection with its trace points in. */
  public record Instance(int endpoint, Instrumented code) {}

  /**
   * @param instances in the order of the load plan; their site ids follow one another from 1
   * @param mapPointers kernel address to symbol, for sites where several maps are possible
   */
  public SiteTable(List<Instance> instances, Map<Long, String> mapPointers) {
    List<Site> all = new ArrayList<>();
    for (int i = 0; i < instances.size(); i++) {
      Instance instance = instances.get(i);
      for (TraceSite site : instance.code.sites()) {
        if (site.id() != all.size() + 1) {
          throw new IllegalArgumentException("site " + site.id() + " at place " + all.size());
        }
        ProgramSpec program = instance.code.spec().program(site.program()).orElseThrow();
        all.add(
            new Site(
                i,
                site,
                new ProgramRef(
                    instance.endpoint, programId(instance.code.spec(), program), program.name()),
                source(site)));
      }
    }
    this.sites = List.copyOf(all);
    this.mapPointers = Map.copyOf(mapPointers);
  }

  /**
   * The id that the vocabulary uses for a program of a collection: after the slot it is wired to,
   * else after the function where that says it is an entry, else the section's name, and where
   * several share a section, the function's.
   */
  public static String programId(CollectionSpec spec, ProgramSpec program) {
    for (ProgArraySlot slot : program.slots()) {
      switch (MapRole.ofSymbol(slot.map())) {
        case POLICY_CALL -> {
          return "policy";
        }
        case POLICY_EGRESS_CALL -> {
          return "policy-egress";
        }
        case CALLS -> {
          return "2/" + slot.index();
        }
        default -> {}
      }
    }
    Hook named = ENTRIES.get(program.name());
    if (named != null) {
      return named.programId();
    }
    long sharing =
        spec.programs().stream().filter(p -> p.section().equals(program.section())).count();
    return sharing > 1 ? program.name() : program.section();
  }

  private static SourceRef source(TraceSite site) {
    return site.line()
        .map(line ->
            new SourceRef(
                site.program(), site.instruction(), plain(line.file()), line.line(), line.text()))
        .orElseGet(() -> new SourceRef(site.program(), site.instruction(), null, 0, null));
  }

  /**
   * A file's name without the dots that the compiler joins to it: {@code ././lib/lb4.h}, and {@code
   * ./lxc/../lib/lb4.h} where a header is included from the folder beside its own. Steps up that
   * have nothing to take away stay.
   */
  public static String plain(String file) {
    List<String> path = new ArrayList<>();
    for (String part : file.split("/", -1)) {
      if (part.equals("..") && !path.isEmpty() && !UNFOLDED.contains(path.getLast())) {
        path.removeLast();
      } else if (!part.equals(".")) {
        path.add(part);
      }
    }
    return String.join("/", path);
  }

  /** Hands out the records of a log in order, up to the first that makes no sense. */
  void read(byte[] bytes, Consumer<LogRecord> sink) {
    LogRecord.Log log = new LogRecord.Log(bytes);
    int at = 0;
    while (at + 8 <= bytes.length) {
      long id = LogRecord.longAt(bytes, at);
      if (id < 1 || id > sites.size()) {
        return;
      }
      Site site = sites.get((int) id - 1);
      if (at + site.site.length() > bytes.length) {
        return;
      }
      sink.accept(new LogRecord(site, log, at));
      at += site.site.length();
    }
  }

  /** The map's symbol, or null when it cannot be known. */
  @Nullable String symbol(LogRecord record, TraceSite.MapRef map) {
    return switch (map) {
      case TraceSite.MapRef.Known(String symbol) -> symbol;
      case TraceSite.MapRef.OneOf oneOf -> mapPointers.get(record.longOf(oneOf.pointer()));
      case TraceSite.MapRef.InnerOf _, TraceSite.MapRef.Unknown _ -> null;
    };
  }

  /** The map as the vocabulary names it. */
  MapRef ref(LogRecord record, TraceSite.MapRef map) {
    String symbol = symbol(record, map);
    if (symbol != null) {
      int endpoint = record.site().program().endpoint();
      return refs.computeIfAbsent(endpoint, _ -> new HashMap<>())
          .computeIfAbsent(symbol, s -> ref(s, endpoint));
    }
    String name =
        map instanceof TraceSite.MapRef.InnerOf(String outer)
            ? "inner map of " + outer
            : "unknown map";
    return new MapRef(MapRole.OTHER, 0, name);
  }

  /** The map of a symbol in one endpoint's instance. */
  public static MapRef ref(String symbol, int endpoint) {
    MapRole role = MapRole.ofSymbol(symbol);
    return role == MapRole.OTHER ? new MapRef(role, 0, symbol) : MapRef.of(role, endpoint);
  }

  /** Where a run's cell lies. */
  static RawRun.Cell cell(LoadPlan.MapId map, byte[] key) {
    return new RawRun.Cell(map, key, null);
  }
}
