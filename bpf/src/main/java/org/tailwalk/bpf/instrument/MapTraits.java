// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.instrument;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.tailwalk.bpf.btf.Btf;
import org.tailwalk.bpf.btf.BtfType;
import org.tailwalk.bpf.elf.CollectionSpec;
import org.tailwalk.bpf.elf.MapSpec;
import org.tailwalk.bpf.elf.MapType;
import org.tailwalk.bpf.insn.Origin;

/** What trace points must know of the maps that a call may use. */
final class MapTraits {
  private final CollectionSpec spec;

  MapTraits(CollectionSpec spec) {
    this.spec = spec;
  }

  /** A size in bytes, or the reason why there is none. */
  record Size(int bytes, String reason) {
    static Size unknown(String reason) {
      return new Size(0, reason);
    }

    boolean known() {
      return reason.isEmpty();
    }
  }

  Size keySize(Origin pointer) {
    return common(pointer, true);
  }

  /** Size of values that may be read through a lookup's pointer or an update's argument. */
  Size valueSize(Origin pointer) {
    return common(pointer, false);
  }

  private Size common(Origin pointer, boolean key) {
    String what = key ? "key" : "value";
    int size = -1;
    for (MapSpec map : candidates(pointer)) {
      if (!key && !MapType.holdsPlainValues(map.type())) {
        return Size.unknown("a " + MapType.name(map.type()) + " holds no plain values");
      }
      if (!key && holdsKernelObjects(map)) {
        return Size.unknown("the value holds a lock, timer or kernel pointer");
      }
      int bytes = key ? map.keySize() : map.valueSize();
      if (size >= 0 && bytes != size) {
        return Size.unknown("several maps with " + what + "s of different sizes");
      }
      size = bytes;
    }
    return size <= 0
        ? Size.unknown("the map, and so the %s's size, is unknown".formatted(what))
        : new Size(size, "");
  }

  /** The maps that a map pointer may mean, inner maps by their template; none if unknown. */
  private List<MapSpec> candidates(Origin pointer) {
    List<MapSpec> result = new ArrayList<>();
    switch (pointer) {
      case Origin.MapPointer(Set<String> names) ->
          names.forEach(name -> spec.map(name).ifPresent(result::add));
      case Origin.Found(Set<String> outers, int offset) when offset == 0 ->
          outers.forEach(outer ->
              spec.map(outer)
                  .flatMap(MapSpec::inner)
                  .ifPresent(i -> result.add(MapSpec.added(outer, i.shape()))));
      case Origin.Found _, Origin.Unknown _, Origin.Stack _, Origin.MapValueAddress _ -> {}
    }
    return result;
  }

  /** Programs may not read these members, so neither may a trace point. */
  private boolean holdsKernelObjects(MapSpec map) {
    return spec.btf().isPresent()
        && map.btfValueType() != 0
        && holds(spec.btf().get(), map.btfValueType(), new HashSet<>());
  }

  private static boolean holds(Btf btf, int id, Set<Integer> seen) {
    if (!seen.add(id)) {
      return false;
    }
    return switch (btf.type(id).orElse(null)) {
      case BtfType.Composite struct ->
          FORBIDDEN.contains(struct.name().text())
              || struct.members().stream().anyMatch(m -> holds(btf, m.type(), seen));
      case BtfType.Typedef t -> holds(btf, t.target(), seen);
      case BtfType.Modifier t -> holds(btf, t.target(), seen);
      case BtfType.Array t -> holds(btf, t.element(), seen);
      case BtfType.Pointer t -> btf.type(t.target()).orElse(null) instanceof BtfType.TypeTag;
      case null, default -> false;
    };
  }

  private static final Set<String> FORBIDDEN =
      Set.copyOf(
          List.of(
              "bpf_spin_lock",
              "bpf_res_spin_lock",
              "bpf_timer",
              "bpf_wq",
              "bpf_task_work",
              "bpf_list_head",
              "bpf_list_node",
              "bpf_rb_root",
              "bpf_rb_node",
              "bpf_refcount"));
}
