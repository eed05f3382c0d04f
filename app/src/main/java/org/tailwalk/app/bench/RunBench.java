// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.bench;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import org.tailwalk.app.session.Annotations;
import org.tailwalk.app.session.Breakpoint;
import org.tailwalk.app.window.MainViewModel;
import org.tailwalk.app.window.MainWindow;

/**
 * How long running to a breakpoint, and back to one, takes at worst: through all packets, none of
 * which it stops in. What is kept of the packets decides all but the last kind, for which all run
 * again.
 */
final class RunBench {
  private final MainWindow window;
  private final MainViewModel model;
  private final PrintWriter out;

  /**
   * A breakpoint that stops nowhere.
   *
   * @param perPacket microseconds that a packet may take; 0 where that is the engines' affair
   */
  private record Never(String what, Breakpoint.On on, String condition, double perPacket) {}

  private static final List<Never> NEVER =
      List.of(
          new Never(
              "a map's key",
              new Breakpoint.MapEntry("", "no such key", Breakpoint.Access.ANY),
              "",
              5),
          new Never("a condition on bytes", new Breakpoint.Packet(), "ip.ttl == 3", 20),
          new Never(
              "a condition on steps", new Breakpoint.Packet(), "step contains \"nowhere\"", 0));

  RunBench(MainWindow window, MainViewModel model, PrintWriter out) {
    this.window = window;
    this.model = model;
    this.out = out;
  }

  /** Over what is open. */
  void measure() throws InterruptedException, ExecutionException {
    int rows = UiBench.rows(model);
    for (Never never : NEVER) {
      UiBench.on(() -> {
        model
            .annotations()
            .set(
                Annotations.NONE.withBreakpoints(
                    List.of(new Breakpoint(1, true, never.on, never.condition))));
        return true;
      });
      run(never, "run to ", "breakpoints.next", 1, rows);
      run(never, "run back to ", "breakpoints.previous", rows, rows);
    }
    UiBench.on(() -> {
      model.annotations().set(Annotations.NONE);
      return true;
    });
  }

  private void run(Never never, String way, String action, int from, int rows)
      throws InterruptedException, ExecutionException {
    UiBench.on(() -> {
      model.goTo(from);
      return true;
    });
    UiBench.settle(model);
    long start = System.nanoTime();
    UiBench.on(() -> {
      window.actions().find(action).orElseThrow().run().run();
      return true;
    });
    UiBench.settle(model);
    double took = (System.nanoTime() - start) / 1e6;
    if (never.perPacket > 0) {
      double target = Math.max(UiBench.JUMP, never.perPacket * rows / 1e3);
      UiBench.line(out, way + never.what + ", ms", took, "at most", target, false);
    } else {
      out.printf(Locale.ROOT, "%-44s %8.1f%n", way + never.what + ", ms", took);
      out.flush();
    }
  }
}
