// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.elf;

import java.util.HashMap;
import java.util.Map;

/**
 * What a map in maps holds.
 *
 * @param shape of every inner map: the template BPF_MAP_CREATE wants
 * @param initial slot → symbol of a map of the same object
 */
public record InnerMaps(MapShape shape, Map<Integer, String> initial) {
  public InnerMaps {
    initial = Map.copyOf(initial);
  }

  InnerMaps renamed(String from, String to) {
    Map<Integer, String> changed = new HashMap<>(initial);
    changed.replaceAll((_, map) -> map.equals(from) ? to : map);
    return new InnerMaps(shape, changed);
  }
}
