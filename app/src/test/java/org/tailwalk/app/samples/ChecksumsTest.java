// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tailwalk.app.KernelPrivilege;
import org.tailwalk.app.TestObjects;
import org.tailwalk.bpf.engine.KernelReplayEngine;
import org.tailwalk.packet.Bytes;
import org.tailwalk.replay.LaneTrace;
import org.tailwalk.replay.PacketReplay;

/**
 * What leaves the datapath carries right checksums: whatever was right when it came in, translated
 * or not, hop count taken off or not, answers made on the spot.
 */
@Tag("kernel")
@ExtendWith(KernelPrivilege.class)
class ChecksumsTest {
  private static final int ETHERNET = 14;

  private static KernelReplayEngine kernel;

  @BeforeAll
  static void openKernel() {
    kernel = new KernelReplayEngine(TestObjects.bundled());
  }

  @AfterAll
  static void closeKernel() {
    kernel.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"services", "hairpin", "ipv6", "ipv6-headers", "http", "ping-traceroute"})
  void whatLeavesTheDatapathCarriesRightChecksums(String sample) throws Exception {
    List<PacketReplay> packets = SampleReplay.of(sample, s -> s, kernel);
    int rewritten = 0;
    for (PacketReplay packet : packets) {
      for (LaneTrace lane : Stream.of(packet.kernel(), packet.model()).toList()) {
        assertThat(lane).isNotNull();
        Bytes out = lane.trace().frame();
        assertThat(wrong(packet.frame().data())).as("captured packet " + packet.number()).isEmpty();
        assertThat(wrong(out)).as(sample + " packet " + packet.number()).isEmpty();
        if (!out.equals(packet.frame().data())) {
          rewritten++;
        }
      }
    }
    assertThat(rewritten).isGreaterThan(1);
  }

  @Test
  void oneWrongBitIsSeen() throws Exception {
    byte[] frame = SampleReplay.of("services", s -> s, null).getFirst().frame().data().toArray();
    assertThat(wrong(Bytes.copyOf(frame))).isEmpty();
    frame[ETHERNET + 16] ^= 1; // in the destination address: part of both sums
    assertThat(wrong(Bytes.copyOf(frame))).isEqualTo("IPv4 header, protocol 6");
  }

  /** Which sums of a frame are wrong, in words; empty when none is. */
  private static String wrong(Bytes frame) {
    int type = frame.u16(12);
    if (type == 0x0800) {
      int header = (frame.at(ETHERNET) & 15) * 4;
      int length = frame.u16(ETHERNET + 2);
      String ip = sum(frame, ETHERNET, header, 0) == 0xffff ? "" : "IPv4 header";
      int protocol = frame.at(ETHERNET + 9);
      long pseudo = protocol == 1 ? 0 : sums(frame, ETHERNET + 12, 8) + protocol + length - header;
      boolean summed = protocol == 1 || protocol == 6 || protocol == 17;
      boolean right = !summed || sum(frame, ETHERNET + header, length - header, pseudo) == 0xffff;
      return right ? ip : ip + ", protocol " + protocol;
    }
    if (type == 0x86dd) {
      int next = frame.at(ETHERNET + 6);
      int at = ETHERNET + 40;
      int end = at + frame.u16(ETHERNET + 4);
      while (next == 0 || next == 60) {
        next = frame.at(at);
        at += (frame.at(at + 1) + 1) * 8;
      }
      if (next != 6 && next != 17 && next != 58) {
        return "";
      }
      long pseudo = sums(frame, ETHERNET + 8, 32) + next + end - at;
      return sum(frame, at, end - at, pseudo) == 0xffff ? "" : "IPv6, next header " + next;
    }
    return "";
  }

  private static int sum(Bytes frame, int from, int length, long start) {
    long sum = start + sums(frame, from, length);
    while (sum >> 16 != 0) {
      sum = (sum & 0xffff) + (sum >> 16);
    }
    return (int) sum;
  }

  private static long sums(Bytes frame, int from, int length) {
    long sum = 0;
    for (int i = 0; i < length; i += 2) {
      sum += (long) frame.at(from + i) << 8 | (i + 1 < length ? frame.at(from + i + 1) : 0);
    }
    return sum;
  }
}
