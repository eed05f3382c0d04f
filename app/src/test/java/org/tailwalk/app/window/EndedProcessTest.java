// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.tailwalk.app.FxThread;
import org.tailwalk.app.KernelPrivilege;
import org.tailwalk.app.Program;
import org.tailwalk.app.capture.TestCaptures;
import org.tailwalk.bpf.KernelObjects;
import org.tailwalk.scenario.ScenarioJson;

/**
 * The program, ended in the middle of a replay by whatever way there is, leaves no program, map,
 * link or network namespace in the kernel.
 */
@Tag("window")
@Tag("kernel")
@Tag("full")
@ExtendWith(KernelPrivilege.class)
final class EndedProcessTest {
  private static final int PACKETS = 600_000;
  private static final int PATIENCE_SECONDS = 180; // a machine may be busy

  /** The thread that the kernel lane lives on, as the kernel cuts its name. */
  private static final String LANE = "tailwalk-kernel";

  /** Running test runs, the lane gets so far on its own processor; loading is over by then. */
  private static final long WALKING_TICKS = 50;

  @TempDir static Path folder;

  private static Path capture;

  /** What is said at the end of a replay, on the command line and of the window. */
  private static final Pattern WHOLE = Pattern.compile("\"interrupted\":false|first packet shown");

  /** How a process is ended, and the exit code of that. */
  private enum Way {
    KILL(137),
    TERM(143),
    CLOSE(0);

    private final int code;

    Way(int code) {
      this.code = code;
    }
  }

  /** What a process has in the kernel. */
  private record Held(KernelObjects objects, Set<String> namespaces) {
    static Held by(Process process) throws IOException {
      Set<String> namespaces = new TreeSet<>(namespacesOf("/proc/" + process.pid() + "/task"));
      namespaces.remove(link(Path.of("/proc/self/ns/net")).orElseThrow());
      return new Held(KernelObjects.heldBy(process.pid()), namespaces);
    }
  }

  @BeforeAll
  static void writeCapture() throws IOException {
    capture = folder.resolve("long.pcap");
    Files.write(
        capture,
        TestCaptures.ethernet(
            IntStream.range(0, PACKETS)
                .mapToObj(Synthetic::frame)
                .map(f -> TestCaptures.Packet.of(f.timeNanos(), f.data().toArray()))
                .toList()));
    Files.writeString(folder.resolve("scenario.json"), ScenarioJson.write(Synthetic.scenario()));
  }

  private static Process start(List<String> command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("XDG_STATE_HOME", folder.toString());
    builder.environment().put("XDG_CONFIG_HOME", folder.toString());
    return builder.redirectErrorStream(true).start();
  }

