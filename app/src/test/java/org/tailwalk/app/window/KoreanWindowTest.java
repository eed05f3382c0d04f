// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The window in Korean, in a process of its own: a language is chosen before the first text. */
@Tag("window")
final class KoreanWindowTest {
  private static final String BEGIN = "text: ";

  @TempDir Path folder;

  /** Opens the window on a sample, and prints every text of its main views. */
  static final class Speaker {
    private Speaker() {}

    public static void main(String[] args) throws Exception {
      Locale.setDefault(Locale.KOREAN);
      WindowHarness window = WindowHarness.open(Setups.services(Setups.samples(), Setups.models()));
      Set<String> said = new TreeSet<>();
      window.show("denied", 1, 0);
      said.addAll(window.texts());
      window.press(KeyCode.ALT, KeyCode.Y);
      window.until("the account is shown", () -> window.showsPart("결과에서 거슬러"));
      said.addAll(window.texts());
      window.show("nobody-heard", 8, 0);
      said.addAll(window.texts());
      List<String> lines = new ArrayList<>();
      said.forEach(text -> lines.add(BEGIN + text.replace('\n', ' ')));
      Files.write(Path.of(args[0]), lines, StandardCharsets.UTF_8);
      System.exit(0);
    }
  }

  @Test
  void noTextOfTheMainViewsIsLeftInEnglish() throws Exception {
    Setups.needDisplay();
    Path texts = folder.resolve("texts");
    Path log = folder.resolve("log");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:-UsePerfData",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                Speaker.class.getName(),
                texts.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      assertThat(process.waitFor(90, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.exitValue()).as(Files.readString(log)).isZero();
    List<String> said =
        Files.readAllLines(texts).stream().map(l -> l.substring(BEGIN.length())).toList();
    assertThat(said).as("the window was Korean").anyMatch(t -> t.contains("패킷"));
    Set<String> translated = translated();
    assertThat(translated).contains("Packets");
    assertThat(said).filteredOn(translated::contains).isEmpty();
  }

  /**
   * English texts without places that Korean words otherwise; no single words that are values too.
   */
  private static Set<String> translated() throws IOException {
    Set<String> english = new TreeSet<>();
    Set<String> same = new TreeSet<>();
    for (Path root :
        List.of(
            Path.of("src/main/resources/org/tailwalk"),
            Path.of("../datapath-model/src/main/resources/org/tailwalk/text"))) {
      try (var files = Files.walk(root)) {
        for (Path file :
            files.filter(f -> f.toString().matches(".*(texts|core)\\.properties")).toList()) {
          Path twin = Path.of(file.toString().replace(".properties", "_ko.properties"));
          Properties ours = read(file);
          Properties theirs = read(twin);
          ours.stringPropertyNames()
              .forEach(key -> {
                String text = ours.getProperty(key);
                boolean kept = text.equals(theirs.getProperty(key));
                if (kept) {
                  same.add(text);
                } else if (text.indexOf('{') < 0 && text.matches("[A-Z].{2,}|.* .*")) {
                  english.add(text);
                }
              });
        }
      }
    }
    english.removeAll(same);
    return english;
  }

  private static Properties read(Path file) {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties;
  }
}
