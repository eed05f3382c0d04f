// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.host;

import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import org.tailwalk.bpf.load.BpfMap;
import org.tailwalk.bpf.load.LoadException;

/** Loaded programs and maps, addressed by the plan they came from. Calls are made in order. */
public interface RawSession extends AutoCloseable {
  /** Runs one packet and reads again what {@code touch} names. */
  RawRun run(RunRequest request, RawRun.TouchReader touch) throws LoadException;

  /** Runs packets one after the other with nothing between them; the throughput path. */
  void runAll(Iterator<RunRequest> requests, Consumer<RawRun> sink) throws LoadException;

  /** Stores an element; the value of a per-CPU map is given once and stored for every CPU. */
  void put(LoadPlan.MapId map, List<BpfMap.Entry> entries) throws LoadException;

  /** Deletes elements; those that are not there are passed over. */
  void delete(LoadPlan.MapId map, List<byte[]> keys) throws LoadException;

  /** All elements; empty for a map the session does not have. */
  List<BpfMap.Entry> entries(LoadPlan.MapId map) throws LoadException;

  /** Deletes all elements (an array's values become zeros). */
  void clear(LoadPlan.MapId map) throws LoadException;

  /** Points the event maps at the session's ring again, should someone else have taken the slot. */
  void listen() throws LoadException;

  /** Puts a program into a slot. */
  void fillSlot(LoadPlan.MapId array, int slot, LoadPlan.ProgramId program) throws LoadException;

  /** Empties a slot; an empty one stays so. */
  void emptySlot(LoadPlan.MapId array, int slot) throws LoadException;

  /** Index, in a per-CPU value, of the CPU that programs run on. */
  int cpu();

  /** The kernel's numbers of a program and of the maps it reports through. */
  KernelIds ids(LoadPlan.ProgramId program) throws LoadException;

  @Override
  void close();
}
