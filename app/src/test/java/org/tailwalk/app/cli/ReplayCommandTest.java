// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tailwalk.app.cli.ScriptedEngine.Mood.BROKEN;
import static org.tailwalk.app.cli.ScriptedEngine.Mood.NOTIFIES;
import static org.tailwalk.app.cli.ScriptedEngine.Mood.SILENT;
import static org.tailwalk.app.cli.ScriptedEngine.Mood.UNAVAILABLE;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tailwalk.app.capture.TestCaptures;
import org.tailwalk.app.capture.TestCaptures.Packet;
import org.tailwalk.app.cli.CliHarness.Result;
import org.tailwalk.app.session.Annotations;
import org.tailwalk.app.session.AnnotationsJson;
import org.tailwalk.schema.JsonSchema;

final class ReplayCommandTest {
  private static final long T0 = 1_700_000_000_000_000_000L;
  private static final byte[] UDP = TestCaptures.udpFrame(60);
  private static final byte[] GRE = TestCaptures.greFrame();

  @TempDir Path folder;

  private Path capture;

  @BeforeEach
  void writeCapture() throws IOException {
    capture =
        write(
            "a.pcap",
            TestCaptures.ethernet(
                List.of(Packet.of(T0, UDP), Packet.of(T0 + 1500, GRE), Packet.of(T0, UDP))));
  }

  private Path write(String name, byte[] content) throws IOException {
    return Files.write(folder.resolve(name), content);
  }

  private static List<JsonObject> lines(String out) {
    return out.lines().map(l -> JsonParser.parseString(l).getAsJsonObject()).toList();
  }

