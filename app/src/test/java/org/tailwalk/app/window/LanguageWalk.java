// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.tailwalk.app.FxThread;
import org.tailwalk.app.compare.core.CompareRequest;
import org.tailwalk.app.session.Openings;

/**
 * Walks the window in a language and keeps every text on the way, with what it looked at. In a
 * process of its own: a language is chosen before the first text.
 */
final class LanguageWalk {
  private static final String SAMPLES = "../samples/";

  /** What opens a dialog of the system, closes the window or fills the screen. */
  private static final List<String> APART =
      List.of(
          "window.open",
          "compare.open",
          "compare.export",
          "report.export",
          "report.marked",
          "lesson.open",
          "session.save-as",
          "animation.export",
          "files.reopen",
          "present.enter");

  private final WindowHarness window;
  private final Map<String, String> said = new TreeMap<>();
  private final String language;

  private LanguageWalk(WindowHarness window, String language) {
    this.window = window;
    this.language = language;
  }

  /** Walks in this process. */
  public static void main(String[] args) throws Exception {
    Locale.setDefault(Locale.of(args[0]));
    System.setProperty("tailwalk.home", "..");
    System.setProperty("user.home", args[2]);
    LanguageWalk walk =
        new LanguageWalk(
            WindowHarness.open(
                Setups.services(Openings::forWindow, Setups.modelAlone(), Path.of(args[2]))),
            args[0]);
    int code = 1;
    try {
      walk.walk();
      code = 0;
    } catch (RuntimeException | Error e) {
      e.printStackTrace();
    } finally {
      List<String> lines = new ArrayList<>();
      walk.said.forEach((text, place) -> lines.add(place + "\t" + text.replace('\n', ' ')));
      Files.write(Path.of(args[1]), lines, StandardCharsets.UTF_8);
      System.exit(code);
    }
  }

  private void walk() {
    look("empty");
    open("denied", 1);
    tabs("denied");
    open("nobody-heard", 8);
    tabs("dropped");
    everyAction("dropped");
    open("nobody-heard", 9);
    tabs("unheard");
    open("conntrack-2020", 3);
    tabs("expired");
    open("services", 3);
    tabs("service");
    open("gre", 2);
    tabs("gre");
    open("ipv6-headers", 1);
    tabs("ipv6");
    error();
    lessons();
    compare();
  }

  private void open(String sample, int packet) {
    window.show(SAMPLES + sample + "/capture.pcap", packet, 0);
    quiet();
    look(sample);
  }

  private void quiet() {
    window.pulses(2);
    window.until("nothing runs", () -> window.model().work().idle());
    window.pulses(4);
  }

  private void tabs(String place) {
    for (String tab : List.of("notification", "maps", "source", "policy", "packet")) {
      window.ui(() -> window.window().showTab(tab));
      quiet();
      look(place + "-" + tab);
    }
  }

  private void everyAction(String place) {
    for (String id :
        window.ask(() -> window.window().actions().all().stream().map(a -> a.id()).toList())) {
      if (APART.contains(id) || id.startsWith("lesson.") || id.startsWith("present.")) {
        continue;
      }
      boolean sensible =
          window.ask(
              () -> window.window().actions().find(id).orElseThrow().enabled().getAsBoolean());
      if (!sensible) {
        continue;
      }
      window.ui(() -> window.window().actions().find(id).orElseThrow().run().run());
      quiet();
      look(place + "-" + id);
      window.ui(() -> window.window().actions().find("window.back").orElseThrow().run().run());
    }
  }

  private void error() {
    window.ui(() -> window.model().open("no-such-file.pcap", null, 0, 0));
    window.until("the error", () -> !window.model().status().errorProperty().get().isEmpty());
    look("error");
    window.ui(() -> window.model().status().fail(""));
  }

  private void lessons() {
    window.ui(() -> window.window().lesson(Path.of("../samples/lessons/nobody-heard")));
    quiet();
    look("lesson");
    for (int i = 0; i < 40; i++) {
      String name = i % 2 == 0 ? "lesson.reveal" : "lesson.next";
      window.ui(() ->
          window
              .window()
              .actions()
              .find(name)
              .filter(a -> a.enabled().getAsBoolean())
              .ifPresent(a -> a.run().run()));
      window.until("settled", () -> window.model().settledProperty().get());
      quiet();
      look("lesson-" + i);
    }
  }

  private void compare() {
    window.ui(() ->
        window
            .window()
            .compare(
                new CompareRequest(
                    CompareRequest.Side.of(SAMPLES + "compare-working/capture.pcap"),
                    CompareRequest.Side.of(SAMPLES + "compare-broken/capture.pcap"),
                    null)));
    window.until("compared", () -> window.window().compared());
    quiet();
    look("compare");
    everyAction("compare");
  }

  private void look(String place) {
    window.everything().forEach(text -> said.putIfAbsent(text, place));
    if (System.getProperty("pictures") != null) {
      window.picture(language + "-" + place);
    }
  }

  /** Walks in a process of its own; the texts with where each was first seen. */
  static Map<String, String> in(String language, Path folder) throws Exception {
    FxThread.needDisplay();
    Path texts = folder.resolve("texts");
    Path log = folder.resolve("log");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:-UsePerfData",
                "-Dpatience=" + Long.getLong("patience", 60),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                LanguageWalk.class.getName(),
                language,
                texts.toString(),
                Files.createDirectories(folder.resolve("home")).toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      assertThat(process.waitFor(600, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.exitValue()).as(Files.readString(log)).isZero();
    return read(texts);
  }

  private static Map<String, String> read(Path texts) throws IOException {
    Map<String, String> found = new TreeMap<>();
    for (String line : Files.readAllLines(texts)) {
      int tab = line.indexOf('\t');
      found.put(line.substring(tab + 1), line.substring(0, tab));
    }
    return found;
  }
}
