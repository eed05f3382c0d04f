// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.host;

import java.util.List;
import java.util.Set;
import org.tailwalk.bpf.elf.CollectionSpec;
import org.tailwalk.bpf.elf.MapSpec;
import org.tailwalk.packet.MacAddress;

/**
 * What a session consists of.
 *
 * @param shared maps that all instances use, by symbol, created once
 * @param instances one set of programs each; their maps that {@code shared} does not name are their
 *     own
 * @param eventMaps symbols of shared PERF_EVENT_ARRAY maps that the session listens to; all feed
 *     one ring, so that their records keep their order
 * @param interfaces devices to create in the host's namespace
 * @param wrap whether {@link RunRequest.Entry#WRAPPED} can be asked for
 */
public record LoadPlan(
    List<MapSpec> shared,
    List<CollectionSpec> instances,
    Set<String> eventMaps,
    List<Interface> interfaces,
    boolean wrap) {
  public LoadPlan {
    shared = List.copyOf(shared);
    instances = List.copyOf(instances);
    eventMaps = Set.copyOf(eventMaps);
    interfaces = List.copyOf(interfaces);
  }

  /** A device with a given index. */
  public record Interface(String name, int ifindex, MacAddress mac) {}

  /** Stands for the maps that no instance owns. */
  public static final int SHARED = -1;

  /**
   * One map of a session.
   *
   * @param instance index in {@link LoadPlan#instances}, or {@link #SHARED}
   */
  public record MapId(int instance, String symbol) {
    public static MapId shared(String symbol) {
      return new MapId(SHARED, symbol);
    }
  }

  /** One program of a session, by the name of its spec. */
  public record ProgramId(int instance, String program) {}
}