  @Test
  void textShowsBothLanesInColumnsWhereTheyDiffer() {
    Result result = new CliHarness(SILENT, NOTIFIES).run("replay", capture);
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.out())
        .contains("P1 +0.000000000 10.0.0.1:40000 -> 10.0.0.2:53 udp")
        .contains("P2 +0.000001500 ")
        .contains("kernel: ")
        .contains("! S4")
        .contains("xx drop (CT: Unknown L4 protocol) flow 0x0 to endpoint 0")
        .contains("differ at P2.S")
        .contains("backward-time")
        .contains("scenario inferred")
        .contains("the engines differ on 1: 1 ");
    assertThat(result.out().chars()).as("ASCII alone").allMatch(c -> c < 128);
    assertThat(result.err()).contains("no scenario given");
  }

  @Test
  void aFilterPrintsThePacketsThatPassAlone() {
    Result result =
        new CliHarness(SILENT, NOTIFIES)
            .run("replay", capture, "--filter", "unheard && diverges", "--format", "json");
    assertThat(result.code()).as("the exit code is that of the whole capture").isEqualTo(2);
    assertThat(
            lines(result.out()).stream()
                .filter(l -> l.get("type").getAsString().equals("packet"))
                .map(l -> l.get("packet").getAsInt()))
        .containsExactly(2);
    Result words = new CliHarness(NOTIFIES, NOTIFIES).run("replay", capture, "--filter", "udp 53");
    assertThat(words.out()).contains("P1 ", "P3 ").doesNotContain("P2 ");
  }

  @Test
  void aFilterThatIsNoneExitsWithOneAndPointsAtTheCharacter() {
    Result result =
        new CliHarness(NOTIFIES, NOTIFIES)
            .run("replay", capture, "--filter", "udp && ip.scr == 10.0.0.1");
    assertThat(result.code()).isEqualTo(1);
    assertThat(result.out()).isEmpty();
    assertThat(result.err())
        .contains("there is no field \"ip.scr\"; did you mean ip.src?")
        .contains("  udp && ip.scr == 10.0.0.1")
        .contains("         ^^^^^^");
  }

  @Test
  void enginesThatAgreeExitWithZero() {
    Result result = new CliHarness(NOTIFIES, NOTIFIES).run("replay", capture);
    assertThat(result.code()).isZero();
    assertThat(result.out())
        .contains("the engines agree on every packet that both ran")
        .doesNotContain("  ! ")
        .contains("3 packets, 3 run\nverdicts: 1 DROPPED, 2 TO_STACK; 0 unheard\n");
  }

  @Test
  void jsonFollowsItsSchema() throws IOException {
    Result result = new CliHarness(SILENT, NOTIFIES).run("replay", capture, "--format", "json");
    JsonSchema schema = JsonSchema.load("replay.schema.json");
    List<JsonObject> lines = lines(result.out());
    for (JsonObject line : lines) {
      assertThat(schema.errors(line)).as(line.toString()).isEmpty();
    }
    assertThat(lines).hasSize(4);
    JsonObject gre = lines.get(1);
    assertThat(gre.get("time").getAsString()).isEqualTo("1700000000.000001500");
    assertThat(gre.get("hook").getAsString()).isEqualTo("FROM_CONTAINER");
    JsonObject kernel = gre.getAsJsonObject("kernel");
    JsonObject model = gre.getAsJsonObject("model");
    assertThat(kernel.get("verdict").getAsString()).isEqualTo("PASSED_UNPOLICED");
    assertThat(kernel.getAsJsonObject("returnCode").get("raw").getAsLong()).isEqualTo(4294967159L);
    assertThat(kernel.get("unheard").getAsBoolean()).isTrue();
    assertThat(kernel.getAsJsonArray("steps")).hasSameSizeAs(model.getAsJsonArray("steps"));
    assertThat(model.get("notified").getAsBoolean()).isTrue();
    assertThat(model.getAsJsonObject("dropReason").get("name").getAsString())
        .isEqualTo("DROP_CT_UNKNOWN_PROTO");
    assertThat(gre.getAsJsonObject("divergence").get("code").getAsString()).isNotEmpty();
    JsonObject summary = lines.getLast();
    assertThat(summary.get("type").getAsString()).isEqualTo("summary");
    assertThat(summary.get("diverging").getAsLong()).isEqualTo(1);
    assertThat(summary.get("inferred").getAsBoolean()).isTrue();
    assertThat(summary.get("agreement").getAsString()).isEqualTo("differ");
  }

  @Test
  void whatIsReadIsNeverWrittenOver() throws IOException {
    byte[] before = Files.readAllBytes(capture);
    CliHarness cli = new CliHarness(NOTIFIES, NOTIFIES);
    for (String command : List.of("replay", "report", "record")) {
      Result result = cli.run(command, capture, "--output", capture);
      assertThat(result.code()).as(command).isEqualTo(1);
      assertThat(result.err()).contains("it is what is read; name another file");
      assertThat(capture).hasBinaryContent(before);
    }
    Path scenario = Files.writeString(capture.resolveSibling("node.json"), "{}");
    Result result = cli.run("replay", capture, "--scenario", scenario, "-o", scenario);
    assertThat(result.code()).isEqualTo(1);
    assertThat(scenario).hasContent("{}");
  }

  @Test
  void aRangeBehindTheEndIsSaid() {
    Result result = new CliHarness(NOTIFIES, NOTIFIES).run("replay", capture, "--packets", "50-60");
    assertThat(result.code()).isZero();
    assertThat(result.err())
        .contains("--packets begins at 50, the capture ends at 3: none is printed");
  }

  @Test
  void aMistypedCommandIsNoCapture() {
    Result result = new CliHarness(NOTIFIES, NOTIFIES).run("repaly");
    assertThat(result.code()).isEqualTo(1);
    assertThat(result.err())
        .isEqualTo(
            "tailwalk: repaly: neither a file nor a command: ./tailwalk --help lists these\n");
  }

  @Test
  void aReportOfMarkedPacketsTellsTheseAlone() throws IOException {
    CliHarness cli = new CliHarness(NOTIFIES, NOTIFIES);
    Path session = capture.resolveSibling("marked.tailwalk");
    Path page = capture.resolveSibling("marked.html");
    assertThat(cli.run("record", capture, "--output", session).err()).doesNotContain("error");
    Result none = cli.run("report", session, "--marked", "--output", page);
    assertThat(none.code()).isEqualTo(1);
    assertThat(none.err()).contains("no packet is marked").contains("Ctrl+M");
    assertThat(page).doesNotExist();
    try (FileSystem zip = FileSystems.newFileSystem(session)) {
      Files.writeString(
          zip.getPath("annotations.json"),
          AnnotationsJson.write(Annotations.NONE.withMark(2, true)));
    }
    cli.run("report", session, "--marked", "--output", page);
    assertThat(Files.readString(page))
        .contains("id=\"packet-2\"")
        .doesNotContain("id=\"packet-1\"");
  }

  @Test
  void aSessionIsNotRecordedOnceMore() {
    CliHarness cli = new CliHarness(NOTIFIES, NOTIFIES);
    Path session = capture.resolveSibling("one.tailwalk");
    assertThat(cli.run("record", capture, "--output", session).code()).isZero();
    Result again = cli.run("record", session, "-o", capture.resolveSibling("two.tailwalk"));
    assertThat(again.code()).isEqualTo(1);
    assertThat(again.err()).contains("a session already; name the capture that it is about");
  }

  @Test
  void aRunThatNeverBeginsLeavesTheOldResult() throws IOException {
    Path result = Files.writeString(capture.resolveSibling("old.txt"), "old");
    Result ended =
        new CliHarness(NOTIFIES, NOTIFIES)
            .run("replay", capture, "--scenario", "/nonexistent.json", "-o", result);
    assertThat(ended.code()).isEqualTo(1);
    assertThat(result).hasContent("old");
  }

  @Test
  void aPlaceThatCantBeWrittenIsSaidBeforeTheRun() {
    CliHarness cli = new CliHarness(NOTIFIES, NOTIFIES);
    Result none = cli.run("replay", capture, "-o", "/nonexistent/x");
    assertThat(none.code()).isEqualTo(1);
    assertThat(none.err()).contains("write /nonexistent/x: no folder /nonexistent; make it first");
    Result full = cli.run("replay", capture, "-o", "/dev/full");
    assertThat(full.code()).isEqualTo(1);
    assertThat(full.err()).contains("write /dev/full: No space left on device");
  }

  @Test
  void aCaptureWithNothingToCompareSaysSo() throws IOException {
    Path empty = capture.resolveSibling("empty.pcap");
    Files.write(empty, Arrays.copyOf(Files.readAllBytes(capture), 24));
    CliHarness cli = new CliHarness(NOTIFIES, NOTIFIES);
    Result text = cli.run("replay", empty);
    assertThat(text.code()).isZero();
    assertThat(text.out()).contains("nothing was compared").doesNotContain("the engines agree");
    assertThat(text.err()).contains("warning: nothing was compared");
    JsonObject summary = lines(cli.run("replay", empty, "--format", "json").out()).getLast();
    assertThat(summary.get("agreement").getAsString()).isEqualTo("not-compared");
    assertThat(summary.get("compared").getAsLong()).isZero();
    assertThat(summary.getAsJsonArray("warnings").toString()).contains("nothing was compared");
  }

  @Test
  void summarySaysWhetherAnythingWasCompared() {
    CliHarness cli = new CliHarness(NOTIFIES, NOTIFIES);
    Result both = cli.run("replay", capture, "--format", "json");
    assertThat(lines(both.out()).getLast().get("agreement").getAsString()).isEqualTo("agree");
    Result one = cli.run("replay", capture, "--format", "json", "--engine", "model");
    assertThat(one.code()).isZero();
    assertThat(lines(one.out()).getLast().get("agreement").getAsString()).isEqualTo("not-compared");
  }

  @Test
  void packetsChoosesWhatIsPrintedAndNotWhatRuns() {
    CliHarness cli = new CliHarness(SILENT, NOTIFIES);
    Result result = cli.run("replay", capture, "--format", "json", "--packets", "3-");
    List<JsonObject> lines = lines(result.out());
    assertThat(lines).hasSize(2);
    assertThat(lines.getFirst().get("packet").getAsLong()).isEqualTo(3);
    assertThat(lines.getLast().get("packets").getAsLong()).isEqualTo(3);
    assertThat(result.code()).as("packet 2 differs, printed or not").isEqualTo(2);
  }

  @Test
  void timesCountFromTheFirstPacketWhateverIsPrinted() {
    CliHarness cli = new CliHarness(SILENT, NOTIFIES);
    String second =
        cli.run("replay", capture, "--packets", "2-").out().lines().findFirst().orElseThrow();
    assertThat(second).startsWith("P2 +").doesNotContain("+0.000000000");
    assertThat(cli.run("replay", capture).out().lines()).contains(second);
  }

  @Test
  void outputGoesToAFile() throws IOException {
    Path file = folder.resolve("out.txt");
    Result result = new CliHarness(NOTIFIES, NOTIFIES).run("replay", capture, "-o", file);
    assertThat(result.code()).isZero();
    assertThat(result.out()).isEmpty();
    assertThat(file).content().contains("the engines agree");
  }

  @Test
  void autoFallsBackToTheModelAndSaysWhy() {
    Result result = new CliHarness(UNAVAILABLE, NOTIFIES).run("replay", capture);
    assertThat(result.code()).isZero();
    assertThat(result.err())
        .contains("the model runs alone: bpf(2): EPERM: this process lacks CAP_BPF");
    assertThat(result.out()).contains("lane: model scripted").doesNotContain("kernel scripted");
  }

  @Test
  void askingForAnEngineThatIsNotThereIsThree() {
    for (String engine : new String[] {"kernel", "both"}) {
      Result result =
          new CliHarness(UNAVAILABLE, NOTIFIES).run("replay", capture, "--engine", engine);
      assertThat(result.code()).as(engine).isEqualTo(3);
      assertThat(result.out()).isEmpty();
      assertThat(result.err()).contains("CAP_BPF");
    }
    assertThat(
            new CliHarness(UNAVAILABLE, NOTIFIES)
                .run("replay", capture, "--engine", "model")
                .code())
        .isZero();
  }

  @Test
  void anEngineThatFailsIsFour() {
    Result result = new CliHarness(BROKEN, NOTIFIES).run("replay", capture);
    assertThat(result.code()).isEqualTo(4);
    assertThat(result.err()).contains("packet 1: kernel: test run: EINVAL");
  }

  @Test
  void scenarioBesideTheCaptureIsTaken() throws IOException {
    write(
        "scenario.json", org.tailwalk.scenario.Scenarios.TWO_PODS.getBytes(StandardCharsets.UTF_8));
    CliHarness cli = new CliHarness(NOTIFIES, NOTIFIES);
    Result result = cli.run("replay", capture, "--model", "pr33551");
    assertThat(result.err()).contains("scenario " + folder.resolve("scenario.json"));
    assertThat(result.out()).doesNotContain("inferred");
    assertThat(cli.run("replay", capture, "--scenario", "infer").out()).contains("inferred");
    assertThat(cli.run("replay", capture, "--datapath", "bundled:pr26115").err())
        .contains("datapath bundled:pr26115 (command line) instead of bundled:seed");
  }

  record Bad(String title, String name, byte[] content, List<String> options, String message) {
    @Override
    public String toString() {
      return title;
    }
  }

  static Stream<Bad> bad() {
    byte[] whole = TestCaptures.ethernet(List.of(Packet.of(T0, UDP)));
    List<String> none = List.of();
    return Stream.of(
        new Bad("empty", "x", new byte[0], none, "the file is empty"),
        new Bad(
            "not a capture", "x", "hello".getBytes(StandardCharsets.UTF_8), none, "not a capture"),
        new Bad(
            "truncated in the first packet",
            "x",
            Arrays.copyOf(whole, 60),
            none,
            "no packet can be read"),
        new Bad(
            "unknown link type",
            "x",
            TestCaptures.pcap(ByteOrder.LITTLE_ENDIAN, true, 147, List.of()),
            none,
            "link type 147 (USER0) can't be replayed"),
        new Bad(
            "no scenario",
            "x",
            whole,
            List.of("--scenario", "/nonexistent.json"),
            "read scenario: /nonexistent.json: no such file"),
        new Bad(
            "no object",
            "x",
            whole,
            List.of("--datapath", "/nonexistent.o"),
            "read object: /nonexistent.o: no such file"),
        new Bad("unknown era", "x", whole, List.of("--datapath", "bundled:x"), "unknown era \"x\""),
        new Bad("unknown model", "x", whole, List.of("--model", "x"), "unknown era \"x\""),
        new Bad("unknown engine", "x", whole, List.of("--engine", "x"), "--engine"),
        new Bad("range", "x", whole, List.of("--packets", "9-3"), "is no range of packets"),
        new Bad("range of words", "x", whole, List.of("--packets", "a"), "is not a range such as"),
        new Bad("output", "x", whole, List.of("-o", "/nonexistent/out"), "write /nonexistent/out"),
        new Bad("option", "x", whole, List.of("--formt", "json"), "Unknown option"));
  }

  @ParameterizedTest
  @MethodSource("bad")
  void badInputIsOneAndSaysWhatIsWrong(Bad row) throws IOException {
    Path file = write(row.name, row.content);
    Object[] arguments = Stream.concat(Stream.of("replay", file), row.options.stream()).toArray();
    Result result = new CliHarness(NOTIFIES, NOTIFIES).run(arguments);
    assertThat(result.code()).isEqualTo(1);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).contains(row.message);
  }

  @Test
  void wrongScenarioNamesItsLine() throws IOException {
    Path scenario =
        write(
            "wrong.json",
            "{\n  \"version\": 1,\n  \"endpoint\": []\n}".getBytes(StandardCharsets.UTF_8));
    Result result =
        new CliHarness(NOTIFIES, NOTIFIES).run("replay", capture, "--scenario", scenario);
    assertThat(result.code()).isEqualTo(1);
    assertThat(result.err()).contains(scenario + ":3: ");
  }

  record Odd(String title, byte[] content, String out, String err) {
    @Override
    public String toString() {
      return title;
    }
  }

  static Stream<Odd> odd() {
    byte[] cooked = new byte[16 + 46];
    cooked[1] = 0;
    cooked[3] = 1;
    cooked[5] = 6;
    cooked[14] = 8;
    System.arraycopy(UDP, 14, cooked, 16, 46);
    byte[] two = TestCaptures.ethernet(List.of(Packet.of(T0, UDP), Packet.of(T0, UDP)));
    return Stream.of(
        new Odd(
            "zero-length",
            TestCaptures.ethernet(List.of(Packet.of(T0, new byte[0]))),
            "NOT_RUN (too-short)",
            ""),
        new Odd(
            "13 bytes",
            TestCaptures.ethernet(List.of(Packet.of(T0, new byte[13]))),
            "NOT_RUN (too-short)",
            ""),
        new Odd(
            "20,000 bytes",
            TestCaptures.ethernet(List.of(Packet.of(T0, TestCaptures.udpFrame(20_000)))),
            "NOT_RUN (too-long)",
            ""),
        new Odd(
            "SLL of any",
            TestCaptures.pcap(ByteOrder.LITTLE_ENDIAN, true, 113, List.of(Packet.of(T0, cooked))),
            "10.0.0.1:40000 -> 10.0.0.2:53 udp  [from-container of endpoint 100",
            ""),
        new Odd(
            "netlink in a cooked capture",
            TestCaptures.pcap(
                ByteOrder.LITTLE_ENDIAN, true, 113, List.of(Packet.of(T0, netlink()))),
            "NOT_RUN (too-short)",
            "packet 1: netlink message, not a packet"),
        new Odd(
            "cut off",
            Arrays.copyOf(two, two.length - 5),
            "1 packet, 1 run",
            "packet 2 at byte 100: 60 bytes announced, 55 there"),
        new Odd(
            "no packets",
            TestCaptures.ethernet(List.of()),
            "0 packets, 0 run",
            "it holds no packets"));
  }

  private static byte[] netlink() {
    byte[] cooked = new byte[40];
    cooked[2] = 3;
    cooked[3] = 0x38;
    return cooked;
  }

  @ParameterizedTest
  @MethodSource("odd")
  void oddInputIsReadAndTold(Odd row) throws IOException {
    Path file = write("odd", row.content);
    Result result = new CliHarness(NOTIFIES, NOTIFIES).run("replay", file);
    assertThat(result.code()).isZero();
    assertThat(result.out()).contains(row.out);
    assertThat(result.err()).contains(row.err);
    JsonSchema schema = JsonSchema.load("replay.schema.json");
    for (JsonObject line :
        lines(new CliHarness(NOTIFIES, NOTIFIES).run("replay", file, "--format", "json").out())) {
      assertThat(schema.errors(line)).as(line.toString()).isEmpty();
    }
  }

  @Test
  void withoutADisplayTheWindowIsToldInText() {
    CliHarness cli = new CliHarness(NOTIFIES, NOTIFIES, false);
    Result result = cli.run(capture);
    assertThat(result.code()).isZero();
    assertThat(result.err())
        .contains("no display (DISPLAY is not set): replaying in text")
        .contains("./tailwalk " + capture + " --screenshot FILE.png");
    assertThat(result.out()).contains("P1 ");
    assertThat(cli.run(capture, "--screenshot", folder.resolve("a.png")).code()).isEqualTo(1);
  }

  @Test
  void withADisplayTheWindowOpens() {
    CliHarness cli = new CliHarness(NOTIFIES, NOTIFIES, true);
    assertThat(cli.run(capture, "--theme", "dark", "--size", "1024x700", "--packet", "3").err())
        .contains("opened WindowRequest[capture=" + capture + ", scenario=null, screenshot=null")
        .contains("size=1024x700, theme=dark, packet=3");
    assertThat(cli.run(capture, "--screenshot", "/nonexistent/a.png").err())
        .contains("write screenshot: /nonexistent/a.png: the folder can't be written");
  }

  @Test
  void helpAndVersionGoToStandardOutput() {
    CliHarness cli = new CliHarness(NOTIFIES, NOTIFIES);
    assertThat(cli.run("--help"))
        .satisfies(r -> {
          assertThat(r.code()).isZero();
          assertThat(r.out()).contains("replay", "verify", "doctor", "Exit codes");
          assertThat(r.err()).isEmpty();
        });
    assertThat(cli.run("--version").out()).startsWith("tailwalk ");
    assertThat(cli.run("replay", "--help").out()).contains("--packets=A-B");
    assertThat(cli.run("replay").code()).isEqualTo(1);
    assertThat(cli.run("doctor").out()).contains("CAP_BPF");
  }
}
