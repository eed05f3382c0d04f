// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.datapath.program;

import org.tailwalk.datapath.context.Returns;
import org.tailwalk.datapath.kernel.LoadedProgram;
import org.tailwalk.datapath.kernel.ProgArray;
import org.tailwalk.datapath.kernel.Program;
import org.tailwalk.datapath.kernel.Run;
import org.tailwalk.event.ProgramRef;

/**
 * Two programs that know nothing of an endpoint: an entry that calls slot 0 of a program array, and
 * the program in that slot, which counts in {@code cb[0]} and calls the slot again. What ends the
 * loop is the kernel's budget of 33 calls a packet; the 34th falls through.
 */
final class Looper {
  private static final int LOOP_SLOT = 0;

  private final LoadedProgram entry;
  private final LoadedProgram loop;

  /**
   * The two programs of an endpoint.
   *
   * @param jumps the node's one array; its slot leads to this endpoint's program afterwards
   */
  Looper(int endpoint, ProgArray jumps) {
    this.loop =
        new LoadedProgram(
            new ProgramRef(endpoint, "42/0", "loop"),
            "loop",
            "42/0",
            run -> {
              run.skb().cb(0, run.skb().cb(0) + 1);
              return call(run, jumps, 0);
            });
    this.entry =
        new LoadedProgram(
            new ProgramRef(endpoint, "classifier", "entry"),
            "entry",
            "classifier",
            run -> {
              run.skb().cb(0, 0);
              return call(run, jumps, Returns.DROP);
            });
    jumps.wire(LOOP_SLOT, loop);
  }

  private static int call(Run run, ProgArray jumps, int otherwise) {
    return run.tailCall(jumps, LOOP_SLOT) ? Program.TAKEN : otherwise;
  }

  LoadedProgram entry() {
    return entry;
  }

  LoadedProgram loop() {
    return loop;
  }
}
