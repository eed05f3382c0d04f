// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.tailwalk.bpf.elf.CollectionSpec;
import org.tailwalk.bpf.elf.DataVariable;
import org.tailwalk.bpf.elf.MapOrigin;
import org.tailwalk.bpf.elf.MapSpec;
import org.tailwalk.bpf.elf.MapType;
import org.tailwalk.bpf.elf.ProgArraySlot;
import org.tailwalk.bpf.elf.ProgramSpec;
import org.tailwalk.bpf.insn.Codec;
import org.tailwalk.event.Hook;

/**
 * What an object says of itself, and what a replay makes of it. Pure: nothing is loaded.
 *
 * @param name the file's name, or the bundled datapath's
 * @param license as the object gives it
 * @param btf whether it has types
 * @param programs in the order of their sections
 * @param maps in the order of their declaration
 * @param variables configuration in data sections
 */
public record ObjectInspection(
    String name,
    String license,
    boolean btf,
    List<Program> programs,
    List<DeclaredMap> maps,
    List<Variable> variables) {
  /** Keeps its own copies. */
  public ObjectInspection {
    programs = List.copyOf(programs);
    maps = List.copyOf(maps);
    variables = List.copyOf(variables);
  }

  /**
   * A program.
   *
   * @param hooks where a replay's packets enter by it: {@code from-container} and such
   * @param slots where the loader puts it before the first packet
   * @param calls its tail calls
   * @param template whether its section is renamed for each endpoint
   */
  public record Program(
      String name,
      String section,
      int instructions,
      List<String> hooks,
      List<ProgArraySlot> slots,
      List<TailCall> calls,
      boolean template) {
    /** Keeps its own copies. */
    public Program {
      hooks = List.copyOf(hooks);
      slots = List.copyOf(slots);
      calls = List.copyOf(calls);
    }
  }

  /**
   * A tail call.
   *
   * @param slot -1 when it is computed
   * @param target the program that the object puts there; empty when it puts none
   */
  public record TailCall(String map, long slot, String target) {}

  /**
   * A map.
   *
   * @param declared legacy, btf or data
   * @param id the legacy id that sections {@code ID/KEY} refer to; 0 for none
   * @param pinning the word as it stands
   * @param pinned what a loader makes of the word
   * @param replay what a replay makes of it
   * @param template whether its name is replaced for each endpoint
   */
  public record DeclaredMap(
      String name,
      String type,
      int keySize,
      int valueSize,
      int maxEntries,
      int flags,
      String declared,
      int id,
      int pinning,
      String pinned,
      String replay,
      boolean template) {}

  /**
   * A variable.
   *
   * @param substituted what a replay puts there for each endpoint; empty: it stays as compiled
   */
  public record Variable(String name, String section, int offset, int size, String substituted) {}

  private static List<String> hooks(String program, Map<String, String> entries) {
    return Arrays.stream(Hook.values())
        .map(Hook::programId)
        .filter(hook -> program.equals(entries.get(hook)))
        .toList();
  }

  /** Reads an object's own words. */
  public static ObjectInspection of(CollectionSpec spec) {
    List<Program> programs = new ArrayList<>();
    Map<String, String> entries = RequestMaker.entries(spec);
    for (ProgramSpec program : spec.programs()) {
      programs.add(
          new Program(
              program.name(),
              program.section(),
              Codec.slots(program.code()),
              hooks(program.name(), entries),
              program.slots(),
              TailCallGraph.calls(spec, program),
              program.section().endsWith(EndpointSubstitution.TEMPLATE_SLOT)));
    }
    List<DeclaredMap> maps = spec.maps().stream().map(ObjectInspection::map).toList();
    List<Variable> variables =
        spec.variables().stream()
            .map((DataVariable v) ->
                new Variable(
                    v.name(),
                    v.map(),
                    v.offset(),
                    v.size(),
                    EndpointSubstitution.meaning(v.name())))
            .toList();
    return new ObjectInspection(
        spec.name(), spec.license(), spec.btf().isPresent(), programs, maps, variables);
  }

  private static DeclaredMap map(MapSpec map) {
    int id = 0;
    int pinning = 0;
    String declared;
    String pinned;
    switch (map.origin()) {
      case MapOrigin.Legacy legacy -> {
        declared = "legacy";
        id = legacy.id();
        pinning = legacy.pinning();
        pinned = legacyPin(map.name(), pinning);
      }
      case MapOrigin.Btf btf -> {
        declared = "btf";
        pinning = btf.pinning();
        pinned =
            pinning == 0
                ? "none: it lives as long as a program or a descriptor holds it"
                : "by name (LIBBPF_PIN_BY_NAME): in the bpf file system as " + map.name();
      }
      case MapOrigin.Data _ -> {
        declared = "data";
        pinned = "none: a section of the object";
      }
      case MapOrigin.Added _ -> {
        declared = "added";
        pinned = "none";
      }
    }
    boolean template = map.name().endsWith("_" + EndpointSubstitution.TEMPLATE_ID);
    return new DeclaredMap(
        map.name(),
        MapType.name(map.type()),
        map.keySize(),
        map.valueSize(),
        map.maxEntries(),
        map.flags(),
        declared,
        id,
        pinning,
        pinned,
        inReplay(map, template),
        template);
  }

  /** The word of {@code bpf_elf_map.pinning} as iproute2 takes it. */
  private static String legacyPin(String name, int word) {
    return switch (word) {
      case 0 ->
          "none (PIN_NONE): it lives as long as a program or a descriptor holds it; a program array"
              + " loses its slots when the last descriptor is closed";
      case 1 ->
          "object namespace (PIN_OBJECT_NS): /sys/fs/bpf/tc/<hash of the object>/%s, found again by"
                  .formatted(name)
              + " loads of the same file only";
      case 2 ->
          "global namespace (PIN_GLOBAL_NS): /sys/fs/bpf/tc/globals/%s, shared by every object that"
                  .formatted(name)
              + " names it so";
      default ->
          "a place of the machine's own: number %d of /etc/iproute2/bpf_pinning".formatted(word);
    };
  }

  private static String inReplay(MapSpec map, boolean template) {
    if (map.origin() instanceof MapOrigin.Data) {
      return "folded into the instructions where it is read by address, else one for each endpoint";
    }
    if (template) {
      return "one for each endpoint, called by its id; not pinned";
    }
    return SessionPlan.isShared(map)
        ? "one for all endpoints of the session, as a pin would have it; not pinned"
        : "one for each endpoint; not pinned";
  }

  /** Symbols that a replay would not find where the agent of a node asks for them. */
  public List<String> missingForTemplate() {
    TreeSet<String> missing = new TreeSet<>(EndpointSubstitution.SYMBOLS.keySet());
    variables.forEach(v -> missing.remove(v.name()));
    return List.copyOf(missing);
  }
}
