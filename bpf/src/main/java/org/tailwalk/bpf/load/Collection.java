// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.load;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tailwalk.bpf.elf.Bytes;
import org.tailwalk.bpf.elf.CollectionSpec;
import org.tailwalk.bpf.elf.InnerMaps;
import org.tailwalk.bpf.elf.MapEntry;
import org.tailwalk.bpf.elf.MapShape;
import org.tailwalk.bpf.elf.MapSpec;
import org.tailwalk.bpf.elf.MapType;
import org.tailwalk.bpf.elf.ProgArraySlot;
import org.tailwalk.bpf.elf.ProgramSpec;
import org.tailwalk.bpf.insn.CodeException;
import org.tailwalk.bpf.insn.EncodedCode;
import org.tailwalk.bpf.sys.Bpf;
import org.tailwalk.bpf.sys.Fd;
import org.tailwalk.bpf.sys.SysException;

/**
 * The loaded programs and maps of one {@link CollectionSpec}. Maps given as shared belong to
 * someone else and outlive it. Closing empties nothing by hand: the kernel frees what no descriptor
 * holds.
 */
public final class Collection implements AutoCloseable {
  private final Map<String, BpfMap> maps;
  private final Map<String, BpfMap> owned;
  private final Map<String, Program> programs;

  private Collection(
      Map<String, BpfMap> maps, Map<String, BpfMap> owned, Map<String, Program> programs) {
    this.maps = Collections.unmodifiableMap(maps);
    this.owned = owned;
    this.programs = Collections.unmodifiableMap(programs);
  }

  /**
   * Creates the maps, loads the programs and wires the program arrays.
   *
   * @param shared maps by symbol that are used instead of being created
   * @throws LoadException with a path: {@code load "lxc.o": map "cilium_lxc": …}
   */
  public static Collection load(CollectionSpec spec, Map<String, BpfMap> shared)
      throws LoadException {
    Map<String, BpfMap> owned = new LinkedHashMap<>();
    Map<String, Program> programs = new LinkedHashMap<>();
    boolean done = false;
    try {
      Map<String, BpfMap> maps = new LinkedHashMap<>(shared);
      try (@Nullable Fd btf = loadBtf(spec)) {
        for (MapSpec map : spec.maps()) {
          if (!shared.containsKey(map.name())) {
            BpfMap created = createMap(map, btf);
            owned.put(map.name(), created);
            maps.put(map.name(), created);
          }
        }
        for (MapSpec map : spec.maps()) {
          BpfMap outer = owned.get(map.name());
          if (outer != null && map.inner().isPresent()) {
            fillInner(outer, map.inner().get(), maps);
          }
        }
        for (ProgramSpec program : spec.programs()) {
          programs.put(program.name(), loadProgram(spec, program, maps, btf));
        }
      }
      Collection loaded = new Collection(maps, owned, programs);
      for (ProgramSpec program : spec.programs()) {
        for (ProgArraySlot slot : program.slots()) {
          loaded.wire(slot, program.name());
        }
      }
      done = true;
      return loaded;
    } catch (SysException e) {
      throw new LoadException("load \"" + spec.name() + "\"", e);
    } catch (VerifierException e) {
      throw e.within("load \"" + spec.name() + "\"");
    } catch (LoadException e) {
      throw new LoadException("load \"" + spec.name() + "\": " + e.getMessage(), e.errno());
    } finally {
      if (!done) {
        programs.values().forEach(Program::close);
        owned.values().forEach(BpfMap::close);
      }
    }
  }

  private static @Nullable Fd loadBtf(CollectionSpec spec) throws SysException {
    if (spec.btf().isEmpty()) {
      return null;
    }
    return Bpf.loadBtf(spec.btf().get().encode());
  }

  /** Creates a map with its initial contents, alone: for maps that several collections share. */
  public static BpfMap createMap(MapSpec map) throws LoadException {
    return createMap(map, null);
  }

