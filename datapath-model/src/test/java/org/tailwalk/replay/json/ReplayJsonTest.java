// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.replay.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tailwalk.packet.Packets.fromA;
import static org.tailwalk.packet.Packets.ipv4;
import static org.tailwalk.packet.Packets.tcp;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.tailwalk.datapath.ModelReplayEngine;
import org.tailwalk.event.MapKey;
import org.tailwalk.event.MapRef;
import org.tailwalk.event.MapRole;
import org.tailwalk.event.MapValue;
import org.tailwalk.event.Notification;
import org.tailwalk.event.PathEvent;
import org.tailwalk.event.ProgramRef;
import org.tailwalk.event.SourceRef;
import org.tailwalk.event.Step;
import org.tailwalk.event.Verdict;
import org.tailwalk.packet.Bytes;
import org.tailwalk.packet.Frame;
import org.tailwalk.replay.CaptureReplay;
import org.tailwalk.replay.FrameSource;
import org.tailwalk.replay.PacketReplay;
import org.tailwalk.replay.ReplaySummary;
import org.tailwalk.scenario.Era;
import org.tailwalk.scenario.Scenario;
import org.tailwalk.scenario.Scenarios;
import org.tailwalk.schema.JsonSchema;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ReplayJsonTest {
  private final Scenario scenario = Scenarios.twoPods().withModel(Era.PR33551);
  private final List<PacketReplay> packets = new ArrayList<>();
  private final ReplayJson json = new ReplayJson(scenario, true, true);
  private JsonSchema schema;

  @BeforeAll
  void replay() throws Exception {
    schema = JsonSchema.load("replay.schema.json");
    List<Frame> frames =
        List.of(
            fromA(0, ipv4("10.0.0.1", "10.0.0.2", 6, tcp(40000, 80, 2, ""))),
            fromA(1, ipv4("10.0.0.1", "10.0.0.2", 6, tcp(40000, 81, 2, ""))),
            fromA(2, ipv4("10.0.0.1", "192.0.2.1", 47, new byte[30])),
            fromA(700_000, ipv4("10.0.0.1", "10.0.0.2", 6, tcp(40000, 80, 17, ""))),
            fromA(0, ipv4("10.9.9.9", "192.0.2.1", 47, new byte[30])),
            Frame.whole(Bytes.copyOf(new byte[13]), 0),
            new Frame(
                fromA(9, ipv4("10.0.0.1", "10.0.0.2", 6, tcp(40000, 80, 16, ""))).data(), 100, 0));
    try (CaptureReplay replay =
        CaptureReplay.open(scenario, new ModelReplayEngine(), new ModelReplayEngine())) {
      replay.run(FrameSource.of(frames), packets::add);
    }
  }

  private JsonObject line(int number) {
    return JsonParser.parseString(json.packet(packets.get(number - 1))).getAsJsonObject();
  }

  @Test
  void everyLineFitsTheSchema() {
    ReplaySummary.Counter counter = new ReplaySummary.Counter();
    for (PacketReplay packet : packets) {
      counter.add(packet);
      String line = json.packet(packet);
      assertThat(line).doesNotContain("\n");
      assertThat(schema.errors(JsonParser.parseString(line))).as(line).isEmpty();
    }
    String last = json.summary(counter.summary(), "kernel 6.18", null);
    assertThat(schema.errors(JsonParser.parseString(last))).as(last).isEmpty();
  }

  @Test
  void linesWithOneLaneFitTheSchema() {
    ReplayJson one = new ReplayJson(scenario, false, true);
    for (PacketReplay packet : packets) {
      PacketReplay modelOnly =
          new PacketReplay(
              packet.number(),
              packet.frame(),
              packet.placement(),
              null,
              packet.model(),
              packet.rows(),
              null);
      JsonObject line = JsonParser.parseString(one.packet(modelOnly)).getAsJsonObject();
      assertThat(schema.errors(line)).isEmpty();
      assertThat(line.get("kernel").isJsonNull()).isTrue();
      assertThat(line.get("model").isJsonNull()).isFalse();
    }
  }

  @Test
  void tracesReadBackAsTheyWere() {
    for (PacketReplay packet : packets) {
      String line = json.packet(packet);
      if (packet.kernel() != null) {
        assertThat(ReplayJson.trace(line, "kernel")).contains(packet.kernel().trace());
        assertThat(ReplayJson.trace(line, "model")).contains(packet.model().trace());
      } else {
        assertThat(ReplayJson.trace(line, "kernel")).isEmpty();
      }
    }
  }

  @Test
  void unheardDropTellsItsStory() {
    JsonObject gre = line(3);
    assertThat(gre.get("time").getAsString()).isEqualTo("1700000000.002000000");
    assertThat(gre.get("hook").getAsString()).isEqualTo("FROM_CONTAINER");
    assertThat(gre.get("endpoint").getAsInt()).isEqualTo(100);
    assertThat(gre.get("preDatapath").getAsBoolean()).isTrue();
    JsonObject kernel = gre.getAsJsonObject("kernel");
    assertThat(kernel.get("verdict").getAsString()).isEqualTo("PASSED_UNPOLICED");
    assertThat(kernel.getAsJsonObject("returnCode").get("raw").getAsLong()).isEqualTo(4294967159L);
    assertThat(kernel.getAsJsonObject("returnCode").get("signed").getAsInt()).isEqualTo(-137);
    assertThat(kernel.getAsJsonObject("dropReason").get("name").getAsString())
        .isEqualTo("DROP_CT_UNKNOWN_PROTO");
    assertThat(kernel.get("notified").getAsBoolean()).isFalse();
    assertThat(kernel.get("unheard").getAsBoolean()).isTrue();
    assertThat(gre.getAsJsonObject("divergence").get("code").getAsString())
        .isEqualTo("raw-code-vs-notified-drop");
  }

  @Test
  void stepsOfBothLanesAreTheSameRows() {
    JsonObject gre = line(3);
    JsonArray kernel = gre.getAsJsonObject("kernel").getAsJsonArray("steps");
    JsonArray model = gre.getAsJsonObject("model").getAsJsonArray("steps");
    assertThat(kernel.size()).isEqualTo(model.size());
    int missing = 0;
    for (int i = 0; i < kernel.size(); i++) {
      for (JsonArray side : List.of(kernel, model)) {
        if (side.get(i).isJsonNull()) {
          missing++;
        } else {
          assertThat(side.get(i).getAsJsonObject().get("id").getAsString())
              .isEqualTo("P3.S" + (i + 1));
        }
      }
    }
    assertThat(missing).isPositive();
  }

  @Test
  void placesAndMarksAreTold() {
    assertThat(line(4).getAsJsonObject("kernel").getAsJsonArray("sweeps")).isNotEmpty();
    assertThat(line(5).get("hook").getAsString()).as("by its MAC").isEqualTo("FROM_CONTAINER");
    assertThat(line(5).getAsJsonObject("marks").has("backwardTime")).isTrue();
    JsonObject tiny = line(6);
    assertThat(tiny.get("hook").isJsonNull()).isTrue();
    assertThat(tiny.getAsJsonObject("kernel").getAsJsonObject("notRun").get("reason").getAsString())
        .isEqualTo("too-short");
    assertThat(line(7).getAsJsonObject("marks").get("padded").getAsBoolean()).isTrue();
  }

  @Test
  void everyKindOfEventSurvives() {
    ProgramRef program = new ProgramRef(7, "2/29");
    MapRef other = new MapRef(MapRole.OTHER, 0, "my_map");
    MapKey key = new MapKey.RawKey(Bytes.ofHex("0102"));
    MapValue value = new MapValue.RawValue(Bytes.ofHex("ff"));
    List<PathEvent> events =
        List.of(
            new PathEvent.Entered(program, null),
            new PathEvent.TailCallMissed(program, MapRef.of(MapRole.CALLS, 7), 25),
            new PathEvent.TailCallTaken(program, MapRef.shared(MapRole.POLICY_CALL), 200),
            new PathEvent.Returned(program, -140),
            new PathEvent.LookedUp(program, other, key, true, value),
            new PathEvent.LookedUp(program, other, key, false, null),
            new PathEvent.Updated(program, other, key, null, -28),
            new PathEvent.Deleted(program, other, key, 0),
            new PathEvent.Changed(program, other, key, null, value),
            new PathEvent.Changed(program, other, key, value, null),
            new PathEvent.Notified(program, new Notification.Signal(1, 0)),
            new PathEvent.Notified(program, new Notification.Debug(7, 15, 1, 2, 3)),
            new PathEvent.Notified(
                program, new Notification.DebugCapture(7, 4, 60, 1, 2, Bytes.ofHex("aa"))),
            new PathEvent.Notified(program, new Notification.Unknown(Bytes.ofHex("6301"))),
            new PathEvent.RedirectCalled(program, "redirect_peer", 12, 1),
            new PathEvent.Rewritten(22, "ip.ttl", Bytes.ofHex("40"), Bytes.ofHex("3f")),
            new PathEvent.ContextChanged("cb[0]", 0, 4294967295L),
            new PathEvent.VerdictReached(new Verdict.ToProxy(15001)),
            new PathEvent.VerdictReached(new Verdict.NotRun("too-short", "13 bytes")));
    for (PathEvent event : events) {
      Step step = new Step(event, new SourceRef("f", 3, "lxc.c", 7, "x = 1;"));
      assertThat(EventJson.step(EventJson.write(step))).isEqualTo(step);
      assertThat(EventJson.event(EventJson.write(event))).isEqualTo(event);
    }
  }

  @Test
  void timesKeepTheirNanoseconds() {
    for (long nanos :
        new long[] {0, 1, 999_999_999, 1_700_000_000_123_456_789L, -1, -2_000_000_001L}) {
      assertThat(ReplayJson.nanos(JsonValues.time(nanos))).isEqualTo(nanos);
    }
    assertThat(JsonValues.time(1_700_000_000_123_456_789L)).isEqualTo("1700000000.123456789");
  }

  @Test
  void brokenLinesAreRefusedInOurWords() {
    Random random = new Random(3);
    String line = json.packet(packets.get(2));
    for (int i = 0; i < 3000; i++) {
      StringBuilder text = new StringBuilder(line);
      int at = random.nextInt(text.length());
      switch (random.nextInt(3)) {
        case 0 -> text.setCharAt(at, (char) (32 + random.nextInt(95)));
        case 1 -> text.delete(at, Math.min(text.length(), at + 1 + random.nextInt(9)));
        default -> text.setLength(at);
      }
      try {
        ReplayJson.trace(text.toString(), "kernel");
      } catch (IllegalArgumentException expected) {
        assertThat(expected).isNotNull();
      }
    }
    assertThatThrownBy(() -> ReplayJson.trace("[]", "kernel"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void agreementIsNotClaimedWhenAMapWasFull() {
    ReplaySummary one = agreeing();
    for (boolean claims : new boolean[] {true, false}) {
      String line = json.summary(one, "k", "m", new ReplayJson.Run("c", List.of(), false, claims));
      assertThat(schema.errors(JsonParser.parseString(line))).as(line).isEmpty();
      assertThat(JsonParser.parseString(line).getAsJsonObject().get("agreement").getAsString())
          .isEqualTo(claims ? "agree" : "not-claimed");
    }
  }

  private static ReplaySummary agreeing() {
    return new ReplaySummary(1, 1, Map.of(), 0, 0, 0, 0, 0, 0, 1, Map.of("TO_STACK", 1L), Map.of());
  }
}
