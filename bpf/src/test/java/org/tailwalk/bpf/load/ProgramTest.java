// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.tailwalk.bpf.KernelObjects;
import org.tailwalk.bpf.Privilege;
import org.tailwalk.bpf.elf.MapType;
import org.tailwalk.bpf.sys.Bpf.MapAttr;
import org.tailwalk.bpf.sys.Errno;
import org.tailwalk.bpf.sys.PerfRing;
import org.tailwalk.bpf.sys.TestRun;

@Tag("kernel")
@ExtendWith(Privilege.class)
class ProgramTest {
  private static final int CTX_MARK = 8;
  private static final int CTX_CB0 = 48;

  @Test
  void runsWithContextAndReturnsSignedCodes() throws IOException {
    // cb[1] = mark; mark = 7; return -137
    Asm code =
        new Asm()
            .op(0x61, 2, 1, CTX_MARK, 0)
            .op(0x63, 1, 2, CTX_CB0 + 4, 0)
            .mov(2, 7)
            .op(0x63, 1, 2, CTX_MARK, 0)
            .mov(0, -137)
            .exit();
    try (Program program = Program.load(code.program("ctx"));
        TestRun run = new TestRun()) {
      run.context().putInt(CTX_MARK, 0xdead);
      run.input().putByte(20, 0x5a);
      assertThat(run.run(program.fd(), 60)).isZero();
      assertThat(run.returnCode()).isEqualTo(-137);
      assertThat(run.contextOut().getInt(CTX_MARK)).isEqualTo(7);
      assertThat(run.contextOut().getInt(CTX_CB0 + 4)).isEqualTo(0xdead);
      assertThat(run.outputLength()).isEqualTo(60);
      assertThat(run.output().getByte(20)).isEqualTo((byte) 0x5a);
      assertThat(run.run(program.fd(), 13)).isEqualTo(Errno.EINVAL);
      run.context().putInt(40, 999_999);
      assertThat(run.run(program.fd(), 60)).isEqualTo(Errno.ENODEV);
    }
  }

  @Test
  void tailCallsGoThroughTheArrayAndFallThroughAnEmptySlot() throws IOException {
    try (BpfMap calls =
            BpfMap.create("calls", MapAttr.plain(MapType.PROG_ARRAY, 4, 4, 4, 0, "calls"));
        Program target = Program.load(new Asm().mov(0, 42).exit().program("target"));
        Program entry =
            Program.load(
                new Asm()
                    .loadMap(2, calls.fd())
                    .mov(3, 1)
                    .call(12)
                    .mov(0, 5)
                    .exit()
                    .program("entry"));
        TestRun run = new TestRun()) {
      assertThat(run.run(entry.fd(), 60)).isZero();
      assertThat(run.returnCode()).isEqualTo(5);
      calls.putFd(1, target.fd());
      assertThat(run.run(entry.fd(), 60)).isZero();
      assertThat(run.returnCode()).isEqualTo(42);
      assertThat(calls.removeFd(1)).isTrue();
      assertThat(calls.removeFd(1)).isFalse();
      assertThat(run.run(entry.fd(), 60)).isZero();
      assertThat(run.returnCode()).isEqualTo(5);
    }
  }

  @Test
  void perfRecordsComeInOrderAndWrapAround() throws IOException {
    Asm code =
        new Asm()
            .op(0x61, 6, 1, CTX_MARK, 0) // r6 = mark
            .op(0x63, 10, 6, -8, 0); // *(u32*)(fp-8) = r6
    try (BpfMap events =
            BpfMap.create(
                "events",
                MapAttr.plain(MapType.PERF_EVENT_ARRAY, 4, 4, Cpus.possible(), 0, "events"));
        Program program =
            Program.load(
                code.loadMap(2, events.fd())
                    .op(0x18, 3, 0, 0, -1) // BPF_F_CURRENT_CPU in the low word,
                    .op(0, 0, 0, 0, 100) // 100 bytes of packet in the high one
                    .movReg(4, 10)
                    .op(0x07, 4, 0, 0, -8)
                    .mov(5, 4)
                    .call(25)
                    .exit()
                    .program("perf"));
        TestRun run = new TestRun()) {
      List<PerfRing> rings = new ArrayList<>();
      for (int cpu = 0; cpu < Cpus.possible(); cpu++) {
        rings.add(PerfRing.open(cpu, 1));
        events.putFd(cpu, rings.get(cpu).fd());
      }
      List<Integer> marks = new ArrayList<>();
      run.input().putByte(99, 0x77);
      for (int i = 0; i < 200; i++) {
        run.context().putInt(CTX_MARK, i);
        assertThat(run.run(program.fd(), 120)).isZero();
        assertThat(run.returnCode()).isZero();
        for (PerfRing ring : rings) {
          ring.drain(data -> {
            assertThat(data.length).isGreaterThanOrEqualTo(104);
            assertThat(data[103]).isEqualTo((byte) 0x77);
            marks.add(data[0] & 0xff);
          });
        }
      }
      assertThat(marks).hasSize(200).isSorted();
      rings.forEach(PerfRing::close);
    }
  }

  @Test
  void verifierRefusalOpensWithWhatMatters() {
    assertThatThrownBy(() -> Program.load(new Asm().exit().program("noreturn")))
        .isInstanceOfSatisfying(
            VerifierException.class,
            e -> {
              assertThat(e).hasMessageStartingWith("program \"noreturn\": verifier: R0 !read_ok");
              assertThat(e.log()).contains("processed");
              assertThat(e.errno()).isEqualTo(Errno.EACCES);
            });
  }

  @Test
  void lastUsefulLinesSkipStatisticsAndKeepTheInstruction() {
    String log =
        """
        func#0 @0
        ; ret = bpf_skb_load_bytes(skb, off, buf, len); @ lxc.bpf.c:120
        5: (85) call bpf_skb_load_bytes#26
        R4 min value is negative, either use unsigned or 'var &= const'
        processed 6 insns (limit 1000000) max_states_per_insn 0 total_states 0
        """;
    assertThat(VerifierException.lastUseful(log))
        .containsExactly(
            "R4 min value is negative, either use unsigned or 'var &= const'",
            "5: (85) call bpf_skb_load_bytes#26");
    assertThat(VerifierException.sourceLine(log))
        .hasValue("ret = bpf_skb_load_bytes(skb, off, buf, len); @ lxc.bpf.c:120");
  }

  @Test
  void closingLeavesNothing() throws IOException, InterruptedException {
    Program.load(new Asm().mov(0, 0).exit().program("warmup")).close();
    long before = KernelObjects.descriptors();
    KernelObjects held;
    try (BpfMap map = BpfMap.create("leak", MapAttr.plain(MapType.HASH, 4, 4, 4, 0, "leak"));
        Program program = Program.load(new Asm().mov(0, 0).exit().program("leak"));
        PerfRing ring = PerfRing.open(0, 1)) {
      held = KernelObjects.held();
      assertThat(held.maps()).contains(map.id());
      assertThat(held.programs()).contains(program.id());
      assertThat(ring.lost()).isZero();
    }
    assertThat(held.remaining().isEmpty()).isTrue();
    assertThat(KernelObjects.descriptors()).isEqualTo(before);
  }
}
