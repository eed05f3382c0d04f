// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tailwalk.bpf.host.RunRequest.Entry.DIRECT;
import static org.tailwalk.bpf.host.RunRequest.Entry.WRAPPED;

import java.io.IOException;
import java.net.NetworkInterface;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.tailwalk.bpf.KernelObjects;
import org.tailwalk.bpf.Privilege;
import org.tailwalk.bpf.sys.Errno;

@Tag("kernel")
@ExtendWith(Privilege.class)
class InProcessHostTest {
  private static RawRun run(RawSession session, RunRequest request) throws IOException {
    return session.run(request, RawRun.TouchReader.NONE);
  }

  @Test
  void wrapperTrimsAndShowsHiddenFields() throws IOException {
    try (KernelHost host = InProcessHost.open();
        RawSession session = host.load(Specs.plan(true, Specs.fields()))) {
      RawRun cut = run(session, Specs.request("fields", WRAPPED, 34, 20, 0, Specs.context(1, 3)));
      assertThat(cut.errno()).isZero();
      assertThat(cut.missed()).isFalse();
      assertThat(cut.frame()).hasSize(20);
      assertThat(cut.returnCode()).isEqualTo(3);
      assertThat(cut.context().tcIndex()).isEqualTo(20);
      assertThat(cut.packetTypeBefore()).isEqualTo(3);
      assertThat(cut.context().packetType()).isZero();
      RawRun whole = run(session, Specs.request("fields", WRAPPED, 60, 60, 0, Specs.context(1, 0)));
      assertThat(whole.context().tcIndex()).isEqualTo(60);
      RawRun direct = run(session, Specs.request("fields", DIRECT, 60, 60, 0, Specs.context(1, 0)));
      assertThat(direct.frame()).isEqualTo(whole.frame());
      RawRun tooShort =
          run(session, Specs.request("fields", DIRECT, 20, 20, 0, Specs.context(1, 0)));
      assertThat(tooShort.errno()).isEqualTo(Errno.EINVAL);
    }
  }

  @Test
  void everySpentTailCallIsMissingFromTheBudget() throws IOException {
    record Case(RunRequest.Entry entry, int burn, int hops) {}
    List<Case> cases =
        List.of(
            new Case(DIRECT, 0, 34),
            new Case(WRAPPED, 0, 33),
            new Case(WRAPPED, 1, 33),
            new Case(WRAPPED, 2, 32),
            new Case(WRAPPED, 33, 1));
    try (KernelHost host = InProcessHost.open();
        RawSession session = host.load(Specs.plan(true, Specs.looper()))) {
      for (Case c : cases) {
        RawRun run =
            run(session, Specs.request("looper", c.entry, 60, 60, c.burn, Specs.context(1, 0)));
        assertThat(run.missed()).as(c.toString()).isFalse();
        assertThat(run.returnCode()).as(c.toString()).isEqualTo(c.hops);
      }
      RawRun spent =
          run(session, Specs.request("looper", WRAPPED, 60, 60, 34, Specs.context(1, 0)));
      assertThat(spent.missed()).isTrue();
    }
  }

  @Test
  void interfacesExistInThePrivateNamespaceOnly() throws IOException {
    try (KernelHost host = InProcessHost.open();
        RawSession session = host.load(Specs.plan(false, Specs.fields()))) {
      RawRun run = run(session, Specs.request("fields", DIRECT, 60, 60, 0, Specs.context(11, 0)));
      assertThat(run.errno()).isZero();
      assertThat(run.context().ifindex()).isEqualTo(11);
      RawRun none = run(session, Specs.request("fields", DIRECT, 60, 60, 0, Specs.context(12, 0)));
      assertThat(none.errno()).isEqualTo(Errno.ENODEV);
      assertThat(NetworkInterface.getByName("pod11")).isNull();
    }
  }

  @Test
  void manyRunsGoInOneHandOver() throws IOException {
    try (KernelHost host = InProcessHost.open();
        RawSession session = host.load(Specs.plan(false, Specs.fields()))) {
      List<Integer> lengths = new ArrayList<>();
      session.runAll(
          IntStream.range(60, 100)
              .mapToObj(n -> Specs.request("fields", DIRECT, n, n, 0, Specs.context(1, 0)))
              .iterator(),
          run -> lengths.add(run.frame().length));
      assertThat(lengths).hasSize(40).isSorted().startsWith(60);
    }
  }

  @Test
  void closingLeavesNothing() throws IOException, InterruptedException {
    try (KernelHost host = InProcessHost.open()) {
      host.load(Specs.plan(true, Specs.looper())).close();
    }
    long before = KernelObjects.descriptors();
    KernelObjects held;
    try (KernelHost host = InProcessHost.open()) {
      RawSession session = host.load(Specs.plan(true, Specs.looper(), Specs.fields()));
      KernelObjects closed = KernelObjects.held();
      assertThat(closed.programs()).hasSize(4);
      session.close();
      session.close();
      assertThat(closed.remaining()).isEqualTo(KernelObjects.held());
      RunRequest late = Specs.request("fields", DIRECT, 60, 60, 0, Specs.context(1, 0));
      assertThatThrownBy(() -> run(session, late)).hasMessage("the session is closed");
      host.load(Specs.plan(true, Specs.fields()));
      held = KernelObjects.held();
      assertThat(held.programs()).hasSize(3);
    }
    assertThat(held.remaining().isEmpty()).isTrue();
    assertThat(KernelObjects.descriptors()).isEqualTo(before);
  }

  @Test
  void refusedProgramLeavesNothing() throws IOException {
    try (KernelHost host = InProcessHost.open()) {
      assertThatThrownBy(() ->
              host.load(
                  Specs.plan(
                      true,
                      Specs.fields(),
                      Specs.program("bad", new org.tailwalk.bpf.insn.Instruction.Exit()))))
          .hasMessageStartingWith("load \"test\": program \"bad\": verifier: R0 !read_ok");
      assertThat(KernelObjects.held().isEmpty()).isTrue();
    }
  }
}
