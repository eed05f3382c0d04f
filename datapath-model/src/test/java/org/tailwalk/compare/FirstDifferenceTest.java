// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tailwalk.compare.Packets.POD;
import static org.tailwalk.compare.Packets.SERVER;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tailwalk.datapath.ModelReplayEngine;
import org.tailwalk.packet.Frame;
import org.tailwalk.replay.CaptureReplay;
import org.tailwalk.replay.FrameSource;
import org.tailwalk.replay.PacketReplay;
import org.tailwalk.scenario.Scenario;
import org.tailwalk.scenario.ScenarioJson;

/** Each kind of first difference, made by the model from a few packets and two scenarios. */
class FirstDifferenceTest {
  private static final String NODE =
      """
      {
        "version": 1, "name": "one pod", "capturePoint": "pod-veth", "datapath": "%s",
        "endpoints": [{"id": %d, "name": "web", "ipv4": "10.0.0.11", "mac": "02:00:00:00:00:2a",
          "nodeMac": "02:00:00:00:01:2a", "ifindex": %d, "identity": 1002}],
        "identities": [{"id": 16777217, "labels": ["cidr:10.0.1.0/24"]}],
        "ipcache": [{"prefix": "0.0.0.0/0", "identity": 2},
          {"prefix": "10.0.1.0/24", "identity": %d}],
        "policy": {"filters": [{"endpoint": "web",
          "ingress": [],
          "egress": [{"port": %d, "protocol": "UDP"}]}]}
      }
      """;

  private static Scenario node(String datapath, int id, int identity, int port) throws Exception {
    return ScenarioJson.parse("test", NODE.formatted(datapath, id, id - 30, identity, port));
  }

  private static Scenario node() throws Exception {
    return node("bundled:seed", 42, 16777217, 9000);
  }

  private record Side(SideRecord record, List<PacketReplay> packets) {}

  private static Side replay(Scenario scenario, List<Frame> frames) throws Exception {
    SideRecorder recorder = new SideRecorder(scenario, false);
    List<PacketReplay> packets = new ArrayList<>();
    try (CaptureReplay replay = CaptureReplay.open(scenario, null, new ModelReplayEngine())) {
      replay.run(
          FrameSource.of(frames),
          packet -> {
            recorder.add(packet);
            packets.add(packet);
            return true;
          });
    }
    return new Side(recorder.done(), packets);
  }

  private static List<PairComparer.Result> compare(
      Scenario left, List<Frame> a, Scenario right, List<Frame> b) throws Exception {
    Side ours = replay(left, a);
    Side theirs = replay(right, b);
    Comparison comparison = Comparison.of(ours.record, theirs.record, AlignBy.FLOW);
    PairComparer comparer = new PairComparer(comparison);
    List<PairComparer.Result> results = new ArrayList<>();
    Alignment rows = comparison.alignment();
    for (int row = 0; row < rows.size(); row++) {
      PairComparer.Result result =
          comparer.compare(
              row,
              rows.a(row) == 0 ? null : ours.packets.get(rows.a(row) - 1),
              rows.b(row) == 0 ? null : theirs.packets.get(rows.b(row) - 1));
      assertThat(result.difference() != null)
          .as("grade and words agree in row " + row + ": " + result.difference())
          .isEqualTo(comparison.grade(row) != Grade.SAME);
      results.add(result);
    }
    return results;
  }

  private static Frame out(int port, String text, long millis) {
    return Packets.udp(POD, 40001, SERVER, port, text, millis);
  }

  private static Frame in(String text, long millis) {
    return Packets.udp(SERVER, 9000, POD, 40001, text, millis);
  }