  /** Reads all that a process says, and keeps the end. */
  private static String lastWords(InputStream in) {
    byte[] buffer = new byte[1 << 16];
    String last = "";
    try {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        String now = last + new String(buffer, 0, n, StandardCharsets.UTF_8);
        last = now.substring(Math.max(0, now.length() - 1000));
      }
    } catch (IOException e) {
      return last + e; // it was killed
    }
    return last;
  }

  private static void end(Process process, Way way, Runnable close)
      throws IOException, InterruptedException {
    switch (way) {
      case KILL -> process.destroyForcibly();
      case TERM ->
          assertThat(new ProcessBuilder("kill", "-TERM", "" + process.pid()).start().waitFor())
              .isZero();
      case CLOSE -> close.run();
    }
  }

  /** Ends it in every way there is for it, each time in the middle of a replay. */
  private static void nothingStays(List<String> command, Runnable close, Way... ways)
      throws Exception {
    for (Way way : ways) {
      Process process = start(command);
      Held held;
      try {
        CompletableFuture<String> said =
            CompletableFuture.supplyAsync(() -> lastWords(process.getInputStream()));
        held = midway(process);
        end(process, way, close);
        assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).as("%s", way).isTrue();
        assertThat(said.get()).as("in the middle, by %s", way).doesNotContainPattern(WHOLE);
        assertThat(process.exitValue()).as("%s: %s", way, said.get()).isEqualTo(way.code);
      } finally {
        process.destroyForcibly();
      }
      assertThat(held.objects.links()).as("the lane attaches nothing").isEmpty();
      assertThat(held.objects.remaining().isEmpty()).as("left by %s: %s", way, held).isTrue();
      until(
          "its namespace is gone",
          () -> held.namespaces.stream().noneMatch(namespaces()::contains));
    }
  }

  /** Waits until the kernel lane sends packets, and tells what it holds then. */
  private static Held midway(Process process) throws IOException {
    until(
        "the lane has its programs",
        () -> {
          KernelObjects held = KernelObjects.heldBy(process.pid());
          return held.programs().size() > 10 && laneTicks(process) >= 0;
        });
    // Loaded is all of it when nothing is added while the lane goes on working.
    long[] from = {laneTicks(process)};
    Held[] last = {Held.by(process)};
    until(
        "the lane walks packets",
        () -> {
          Held now = Held.by(process);
          if (!now.equals(last[0])) {
            last[0] = now;
            from[0] = laneTicks(process);
          }
          return laneTicks(process) > from[0] + WALKING_TICKS;
        });
    assertThat(last[0].namespaces).hasSize(1);
    return last[0];
  }

  /** Processor time of the lane's thread in hundredths of a second; −1 where there is none. */
  private static long laneTicks(Process process) {
    for (Path task : list("/proc/" + process.pid() + "/task")) {
      try {
        String stat = Files.readString(task.resolve("stat"));
        if (stat.contains("(" + LANE + ")")) {
          String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
          return Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
        }
      } catch (IOException e) {
        continue; // the thread ended meanwhile
      }
    }
    return -1;
  }

  /** Every network namespace that a thread lives in, a descriptor holds, or a mount keeps. */
  private static Set<String> namespaces() throws IOException {
    Set<String> all = new TreeSet<>();
    for (Path process : list("/proc")) {
      if (process.getFileName().toString().chars().allMatch(Character::isDigit)) {
        all.addAll(namespacesOf(process.resolve("task").toString()));
        list(process.resolve("fd").toString())
            .forEach(fd -> link(fd).filter(l -> l.startsWith("net:[")).ifPresent(all::add));
      }
    }
    Files.readAllLines(Path.of("/proc/self/mountinfo")).stream()
        .filter(line -> line.contains("net:["))
        .map(line -> line.replaceAll(".*(net:\\[\\d+]).*", "$1"))
        .forEach(all::add);
    return all;
  }

  private static Set<String> namespacesOf(String tasks) throws IOException {
    Set<String> all = new TreeSet<>();
    list(tasks).forEach(task -> link(task.resolve("ns/net")).ifPresent(all::add));
    return all;
  }

  /** Processes and threads come and go: nothing where it has gone. */
  private static List<Path> list(String directory) {
    try (Stream<Path> files = Files.list(Path.of(directory))) {
      return files.toList();
    } catch (IOException | UncheckedIOException e) {
      return List.of();
    }
  }

  private static Optional<String> link(Path path) {
    try {
      return Optional.of(Files.readSymbolicLink(path).toString());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** A condition that may fail the way files do. */
  @FunctionalInterface
  private interface Condition {
    boolean holds() throws IOException;
  }

  private static void until(String what, Condition condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    try {
      while (!condition.holds()) {
        assertThat(System.nanoTime()).as("waited in vain until " + what).isLessThan(end);
        Thread.sleep(20);
      }
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(what, e);
    }
  }

  @Test
  void aReplayOnTheCommandLine() throws Exception {
    nothingStays(
        Program.command("replay", capture.toString(), "--engine", "both", "--format", "json"),
        () -> {},
        Way.KILL,
        Way.TERM);
  }

  @Test
  void aWindow() throws Exception {
    FxThread.needDisplay();
    XServer display = new XServer();
    nothingStays(
        Program.command(capture.toString(), "--timing"),
        () -> {
          until("the window is there", () -> display.find("Tailwalk").isPresent());
          display.askToClose(display.find("Tailwalk").orElseThrow());
        },
        Way.KILL,
        Way.TERM,
        Way.CLOSE);
  }
}
