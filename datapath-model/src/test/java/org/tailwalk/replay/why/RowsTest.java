// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.replay.why;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tailwalk.event.ContextState;
import org.tailwalk.event.Notification;
import org.tailwalk.event.PathEvent;
import org.tailwalk.event.ProgramRef;
import org.tailwalk.event.SourceRef;
import org.tailwalk.packet.Bytes;

class RowsTest {
  private static final ProgramRef ENTRY =
      new ProgramRef(100, "from-container", "cil_from_container");
  private static final ProgramRef POLICY = new ProgramRef(100, "2/11", "tail_ipv4_policy");

  private static SourceRef line(String file, int line) {
    return new SourceRef("f", 0, file, line, "");
  }

  private static Rows.Row enters(ProgramRef program, SourceRef source) {
    return new Rows.Row(1, new PathEvent.Entered(program, ContextState.ZERO), source);
  }

  private static Rows.Row returns(ProgramRef program, SourceRef source) {
    return new Rows.Row(2, new PathEvent.Returned(program, 2), source);
  }

  private static Notification.Drop drop(int file) {
    return new Notification.Drop(100, 133, 60, 1, 2, 100, 52, file, 0, 1, Bytes.empty());
  }

  /** Number 2 stands for all programs of a pod, wherever the loaded object has them. */
  @Test
  void aDropIsToldOfTheFileThatItsProgramStandsIn() {
    Rows.Row hook = enters(ENTRY, line("lxc/from_container.h", 131));
    record Case(String name, List<Rows.Row> rows, int number, String file) {}

    for (Case c :
        List.of(
            new Case(
                "where it begins",
                List.of(
                    enters(POLICY, line("lxc/by_policy.h", 42)),
                    returns(POLICY, line("lib/metrics.h", 26))),
                2,
                "lxc/by_policy.h"),
            new Case(
                "begins with what was inlined",
                List.of(enters(POLICY, line("lib/ctx.h", 50)), returns(POLICY, line("./own.c", 9))),
                2,
                "own.c"),
            new Case(
                "no lines",
                List.of(enters(POLICY, new SourceRef("f", 0, null, 0, null))),
                2,
                "bpf_lxc.c"),
            new Case("a header's own number", List.of(hook), 104, "icmp6.h"),
            new Case("not seen to begin", List.of(), 2, "bpf_lxc.c"),
            new Case("an unknown number", List.of(), 77, "file 77"))) {
      List<Rows.Row> rows = new ArrayList<>(List.of(hook));
      rows.addAll(c.rows);
      assertThat(new Rows(rows).dropFile(POLICY, drop(c.number))).as(c.name).isEqualTo(c.file);
    }
  }
}