  private static Difference first(List<PairComparer.Result> results) {
    return results.stream()
        .map(PairComparer.Result::difference)
        .filter(d -> d != null)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void anotherEndpointIdPortTimeAndTtlIsNoDifference() throws Exception {
    List<Frame> a = List.of(out(9000, "x", 1), in("y", 2));
    List<Frame> b =
        List.of(
            Packets.udp(POD, 50123, SERVER, 9000, "x", 5000),
            Packets.udp(SERVER, 9000, POD, 50123, "y", 5001));
    List<PairComparer.Result> results =
        compare(node(), a, node("bundled:seed", 77, 16777217, 9000), b);
    assertThat(results).hasSize(2);
    assertThat(results).allSatisfy(r -> assertThat(r.difference()).isNull());
    assertThat(results).allSatisfy(r -> assertThat(r.aspects()).isEmpty());
  }

  @Test
  void aPolicyThatDeniesIsToldWithTheKeysTried() throws Exception {
    List<Frame> frames = List.of(out(9000, "x", 1));
    Difference difference =
        first(compare(node(), frames, node("bundled:seed", 42, 16777217, 53), frames));
    assertThat(difference.kind()).isEqualTo(Difference.Kind.POLICY);
    assertThat(difference.sentence())
        .contains("{any, 9000, udp}: allow")
        .contains("all miss")
        .contains("B: dropped: Policy denied");
  }

  @Test
  void anotherIdentityOfThePeerIsTold() throws Exception {
    List<Frame> frames = List.of(out(9000, "x", 1));
    Difference difference =
        first(compare(node(), frames, node("bundled:seed", 42, 16777300, 9000), frames));
    assertThat(difference.kind()).isEqualTo(Difference.Kind.IDENTITY);
    assertThat(difference.sentence()).contains("identity 16777217").contains("identity 16777300");
  }

  @Test
  void aReplyAfterTheSweepIsToldWithTheSweep() throws Exception {
    Difference difference =
        first(
            compare(
                node(),
                List.of(out(9000, "x", 0), in("y", 400)),
                node(),
                List.of(out(9000, "x", 0), in("y", 400_000))));
    assertThat(difference.kind()).isEqualTo(Difference.Kind.CONNTRACK);
    assertThat(difference.sentence())
        .isEqualTo(
            "In B the reply came 400.0 s after the flow was last seen. Its 60 s lifetime had passed"
                + " long before; the collector's sweep at 300 s removed the entry, so the reply is"
                + " NEW and no policy allows it.");
    assertThat(difference.evidence())
        .extracting(Difference.Evidence::text)
        .anyMatch(t -> t.contains("sweep at 300"));
  }

  @Test
  void aReplyWithNoOpeningPacketIsToldWithThePacketThatIsMissing() throws Exception {
    List<PairComparer.Result> results =
        compare(node(), List.of(out(9000, "x", 0), in("y", 400)), node(), List.of(in("y", 400)));
    assertThat(results.get(0).difference().kind()).isEqualTo(Difference.Kind.ALONE);
    Difference reply = results.get(1).difference();
    assertThat(reply.kind()).isEqualTo(Difference.Kind.CONNTRACK);
    assertThat(reply.sentence())
        .isEqualTo(
            "In A packet 1 made the entry. B has no such packet, so there the reply is NEW and no"
                + " policy allows it.");
  }

  @Test
  void aReplyWhoseOpeningPacketWasDroppedIsToldWithThatDrop() throws Exception {
    List<Frame> frames = List.of(out(9000, "x", 0), in("y", 400));
    Difference reply =
        compare(node(), frames, node("bundled:seed", 42, 16777217, 53), frames).get(1).difference();
    assertThat(reply.sentence())
        .contains(
            "In A packet 1 made the entry. Its counterpart in B, packet 1, made none (dropped:"
                + " Policy denied)");
  }

  @Test
  void aSilentErrorAgainstANotifiedOneIsTold() throws Exception {
    List<Frame> gre =
        List.of(Packets.udp(POD, 1, SERVER, 2, "", 1)).stream()
            .map(f -> {
              byte[] data = f.data().toArray();
              data[23] = 47;
              return Frame.whole(org.tailwalk.packet.Bytes.copyOf(data), f.timeNanos());
            })
            .toList();
    Difference difference =
        first(compare(node(), gre, node("bundled:pr33551", 42, 16777217, 9000), gre));
    assertThat(difference.kind()).isEqualTo(Difference.Kind.VERDICT);
    assertThat(difference.sentence())
        .contains("A returns raw -137")
        .contains("nobody hears of it; in B the packet is dropped");
  }

  @Test
  void aLongPauseOnTheSamePathIsTimingAlone() throws Exception {
    List<PairComparer.Result> results =
        compare(
            node(),
            List.of(out(9000, "x", 0), in("y", 400)),
            node(),
            List.of(out(9000, "x", 0), in("y", 20_000)));
    Difference difference = results.get(1).difference();
    assertThat(difference.kind()).isEqualTo(Difference.Kind.TIMING);
    assertThat(difference.sentence()).contains("0.400 s").contains("20.0 s");
  }

  @Test
  void boxesSayWhereEachPathDiffersAndWhatWasNotReached() throws Exception {
    List<Frame> frames = List.of(out(9000, "x", 1));
    PairComparer.Result result =
        compare(node(), frames, node("bundled:seed", 42, 16777217, 53), frames).getFirst();
    assertThat(result.a()).extracting(PathBox::kind).doesNotContain(PathBox.Kind.DROPPED);
    assertThat(result.a().getLast().kind()).isEqualTo(PathBox.Kind.ARRIVED);
    assertThat(result.b().getLast().kind()).isEqualTo(PathBox.Kind.NOT_REACHED);
    assertThat(result.b()).extracting(PathBox::kind).contains(PathBox.Kind.DROPPED);
    assertThat(result.a().getFirst().differs()).isFalse();
    assertThat(result.b().stream().filter(PathBox::differs)).isNotEmpty();
  }
}
