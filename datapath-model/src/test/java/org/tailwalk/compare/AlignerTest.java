// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tailwalk.compare.Packets.POD;
import static org.tailwalk.compare.Packets.SERVER;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tailwalk.packet.Frame;

/** Properties of the alignment over generated captures, and single cases by name. */
class AlignerTest {
  private static final int CASES = 40;

  /** A capture of several flows, interleaved, every packet with a payload of its own. */
  private static List<Frame> capture(Random dice, int packets) {
    int flows = 1 + dice.nextInt(6);
    int[] sent = new int[flows];
    List<Frame> frames = new ArrayList<>();
    for (int i = 0; i < packets; i++) {
      int f = dice.nextInt(flows);
      boolean up = sent[f] == 0 || dice.nextBoolean();
      String text = "flow " + f + " packet " + sent[f]++;
      frames.add(
          up
              ? Packets.udp(POD, 40000 + f, SERVER, 9000, text, i)
              : Packets.udp(SERVER, 9000, POD, 40000 + f, text, i));
    }
    return frames;
  }

  private static Alignment align(List<Frame> a, List<Frame> b) {
    return Aligner.align(CapturePrints.of(a), CapturePrints.of(b), AlignBy.FLOW);
  }

  /** What holds of every alignment, whatever went in. */
  private static void sound(Alignment rows, CapturePrints a, CapturePrints b) {
    Set<Integer> ours = new HashSet<>();
    Set<Integer> theirs = new HashSet<>();
    int lastA = 0;
    int[][] lastB = new int[b.flows().size()][2];
    for (int row = 0; row < rows.size(); row++) {
      assertThat(rows.a(row) + rows.b(row)).as("a row of something").isPositive();
      if (rows.a(row) > 0) {
        assertThat(ours.add(rows.a(row))).as("once").isTrue();
        assertThat(rows.a(row)).as("A in its order").isGreaterThan(lastA);
        lastA = rows.a(row);
        assertThat(rows.rowOfA(rows.a(row))).isEqualTo(row);
      }
      int right = rows.b(row);
      if (right > 0) {
        assertThat(theirs.add(right)).as("once").isTrue();
        assertThat(rows.rowOfB(right)).isEqualTo(row);
        if (rows.a(row) > 0 && rows.basis(row) != Basis.REORDERED) {
          int way = b.fromClient(right) ? 0 : 1;
          assertThat(right)
              .as("B in its order, inside flow and direction")
              .isGreaterThan(lastB[b.flow(right)][way]);
          lastB[b.flow(right)][way] = right;
        }
      }
      boolean pair = rows.a(row) > 0 && right > 0;
      assertThat(rows.basis(row) != Basis.NONE).isEqualTo(pair);
      assertThat(rows.percent(row)).isBetween(0, 100);
      assertThat(rows.percent(row) > 0).isEqualTo(pair);
      assertThat(rows.reason(row)).isNotEmpty();
    }
    assertThat(ours).hasSize(a.size());
    assertThat(theirs).hasSize(b.size());
  }

  @Test
  void aCaptureIsAlignedWithItselfRowByRow() {
    Random dice = new Random(1);
    for (int i = 0; i < CASES; i++) {
      List<Frame> frames = capture(dice, dice.nextInt(80));
      Alignment rows = align(frames, frames);
      assertThat(rows.size()).isEqualTo(frames.size());
      for (int row = 0; row < rows.size(); row++) {
        assertThat(rows.a(row)).isEqualTo(row + 1);
        assertThat(rows.b(row)).isEqualTo(row + 1);
        assertThat(rows.percent(row)).isEqualTo(100);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4})
  void anyTwoCapturesGiveEachPacketOneRow(int seed) {
    Random dice = new Random(seed);
    for (int i = 0; i < CASES; i++) {
      List<Frame> a = capture(dice, dice.nextInt(60));
      List<Frame> b = capture(dice, dice.nextInt(60));
      CapturePrints left = CapturePrints.of(a);
      CapturePrints right = CapturePrints.of(b);
      for (AlignBy by : AlignBy.values()) {
        Alignment rows = Aligner.align(left, right, by);
        if (by == AlignBy.FLOW) {
          sound(rows, left, right);
        }
        assertThat(rows.size()).isBetween(Math.max(a.size(), b.size()), a.size() + b.size());
      }
    }
  }

  @Test
  void lostPacketsStandAloneAndAllOthersFindTheirs() {
    Random dice = new Random(5);
    for (int i = 0; i < CASES; i++) {
      List<Frame> a = capture(dice, 60);
      List<Frame> b = new ArrayList<>();
      List<Integer> origin = new ArrayList<>();
      for (int n = 1; n <= a.size(); n++) {
        if (dice.nextInt(5) != 0) {
          b.add(a.get(n - 1));
          origin.add(n);
        }
      }
      Alignment rows = align(a, b);
      sound(rows, CapturePrints.of(a), CapturePrints.of(b));
      assertThat(rows.size()).isEqualTo(a.size());
      for (int row = 0; row < rows.size(); row++) {
        if (rows.b(row) > 0) {
          assertThat(rows.a(row)).isEqualTo(origin.get(rows.b(row) - 1));
        }
      }
    }
  }

  @Test
  void repeatedPacketsStandAloneBehindTheirFirst() {
    Random dice = new Random(6);
    for (int i = 0; i < CASES; i++) {
      List<Frame> a = capture(dice, 40);
      List<Frame> b = new ArrayList<>();
      int repeated = 0;
      for (Frame frame : a) {
        b.add(frame);
        if (dice.nextInt(6) == 0) {
          b.add(frame);
          repeated++;
        }
      }
      Alignment rows = align(a, b);
      sound(rows, CapturePrints.of(a), CapturePrints.of(b));
      int alone = 0;
      for (int row = 0; row < rows.size(); row++) {
        alone += rows.a(row) == 0 ? 1 : 0;
      }
      assertThat(alone).isEqualTo(repeated);
    }
  }

  @Test
  void shuffledPacketsFindTheirs() {
    Random dice = new Random(7);
    for (int i = 0; i < CASES; i++) {
      List<Frame> a = capture(dice, 50);
      List<Frame> b = new ArrayList<>(a);
      for (int n = 0; n + 3 < b.size(); n += 4) {
        java.util.Collections.swap(b, n + dice.nextInt(4), n + dice.nextInt(4));
      }
      Alignment rows = align(a, b);
      sound(rows, CapturePrints.of(a), CapturePrints.of(b));
      assertThat(rows.size()).isEqualTo(a.size());
      for (int row = 0; row < rows.size(); row++) {
        assertThat(b.get(rows.b(row) - 1)).isSameAs(a.get(rows.a(row) - 1));
      }
    }
  }

  @Test
  void anotherEphemeralPortIsTheSameFlowWithLessConfidence() {
    List<Frame> a = new ArrayList<>();
    List<Frame> b = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      String text = "message " + i;
      a.add(Packets.udp(POD, 40001, SERVER, 9000, text, i));
      b.add(Packets.udp(POD, 51111, SERVER, 9000, text, i));
    }
    Alignment rows = align(a, b);
    assertThat(rows.size()).isEqualTo(6);
    assertThat(rows.flows()).hasSize(1);
    assertThat(rows.flows().getFirst().percent()).isEqualTo(90);
    assertThat(rows.flows().getFirst().reason()).contains("another ephemeral port");
    assertThat(rows.percent(3)).isEqualTo(95 * 90 / 100);
  }