  private static BpfMap createMap(MapSpec map, @Nullable Fd btf) throws LoadException {
    int entries = map.maxEntries();
    if (map.type() == MapType.PERF_EVENT_ARRAY && entries == 0) {
      entries = Cpus.possible();
    }
    int flags = map.flags() | (map.type() == MapType.LPM_TRIE ? MapShape.NO_PREALLOC : 0);
    boolean typed = btf != null && map.btfValueType() != 0;
    BpfMap created;
    try (@Nullable BpfMap template = innerTemplate(map)) {
      created =
          BpfMap.create(
              map.name(),
              new Bpf.MapAttr(
                  map.type(),
                  map.keySize(),
                  map.valueSize(),
                  entries,
                  flags,
                  map.kernelName(),
                  template == null ? null : template.fd(),
                  typed ? btf : null,
                  typed ? map.btfKeyType() : 0,
                  typed ? map.btfValueType() : 0));
    }
    try {
      for (MapEntry entry : map.contents()) {
        created.update(entry.key().toArray(), forUser(created, entry.value()));
      }
      if (map.frozen()) {
        created.freeze();
      }
      return created;
    } catch (LoadException e) {
      created.close();
      throw e;
    }
  }

  // The value of a per-CPU map is given once and holds for every CPU.
  private static byte[] forUser(BpfMap map, Bytes value) {
    byte[] all = new byte[map.userValueSize()];
    byte[] one = value.toArray();
    int stride = MapType.isPerCpu(map.type()) ? (map.valueSize() + 7) / 8 * 8 : all.length;
    for (int at = 0; at < all.length; at += stride) {
      System.arraycopy(one, 0, all, at, one.length);
    }
    return all;
  }

  private static @Nullable BpfMap innerTemplate(MapSpec map) throws LoadException {
    if (map.inner().isEmpty()) {
      return null;
    }
    return createMap(MapSpec.added(map.name() + ".inner", map.inner().get().shape()), null);
  }

  private static void fillInner(BpfMap outer, InnerMaps inner, Map<String, BpfMap> maps)
      throws LoadException {
    for (Map.Entry<Integer, String> slot : inner.initial().entrySet()) {
      BpfMap target = maps.get(slot.getValue());
      if (target == null) {
        throw new LoadException(
            "map \"%s\": slot %d wants map \"%s\", which the object does not have"
                .formatted(outer.name(), slot.getKey(), slot.getValue()),
            0);
      }
      outer.putFd(slot.getKey(), target.fd());
    }
  }

  private static Program loadProgram(
      CollectionSpec spec, ProgramSpec program, Map<String, BpfMap> maps, @Nullable Fd btf)
      throws LoadException {
    EncodedCode code;
    try {
      code =
          program.encode(symbol -> {
            BpfMap map = maps.get(symbol);
            if (map == null) {
              throw new CodeException("no map \"" + symbol + "\"");
            }
            return map.fd().number();
          });
    } catch (CodeException e) {
      throw new LoadException("program \"" + program.name() + "\": " + e.getMessage(), 0);
    }
    boolean typed = btf != null && code.funcInfo().length > 0;
    return Program.load(
        new Bpf.ProgAttr(
            program.type().number(),
            code.instructions(),
            spec.license(),
            program.name(),
            0,
            typed ? btf : null,
            code.funcInfo(),
            code.lineInfo()));
  }

  private void wire(ProgArraySlot slot, String program) throws LoadException {
    BpfMap array = maps.get(slot.map());
    if (array == null) {
      throw new LoadException(
          "program \"" + program + "\": its slot is in \"" + slot.map() + "\", which is no map", 0);
    }
    array.putFd(slot.index(), program(program).fd());
  }

  /** The program of that name. */
  public Program program(String name) {
    Program program = programs.get(name);
    if (program == null) {
      throw new IllegalArgumentException("no program \"" + name + "\" in " + programs.keySet());
    }
    return program;
  }

  /** The map of that symbol, shared or its own. */
  public Optional<BpfMap> map(String symbol) {
    return Optional.ofNullable(maps.get(symbol));
  }

  public Set<String> mapNames() {
    return maps.keySet();
  }

  /** The maps that close with this collection. */
  public java.util.Collection<BpfMap> ownMaps() {
    return Collections.unmodifiableCollection(owned.values());
  }

  @Override
  public void close() {
    programs.values().forEach(Program::close);
    owned.values().forEach(BpfMap::close);
  }
}
