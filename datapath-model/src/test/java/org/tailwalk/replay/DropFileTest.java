// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.tailwalk.event.ContextState;
import org.tailwalk.event.MapRef;
import org.tailwalk.event.MapRole;
import org.tailwalk.event.Notification;
import org.tailwalk.event.PathEvent;
import org.tailwalk.event.PathTrace;
import org.tailwalk.event.ProgramRef;
import org.tailwalk.event.SourceRef;
import org.tailwalk.event.Step;
import org.tailwalk.event.Verdict;
import org.tailwalk.packet.Bytes;

/** What the monitor and Hubble tell of a drop event's file. */
class DropFileTest {
  private static final ProgramRef ENTRY = new ProgramRef(100, "from-container");
  private static final ProgramRef POLICY = new ProgramRef(100, "2/11");
  private static final ProgramRef TELLER = new ProgramRef(100, "2/1");

  private static Step step(PathEvent event, String file) {
    return new Step(event, file.isEmpty() ? null : new SourceRef("f", 0, file, 26, ""));
  }

  private static Notification.Drop drop(int file) {
    return new Notification.Drop(100, 133, 60, 1, 2, 100, 52, file, 0, 1, Bytes.empty());
  }

  /** The entry calls the policy program, which calls the one that tells of the drop. */
  private static PathTrace trace(PathEvent.Notified told, boolean lines) {
    MapRef calls = MapRef.of(MapRole.CALLS, 100);
    return new PathTrace(
        List.of(
            step(new PathEvent.Entered(ENTRY, ContextState.ZERO), lines ? "./lxc/entry.h" : ""),
            step(new PathEvent.TailCallTaken(ENTRY, calls, 11), ""),
            step(new PathEvent.Entered(POLICY, ContextState.ZERO), lines ? "./lxc/policy.h" : ""),
            step(new PathEvent.TailCallTaken(POLICY, calls, 1), lines ? "./lib/drop.h" : ""),
            step(new PathEvent.Entered(TELLER, ContextState.ZERO), lines ? "./lib/drop.h" : ""),
            step(told, ""),
            step(new PathEvent.Returned(TELLER, 2), ""),
            step(new PathEvent.VerdictReached(new Verdict.Dropped()), "")),
        2,
        Bytes.empty(),
        ContextState.ZERO,
        List.of());
  }

  @Test
  void theFileIsTheOneOfTheProgramThatDropped() {
    record Case(String what, int number, boolean lines, String file) {}

    for (Case c :
        List.of(
            new Case("whoever tells of it", 2, true, "lxc/policy.h"),
            new Case("no lines are known", 2, false, "bpf_lxc.c"),
            new Case("a header's own number", 104, true, "icmp6.h"))) {
      PathEvent.Notified told = new PathEvent.Notified(TELLER, drop(c.number));
      PathTrace trace = trace(told, c.lines);
      assertThat(DropFile.of(trace, told)).as(c.what).contains(c.file);
      assertThat(MonitorText.line(trace, told)).contains("file " + c.file + ":52,");
    }
  }

  @Test
  void anUnknownNumberStaysANumber() {
    PathEvent.Notified told = new PathEvent.Notified(TELLER, drop(177));
    PathTrace trace = trace(told, true);
    assertThat(DropFile.of(trace, told)).isEqualTo(Optional.empty());
    assertThat(MonitorText.line(trace, told)).contains("file 177:52,");
  }
}
