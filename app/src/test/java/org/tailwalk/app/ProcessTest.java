// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The program as a process of its own: exit codes, streams, signals, a user without privilege. */
final class ProcessTest {
  private static final Path SAMPLE = Path.of("../samples/http/capture.pcap");
  private static final int PATIENCE_SECONDS = 120;

  private static final byte[] NOTHING = {};

  @TempDir Path folder;

  private record Ended(int code, String out, String err) {}

  private Process start(List<String> command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("XDG_STATE_HOME", folder.toString());
    builder.environment().remove("DISPLAY");
    return builder.start();
  }

  private static Ended end(Process process, byte[] input) throws Exception {
    var out = CompletableFuture.supplyAsync(() -> read(process.getInputStream()));
    var err = CompletableFuture.supplyAsync(() -> read(process.getErrorStream()));
    try (OutputStream to = process.getOutputStream()) {
      to.write(input);
    } catch (IOException e) {
      // The process ended without reading: its exit code is what is looked at.
      assertThat(e).hasMessageContaining("pipe");
    }
    assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    return new Ended(process.exitValue(), out.get(), err.get());
  }

  private static String read(java.io.InputStream in) {
    try {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void standardInputIsReplayedAndWordsStayOffStandardOutput() throws Exception {
    Ended ended =
        end(
            start(Program.command("replay", "-", "--engine", "model", "--format", "json")),
            Files.readAllBytes(SAMPLE));
    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(ended.out().lines()).allMatch(line -> line.startsWith("{") && line.endsWith("}"));
    assertThat(ended.err()).contains("no scenario given");
  }

  @Test
  void badInputIsOne() throws Exception {
    Ended ended = end(start(Program.command("replay", "/nonexistent.pcap")), new byte[0]);
    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.out()).isEmpty();
    assertThat(ended.err()).isEqualTo("tailwalk: open capture: /nonexistent.pcap: no such file\n");
  }

  @Test
  void aResultThatCouldNotBeWrittenWholeIsSaid() throws Exception {
    List<String> command = Program.command("replay", SAMPLE.toString(), "--engine", "model");
    Process process =
        new ProcessBuilder(command).redirectOutput(Path.of("/dev/full").toFile()).start();
    Ended ended = end(process, new byte[0]);
    assertThat(ended.code()).as(ended.err()).isEqualTo(1);
    assertThat(ended.err()).contains("write standard output: No space left on device");
  }

  @Test
  void commandsAndPagesAreEnglishOnAKoreanMachine() throws Exception {
    String samples = "../samples/";
    Path page = folder.resolve("compare.html");
    Path report = folder.resolve("report.html");
    List<List<String>> commands =
        List.of(
            Program.command(
                "compare",
                samples + "compare-working/capture.pcap",
                samples + "compare-broken/capture.pcap",
                "--engine",
                "model",
                "--all",
                "--report",
                page.toString()),
            Program.command(
                "report", SAMPLE.toString(), "--engine", "model", "--output", report.toString()),
            Program.command("why", samples + "denied/capture.pcap", "1", "--engine", "model"));
    for (List<String> command : commands) {
      List<String> korean = new ArrayList<>(command);
      korean.addAll(1, List.of("-Duser.language=ko", "-Duser.country=KR"));
      Ended ended = end(start(korean), new byte[0]);
      assertThat(ended.code()).as(ended.err()).isBetween(0, 2);
      assertThat(ended.out() + ended.err()).doesNotContainPattern("[가-힣]");
    }
    assertThat(Files.readString(page)).contains("Comes to").doesNotContainPattern("[가-힣]");
    assertThat(Files.readString(report)).contains("<html").doesNotContainPattern("[가-힣]");
  }

  @Test
  void aHomeThatCantBeWrittenLeavesTheModel() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "");
    List<String> command = new ArrayList<>(List.of("env", "XDG_CACHE_HOME=" + file));
    // Standard input is spooled: where the home can't be written, among the machine's own.
    command.addAll(Program.command("replay", "-"));
    Ended ended = end(start(command), Files.readAllBytes(SAMPLE));
    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(ended.out()).contains("lane: model");
    assertThat(ended.err()).contains("the cache can't be written").contains("XDG_CACHE_HOME");

