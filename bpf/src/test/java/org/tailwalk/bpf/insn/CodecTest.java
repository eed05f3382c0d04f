// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.insn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CodecTest {
  private static final FunctionStart START = new FunctionStart("f", 0);

  private static List<CodeElement> decode(String hex) throws CodeException {
    return Decoder.decode(START, HexFormat.of().parseHex(hex.replace(" ", "")), Map.of(), Map.of());
  }

  private static String text(String hex) throws CodeException {
    return Disassembler.lines(decode(hex)).stream()
        .filter(DisassemblyLine.Code.class::isInstance)
        .map(l -> ((DisassemblyLine.Code) l).mnemonic())
        .findFirst()
        .orElseThrow();
  }

  @Test
  void readsAndWritesEveryForm() throws Exception {
    record Case(String hex, String text) {}
    for (Case c :
        List.of(
            new Case("bf16000000000000", "r6 = r1"),
            new Case("b701000005000000", "r1 = 5"),
            new Case("b4010000ffffffff", "w1 = -1"),
            new Case("0f21000000000000", "r1 += r2"),
            new Case("5701000000ff0000", "r1 &= 65280"),
            new Case("8701000000000000", "r1 = -r1"),
            new Case("3f21010000000000", "r1 s/= r2"),
            new Case("bf21080000000000", "r1 = (s8)r2"),
            new Case("dc00000010000000", "r0 = be16 r0"),
            new Case("d400000020000000", "r0 = le32 r0"),
            new Case("d700000040000000", "r0 = bswap64 r0"),
            new Case("1801000001000000 0000000000000080", "r1 = -9223372036854775807 ll"),
            new Case("61614c0000000000", "r1 = *(u32 *)(r6 + 76)"),
            new Case("8161fcff00000000", "r1 = *(s32 *)(r6 - 4)"),
            new Case("7a0af8ff07000000", "*(u64 *)(r10 - 8) = 7"),
            new Case("731affff00000000", "*(u8 *)(r10 - 1) = r1"),
            new Case("db21000000000000", "lock *(u64 *)(r1 + 0) += r2"),
            new Case("c321040001000000", "r2 = atomic_fetch_add((u32 *)(r1 + 4), r2)"),
            new Case("db210000f1000000", "r0 = cmpxchg_64(r1 + 0, r0, r2)"),
            new Case("300000000c000000", "r0 = *(u8 *)skb[12]"),
            new Case("4810000002000000", "r0 = *(u16 *)skb[r1 + 2]"),
            new Case("850000000c000000", "call tail_call#12"),
            new Case("8520000009000000", "call kernel-function#9"),
            new Case("9500000000000000", "exit"),
            new Case(
                "1501010008000000 b700000000000000 9500000000000000",
                "if r1 == 8 goto +1 <f+0x10>"),
            new Case("ae21ffff00000000 9500000000000000", "if w1 < w2 goto -1 <f+0x0>"),
            new Case("0500ffff00000000", "goto -1 <f+0x0>"),
            new Case("06000000ffffffff", "gotol -1 <f+0x0>"),
            // Fields that mean nothing are kept.
            new Case("b721000005000000", "raw 0xb7 dst=1 src=2 off=0 imm=5"),
            new Case("bf1c000000000000", "raw 0xbf dst=12 src=1 off=0 imm=0"))) {
      assertThat(text(c.hex())).isEqualTo(c.text());
      assertThat(HexFormat.of().formatHex(Codec.encode(decode(c.hex()), _ -> 0).instructions()))
          .isEqualTo(c.hex().replace(" ", ""));
    }
  }

  @Test
  void namesWhatCannotBeDecoded() {
    record Case(String hex, String message) {}
    for (Case c :
        List.of(
            new Case("b7", "no whole number of instructions"),
            new Case("1801000001000000", "64-bit load cut off"),
            new Case("0500010000000000", "jump to 2 leaves function \"f\" of 1"),
            new Case("0500010000000000 1801000001000000 0000000000000000", "into the middle"),
            new Case("e500000000000000", "unknown jump or call (opcode 0xe5"),
            new Case("8510000000000000", "unknown jump or call (opcode 0x85, src 1)"))) {
      assertThatThrownBy(() -> decode(c.hex()))
          .isInstanceOf(CodeException.class)
          .hasMessageContaining(c.message());
    }
  }

  @Test
  void randomBytesDecodeOrFailAndComeBack() {
    for (int seed = 0; seed < 20_000; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      byte[] code = new byte[8 * random.nextInt(1, 6)];
      random.nextBytes(code);
      for (int i = 0; i < code.length; i += 8) {
        code[i + 2] = (byte) random.nextInt(-3, 4);
        code[i + 3] = (byte) (code[i + 2] < 0 ? -1 : 0);
      }
      try {
        List<CodeElement> elements = Decoder.decode(START, code, Map.of(), Map.of());
        assertThat(Codec.encode(elements, _ -> 0).instructions())
            .as("seed %d", seed)
            .isEqualTo(code);
        ControlFlow flow = ControlFlow.of(elements);
        Liveness.of(flow);
        Origins.of(flow);
      } catch (CodeException e) {
        assertThat(e.getMessage()).isNotBlank();
      }
    }
  }

  @Test
  void fillsInDescriptorsAndShiftsJumps() throws Exception {
    Label end = new Label("end");
    List<CodeElement> code =
        new ArrayList<>(
            List.of(
                START,
                new Instruction.Jump(JumpOp.EQ, Register.R1, Operand.of(0), end),
                new Instruction.LoadMap(Register.R1, "flows"),
                new Instruction.LoadMapValue(Register.R2, "log", 64),
                new LabelTarget(end),
                new Instruction.Exit()));
    byte[] encoded = Codec.encode(code, map -> map.equals("flows") ? 11 : 12).instructions();
    assertThat(HexFormat.of().formatHex(encoded))
        .isEqualTo(
            "1501040000000000"
                + "181100000b0000000000000000000000"
                + "182200000c0000000000000040000000"
                + "9500000000000000");
  }

  @Test
  void writesFunctionAndLineInfoAtTheirNewPlaces() throws Exception {
    SourceLine first = new SourceLine(10, 20, "a.c", "int f()", 3, 1);
    SourceLine second = new SourceLine(10, 30, "a.c", "return g();", 4, 9);
    List<CodeElement> code =
        List.of(
            new FunctionStart("f", 7),
            first,
            new Instruction.LoadImm64(Register.R1, 1),
            second,
            new Instruction.Call(new Label("g")),
            new Instruction.Exit(),
            new FunctionStart("g", 9),
            first,
            new Instruction.Exit());
    EncodedCode encoded = Codec.encode(code, _ -> 0);
    assertThat(encoded.slots()).isEqualTo(5);
    assertThat(encoded.funcInfo()).containsExactly(0, 0, 0, 0, 7, 0, 0, 0, 4, 0, 0, 0, 9, 0, 0, 0);
    assertThat(encoded.lineInfoCount()).isEqualTo(3);
    assertThat(Arrays.copyOfRange(encoded.lineInfo(), 16, 32))
        .containsExactly(2, 0, 0, 0, 10, 0, 0, 0, 30, 0, 0, 0, 9, 16, 0, 0);
    assertThat(Disassembler.text(code))
        .isEqualTo(
            """
            <f>:
            ; int f() @ a.c:3
                   0:\tr1 = 1 ll
            ; return g(); @ a.c:4
                   2:\tcall g
                   3:\texit
            <g>:
            ; int f() @ a.c:3
                   4:\texit\
            """);
  }

  @Test
  void aJumpBeyondSixteenBitsIsAnErrorOfItsOwn() {
    Label end = new Label("end");
    List<CodeElement> code = new ArrayList<>(List.of(START, new Instruction.Goto(end, false)));
    for (int i = 0; i < 32_768; i++) {
      code.add(new Instruction.Alu(AluOp.MOV, Register.R0, Operand.of(0)));
    }
    code.add(new LabelTarget(end));
    code.add(new Instruction.Exit());
    assertThatThrownBy(() -> Codec.encode(code, _ -> 0))
        .isInstanceOf(JumpOutOfRangeException.class)
        .hasMessage("instruction 0: jump to end is 32768 instructions away, 16 bits reach 32767");
    code.remove(2);
    assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> Codec.encode(code, _ -> 0)))
        .isNull();
  }

  @Test
  void missingAndDoubledLabelsAreErrors() {
    assertThatThrownBy(
            () -> Codec.encode(List.of(new Instruction.Goto(new Label("x"), false)), _ -> 0))
        .isInstanceOf(CodeException.class)
        .hasMessageContaining("no label \"x\"");
    assertThatThrownBy(() -> Codec.encode(List.of(START, START), _ -> 0))
        .isInstanceOf(CodeException.class)
        .hasMessageContaining("label \"f\" occurs twice");
  }
}
