// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.btf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.tailwalk.bpf.Fixtures;
import org.tailwalk.bpf.Mutations;

class BtfTest {
  private static Btf template() throws Exception {
    return Fixtures.spec("template").btf().orElseThrow();
  }

  @Test
  void takesValuesApartByType() throws Exception {
    Btf btf = template();
    assertThat(BtfFields.of(btf, btf.composite("state").orElseThrow()))
        .containsExactly(
            new BtfField("packets", 0, 64, BtfField.Format.UNSIGNED),
            new BtfField("lifetime", 64, 32, BtfField.Format.UNSIGNED),
            new BtfField("seen", 96, 1, BtfField.Format.UNSIGNED),
            new BtfField("closing", 97, 1, BtfField.Format.UNSIGNED),
            new BtfField("reserved", 98, 14, BtfField.Format.UNSIGNED),
            new BtfField("id", 112, 16, BtfField.Format.UNSIGNED),
            new BtfField("peer", 128, 32, BtfField.Format.NETWORK),
            new BtfField("mac", 160, 48, BtfField.Format.BYTES),
            new BtfField("pad", 208, 48, BtfField.Format.BYTES));
  }

  @Test
  void printsValues() throws Exception {
    Btf btf = template();
    byte[] tuple = {10, 0, 0, 1, 10, 0, 0, 2, 0, 80, (byte) 0x9c, 0x40, 6, 1};
    int type = btf.composite("tuple").orElseThrow();
    assertThat(BtfFields.print(btf, type, tuple))
        .isEqualTo("{daddr 0x0a000001, saddr 0x0a000002, dport 80, sport 40000, proto 6, flags 1}");
    assertThat(BtfFields.print(btf, type, new byte[] {10, 0, 0, 1, 1}))
        .isEqualTo("{daddr 0x0a000001, …}");
    byte[] state = new byte[32];
    state[0] = 3;
    state[12] = 0x02;
    assertThat(BtfFields.print(btf, btf.composite("state").orElseThrow(), state))
        .isEqualTo(
            "{packets 3, lifetime 0, seen 0, closing 1, reserved 0, id 0, peer 0x00000000, mac"
                + " 000000000000, pad 000000000000}");
  }

  @Test
  void namesTypesAsCDoes() throws Exception {
    Btf btf = template();
    int pointer =
        btf.find(t ->
                t instanceof BtfType.Pointer p
                    && p.target() == btf.composite("__sk_buff").orElse(-1))
            .orElseThrow();
    assertThat(BtfNames.inC(btf, pointer)).isEqualTo("struct __sk_buff *");
    assertThat(btf.size(btf.composite("tuple").orElseThrow())).isEqualTo(14);
  }

  @Test
  void comesBackByteByByte() throws Exception {
    for (String name : Fixtures.names()) {
      Btf btf = Fixtures.spec(name).btf().orElseThrow();
      byte[] bytes = btf.encode();
      assertThat(Btf.parse(bytes).encode()).isEqualTo(bytes);
    }
  }

  @Test
  void givesTypesOrADocumentedErrorForEveryMutation() throws Exception {
    byte[] bytes = template().encode();
    int parsed = 0;
    for (int seed = 0; seed < 6000; seed++) {
      byte[] mutated = Mutations.of(bytes, new SplittableRandom(seed));
      try {
        Btf btf = Btf.parse(mutated);
        parsed++;
        for (int id = 1; id <= btf.types().size(); id++) {
          BtfNames.inC(btf, id);
          print(btf, id);
        }
        assertThat(Btf.parse(btf.encode())).isEqualTo(btf);
      } catch (BtfFormatException e) {
        assertThat(e.getMessage()).isNotBlank();
      } catch (RuntimeException | Error e) {
        fail("seed %d: stray %s".formatted(seed, e), e);
      }
    }
    assertThat(parsed).isPositive();
  }

  private static void print(Btf btf, int id) {
    try {
      BtfFields.print(btf, id, new byte[64]);
    } catch (BtfFormatException e) {
      assertThat(e.getMessage()).startsWith("BTF ");
    }
  }

  @Test
  void keepsEveryKindOfType() throws Exception {
    BtfType.BtfName none = new BtfType.BtfName(0, "");
    BtfType.BtfName x = new BtfType.BtfName(1, "x");
    List<BtfType> types =
        List.of(
            new BtfType.Int(x, 4, 1, 0, 32),
            new BtfType.Pointer(1),
            new BtfType.Array(1, 1, 3),
            new BtfType.Composite(x, true, 4, false, List.of(new BtfType.Member(x, 1, 0))),
            new BtfType.Composite(
                none, false, 4, true, List.of(new BtfType.Member(x, 1, 3 << 24 | 5))),
            new BtfType.Enumeration(x, 4, true, false, List.of(new BtfType.EnumValue(x, -1))),
            new BtfType.Enumeration(
                x, 8, false, true, List.of(new BtfType.EnumValue(x, -1L << 40))),
            new BtfType.Forward(x, true),
            new BtfType.Typedef(x, 1),
            new BtfType.Modifier(BtfType.Qualifier.VOLATILE, 1),
            new BtfType.Modifier(BtfType.Qualifier.CONST, 1),
            new BtfType.Modifier(BtfType.Qualifier.RESTRICT, 2),
            new BtfType.Prototype(1, List.of(new BtfType.Parameter(x, 2))),
            new BtfType.Function(x, 13, 1),
            new BtfType.Variable(x, 1, 1),
            new BtfType.DataSection(x, 4, List.of(new BtfType.Placed(15, 0, 4))),
            new BtfType.Floating(x, 8),
            new BtfType.DeclTag(x, 4, -1),
            new BtfType.TypeTag(x, 1));
    Btf btf = new Btf(types, new byte[] {0, 'x', 0});
    assertThat(Btf.parse(btf.encode())).isEqualTo(btf);
    assertThat(Btf.parse(btf.encode()).types()).isEqualTo(types);
  }
}