    // The capture inside a session goes there as well.
    Path session = folder.resolve("with-copy.tailwalk");
    List<String> record = Program.command("record", SAMPLE.toString(), "--copy", "--engine=model");
    record.addAll(List.of("--output", session.toString()));
    Ended recorded = end(start(record), new byte[0]);
    assertThat(recorded.code()).as(recorded.err()).isZero();
    List<String> replay = new ArrayList<>(List.of("env", "XDG_CACHE_HOME=" + file));
    replay.addAll(Program.command("replay", session.toString(), "--engine", "model"));
    Ended replayed = end(start(replay), new byte[0]);
    assertThat(replayed.code()).as(replayed.err()).isZero();
    assertThat(replayed.out()).contains("lane: model");
  }

  @Test
  void aDatapathThatIsNoObjectIsBadInput() throws Exception {
    Ended ended =
        end(
            start(Program.command("replay", SAMPLE.toString(), "--datapath", SAMPLE.toString())),
            new byte[0]);
    assertThat(ended.code()).as(ended.err()).isEqualTo(1);
    assertThat(ended.err()).contains("capture.pcap").contains("ELF");
  }

  @Test
  void withoutPrivilegeTheModelWorksAndTheReasonIsSaid() throws Exception {
    // With an empty bounding set even root has no capability.
    List<String> command =
        new ArrayList<>(
            System.getProperty("user.name").equals("root")
                ? List.of("setpriv", "--bounding-set=-all", "--inh-caps=-all")
                : List.of());
    List<String> auto = new ArrayList<>(command);
    auto.addAll(Program.command("replay", SAMPLE.toString()));
    Ended ended = end(start(auto), new byte[0]);
    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(ended.err()).contains("the model runs alone").contains("CAP_");
    assertThat(ended.out()).contains("lane: model");
    command.addAll(Program.command("replay", SAMPLE.toString(), "--engine", "kernel"));
    Ended asked = end(start(command), new byte[0]);
    assertThat(asked.code()).as(asked.err()).isEqualTo(3);
    assertThat(asked.out()).isEmpty();
  }

  @Test
  @Tag("kernel")
  @ExtendWith(KernelPrivilege.class)
  void behindASeccompFilterTheModelWorksAndTheReasonIsSaid() throws Exception {
    Ended auto = end(start(Program.java(WithoutBpf.class, "replay", SAMPLE.toString())), NOTHING);
    assertThat(auto.code()).as(auto.err()).isZero();
    assertThat(auto.err())
        .containsOnlyOnce("the model runs alone")
        .contains("BPF_MAP_CREATE: EPERM")
        .contains("a seccomp filter");
    assertThat(auto.out()).contains("lane: model");
    Ended asked =
        end(
            start(
                Program.java(WithoutBpf.class, "replay", SAMPLE.toString(), "--engine", "kernel")),
            NOTHING);
    assertThat(asked.code()).as(asked.err()).isEqualTo(3);
    assertThat(asked.out()).isEmpty();
    assertThat(asked.err()).contains("a seccomp filter");
    Ended doctor = end(start(Program.java(WithoutBpf.class, "doctor")), NOTHING);
    assertThat(doctor.out()).containsPattern("missing +kernel engine +BPF_MAP_CREATE: EPERM");
  }

  @Test
  void interruptedIs130() throws Exception {
    // A capture that never comes; env, since a parent may have had the signal ignored.
    List<String> command = new ArrayList<>(List.of("env", "--default-signal=INT"));
    command.addAll(Program.command("replay", "-", "--engine", "model"));
    Process process = start(command);
    try (OutputStream to = process.getOutputStream()) {
      to.write(Files.readAllBytes(SAMPLE), 0, 100);
      to.flush();
      // Before its handler is there the signal ends it just the same.
      Thread.sleep(2000);
      assertThat(new ProcessBuilder("kill", "-INT", "" + process.pid()).start().waitFor()).isZero();
      assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(process.exitValue()).isEqualTo(130);
  }

  @Test
  void interruptedWritesItsSummary() throws Exception {
    List<String> command = new ArrayList<>(List.of("env", "--default-signal=INT"));
    command.addAll(
        Program.command("replay", SAMPLE.toString(), "--engine", "model", "--format", "json"));
    Process process = start(command);
    try (var out = process.inputReader(StandardCharsets.UTF_8)) {
      // More than a pipe holds is waiting behind this line: the replay can't end before the signal.
      assertThat(out.readLine()).startsWith("{\"type\":\"packet\"");
      assertThat(new ProcessBuilder("kill", "-INT", "" + process.pid()).start().waitFor()).isZero();
      assertThat(out.lines().toList().getLast())
          .startsWith("{\"type\":\"summary\"")
          .contains("\"interrupted\":true");
    }
    assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(130);
  }
}
