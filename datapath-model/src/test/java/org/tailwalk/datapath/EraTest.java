// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.datapath;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tailwalk.engine.ReplayException;
import org.tailwalk.event.Hook;
import org.tailwalk.event.MapRole;
import org.tailwalk.event.PathTrace;
import org.tailwalk.packet.Bytes;
import org.tailwalk.scenario.DatapathConfig;
import org.tailwalk.scenario.DatapathOption;
import org.tailwalk.scenario.Era;
import org.tailwalk.scenario.Fault;

/**
 * The tables of section 12: what handle_policy says of each conntrack error, era by era. A positive
 * number is the reason of the drop event, a negative one the raw code that nobody hears of.
 */
final class EraTest {
  private record Row(
      String name, Bytes frame, int seed, int pr25426, int pr26115, int pr26118, int pr33551) {
    int expected(Era era) {
      return switch (era) {
        case SEED, WALKTHROUGH2020, LOOPER -> seed;
        case PR25426 -> pr25426;
        case PR26115 -> pr26115;
        case PR26118 -> pr26118;
        case PR33551 -> pr33551;
      };
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private static PacketBuilder four() {
    return PacketBuilder.from("10.0.0.1", "10.0.0.2");
  }

  private static PacketBuilder six() {
    return PacketBuilder.from("fd00::1", "fd00::2");
  }

  static Stream<Row> rows() {
    Bytes gre = four().payload(47, new byte[8]).build();
    Bytes gre6 = six().payload(47, new byte[8]).build();
    Bytes cut = four().payload(6, new byte[2]).build();
    return Stream.of(
        new Row("GRE", gre, -137, 119, 119, 119, 137),
        new Row("TCP cut to 2 bytes", cut, -135, 121, 121, 121, 135),
        new Row("IPv6 GRE", gre6, -137, 119, 119, 119, 137),
        new Row("IPv6 fragment", six().udp(1, 2).extensions(44).build(), -157, -157, 99, 99, 157),
        new Row(
            "next header 59", six().payload(59, new byte[0]).build(), -156, -156, 100, 100, 156));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void conntrackErrorsOfSection124(Row row) throws ReplayException {
    for (Era era : Era.values()) {
      if (era != Era.WALKTHROUGH2020 && era != Era.LOOPER) {
        TestNode node = new TestNode(DatapathConfig.dual(era));
        assertThat(said(node.send(Hook.HANDLE_POLICY, TestNode.B, row.frame)))
            .as(era.label())
            .isEqualTo(row.expected(era));
      }
    }
  }

  private static int said(PathTrace trace) {
    return trace.returnCode() < 0 ? trace.returnCode() : TestNode.dropReason(trace);
  }

  static Stream<Row> faults() {
    return Stream.of(
        new Row("slot 11 empty", four().udp(1, 2).build(), -140, -140, -140, 116, 140),
        new Row("buffer refuses", four().udp(1, 2).build(), -184, 72, 72, 72, 184));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void faultsOfSection122(Row row) throws ReplayException {
    for (Era era : Era.values()) {
      if (era != Era.WALKTHROUGH2020 && era != Era.LOOPER) {
        TestNode node =
            new TestNode(DatapathConfig.dual(era))
                .allowAll()
                .fault(
                    row.name.equals("buffer refuses")
                        ? new Fault.BufferRefuses()
                        : new Fault.EmptySlot(0, MapRole.CALLS, 11));
        assertThat(said(node.send(Hook.HANDLE_POLICY, TestNode.B, row.frame)))
            .as(era.label())
            .isEqualTo(row.expected(era));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("rows")
  void codeInPlaceOfATailCallJumpsOverHandlePolicysErrors(Row row) throws ReplayException {
    boolean v6 = row.frame.u16(12) == 0x86dd;
    DatapathConfig single =
        DatapathConfig.dual(Era.SEED)
            .with(v6 ? DatapathOption.ENABLE_IPV4 : DatapathOption.ENABLE_IPV6, false);
    PathTrace trace = new TestNode(single).send(Hook.HANDLE_POLICY, TestNode.B, row.frame);
    assertThat(said(trace)).isEqualTo(row.seed);
  }
}
