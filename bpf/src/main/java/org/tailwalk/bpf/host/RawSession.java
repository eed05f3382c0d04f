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

  /**
   * Runs packets one after the other with nothing read again between them; the throughput path. The
   * requests are made on the caller's thread while earlier ones run; the sink is called on the
   * kernel's.
   */
  void runAll(Iterator<RunRequest> requests, Consumer<RawRun> sink) throws LoadException;

  /** Does work on the kernel's thread, where calls of this session cross to no other. */
  void together(Runnable work);

  /** Writes to maps and program arrays, in order. */
  void write(List<MapWrite> writes) throws LoadException;

  /** All elements; empty for a map the session does not have. */
  List<BpfMap.Entry> entries(LoadPlan.MapId map) throws LoadException;

  /** Index, in a per-CPU value, of the CPU that programs run on. */
  int cpu();

  /** The kernel's numbers of a program and of the maps it reports through. */
  KernelIds ids(LoadPlan.ProgramId program) throws LoadException;

  @Override
  void close();
}
