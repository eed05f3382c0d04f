// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tailwalk.app.platform.HostChecks;
import org.tailwalk.app.platform.Machine;
import org.tailwalk.datapath.ModelReplayEngine;
import org.tailwalk.engine.EngineUnavailableException;
import org.tailwalk.engine.NodeSetup;
import org.tailwalk.engine.ReplayEngine;
import org.tailwalk.engine.ReplaySession;
import org.tailwalk.scenario.DatapathSpec;
import org.tailwalk.schema.JsonSchema;

/** {@code compare} on the samples that are made for it, with the model in the lane. */
final class CompareCommandTest {
  private static final Path SAMPLES = Path.of("..", "samples");
  private static final Path WORKING = SAMPLES.resolve("compare-working/capture.pcap");
  private static final Path BROKEN = SAMPLES.resolve("compare-broken/capture.pcap");
  private static final Path UNHEARD = SAMPLES.resolve("nobody-heard/capture.pcap");

  @TempDir Path folder;

  private record Result(int code, String out, String err) {}

  private static Result run(Object... words) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Engines engines =
        new Engines() {
          @Override
          public ReplayEngine kernel(DatapathSpec datapath) {
            return new ReplayEngine() {
              @Override
              public String name() {
                return "no kernel";
              }

              @Override
              public ReplaySession open(NodeSetup setup) throws EngineUnavailableException {
                throw new EngineUnavailableException("no privilege in this test");
              }
            };
          }

          @Override
          public ReplayEngine model() {
            return new ModelReplayEngine();
          }
        };
    Services services =
        new Services(
            engines,
            _ -> Optional.of("no window"),
            false,
            new HostChecks(Machine.local(), Set::of, Optional::empty, () -> "not tried"));
    String[] arguments = new String[words.length + 1];
    arguments[0] = "compare";
    for (int i = 0; i < words.length; i++) {
      arguments[i + 1] = words[i].toString();
    }
    int code =
        new CommandLineInterface(services, new PrintWriter(out), new PrintWriter(err))
            .run(arguments);
    return new Result(code, out.toString(), err.toString());
  }

  private static List<JsonObject> lines(String out) {
    return out.lines().map(l -> JsonParser.parseString(l).getAsJsonObject()).toList();
  }

  @Test
  void saysInWordsWhatTheBrokenCaptureDidDifferently() {
    Result result = run(WORKING, BROKEN, "--engine", "model");
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.out())
        .contains(
            "conntrack: In B the reply came 363.9 s after the flow was last seen. Its 60 s lifetime"
                + " had passed long before; the collector's sweep at 300 s removed the entry, so"
                + " the reply is NEW and no policy allows it.")
        .contains("- no counterpart -");
  }

  @Test
  void printsWhatItsGoldenHas() throws IOException {
    Result result = run(WORKING, BROKEN, "--engine", "model", "--all");
    Path golden = BROKEN.resolveSibling("golden-compare.txt");
    if (Boolean.getBoolean("tailwalk.updateGoldens")) {
      Files.writeString(golden, result.out());
    }
    assertThat(result.out()).isEqualTo(Files.readString(golden));
  }

  @Test
  void aCaptureDoesNotDifferFromItsOwnCopy() throws IOException {
    Path copy = Files.copy(WORKING, folder.resolve("copy.pcap"));
    Result result =
        run(
            WORKING,
            copy,
            "--engine",
            "model",
            "--scenario",
            WORKING.resolveSibling("scenario.json"));
    assertThat(result.code()).as(result.out() + result.err()).isZero();
    assertThat(result.out()).contains("do not differ");
  }

  @Test
  void anotherDayWithOtherPortsIsNoDifference() throws IOException {
    byte[] data = Files.readAllBytes(WORKING);
    ByteBuffer moved = ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN);
    for (int at = 24; at < data.length; ) {
      int length = moved.getInt(at + 8);
      moved.putInt(at, moved.getInt(at) + 86_400);
      for (int port = at + 16 + 34; port <= at + 16 + 36; port += 2) {
        if ((data[port] & 0xff) == 0x9c && (data[port + 1] & 0xff) == 0x41) {
          data[port + 1] = 0x55;
        }
      }
      at += 16 + length;
    }
    Path other = Files.write(folder.resolve("other.pcap"), data);
    Result result =
        run(
            WORKING,
            other,
            "--engine",
            "model",
            "--scenario",
            WORKING.resolveSibling("scenario.json"));
    assertThat(result.code()).as(result.out()).isZero();
    assertThat(result.out()).contains("another ephemeral port");
  }

  @Test
  void whereBsScenarioWouldBeAGuessItRunsUnderAs() throws IOException {
    Path bare = Files.copy(BROKEN, folder.resolve("bare.pcap"));
    Result result = run(WORKING, bare, "--engine", "model");
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err()).contains("B: runs under A's scenario");
    assertThat(result.out()).contains("conntrack: In B the reply came 363.9 s after");
    Result guessed = run(WORKING, bare, "--engine", "model", "--scenario-b", "infer");
    assertThat(guessed.err()).doesNotContain("runs under A's scenario");
  }

  @Test
  void aRecordingOnEitherSideIsComparedWithItsCaptureOfTheOther() {
    Path session = BROKEN.resolveSibling("recording.tailwalk");
    Result both = run(WORKING.resolveSibling("recording.tailwalk"), session);
    assertThat(both.code()).as(both.err()).isEqualTo(2);
    assertThat(both.out()).contains("conntrack: In B the reply came 363.9 s after");
    // What another kernel did stands beside what this machine's lanes do.
    Result same = run(BROKEN, session);
    assertThat(same.code()).as(same.out() + same.err()).isZero();
    assertThat(same.out()).contains("do not differ");
    Result swapped = run(session, BROKEN);
    assertThat(swapped.code()).as(swapped.out() + swapped.err()).isZero();
  }

  @Test
  void modelsAloneSetApartAreWhatIsCompared() {
    Result result = run(UNHEARD, "--model", "seed", "--model-b", "pr33551");
    assertThat(result.code()).as(result.out() + result.err()).isEqualTo(2);
  }

  @Test
  void oneCaptureUnderTwoDatapaths() {
    Result result =
        run(
            UNHEARD,
            "--engine",
            "model",
            "--datapath",
            "bundled:seed",
            "--datapath-b",
            "bundled:pr33551");
    assertThat(result.code()).as(result.err()).isEqualTo(2);
    assertThat(result.out())
        .contains("aligned by number: 20 pairs, 0 only in A, 0 only in B; 1 pair differs")
        .contains("verdict: A returns raw -137")
        .contains("nobody hears of it; in B the packet is dropped");
  }

  @Test
  void aTapThatSeesPacketsTwiceIsNoDifference() {
    Result result =
        run(
            SAMPLES.resolve("pod-to-pod/capture.pcap"),
            SAMPLES.resolve("pod-to-pod-any/capture.pcap"),
            "--engine",
            "model");
    assertThat(result.code()).as(result.out()).isZero();
    assertThat(result.out()).contains("15 pairs, 0 only in A, 0 only in B; 0 pairs differ");
  }

  @Test
  void jsonFollowsItsSchema() throws IOException {
    Result result = run(WORKING, BROKEN, "--engine", "model", "--format", "json", "--all");
    assertThat(result.code()).isEqualTo(2);
    JsonSchema schema = JsonSchema.load("compare.schema.json");
    List<JsonObject> lines = lines(result.out());
    for (JsonObject line : lines) {
      assertThat(schema.errors(line)).as(line.toString()).isEmpty();
    }
    assertThat(lines).hasSize(1 + 8 + 1);
    JsonObject fifth = lines.get(5);
    assertThat(fifth.get("grade").getAsString()).isEqualTo("differs");
    JsonObject difference = fifth.getAsJsonObject("difference");
    assertThat(difference.get("kind").getAsString()).isEqualTo("conntrack");
    assertThat(difference.getAsJsonArray("evidence").size()).isGreaterThan(2);
    assertThat(lines.getLast().get("onlyB").getAsInt()).isEqualTo(1);
  }

  @Test
  void severalAreEachComparedWithTheFirst() {
    Result result = run(WORKING, BROKEN, WORKING, "--engine", "model", "--format", "json");
    assertThat(result.code()).isEqualTo(2);
    assertThat(
            lines(result.out()).stream()
                .filter(l -> l.get("type").getAsString().equals("comparison-summary"))
                .map(l -> l.get("differ").getAsBoolean()))
        .containsExactly(true, false);
  }

  @Test
  void theLimitIsToldAndTheSummaryCountsAll() {
    Result result = run(WORKING, BROKEN, "--engine", "model", "--limit", "1");
    assertThat(result.out()).contains("and 3 more rows that differ");
  }

  @Test
  void oneCaptureAloneIsAskedWithWhatToCompare() {
    Result result = run(WORKING, "--engine", "model");
    assertThat(result.code()).isEqualTo(1);
    assertThat(result.err()).contains("with what?").contains("--datapath-b");
  }

  @Test
  void withoutPrivilegeTheModelComparesWithAWarning() {
    Result result = run(WORKING, BROKEN);
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err()).contains("the model runs alone").contains("no privilege in this test");
    assertThat(run(WORKING, BROKEN, "--engine", "both").code()).isEqualTo(3);
  }
}