  @Test
  void anotherPodAddressIsStillTheSamePart() {
    List<Frame> a = List.of(Packets.udp(POD, 40001, SERVER, 53, "query", 1));
    List<Frame> b = List.of(Packets.udp("10.7.7.7", 51111, "10.9.9.9", 53, "query", 1));
    Alignment rows = align(a, b);
    assertThat(rows.size()).isEqualTo(1);
    assertThat(rows.percent(0)).isBetween(40, 60);
  }

  @Test
  void otherProtocolsNeverStandInOneRow() {
    List<Frame> a = List.of(Packets.udp(POD, 40001, SERVER, 53, "query", 1));
    List<Frame> b = List.of(Packets.tcp(POD, 40001, SERVER, 53, 1, 2, "", 1));
    Alignment rows = align(a, b);
    assertThat(rows.size()).isEqualTo(2);
    assertThat(rows.reason(0)).contains("only in A");
  }

  @Test
  void sequenceNumbersCountFromTheConnectionsOwnStart() {
    List<Frame> a = connection(1000, 5_000_000);
    List<Frame> b = connection(4_000_000_000L, 77);
    Alignment rows = align(a, b);
    assertThat(rows.size()).isEqualTo(a.size());
    for (int row = 0; row < rows.size(); row++) {
      assertThat(rows.basis(row)).as("row " + row).isIn(Basis.CONTENT, Basis.IDENTICAL);
    }
  }

  private static List<Frame> connection(long client, long server) {
    return List.of(
        Packets.tcp(POD, 45678, SERVER, 80, client, 2, "", 1),
        Packets.tcp(SERVER, 80, POD, 45678, server, 18, "", 2),
        Packets.tcp(POD, 45678, SERVER, 80, client + 1, 24, "GET /", 3),
        Packets.tcp(SERVER, 80, POD, 45678, server + 1, 24, "hello", 4),
        Packets.tcp(SERVER, 80, POD, 45678, server + 6, 17, "", 5));
  }

  @Test
  void aRetransmissionSaysOfWhatItIsOne() {
    List<Frame> a = connection(1, 1);
    List<Frame> b = new ArrayList<>(a);
    b.add(3, a.get(2));
    CapturePrints right = CapturePrints.of(b);
    assertThat(right.repeats(4)).isEqualTo(3);
    Alignment rows = align(a, b);
    assertThat(rows.size()).isEqualTo(6);
    assertThat(rows.a(rows.rowOfB(4))).isZero();
  }

  @Test
  void overtakenSegmentsAreMarkedAsReordered() {
    List<Frame> a = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      a.add(Packets.tcp(POD, 45678, SERVER, 80, 1 + i, 24, String.valueOf(i), i));
    }
    List<Frame> b = List.of(a.get(0), a.get(2), a.get(3), a.get(1), a.get(4));
    Alignment rows = align(a, b);
    assertThat(rows.size()).isEqualTo(5);
    assertThat(rows.basis(1)).isEqualTo(Basis.REORDERED);
    assertThat(rows.b(1)).isEqualTo(4);
  }

  @Test
  void aHundredThousandPacketsOfOneFlowThatLookAlikeTakeNoTableOfAllPairs() {
    List<Frame> a = new ArrayList<>();
    List<Frame> b = new ArrayList<>();
    Random dice = new Random(8);
    for (int i = 0; i < 100_000; i++) {
      Frame frame = Packets.udp(POD, 40001, SERVER, 9000, "x" + i % 7, i);
      a.add(frame);
      if (dice.nextInt(20) != 0) {
        b.add(frame);
      }
    }
    Alignment rows = align(a, b);
    assertThat(rows.size()).isBetween(100_000, 102_000);
  }
}
